"""Where the dialogs about an invitation end: handed over, given back to the inviter, or not begun."""

from datetime import date

from dialogs.buttons import tap
from dialogs.cards.answer import topic_button
from dialogs.cards.handed_over import handed_over_card
from dialogs.cards.parts import titled
from dialogs.checks import standing_objections
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.requests import Change, Request, Status
from dialogs.requests.trip import FIRST_DAY, category_of
from dialogs.says import Block, Button, Heading, Paragraph, Say
from dialogs.situation import Situation
from dialogs.wire import Action

__all__ = ["guest_part_declined", "guest_part_delivered", "invitation_declined", "invitation_handed_over"]

_REVIEW = "is_the_invitation_right"
_PRIVACY, _DATA, _NUMBER = "service.privacy", "invitation.data", "invitation.number"


def invitation_handed_over(situation: Situation, voice: Voice, run: int) -> Say:
    """The data are with the staff. Raises KeyError while the flow has not come so far."""
    category = category_of(situation.answers, situation.knowledge)
    request = Request(
        reference=str(situation.answers[_REVIEW]),
        category="" if category is None else category.code,
        guests=len(situation.people),
        first_day=date.fromisoformat(str(situation.answers[FIRST_DAY])),
        history=(Change(Status.RECEIVED, situation.today),),
    )
    doubts = [voice.told(doubt.key, doubt.values) for doubt in standing_objections(situation)]
    company = situation.answers.get("who_invites_the_guests") == "company_invites"
    return handed_over_card(request, doubts, situation.knowledge, voice, run, situation.today, company=company)


def invitation_declined(situation: Situation, voice: Voice, run: int) -> Say:
    """Without consent nothing is asked: the inviting party can do it all on the portal."""
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.invitation_declined.verdict")),
        Paragraph((voice.text("outcome.invitation_declined.text"),)),
        *titled(voice.text("person.title"), contact_lines(situation.knowledge, voice)),
    )
    change = (tap(voice, "button.change_something", run, Action.CHANGES),)
    return Say(blocks, (change, *_ways_on(situation, voice, run, (_DATA, _PRIVACY))))


def guest_part_delivered(situation: Situation, voice: Voice, run: int) -> Say:
    """The guest's data have gone to the inviting party, and the guest's own copy ends here."""
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.guest_part_delivered.verdict")),
        Paragraph((voice.text("outcome.guest_part_delivered.text"),)),
        Paragraph((voice.text("outcome.guest_part_delivered.next"),)),
    )
    return Say(blocks, _ways_on(situation, voice, run, (_NUMBER, _PRIVACY)))


def guest_part_declined(situation: Situation, voice: Voice, run: int) -> Say:
    """Without consent nothing is asked of the guest."""
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.guest_part_declined.verdict")),
        Paragraph((voice.text("outcome.guest_part_declined.text"),)),
    )
    change = (tap(voice, "button.change_something", run, Action.CHANGES),)
    return Say(blocks, (change, *_ways_on(situation, voice, run, (_PRIVACY,))))


def _ways_on(situation: Situation, voice: Voice, run: int, topics: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    return (
        *((topic_button(situation.knowledge.answers[topic], voice, run),) for topic in topics),
        (tap(voice, "button.menu", run, Action.MENU), tap(voice, "button.language", run, Action.LANGUAGES)),
    )
