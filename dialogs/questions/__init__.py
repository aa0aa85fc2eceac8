"""The kinds of questions: how their answers are read, checked, shown and offered."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.questions.asking import Accepted, Asking, Offered, QuestionKind, Reading, Refused
from dialogs.questions.choice import ChoiceKind
from dialogs.questions.country import CountryKind
from dialogs.questions.date import DateKind
from dialogs.questions.number import NumberKind
from dialogs.tree import Kind

__all__ = ["KINDS", "Accepted", "Asking", "Offered", "QuestionKind", "Reading", "Refused"]

KINDS: Mapping[Kind, QuestionKind] = MappingProxyType(
    {
        Kind.CHOICE: ChoiceKind(),
        Kind.COUNTRY: CountryKind(),
        Kind.DATE: DateKind(),
        Kind.NUMBER: NumberKind(),
    }
)
