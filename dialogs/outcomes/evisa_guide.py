"""Where the guide to the e-visa ends without one: why, and what to do instead."""

from dialogs.cards.ending import Ending
from dialogs.cards.evisa import list_facts
from dialogs.cards.parts import titled, warning_lines
from dialogs.cited import cited, proof
from dialogs.contacts import contact_lines
from dialogs.evisa_trip import check_of, disputes_of, obstacle_of
from dialogs.formats import Voice
from dialogs.says import Block, Fact, Facts, Heading, Line, Paragraph, Say
from dialogs.situation import Situation
from dialogs.wire import Action
from knowledge.policy.evisa_fit import EvisaObstacle

__all__ = ["evisa_in_doubt", "evisa_not_needed", "evisa_not_open", "evisa_of_official_passport"]

_FLOW = "evisa_guide"
_ABOUT_THE_PASSPORT = frozenset({EvisaObstacle.PASSPORT, EvisaObstacle.ENDED})
_VISA_FREE = "visa_free_no_evisa_needed"
_MISSION = ("statement.mission_district", "document.invitation_number_or_petition")


def evisa_not_open(situation: Situation, voice: Voice, run: int) -> Say:
    """The passport or the trip gets no e-visa: why, and the way that is left."""
    ending, check = Ending(_FLOW, situation, voice, run), check_of(situation)
    obstacle = obstacle_of(situation) or EvisaObstacle.PASSPORT
    about_the_passport = obstacle in _ABOUT_THE_PASSPORT
    way = ("visa_free", "mission") if _VISA_FREE in check.warnings else ("mission",)
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.evisa_not_open.title")),
        Paragraph((voice.text(f"outcome.evisa_not_open.{obstacle}"),)),
        Facts((_passport(situation, voice), *list_facts(check, situation.knowledge, voice))),
        *titled(voice.text("card.steps"), [_told(f"evisa_not_open.{part}", situation, voice) for part in way]),
        *titled(voice.text("card.warnings"), warning_lines(("unofficial_copy",), disputes_of(check), voice)),
    )
    found = (*check.sources, *proof(_MISSION, situation.knowledge, situation.today))
    topics = ("evisa.not-on-list" if about_the_passport else "evisa.stay", "visa.where")
    return ending.say(blocks, found, topics, ending.button("flow.which_visa.title", Action.GO, "which_visa"))


def evisa_of_official_passport(situation: Situation, voice: Voice, run: int) -> Say:
    """The lists are about ordinary passports; a diplomatic or a service passport has rules of its own."""
    ending = Ending(_FLOW, situation, voice, run)
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.evisa_of_official_passport.title")),
        Paragraph((voice.text("warning.official_passport_rules_differ"),)),
        *titled(voice.text("person.title"), contact_lines(situation.knowledge, voice)),
    )
    which_visa = ending.button("flow.which_visa.title", Action.GO, "which_visa")
    return ending.say(blocks, check_of(situation).sources, ("visa.where",), which_visa)


def evisa_in_doubt(situation: Situation, voice: Voice, run: int) -> Say:
    """The lists disagree: never a flat no, and nothing to pay before the portal has answered."""
    ending, check = Ending(_FLOW, situation, voice, run), check_of(situation)
    refused = situation.answers.get("has_the_portal_confirmed") == "portal_refused"
    steps = ("mission",) if refused else ("ask_the_portal", "no_fee_yet", "mission_if_refused")
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.evisa_in_doubt.title")),
        Facts((_passport(situation, voice), *list_facts(check, situation.knowledge, voice))),
        *titled(
            voice.text("card.steps"),
            [_told(f"evisa_in_doubt.{step}", situation, voice) for step in steps],
            numbered=len(steps) > 1,
        ),
        *titled(voice.text("card.warnings"), warning_lines(("low_confidence",), disputes_of(check), voice)),
    )
    again = ending.button("button.portal_answered", Action.EDIT, "has_the_portal_confirmed")
    which_visa = ending.button("flow.which_visa.title", Action.GO, "which_visa")
    return ending.say(blocks, check.sources, ("evisa.eligibility",), again, which_visa)


def evisa_not_needed(situation: Situation, voice: Voice, run: int) -> Say:
    """A short stay without a visa: the e-visa would be paid for in vain."""
    ending, check = Ending(_FLOW, situation, voice, run), check_of(situation)
    days = None if check.visa_free is None else check.visa_free.days
    stay = () if days is None else (Fact(voice.text("card.visa_free_stay"), (voice.days(days),)),)
    blocks: tuple[Block, ...] = (
        Heading(voice.text("evisa_verdict.visa_free")),
        Facts((_passport(situation, voice), *stay)),
        Paragraph((voice.text("outcome.evisa_not_needed.next"),)),
        *titled(voice.text("card.warnings"), warning_lines(("no_paid_work",), disputes_of(check), voice)),
    )
    which_visa = ending.button("flow.which_visa.title", Action.GO, "which_visa")
    return ending.say(blocks, check.sources, ("entry.visa-free",), which_visa)


def _passport(situation: Situation, voice: Voice) -> Fact:
    country = str(situation.answers["which_passport_do_you_hold"])
    return Fact(voice.text("question.which_passport_do_you_hold.label"), (voice.country(country),))


def _told(key: str, situation: Situation, voice: Voice) -> Line:
    return cited(voice.text(f"outcome.{key}"), situation.knowledge, voice, situation.today)
