"""The frame of a card about the U.S. visa, and the points that several of them tell."""

from collections.abc import Iterator, Sequence

from dialogs.buttons import tap
from dialogs.cards.answer import topic_button
from dialogs.cards.points import Point, Section, points_card
from dialogs.formats import Voice
from dialogs.says import Block, Button, Say
from dialogs.situation import Situation
from dialogs.us_case import UsCase
from dialogs.wire import Action

__all__ = [
    "ACCOUNT",
    "FEE_TERM",
    "NOT_KNOWN",
    "NO_SLOTS",
    "SUPPORT",
    "SUPPORT_BEFORE_PAYING",
    "bond_points",
    "fee_points",
    "open_fee_points",
    "place_points",
    "us_card",
]

NOT_KNOWN = "us_visa.not_known"
"""The title of the open questions."""

NO_SLOTS = Point("us_visa.no_slots", ("statement.us_bots",))
ACCOUNT = Point("us_visa.account", ("statement.us_system_url",), contact="us_appointments")
SUPPORT = Point("us_visa.support", ("statement.us_flow_support",), contact="us_support")
SUPPORT_BEFORE_PAYING = Point("us_visa.support_before_paying", ("statement.us_flow_support",), contact="us_support")
FEE_TERM = Point("us_visa.fee_term", ("statement.us_fee_validity",))

_FEE = ("statement.us_fee_mrv",)
_MOST = Point("us_visa.fee_most", _FEE)
_PETITION = Point("us_visa.fee_petition", _FEE)
_TREATY = Point("us_visa.fee_treaty", _FEE)
_FEES = {
    "us_visit": (_MOST,),
    "us_study": (_MOST,),
    "us_transit_press": (_MOST,),
    "us_petition": (_PETITION,),
    "us_treaty": (_TREATY,),
    "us_visitor_visa": (_MOST,),
    "us_h2a_visa": (_PETITION,),
    "us_official_visa": (Point("us_visa.fee_official"),),
}
_BONDED_CLASSES = ("us_visit", "us_class_unsure")


def us_card(
    title: str,
    sections: Sequence[Section],
    situation: Situation,
    voice: Voice,
    run: int,
    related: Sequence[str],
    *,
    lead: Sequence[Block] = (),
) -> Say:
    """A card of this dialog; `title` is a text id, `related` are vetted answers to go on with."""
    answers = (situation.knowledge.answers[topic] for topic in (*related, "us.support"))
    rows: tuple[tuple[Button, ...], ...] = (
        *((topic_button(answer, voice, run),) for answer in answers),
        (tap(voice, "button.change_something", run, Action.CHANGES),),
        (
            tap(voice, "button.restart", run, Action.START, "us_visa"),
            tap(voice, "button.menu", run, Action.MENU),
            tap(voice, "button.language", run, Action.LANGUAGES),
        ),
    )
    return points_card(voice.text(title), sections, situation, voice, rows, closing="us_visa.not_official", lead=lead)


def fee_points(case: UsCase) -> tuple[Point, ...]:
    """The application fee of the class; of all classes where it is not known."""
    answers = case.situation.answers
    named = answers.get("which_us_visa_class") or answers.get("which_us_visa_is_renewed")
    told = _FEES.get(str(named), (_MOST, _PETITION, _TREATY))
    return (*told, Point("us_visa.fee_as_of", _FEE, contact="us_appointments"))


def open_fee_points() -> tuple[Point, ...]:
    """The fee that a law creates and nobody is known to collect, and the amount in tenge."""
    return (
        Point("us_visa.integrity_fee", ("statement.us_fee_vif", "statement.us_fee_vif_status"), contact="us_visa_news"),
        Point("us_visa.fee_in_tenge"),
    )


def place_points(case: UsCase) -> Iterator[Point]:
    """Where the interview is, by citizenship and residence."""
    rule = ("statement.us_place_residence",)
    if case.is_assigned_here:
        yield Point("us_visa.russia", ("statement.us_place_russia",))
    if not case.is_at_home:
        yield from () if case.is_assigned_here else (Point("us_visa.not_the_place", rule),)
        return
    yield Point("us_visa.posts", ("statement.us_place_posts",))
    if case.is_citizen:
        yield Point("us_visa.citizens", ("statement.us_place_kz_unaffected",))
    else:
        yield Point("us_visa.show_residence", rule)


def bond_points(case: UsCase) -> Iterator[Point]:
    """The visa bond of visitors by passport: the list that was read, and what came after the pilot."""
    if case.passport is None or not (
        case.says("which_us_visa_class", *_BONDED_CLASSES) or case.says("what_about_the_us_visa", "us_interview_place")
    ):
        return
    listed = ("statement.us_bond_kz",)
    if case.is_citizen:
        yield Point("us_visa.bond_not_listed", listed)
    elif case.passport in case.situation.knowledge.groups["us_bond"]:
        yield Point("us_visa.bond_listed", (*listed, "group.us_bond"))
        yield Point("us_visa.bond_amounts", ("statement.us_bond_rule",))
        yield Point("us_visa.bond_terms", ("statement.us_bond_terms",))
    else:
        yield Point("us_visa.bond_other", listed)
    yield Point(
        "us_visa.bond_after", ("statement.us_bond_after",), ended=("statement.us_bond_rule",), contact="us_bond_list"
    )
    if not case.is_citizen:
        yield Point("us_visa.bond_scam", ("statement.us_bond_scam",))
