"""Where the guide to the e-visa ends with one: what is left to do, and what is wrong with the passport first."""

from collections.abc import Iterator

from dialogs.cards.days import day_lines
from dialogs.cards.ending import Ending
from dialogs.cards.parts import condition_text, fee_lines, titled, warning_lines
from dialogs.cited import cited, proof
from dialogs.evisa_trip import PASSPORT_POINTS, STEPS, check_of, disputes_of, passport_needed_until
from dialogs.formats import Voice
from dialogs.questions.checklist import open_points
from dialogs.says import Block, Fact, Facts, Heading, Paragraph, Say
from dialogs.situation import Situation
from dialogs.wire import Action
from knowledge.deadlines import Deadline
from knowledge.policy.purposes import PURPOSE_RULES
from knowledge.timeline import Arrival, Events, Way, sources_behind, timeline
from knowledge.trip import Purpose

__all__ = ["evisa_steps", "passport_ends_too_early", "passport_not_in_order"]

_FLOW = "evisa_guide"
_STEPS, _PASSPORT = "which_steps_are_done", "what_is_true_of_the_passport"
_FACTS = (
    "statement.evisa_portal_only",
    "special_rule.evisa_invitation",
    "special_rule.evisa_air_only",
    "special_rule.evisa_data_match",
    "statement.invitation_number",
    "statement.evisa_payment_online",
    "statement.evisa_shown_at_border",
    "special_rule.evisa_single_entry",
    "special_rule.fees_not_refunded",
    "deadline.evisa_issue",
)
_AT_THE_BORDER = ("print", "international_airports", "single_entry", "one_person")
_CONFLICTS = ("evisa_airports", "evisa_data_mismatch", "visa_issue_time")
# What the card tells as a fact, a conflict or a fee, and what is about another visa.
_TOLD = frozenset(
    {
        "evisa_airports_disputed",
        "evisa_b9_1_disputed",
        "evisa_editions_differ",
        "evisa_fee_dated",
        "evisa_one_category_only",
        "sources_disagree",
    }
)
_LATER = frozenset({"decision_latest", "visa_expected", "invite_horizon_private"})
_BEFORE_THE_VISA = _LATER | {"apply_for_visa"}


def passport_ends_too_early(situation: Situation, voice: Voice, run: int) -> Say:
    """The passport must outlast the visa: until when, and what to do first."""
    ending, needed = Ending(_FLOW, situation, voice, run), passport_needed_until(situation)
    told = (
        () if needed is None else (Fact(voice.text("outcome.passport_ends_too_early.needed"), (voice.date(needed),)),)
    )
    steps = [(voice.text(f"outcome.passport_ends_too_early.{step}"),) for step in ("renew", "tell_the_inviter")]
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.passport_ends_too_early.title")),
        Facts(told),
        Paragraph((condition_text("passport_validity", situation.knowledge, voice),)),
        *titled(voice.text("card.steps"), steps, numbered=True),
        *titled(voice.text("card.warnings"), warning_lines((), ("evisa_data_mismatch",), voice)),
    )
    facts = ("deadline.passport_valid_after_visa", "special_rule.evisa_data_match")
    return ending.say(blocks, proof(facts, situation.knowledge, situation.today), ("evisa.passport",))


def passport_not_in_order(situation: Situation, voice: Voice, run: int) -> Say:
    """For each point that is not ticked what to do about it, before anything is paid."""
    ending = Ending(_FLOW, situation, voice, run)
    repairs = [
        cited(voice.text(f"outcome.passport_not_in_order.{point}"), situation.knowledge, voice, situation.today)
        for point in open_points(PASSPORT_POINTS, situation.answers.get(_PASSPORT))
    ]
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.passport_not_in_order.title")),
        *titled(voice.text("card.steps"), repairs),
        Paragraph((voice.text("outcome.passport_not_in_order.before_paying"),)),
        *titled(voice.text("card.warnings"), warning_lines((), ("evisa_data_mismatch",), voice)),
    )
    found = proof(
        ("document.passport", "special_rule.evisa_data_match", "special_rule.fees_not_refunded"),
        situation.knowledge,
        situation.today,
    )
    again = ending.button("button.check_passport_again", Action.EDIT, _PASSPORT)
    return ending.say(blocks, found, ("evisa.passport",), again)


def evisa_steps(situation: Situation, voice: Voice, run: int) -> Say:
    """What is left to do, by when, what it costs, and what counts at the border."""
    ending, check, knowledge = Ending(_FLOW, situation, voice, run), check_of(situation), situation.knowledge
    left = open_points(STEPS, situation.answers.get(_STEPS))
    days = _days(situation, left)
    fees = [fee for fee in check.fees if not fee.conflict] if "evisa_fee" in left else []
    warnings = (*_too_late(days), *(name for name in check.warnings if name not in _TOLD))
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.evisa_steps.left" if left else "outcome.evisa_steps.done")),
        Facts(tuple(_facts(situation, voice))),
        *titled(voice.text("card.steps"), [(voice.text(f"option.{point}"),) for point in left], numbered=True),
        *titled(voice.text("card.deadlines"), day_lines(days, voice)),
        *titled(voice.text("card.fees"), fee_lines(fees, voice)),
        *titled(
            voice.text("outcome.evisa_steps.at_the_border"),
            [(condition_text(name, knowledge, voice),) for name in _AT_THE_BORDER],
        ),
        *titled(voice.text("card.warnings"), warning_lines(warnings, (*disputes_of(check), *_CONFLICTS), voice)),
    )
    behind = (knowledge.sources[name] for day in days for name in sources_behind(knowledge, day))
    found = (*proof(_FACTS, knowledge, situation.today), *check.sources, *behind)
    return ending.say(
        blocks, found, ("evisa.fees", "evisa.problems"), ending.button("button.open_steps", Action.EDIT, _STEPS)
    )


def _facts(situation: Situation, voice: Voice) -> Iterator[Fact]:
    """The passport, the category and, where a rule opens the e-visa for a time, its last day."""
    trip, limit = situation.trip(), check_of(situation).limit
    category = PURPOSE_RULES[trip.purpose].category
    yield Fact(voice.text("question.which_passport_do_you_hold.label"), (voice.country(trip.citizenship),))
    yield Fact(voice.text("card.category"), (f"{category} – {voice.text(f'category.{category}')}",))
    if limit is not None and limit.validity.end is not None:
        yield Fact(voice.text("card.last_day"), (voice.date(limit.validity.end),))


def _days(situation: Situation, left: tuple[str, ...]) -> tuple[Deadline, ...]:
    """The days of the trip; those of the invitation and of the visa are over once their points are ticked."""
    trip = situation.trip()
    if trip.arrival is None:
        return ()
    arrival = Arrival(
        trip.arrival,
        trip.days,
        Way.EVISA,
        invitation="invitation_number" in left,
        private=trip.purpose is Purpose.PRIVATE,
    )
    found = timeline(situation.knowledge, Events(arrival), situation.today)
    over = _LATER if "evisa_in_account" in left else _BEFORE_THE_VISA
    return tuple(day for day in found if day.what not in over)


def _too_late(days: tuple[Deadline, ...]) -> tuple[str, ...]:
    """What is told when a day for beginning has passed."""
    past = {day.what for day in days if day.past}
    if "invite_before_entry" in past:
        return ("invitation_deadline_passed",)
    return ("may_not_be_ready_in_time",) if past & {"start_invitation_safely", "apply_for_visa"} else ()
