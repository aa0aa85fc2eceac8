"""The catalogue texts that the facts call for, so that the lint of the catalogues can ask for each."""

from collections.abc import Iterator

from knowledge.base import KnowledgeBase

__all__ = ["text_ids"]


def text_ids(kb: KnowledgeBase) -> frozenset[str]:
    """Every id of a text that a fact names, with its family: `regime_note.treaty_date_unknown`, `fee.duty_single`."""
    return frozenset(f"{family}.{name}" for family, name in _named(kb))


def _named(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for family, names in (
        ("special_rule", kb.special_rules),
        ("category", kb.categories),
        ("fee", kb.fees),
        ("document", kb.documents),
        ("deadline", kb.deadlines),
        ("conflict", kb.conflicts),
        ("contact", kb.contacts),
    ):
        yield from ((family, name) for name in names)
    for rules in kb.regimes.values():
        yield from (("regime_note", note) for rule in rules for note in rule.notes)
    for document in kb.documents.values():
        if document.case is not None:
            yield "document_case", document.case
    for deadline in kb.deadlines.values():
        yield from (("deadline_note", note) for note in deadline.notes)
    yield from _of_categories(kb)


def _of_categories(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for category in kb.categories.values():
        yield from (("category_note", note) for note in category.notes)
        yield from (("ground", ground) for ground in category.without_invitation)
        yield from (("issuer", issuer.value) for issuer in category.issuers)
        audiences = [variant.audience for variant in category.variants]
        if category.extension is not None:
            audiences += [category.extension.longer_audience, category.extension.extra_audience]
        yield from (("audience", audience) for audience in audiences if audience is not None)
        for variant in category.variants:
            yield from (("variant_note", note) for note in variant.notes)
