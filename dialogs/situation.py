"""The answers so far together with the facts and the day: what predicates and outcomes look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from dialogs.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

__all__ = ["Situation"]


@dataclass(frozen=True, slots=True)
class Situation:
    """One moment of a conversation. `answers` hold only what is valid and on the path.

    While a question about a person is dealt with, their answers stand among the others, without the number. `people`
    are all persons with their answers, by number.
    """

    answers: Mapping[str, Answer]
    knowledge: KnowledgeBase
    today: date
    people: Mapping[int, Mapping[str, Answer]] = field(default_factory=lambda: MappingProxyType({}))

    def trip(self, *, entries: Entries | None = None, border: Border | None = None) -> Trip:
        """The trip as far as it is told. What was not asked could not change the advice and takes the plain value.

        Raises KeyError when the passport, the purpose or the days are not answered yet: flows ask them first.
        """
        arrival = self.answers.get("when_do_you_arrive")
        days = self.answers["how_many_days_will_you_stay"]
        # A child's passport, or one of two, is an ordinary one for the rules of entry.
        kind = self.answers.get("what_kind_of_passport")
        return Trip(
            citizenship=str(self.answers["which_passport_do_you_hold"]),
            purpose=Purpose(str(self.answers["what_is_the_trip_for"])),
            days=int(str(days)),
            arrival=None if arrival is None else date.fromisoformat(str(arrival)),
            entries=entries or Entries(str(self.answers.get("how_often_will_you_enter") or Entries.SINGLE)),
            border=border or Border(str(self.answers.get("how_do_you_cross_the_border") or Border.AIR)),
            passport=PassportType(kind) if kind in set(PassportType) else PassportType.ORDINARY,
        )
