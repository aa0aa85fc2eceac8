"""The trip of an invitation, read from the answers: its visa category, entries and days."""

from collections.abc import Mapping
from datetime import date

from dialogs.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.categories import Category, Entries, Variant

__all__ = [
    "CATEGORY",
    "ENTRIES",
    "FIRST_DAY",
    "LAST_DAY",
    "OFFICE",
    "ON_THE_PORTAL",
    "category_of",
    "day_of",
    "entries_of",
    "gives_the_portal_the_visa",
    "option_of",
    "variants_of",
]

CATEGORY, ENTRIES = "what_do_the_guests_come_for", "how_often_will_they_enter"
FIRST_DAY, LAST_DAY = "when_does_the_trip_begin", "when_does_the_trip_end"
OFFICE, ON_THE_PORTAL = "where_is_the_visa_given", "visa_on_the_portal"
_PREFIX = "category_"


def option_of(category: Category) -> str:
    """The option that stands for a category: `category_b12_1`."""
    return _PREFIX + category.code.lower().replace("-", "_")


def category_of(answers: Mapping[str, Answer], knowledge: KnowledgeBase) -> Category | None:
    """The visa category that the guests need; None before it is told."""
    value = answers.get(CATEGORY)
    if not isinstance(value, str):
        return None
    return knowledge.categories[value.removeprefix(_PREFIX).upper().replace("_", "-")]


def entries_of(answers: Mapping[str, Answer], category: Category) -> Entries | None:
    """How often the guests enter: the only way of the category, else what was told; None before."""
    known = {variant.entries for variant in category.variants}
    if len(known) == 1:
        return known.pop()
    told = answers.get(ENTRIES)
    return None if told is None else Entries(str(told))


def variants_of(answers: Mapping[str, Answer], knowledge: KnowledgeBase) -> tuple[Variant, ...]:
    """The forms of the category with these entries; none before both are told."""
    category = category_of(answers, knowledge)
    if category is None:
        return ()
    entries = entries_of(answers, category)
    return tuple(variant for variant in category.variants if variant.entries is entries)


def gives_the_portal_the_visa(answers: Mapping[str, Answer], knowledge: KnowledgeBase) -> bool | None:
    """Whether an e-visa is wanted, False where the category has none; None before it is told."""
    category = category_of(answers, knowledge)
    if category is None:
        return None
    if not category.evisa or entries_of(answers, category) is not Entries.SINGLE:
        return False
    told = answers.get(OFFICE)
    return None if told is None else told == ON_THE_PORTAL


def day_of(answers: Mapping[str, Answer], question: str) -> date | None:
    """The day answered to `question`; None before it is told."""
    value = answers.get(question)
    return None if value is None else date.fromisoformat(str(value))
