"""A stay that has been longer than it may: what the code says, and the way to leave."""

from dialogs.cards.ending import Ending
from dialogs.cards.parts import fee_lines, titled, warning_lines
from dialogs.cited import cited, proof
from dialogs.formats import Voice
from dialogs.inside import penalty_for, visa_end
from dialogs.says import Block, Fact, Facts, Heading, Line, Say
from dialogs.situation import Situation
from knowledge.penalties import Consequence, Penalty

__all__ = ["stay_too_long"]

_FLOW = "visa_inside"
_STEPS = ("go_at_once", "ask_which_exit_visa", "say_why")


def stay_too_long(situation: Situation, voice: Voice, run: int) -> Say:
    """How many days, what it may cost by the code as read, and whom to go to at once."""
    ending, until = Ending(_FLOW, situation, voice, run), visa_end(situation)
    days = 0 if until is None else max((situation.today - until).days, 0)
    penalty = penalty_for(situation, days)
    rows = [] if until is None else [Fact(voice.text("outcome.stay_too_long.ended"), (voice.date(until),))]
    if days:
        rows.append(Fact(voice.text("outcome.stay_too_long.over"), (voice.days(days),)))
    steps = [
        cited(voice.text(f"outcome.stay_too_long.{step}"), situation.knowledge, voice, situation.today)
        for step in _STEPS
    ]
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.stay_too_long.title" if days else "outcome.stay_too_long.last_day")),
        Facts(tuple(rows)),
        *titled(voice.text("card.steps"), steps, numbered=True),
        *titled(voice.text("card.fees"), (*_cost(penalty, situation, voice), *_duty(situation, voice))),
        *titled(voice.text("card.warnings"), _warnings(penalty, voice)),
    )
    facts = (*(() if penalty is None else (f"penalty.{penalty.id}",)), "category.B17", "category.B20", "fee.duty_exit")
    return ending.say(
        blocks, proof(facts, situation.knowledge, situation.today), ("entry.stay-limits", "service.contacts")
    )


def _cost(penalty: Penalty | None, situation: Situation, voice: Voice) -> tuple[Line, ...]:
    """What the row of the code asks; in tenge only where the index of the year is known."""
    if penalty is None:
        return ()
    lines: list[Line] = []
    if Consequence.WARNING in penalty.consequences:
        lines.append((voice.text("outcome.stay_too_long.warned"),))
    if penalty.mrp is not None:
        rate = (
            situation.knowledge.mrp[situation.today.year].kzt
            if situation.today.year in situation.knowledge.mrp
            else None
        )
        amount = "" if rate is None else f" ({voice.money(penalty.mrp * rate, 'KZT')})"
        lines.append((voice.text("outcome.stay_too_long.fined", mrp=voice.number(penalty.mrp)) + amount,))
    if Consequence.EXPULSION in penalty.consequences:
        lines.append((voice.text("outcome.stay_too_long.expelled"),))
    return tuple(lines)


def _duty(situation: Situation, voice: Voice) -> tuple[Line, ...]:
    return fee_lines((situation.knowledge.fees["duty_exit"].on(situation.today),), voice)


def _warnings(penalty: Penalty | None, voice: Voice) -> tuple[Line, ...]:
    """The day of the edition read is not known: said wherever a fine is told."""
    unsure = () if penalty is None else ((voice.text("outcome.stay_too_long.edition"),),)
    return (*unsure, *warning_lines(("unofficial_copy",), (), voice))
