"""The interview at a U.S. mission in Kazakhstan: until when the DS-160 may still be changed."""

from datetime import date, time

from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.workdays import strict_calendar, working_day_before

__all__ = ["form_freeze"]

# Id of the fact in the knowledge base; its figures are `business_days` and `hour`.
_RULE = "us_ds160_deadline"


def form_freeze(kb: KnowledgeBase, interview: date) -> Deadline | None:
    """The moment, local time in Kazakhstan, from which the DS-160 for `interview` must stay as it is.

    The embassy's own closing days are not published in a source we read. Both the holidays of Kazakhstan and the
    federal holidays of the United States are skipped, so that the day is rather too early, and it is an estimate.
    None where the rule did not hold on the day of the interview, or the day lies beyond what dates can hold.
    """
    rule = kb.statements[_RULE]
    if not rule.validity.covers(interview):
        return None
    figures = {name: int(value) for name, value in rule.figures}
    day = working_day_before(strict_calendar(kb.calendar, "US"), interview, figures["business_days"])
    if day is None:
        return None
    return Deadline(
        what=_RULE,
        date=day.date,
        source=rule.sources[0],
        estimated=True,
        who="traveller",
        rule=_RULE,
        counted_from=interview,
        time=time(figures["hour"]),
    )
