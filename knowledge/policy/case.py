"""A trip set beside the facts that apply to it."""

from dataclasses import dataclass
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.categories import Category
from knowledge.policy.purposes import PURPOSE_RULES, PurposeRule
from knowledge.regimes import Regime
from knowledge.trip import Trip

__all__ = ["Case", "UnknownCountryError", "regime_on"]


class UnknownCountryError(LookupError):
    """No entry regime is on record under this code."""

    def __init__(self, country: str) -> None:
        super().__init__(f"citizenship: no entry regime for {country!r}; give a code of the country table, such as IN")


@dataclass(frozen=True, slots=True)
class Case:
    """A trip, the day it is judged for and asked on, the regime in force that day and the category of its purpose."""

    kb: KnowledgeBase
    trip: Trip
    today: date
    regime: Regime
    rule: PurposeRule

    @classmethod
    def of(cls, kb: KnowledgeBase, trip: Trip, today: date, regime: Regime, rule: PurposeRule | None = None) -> "Case":
        """Look up what the purpose asks for, unless `rule` says it."""
        return cls(kb, trip, today, regime, rule or PURPOSE_RULES[trip.purpose])

    @property
    def day(self) -> date:
        """The day whose rules apply: arrival, or today while that is open."""
        return self.trip.arrival or self.today

    @property
    def category(self) -> Category:
        """The visa category that fits the purpose."""
        return self.kb.categories[self.rule.category]


def regime_on(kb: KnowledgeBase, country: str, day: date) -> Regime | None:
    """The regime of this passport on `day`; None on days that no rule we know covers.

    Raises UnknownCountryError for a code without any regime.
    """
    regimes = kb.regimes.get(country)
    if not regimes:
        raise UnknownCountryError(country)
    return next((regime for regime in reversed(regimes) if regime.validity.covers(day)), None)
