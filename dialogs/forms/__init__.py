"""Forms of typed data, by the name that a question of the kind `text` gives."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.forms.amount import Amount
from dialogs.forms.document_number import DocumentNumber
from dialogs.forms.email import Email
from dialogs.forms.form import Form, Mistake, Reading, Unsure, Written
from dialogs.forms.latin_name import LatinName
from dialogs.forms.line import Address, Line
from dialogs.forms.phone import Phone
from dialogs.forms.state_number import Holder, StateNumber

__all__ = ["FORMS", "Form", "Mistake", "Reading", "Unsure", "Written"]

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "address": Address(),
        "amount": Amount(),
        "bin": StateNumber(Holder.BUSINESS),
        "document_number": DocumentNumber(),
        "email": Email(),
        "iin": StateNumber(Holder.PERSON),
        "iin_or_bin": StateNumber(Holder.EITHER),
        "latin_name": LatinName(),
        "line": Line(),
        "phone": Phone(),
    }
)
