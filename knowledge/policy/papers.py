"""What a visa asks for on paper and in money."""

from knowledge.categories import Entries
from knowledge.fees import Fee
from knowledge.policy.case import Case
from knowledge.policy.draft import Draft
from knowledge.policy.mission import on_contract

__all__ = ["documents", "evisa_fees", "visa_fees"]

_INVITATION_OR_PETITION = "invitation_number_or_petition"
_INVITATION_DUTY = "duty_invitation"
_EVISA_FEES = ("consular_evisa", "evisa_2020_single", _INVITATION_DUTY)
_CONSULAR_BY_CATEGORY = {"B12": "consular_tourist", "B13": "consular_transit"}
_CONSULAR_BY_ENTRIES = {Entries.SINGLE: "consular_single", Entries.MULTIPLE: "consular_multiple"}


def documents(case: Case, entries: Entries, draft: Draft) -> tuple[str, ...]:
    """The papers of every visa, then those of the category, as far as this passport and form ask for them."""
    asked = []
    for name in (*case.kb.general_documents, *case.category.documents):
        document = case.kb.documents[name]
        if name == _INVITATION_OR_PETITION and on_contract(case.category, entries):
            continue
        if document.is_asked(case.trip.citizenship, entries):
            asked.append(name)
            draft.cite(document.sources[:1])
    return tuple(asked)


def evisa_fees(case: Case) -> tuple[Fee, ...]:
    """The rows for a single e-visa: the current fee, the dated one of 2020, and the duty for the invitation."""
    return _rows(case, _EVISA_FEES)


def visa_fees(case: Case, entries: Entries, *, invitation: bool) -> tuple[Fee, ...]:
    """The consular fee at a mission and, with an invitation, the duty the host pays for it."""
    consular = _CONSULAR_BY_CATEGORY.get(case.category.code, _CONSULAR_BY_ENTRIES[entries])
    return _rows(case, (consular, _INVITATION_DUTY) if invitation else (consular,))


def _rows(case: Case, ids: tuple[str, ...]) -> tuple[Fee, ...]:
    return tuple(case.kb.fees[name].on(case.today) for name in ids)
