"""What a person has told about their U.S. visa matter, read from the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.situation import Situation
from knowledge.terms import plus_days, plus_months

__all__ = ["UsCase"]

_HOME, _RUSSIA = "KZ", "RU"

_SWITCH, _FEE_TERM, _WAIVER = "us_system_switch", "us_fee_validity", "us_waiver_rule"


@dataclass(frozen=True, slots=True)
class UsCase:
    """The answers so far. What was not asked is None or not true."""

    situation: Situation

    def says(self, question: str, *values: str) -> bool:
        """Whether the answer to `question` is one of `values`."""
        return self.situation.answers.get(question) in values

    def day(self, question: str) -> date | None:
        """The day answered to `question`; None when it was skipped or not asked."""
        value = self.situation.answers.get(question)
        return None if value is None else date.fromisoformat(str(value))

    def figure(self, statement: str, name: str) -> int:
        """A figure of a statement. Raises KeyError for one that it has not."""
        return int(dict(self.situation.knowledge.statements[statement].figures)[name])

    @property
    def passport(self) -> str | None:
        """The country of the passport."""
        value = self.situation.answers.get("which_passport_do_you_hold")
        return None if value is None else str(value)

    @property
    def is_citizen(self) -> bool:
        """Whether the passport is that of Kazakhstan."""
        return self.passport == _HOME

    @property
    def is_at_home(self) -> bool:
        """Whether Kazakhstan is the country of nationality or residence."""
        return self.is_citizen or self.says("do_you_live_in_kazakhstan", "yes")

    @property
    def is_assigned_here(self) -> bool:
        """Whether the citizenship is one whose people were assigned a post in Kazakhstan."""
        return self.passport == _RUSSIA

    @property
    def paid_in_the_new_system(self) -> bool:
        """Whether the fee was paid on the first day of the new appointment system or later."""
        paid, switch = self.day("when_did_you_pay_the_us_fee"), self._switch
        return paid is not None and switch is not None and paid >= switch

    @property
    def book_by(self) -> date | None:
        """The last day on which the payment is good, the day of the payment counted as the first, for the safe side."""
        paid = self.day("when_did_you_pay_the_us_fee")
        return None if paid is None else plus_days(paid, self.figure(_FEE_TERM, "days") - 1)

    @property
    def has_the_payment_run_out(self) -> bool:
        """Whether the payment's term is over; of a payment in the former system as if made on its last day."""
        end = self.book_by
        if end is None and self._switch is not None:
            # Paid on the day before the switch, which is day 1 of the term.
            end = plus_days(self._switch, self.figure(_FEE_TERM, "days") - 2)
        return end is not None and end < self.situation.today

    @property
    def renew_by(self) -> date | None:
        """The day on which the term for renewing the visa without an interview ends."""
        end = self.day("when_does_the_us_visa_end")
        return None if end is None else plus_months(end, self.figure(_WAIVER, "renewal_months"))

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Why an interview is to be expected, as far as the answers tell; only renewals are judged.

        Each is the end of a text id, `us_obstacle.<obstacle>`.
        """
        return tuple(self._obstacles()) if self.says("what_about_the_us_visa", "us_renewal") else ()

    def _obstacles(self) -> Iterator[str]:
        if self.says("which_us_visa_is_renewed", "us_other_visa"):
            yield "class"
        if self.says("was_it_for_the_full_term", "no"):
            yield "term"
        if self.says("was_it_for_the_full_term", "not_sure"):
            yield "term_unknown"
        yield from self._time_obstacles()
        age = self.situation.answers.get("how_old_were_you_at_issue")
        if age is not None and int(age) < self.figure(_WAIVER, "min_age"):
            yield "age"
        if self.says("do_you_live_in_kazakhstan", "no"):
            yield "place"
        if self.says("was_a_us_visa_refused", "us_refused"):
            yield "refusal"

    def _time_obstacles(self) -> Iterator[str]:
        """The rule says "within" a term of the end: a visa that ends later than that is not taken for a renewal."""
        end, last = self.day("when_does_the_us_visa_end"), self.renew_by
        if end is None or last is None:
            return
        today = self.situation.today
        if last < today:
            yield "late"
        first = plus_months(end, -self.figure(_WAIVER, "renewal_months"))
        if first is not None and today < first:
            yield "early"

    @property
    def _switch(self) -> date | None:
        return self.situation.knowledge.statements[_SWITCH].validity.start
