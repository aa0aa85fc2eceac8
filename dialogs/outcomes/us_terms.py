"""Where the dialog about the U.S. visa ends for people who ask on which terms: waiver, fees, place, immigration."""

from dialogs.cards.points import Point, Section
from dialogs.cards.us_visa import (
    ACCOUNT,
    FEE_TERM,
    NO_SLOTS,
    NOT_KNOWN,
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

__all__ = ["us_fees", "us_immigrant", "us_interview_expected", "us_place", "us_waiver_possible"]

_WAIVER = ("statement.us_waiver_rule",)
_CONDITIONS = ("statement.us_waiver_conditions",)
_ELSEWHERE = Point(
    "us_visa.choose_country",
    ("statement.us_place_residence", "statement.us_flow_support"),
    contact="us_support",
)
# Which fact each obstacle to a waiver rests on.
_OBSTACLES = {
    "class": _WAIVER,
    "term": _WAIVER,
    "term_unknown": _WAIVER,
    "late": _WAIVER,
    "early": _WAIVER,
    "age": _WAIVER,
    "place": _CONDITIONS,
    "refusal": _CONDITIONS,
}


def us_waiver_possible(situation: Situation, voice: Voice, run: int) -> Say:
    """No answer speaks against a waiver; the officer decides, so that it is never promised."""
    case = UsCase(situation)
    end = case.renew_by
    rows = () if end is None else (Facts((Fact(voice.text("us_visa.renew_by"), (voice.moment(end),)),)),)
    sections = (
        Section(None, (Point("us_visa.waiver_may", _CONDITIONS),)),
        Section(
            "card.steps",
            (
                Point("us_visa.fill_in_form", ("statement.us_ds160_url",), contact="us_ds160"),
                ACCOUNT,
                Point("us_visa.waiver_courier", ("statement.us_waiver_how",)),
                NO_SLOTS,
            ),
            numbered=True,
        ),
        Section("card.fees", (*fee_points(case), FEE_TERM)),
        Section(NOT_KNOWN, (Point("us_visa.courier_unknown"), Point("us_visa.term_event"), *open_fee_points())),
    )
    related = ("us.waiver", "us.document-return", "us.fee")
    return us_card("outcome.us_waiver_possible.title", sections, situation, voice, run, related, lead=rows)


def us_interview_expected(situation: Situation, voice: Voice, run: int) -> Say:
    """Which answer speaks against a waiver, and how an interview is booked."""
    case = UsCase(situation)
    why = tuple(Point(f"us_obstacle.{obstacle}", _OBSTACLES[obstacle]) for obstacle in case.obstacles)
    sections = (
        Section("card.why", why),
        Section(
            "card.steps",
            (
                Point("us_visa.fill_in_form", ("statement.us_ds160_url",), contact="us_ds160"),
                ACCOUNT,
                Point("us_visa.book_interview", ("statement.us_flow_new",)),
                NO_SLOTS,
            ),
            numbered=True,
        ),
        Section("card.fees", (*fee_points(case), FEE_TERM)),
        Section(NOT_KNOWN, (*open_fee_points(), Point("us_visa.wait_unknown"))),
    )
    related = ("us.waiver", "us.apply", "us.ds160")
    return us_card("outcome.us_interview_expected.title", sections, situation, voice, run, related)


def us_fees(situation: Situation, voice: Voice, run: int) -> Say:
    """What the application costs for the class."""
    case = UsCase(situation)
    sections = (
        Section("card.fees", fee_points(case)),
        Section("card.steps", (ACCOUNT, FEE_TERM), numbered=True),
        Section(NOT_KNOWN, open_fee_points()),
    )
    return us_card("outcome.us_fees.title", sections, situation, voice, run, ("us.fee", "us.integrity-fee"))


def us_place(situation: Situation, voice: Voice, run: int) -> Say:
    """Where the interview is for this citizenship and residence, and whether a bond was asked of the passport."""
    case = UsCase(situation)
    kind = "title" if case.is_at_home else ("assigned" if case.is_assigned_here else "elsewhere")
    steps = (Point("us_visa.same_city", ("statement.us_ds160_location",)), ACCOUNT, NO_SLOTS)
    here = case.is_at_home or case.is_assigned_here
    sections = (
        Section(None, tuple(place_points(case))),
        Section("card.steps", steps if here else (_ELSEWHERE,), numbered=here),
        Section("us_visa.bond", tuple(bond_points(case))),
        Section(NOT_KNOWN, (Point("us_visa.wait_unknown"),)),
    )
    return us_card(f"outcome.us_place.{kind}", sections, situation, voice, run, ("us.where", "us.bond"))


def us_immigrant(situation: Situation, voice: Voice, run: int) -> Say:
    """The pause of immigrant visas, as far as it was known."""
    case = UsCase(situation)
    pause = ("statement.us_iv_pause",)
    own = Point("us_visa.pause_kazakhstan", pause) if case.is_citizen else Point("us_visa.pause_others", pause)
    sections = (
        Section(None, (own,)),
        Section("card.steps", (Point("us_visa.see_news", contact="us_visa_news"),)),
        Section(
            "us_visa.rules",
            (Point("us_visa.pause_nonimmigrant", pause), Point("us_visa.lottery", ("statement.us_dv",))),
        ),
        Section(NOT_KNOWN, (Point("us_visa.pause_now", ("statement.us_iv_status",)), Point("us_visa.immigrant_fee"))),
    )
    kind = "title" if case.is_citizen else "others"
    return us_card(f"outcome.us_immigrant.{kind}", sections, situation, voice, run, ("us.immigrant", "us.apply"))
