"""What is wrong with single questions for their kind: people and their questions, forms of text, personal data."""

from collections.abc import Iterator

from dialogs.forms import FORMS
from dialogs.tree import Flow, Kind, Question

__all__ = ["kind_problems"]

_PERSONAL_FORMS = frozenset({"latin_name", "document_number", "phone", "email", "iin"})
_ZONE_KINDS = {
    "sex": Kind.CHOICE,
    "birth_date": Kind.DATE,
    "passport_expires": Kind.DATE,
    "citizenship": Kind.COUNTRY,
    "passport_country": Kind.COUNTRY,
}
"""The kinds that the fields of a passport's machine-readable zone fill; the others are text."""


def kind_problems(flow: Flow, question: Question) -> Iterator[str]:
    """Every problem of `question` as "question: value: what; repair"."""
    yield from _misplaced_rules(flow, question)
    if question.of is not None and question.kind in (Kind.PEOPLE, Kind.REVIEW):
        yield f"{question.id}: kind: {question.kind}: is asked of nobody in particular; move it out of `person`"
    if question.of is None and question.kind is Kind.HANDOVER:
        yield f"{question.id}: kind: handover: hands over one person's part; move it into `person`"
    if question.kind is Kind.REVIEW and question.optional:
        yield f"{question.id}: optional: a review cannot be skipped; remove `optional`"
    if question.kind is Kind.TEXT and question.form not in FORMS:
        yield f"{question.id}: form: {question.form}: no such form; known: {', '.join(sorted(FORMS))}"
    if question.form in _PERSONAL_FORMS and not question.personal:
        yield f"{question.id}: form: {question.form}: is personal data; add `personal: true`"
    if question.zone is not None:
        wanted = _ZONE_KINDS.get(question.zone, Kind.TEXT)
        if question.kind is not wanted:
            yield f"{question.id}: zone: {question.zone}: is a {wanted}, not a {question.kind}; correct one of them"
        if not question.personal:
            yield f"{question.id}: zone: {question.zone}: is read from a passport; add `personal: true`"


def _misplaced_rules(flow: Flow, question: Question) -> Iterator[str]:
    """Questions about a person end in `done` and lead to each other; the others never do."""
    for rule in question.next:
        if rule.end is not None and question.of is not None:
            yield f"{question.id}: end: {rule.end}: a person has no outcome; use `done: true`"
        if rule.end is None and rule.ask is None and question.of is None:
            yield f"{question.id}: done: only questions inside `person` are done; use `ask` or `end`"
        asked = flow.questions.get(rule.ask or "")
        if asked is not None and asked.of != question.of:
            inside, outside = asked.of or "the flow itself", question.of or "the flow itself"
            yield f"{question.id}: ask: {asked.id}: belongs to {inside}, not to {outside}; ask one of the same list"
