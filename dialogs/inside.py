"""A visa inside Kazakhstan: what the answers come to, for the questions and the cards of its dialog alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from dialogs.situation import Situation
from knowledge.base import KnowledgeBase
from knowledge.categories import Category
from knowledge.deadlines import Deadline
from knowledge.penalties import Offence, Penalty
from knowledge.terms import apply_rule

__all__ = [
    "ExtensionDays",
    "categories_inside",
    "category_held",
    "exit_category",
    "extension_days",
    "penalty_for",
    "visa_end",
]

_OPTION = "visa_"
_EARLIEST, _LATEST = "extension_earliest", "extension_latest"

_EXIT: Mapping[str, str] = MappingProxyType(
    {
        "leaving_for_good": "B14",
        "passport_is_lost": "B15",
        "stay_was_shortened": "B16",
        "penalty_no_expulsion": "B17",
        "came_without_visa": "B18",
        "sentence_served": "B19",
        "missed_departure": "B20",
        "victim_or_court": "B21",
        "case_closed": "B22",
    }
)
"""The exit visa for each reason to leave, as the order names them."""


@dataclass(frozen=True, slots=True)
class ExtensionDays:
    """The first and the last day on which an extension may be asked for."""

    earliest: Deadline
    latest: Deadline


def categories_inside(knowledge: KnowledgeBase) -> tuple[Category, ...]:
    """The categories that the cards tell of: the exit visas and those with an extension."""
    extended = [code for code, category in knowledge.categories.items() if category.extension is not None]
    return tuple(knowledge.categories[code] for code in dict.fromkeys((*_EXIT.values(), *extended)))


def category_held(situation: Situation) -> Category | None:
    """The category of the visa in the passport; None where the answer names none (`visa_b12_1` is B12-1)."""
    held = str(situation.answers.get("which_visa_do_you_hold"))
    if not held.startswith(_OPTION):
        return None
    return situation.knowledge.categories[held.removeprefix(_OPTION).upper().replace("_", "-")]


def exit_category(situation: Situation) -> Category | None:
    """The exit visa for the reason told; None where none is known."""
    code = _EXIT.get(str(situation.answers.get("why_do_you_leave")))
    return None if code is None else situation.knowledge.categories[code]


def visa_end(situation: Situation) -> date | None:
    """The last day of the visa or of the stay, None while it is not told."""
    told = situation.answers.get("when_does_your_visa_end") or situation.answers.get("when_did_your_stay_end")
    return None if told is None else date.fromisoformat(str(told))


def extension_days(situation: Situation) -> ExtensionDays | None:
    """When to ask for the extension; None while the end of the visa is not told, or where dates end."""
    until, knowledge = visa_end(situation), situation.knowledge
    if until is None:
        return None
    earliest = apply_rule(knowledge.calendar, knowledge.deadlines[_EARLIEST], until)
    latest = apply_rule(knowledge.calendar, knowledge.deadlines[_LATEST], until)
    return None if earliest is None or latest is None else ExtensionDays(earliest, latest)


def penalty_for(situation: Situation, days: int) -> Penalty | None:
    """The row of the code for a stay that was `days` too long, None for none."""
    rows = (row for row in situation.knowledge.penalties.values() if row.offence is Offence.OVERSTAY)
    return next(
        (row for row in rows if (row.from_days or 0) < days and (row.to_days is None or days <= row.to_days)), None
    )
