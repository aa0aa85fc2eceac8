"""The passports that a traveller may travel on, and the same trip on each of them."""

from dataclasses import replace

from dialogs.situation import Situation
from knowledge.trip import Border, Entries, Trip

__all__ = ["passports_held", "trips_by_passport"]


def passports_held(situation: Situation) -> tuple[str, ...]:
    """The countries of the passports, each once: one, or two of a national of two states."""
    held = (situation.answers.get(key) for key in ("which_passport_do_you_hold", "which_other_passport_held"))
    return tuple(dict.fromkeys(str(country) for country in held if country is not None))


def trips_by_passport(
    situation: Situation, *, entries: Entries | None = None, border: Border | None = None
) -> tuple[Trip, ...]:
    """The trip as far as it is told, once for each passport. Raises KeyError as `Situation.trip` does."""
    trip = situation.trip(entries=entries, border=border)
    return tuple(replace(trip, citizenship=country) for country in passports_held(situation))
