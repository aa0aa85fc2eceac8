"""The kinds of questions: how their answers are read, checked, shown and offered."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.questions.asking import Accepted, Asking, Offered, QuestionKind, Reading, Refused
from dialogs.questions.checklist import ChecklistKind
from dialogs.questions.choice import ChoiceKind
from dialogs.questions.country import CountryKind
from dialogs.questions.date import DateKind
from dialogs.questions.handover import HandoverKind
from dialogs.questions.number import NumberKind
from dialogs.questions.people import PeopleKind
from dialogs.questions.review import ReviewKind
from dialogs.questions.text import TextKind
from dialogs.tree import Kind

__all__ = ["KINDS", "Accepted", "Asking", "Offered", "QuestionKind", "Reading", "Refused"]

KINDS: Mapping[Kind, QuestionKind] = MappingProxyType(
    {
        Kind.CHOICE: ChoiceKind(),
        Kind.CHECKLIST: ChecklistKind(),
        Kind.COUNTRY: CountryKind(),
        Kind.DATE: DateKind(),
        Kind.NUMBER: NumberKind(),
        Kind.TEXT: TextKind(),
        Kind.PEOPLE: PeopleKind(),
        Kind.HANDOVER: HandoverKind(),
        Kind.REVIEW: ReviewKind(),
    }
)
