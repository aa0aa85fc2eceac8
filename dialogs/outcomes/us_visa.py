"""Where the dialog about the U.S. visa ends for people who apply, have paid, or have an interview."""

from dialogs.cards.points import Point, Section, Vetted
from dialogs.cards.us_visa import (
    ACCOUNT,
    FEE_TERM,
    NO_SLOTS,
    NOT_KNOWN,
    SUPPORT,
    SUPPORT_BEFORE_PAYING,
    bond_points,
    fee_points,
    open_fee_points,
    place_points,
    us_card,
)
from dialogs.formats import Voice
from dialogs.says import Fact, Facts, Say
from dialogs.situation import Situation
from dialogs.us_case import UsCase
from knowledge.answer import PartKind
from knowledge.interview import form_freeze

__all__ = [
    "us_book_interview",
    "us_first_steps",
    "us_interview_check",
    "us_interview_missed",
    "us_link_record",
    "us_passport_return",
]

_NEW_FORM = Point("us_visa.new_form", ("statement.us_ds160_noshow",))
_SUPPORT_WHEN_LATE = Point("us_visa.support_when_late", ("statement.us_flow_support",), contact="us_support")
_CHECKS = {
    "is_the_ds160_submitted": Point("us_visa.repair_submit", ("statement.us_ds160_penalty",), contact="us_ds160"),
    "does_the_ds160_city_match": Point("us_visa.repair_city", ("statement.us_ds160_location",)),
    "does_the_ds160_number_match": Point(
        "us_visa.repair_number", ("statement.us_ds160_barcode", "statement.us_ds160_update")
    ),
}


def us_first_steps(situation: Situation, voice: Voice, run: int) -> Say:
    """The steps from the form to the interview, for this citizenship and class."""
    case = UsCase(situation)
    sections = (
        Section("card.steps", (Vetted("us.apply", PartKind.STEP), NO_SLOTS), numbered=True),
        Section("us_visa.where", tuple(place_points(case))),
        Section("card.fees", (*fee_points(case), FEE_TERM)),
        Section(NOT_KNOWN, (*open_fee_points(), *bond_points(case), Point("us_visa.wait_unknown"))),
    )
    return us_card("outcome.us_first_steps.title", sections, situation, voice, run, ("us.ds160", "us.fee"))


def us_book_interview(situation: Situation, voice: Voice, run: int) -> Say:
    """The day by which a fee that was paid in the new system must be used."""
    case = UsCase(situation)
    end = case.book_by
    over = case.has_the_payment_run_out
    rows = () if end is None else (Facts((Fact(voice.text("us_visa.book_by"), (voice.moment(end),)),)),)
    steps = (SUPPORT_BEFORE_PAYING, ACCOUNT) if over else (ACCOUNT, Point("us_visa.book"))
    sections = (
        Section("card.steps", (*steps, NO_SLOTS), numbered=True),
        Section("card.fees", (FEE_TERM, Point("us_visa.first_day_counts"))),
        Section(NOT_KNOWN, (Point("us_visa.wait_unknown"),)),
    )
    title = "outcome.us_book_interview.over" if over else "outcome.us_book_interview.title"
    return us_card(title, sections, situation, voice, run, ("us.fee", "us.ds160"), lead=rows)


def us_link_record(situation: Situation, voice: Voice, run: int) -> Say:
    """The old record joins the new account; an old payment has most likely run out."""
    case = UsCase(situation)
    points = [Point("us_visa.four_fields", ("statement.us_flow_link_old",))]
    if case.says("is_a_us_interview_booked", "yes"):
        points.append(Point("us_visa.booked_before", ("statement.us_system_switch",)))
    elif case.has_the_payment_run_out:
        points.append(Point("us_visa.payment_over", ("statement.us_fee_validity", "statement.us_system_switch")))
    sections = (
        Section(None, tuple(points)),
        Section("card.steps", (Vetted("us.link-record", PartKind.STEP), SUPPORT, NO_SLOTS), numbered=True),
        Section("card.fees", (FEE_TERM,)),
    )
    related = ("us.existing-appointment", "us.fee")
    return us_card("outcome.us_link_record.title", sections, situation, voice, run, related)


def us_interview_check(situation: Situation, voice: Voice, run: int) -> Say:
    """Whether the form fits the interview, what to repair, and until when."""
    case = UsCase(situation)
    day = case.day("when_is_the_us_interview")
    freeze = None if day is None else form_freeze(situation.knowledge, day)
    repairs = tuple(point for question, point in _CHECKS.items() if not case.says(question, "yes"))
    late = freeze is not None and freeze.date < situation.today
    rows: list[Fact] = []
    if day is not None:
        rows.append(Fact(voice.text("question.when_is_the_us_interview.label"), (voice.date(day),)))
    if freeze is not None:
        marks = [voice.text("timeline.past")] if late else []
        marks.append(voice.text("timeline.estimated"))
        moment = voice.moment(freeze.date, freeze.time)
        rows.append(Fact(voice.text("us_visa.freeze"), (moment, f" – {'; '.join(marks)}")))
    steps = (*repairs, *((_SUPPORT_WHEN_LATE,) if late and repairs else ()), Point("us_visa.keep_as_is"))
    sections = (
        Section("card.steps", steps, numbered=len(steps) > 1),
        Section(
            "us_visa.rules",
            (
                Point("us_visa.freeze_rule", ("statement.us_ds160_deadline",)),
                Point("us_visa.number_form", ("statement.us_ds160_barcode",)),
                Point("us_visa.mistakes", ("statement.us_ds160_penalty",)),
                NO_SLOTS,
            ),
        ),
        Section(NOT_KNOWN, (Point("us_visa.closing_days", ("statement.us_ds160_business_day",)),)),
    )
    kind = ("late" if late else "repair") if repairs else "ready"
    return us_card(
        f"outcome.us_interview_check.{kind}",
        sections,
        situation,
        voice,
        run,
        ("us.ds160", "us.document-return"),
        lead=(Facts(tuple(rows)),) if rows else (),
    )


def us_interview_missed(situation: Situation, voice: Voice, run: int) -> Say:
    """After a missed interview: a new form, its number in the account in time."""
    sections = (
        Section(
            "card.steps",
            (_NEW_FORM, ACCOUNT, Point("us_visa.number_again", ("statement.us_ds160_deadline",)), SUPPORT, NO_SLOTS),
            numbered=True,
        ),
        Section("card.fees", (FEE_TERM,)),
        Section(NOT_KNOWN, (Point("us_visa.rebook_unknown"), Point("us_visa.wait_unknown"))),
    )
    return us_card("outcome.us_interview_missed.title", sections, situation, voice, run, ("us.ds160", "us.fee"))


def us_passport_return(situation: Situation, voice: Voice, run: int) -> Say:
    """How the passport comes back: by the choice in the account."""
    sections = (
        Section("card.steps", (Vetted("us.document-return", PartKind.STEP), SUPPORT), numbered=True),
        Section("us_visa.rules", (Point("us_visa.waiver_courier", ("statement.us_waiver_how",)),)),
        Section(NOT_KNOWN, (Point("us_visa.return_points"),)),
    )
    related = ("us.document-return", "us.validity")
    return us_card("outcome.us_passport_return.title", sections, situation, voice, run, related)
