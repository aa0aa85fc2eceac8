"""A stay in Kazakhstan as it is told: the days that follow from it, and what has been missed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dialogs.situation import Situation
from knowledge.deadlines import Deadline
from knowledge.penalties import HostKind, Offence, Penalty
from knowledge.policy.case import regime_on
from knowledge.policy.entry import is_visa_free, safe_days
from knowledge.regimes import Regime
from knowledge.terms import apply_rule, plus_days
from knowledge.timeline import Arrival, Events, Way, timeline

__all__ = ["Stay"]

_NOTICE = "notify_arrival"
_REGISTRATION = "registration_90_day_stay"
_PERMIT, _PERMIT_OF_THE_UNION, _UNION = "stay_without_permit", "stay_without_permit_eaeu", "eaeu"
_EXTENSION = frozenset({"extension_earliest", "extension_latest"})
# Told before a visa is asked for; after arrival nobody can do anything about it.
_TOO_LATE = frozenset({"passport_valid_after_visa", "apply_for_visa"})
_WAYS = {"entry_without_a_visa": Way.VISA_FREE, "entry_with_a_visa": Way.VISA, "entry_with_an_evisa": Way.EVISA}
_HOSTS = {
    "private_host": HostKind.INDIVIDUAL,
    "small_host": HostKind.SMALL,
    "medium_host": HostKind.MEDIUM,
    "large_host": HostKind.LARGE,
}


@dataclass(frozen=True, slots=True)
class Stay:
    """The answers about a stay. Raises KeyError where the passport, the entry or the way in is not answered yet."""

    situation: Situation

    @property
    def country(self) -> str:
        """The passport of the guest, whoever asks."""
        answers = self.situation.answers
        return str(answers.get("which_passport_has_the_guest") or answers["which_passport_do_you_hold"])

    @property
    def entry(self) -> date:
        """The day of entry."""
        return date.fromisoformat(str(self.situation.answers["when_is_the_entry"]))

    @property
    def days(self) -> int:
        """The length of the stay; one day until it is told."""
        return int(str(self.situation.answers.get("how_long_is_the_stay", 1)))

    @property
    def way(self) -> Way:
        """How the guest enters."""
        return _WAYS[str(self.situation.answers["what_is_the_entry_with"])]

    @property
    def host(self) -> HostKind | None:
        """The kind of host who asks; None where the guest does."""
        return _HOSTS.get(str(self.situation.answers.get("what_kind_of_host")))

    @property
    def regime(self) -> Regime | None:
        """The visa-free regime of the passport on the day of entry; None where our sources know of none."""
        regime = regime_on(self.situation.knowledge, self.country, self.entry)
        return regime if regime is not None and is_visa_free(regime) and regime.sources else None

    @property
    def is_of_the_union(self) -> bool:
        """Whether the passport is of the Eurasian Economic Union."""
        return self.country in self.situation.knowledge.groups[_UNION]

    @property
    def limit(self) -> int | None:
        """The days of a visa-free stay that no source contradicts."""
        return None if self.way is not Way.VISA_FREE or self.regime is None else safe_days(self.regime)

    @property
    def ends_before_entry(self) -> bool:
        """Whether the visa ends before the entry: one of the two days is wrong, and nothing is counted from its end."""
        until = self._day("when_does_the_visa_end")
        return until is not None and until < self.entry

    @property
    def is_long(self) -> bool:
        """Whether the stay is longer than the term of registration."""
        return self.days > (self.situation.knowledge.deadlines[_REGISTRATION].calendar_days or 0)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every day that follows from the answers, in order."""
        regime = self.regime
        known = Events(
            Arrival(
                self.entry,
                self.days,
                self.way,
                limit=self.limit,
                limit_source=regime.sources[0] if regime is not None else "",
            ),
            visa_until=None if self.ends_before_entry else self._day("when_does_the_visa_end"),
            address_changed=self._day("when_did_the_address_change"),
        )
        skipped = _TOO_LATE | (_EXTENSION if self.way is Way.EVISA else frozenset())
        found = timeline(self.situation.knowledge, known, self.situation.today)
        days = (*(day for day in found if day.what not in skipped), *self._permit())
        return tuple(sorted(days, key=lambda day: day.date))

    @property
    def notice(self) -> Deadline | None:
        """The day by which the host reports the arrival."""
        knowledge = self.situation.knowledge
        return apply_rule(knowledge.calendar, knowledge.deadlines[_NOTICE], self.entry)

    @property
    def last_day(self) -> date | None:
        """The last day allowed, as far as it is known: of the visa, or of the visa-free stay."""
        if self.way is not Way.VISA_FREE:
            return None if self.ends_before_entry else self._day("when_does_the_visa_end")
        return None if self.limit is None else plus_days(self.entry, self.limit - 1)

    @property
    def is_reported(self) -> bool:
        """Whether the arrival at the address of today has been reported."""
        answers = self.situation.answers
        return answers.get("was_the_arrival_reported") == "yes" and answers.get("has_the_address_changed") != "yes"

    @property
    def missed_notice(self) -> bool:
        """Whether the day for the report has passed, and nobody can say that it was made."""
        if self.situation.answers.get("was_the_arrival_reported") not in ("no", "not_sure"):
            return False
        notice = self.notice
        return notice is not None and notice.date < self.situation.today

    @property
    def days_over(self) -> int:
        """Days since the last day allowed; 0 where it is still to come or unknown."""
        last = self.last_day
        return 0 if last is None else max(0, (self.situation.today - last).days)

    @property
    def overstay(self) -> Penalty | None:
        """What the days over cost while the guest is still here."""
        over = self.days_over
        bands = (row for row in self.situation.knowledge.penalties.values() if row.offence is Offence.OVERSTAY)
        return next(
            (row for row in bands if (row.from_days or 0) < over and (row.to_days is None or over <= row.to_days)), None
        )

    @property
    def fines_of_the_host(self) -> tuple[Penalty, ...]:
        """What it costs the host who asks not to report: the first time, then again."""
        names = () if self.host is None else (f"host_{self.host}", f"host_{self.host}_again")
        return tuple(self.situation.knowledge.penalties[name] for name in names)

    def _day(self, question: str) -> date | None:
        value = self.situation.answers.get(question)
        return None if value is None else date.fromisoformat(str(value))

    def _permit(self) -> Iterator[Deadline]:
        """Until when a visa-free guest who stays longer needs no residence permit, by the older text."""
        if self.way is not Way.VISA_FREE:
            return
        rules = self.situation.knowledge.deadlines
        rule = rules[_PERMIT_OF_THE_UNION if self.is_of_the_union else _PERMIT]
        # The text does not say whether the day of entry counts; with it the day is rather too early.
        day = apply_rule(self.situation.knowledge.calendar, replace(rule, counts_first_day=True), self.entry)
        leaving = plus_days(self.entry, self.days - 1)
        if day is not None and leaving is not None and leaving > day.date:
            yield replace(day, past=day.date < self.situation.today)
