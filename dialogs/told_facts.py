"""The facts that outcomes tell of some answers only, where nothing else tells them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.situation import Situation
from dialogs.world import World
from knowledge.checks.trace import traced
from knowledge.language import Language

__all__ = ["told_by_outcomes"]

_DAYS_AGO = 10


def told_by_outcomes(world: World) -> frozenset[str]:
    """Their names in the ledger, found by making the cards."""
    watched, noted = traced(world.knowledge)
    for outcome, answers in _examples(world):
        OUTCOMES[outcome](Situation(answers, watched, world.today), Voice(world.texts, Language.EN), 0)
    return frozenset(noted)


def _examples(world: World) -> Iterator[tuple[str, Mapping[str, Answer]]]:
    """Every kind of host whose long-staying guest has moved, and a U.S. visa on a passport of the bond list."""
    stay: dict[str, Answer] = {
        "which_passport_has_the_guest": "DE",
        "when_is_the_entry": (world.today - timedelta(days=_DAYS_AGO)).isoformat(),
        "what_is_the_entry_with": "entry_without_a_visa",
        "how_long_is_the_stay": 60,
        "was_the_arrival_reported": "no",
        "has_the_address_changed": "yes",
    }
    for host in ("private_host", "small_host", "medium_host", "large_host"):
        yield "arrival_notice_missed", {**stay, "what_kind_of_host": host}
    visa: dict[str, Answer] = {"what_about_the_us_visa": "us_first_application", "which_us_visa_class": "us_visit"}
    yield "us_first_steps", {**visa, "which_passport_do_you_hold": "KG", "do_you_live_in_kazakhstan": "yes"}
