"""Invitations that were handed over: where one stands and what comes next, and the list of all of them."""

from collections.abc import Sequence
from datetime import date

from dialogs.buttons import tap
from dialogs.cards.ahead import ahead_blocks, request_facts
from dialogs.cards.answer import topic_button
from dialogs.cards.parts import sources, titled
from dialogs.cards.room import fitted
from dialogs.formats import Voice
from dialogs.promises import PROMISED
from dialogs.requests import Request, Status, may_follow
from dialogs.requests.dates import sources_behind, steps_ahead
from dialogs.says import Block, Bold, Button, CopyText, Fact, Facts, Folded, Heading, Line, Paragraph, PressButton, Say
from dialogs.wire import Action, Tap
from knowledge.base import KnowledgeBase

__all__ = ["requests_card", "status_card"]

_FLOW = "invitation"
_TOPICS = {
    Status.ISSUED: ("invitation.number", "evisa.steps", "visa.documents"),
    Status.REFUSED: ("invitation.refusal", "invitation.change"),
    Status.RETURNED: ("invitation.data",),
    Status.SECURITY: ("invitation.nsc",),
}
_USUAL_TOPICS = ("invitation.timeline",)
_NUMBER = "invitation_number"


def status_card(request: Request, knowledge: KnowledgeBase, voice: Voice, run: int, today: date) -> Say:
    """Where one invitation stands, since when, what comes next and by when, and what the inviting party must do."""
    now = request.now
    steps = steps_ahead(request, knowledge, today)
    blocks: tuple[Block, ...] = (
        Heading(voice.text(f"status.{now.status}")),
        Facts(
            (
                Fact(voice.text("request.reference"), (Bold(request.reference),)),
                Fact(voice.text("request.since"), (voice.date(now.on),)),
                *request_facts(request, voice).rows,
            )
        ),
        Paragraph((voice.text(f"status_text.{now.status}", **PROMISED),)),
        *_detail(request, knowledge, voice),
        *ahead_blocks(request, steps, knowledge, voice, today),
        Paragraph((voice.text("card.not_official"),)),
    )
    cited = dict.fromkeys((*sources_behind(steps, knowledge), *_sources_of_detail(request, knowledge)))
    history = Folded(voice.text("request.history"), tuple(_past(request, voice)))
    documents = sources((knowledge.sources[source] for source in cited), knowledge, voice) if cited else None
    shown = (*blocks, history) if documents is None else fitted(blocks, (history,), documents, voice)
    return Say(shown, _rows(request, knowledge, voice, run))


def requests_card(requests: Sequence[Request], knowledge: KnowledgeBase, voice: Voice, run: int, today: date) -> Say:
    """Every invitation that this person has handed over, the one that changed last first."""
    another = (tap(voice, "button.another_invitation", run, Action.START, _FLOW),)
    title = Heading(voice.text("request.all"))
    if not requests:
        return Say((title, Paragraph((voice.text("request.none"),))), (another,))
    ordered = sorted(requests, key=lambda request: request.now.on, reverse=True)
    lines = tuple(_line(request, knowledge, voice, today) for request in ordered)
    rows = tuple((_open(request, voice, run, number),) for number, request in enumerate(ordered, 1))
    return Say((title, *titled(voice.text("request.choose"), lines, numbered=True)), (*rows, another))


def _detail(request: Request, kb: KnowledgeBase, voice: Voice) -> tuple[Block, ...]:
    """What staff have added to the step: what to mend, the ground, the number."""
    now = request.now
    if not now.detail:
        return ()
    if now.status is Status.REFUSED and now.detail in kb.refusal_grounds:
        values = {name: voice.number(value) for name, value in kb.refusal_grounds[now.detail].figures}
        return (_labelled(voice.text("request.ground"), voice.text(f"refusal_ground.{now.detail}", **values)),)
    label = {Status.ISSUED: "request.number", Status.REFUSED: "request.ground"}.get(now.status, "request.note")
    return (_labelled(voice.text(label), now.detail),)


def _labelled(label: str, value: str) -> Paragraph:
    return Paragraph((f"{label}: ", Bold(value)))


def _sources_of_detail(request: Request, kb: KnowledgeBase) -> tuple[str, ...]:
    now = request.now
    if now.status is Status.REFUSED and now.detail in kb.refusal_grounds:
        return kb.refusal_grounds[now.detail].sources
    return kb.statements[_NUMBER].sources if now.status is Status.ISSUED else ()


def _past(request: Request, voice: Voice) -> Sequence[Line]:
    return [(f"{voice.date(change.on)} – {voice.text(f'status.{change.status}')}",) for change in request.history]


def _line(request: Request, kb: KnowledgeBase, voice: Voice, today: date) -> Line:
    status = voice.text(f"status.{request.now.status}")
    begun = voice.text("request.trip_from", date=voice.date(request.first_day))
    steps = steps_ahead(request, kb, today)
    until = f" · {voice.text('request.next_until', date=voice.date(steps[0].latest.date))}" if steps else ""
    return (Bold(request.reference), f" – {status} · {request.category}, {begun}{until}")


def _open(request: Request, voice: Voice, run: int, number: int) -> Button:
    label = voice.text("request.button", number=number, reference=request.reference)
    return Button(label, PressButton(Tap(run, Action.REQUEST, "", request.reference).encode()))


def _rows(request: Request, kb: KnowledgeBase, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    now = request.now
    copied = now.detail if now.status is Status.ISSUED and now.detail else request.reference
    topics = (kb.answers[topic] for topic in _TOPICS.get(now.status, _USUAL_TOPICS))
    withdraw = Button(
        voice.text("button.withdraw"), PressButton(Tap(run, Action.WITHDRAW, "", request.reference).encode())
    )
    correct = Button(
        voice.text("button.correct_request"), PressButton(Tap(run, Action.CORRECT, "", request.reference).encode())
    )
    remind = Button(
        voice.text("button.remind"), PressButton(Tap(run, Action.REMIND, "decision", request.reference).encode())
    )
    return (
        *(((remind,),) if may_follow(now.status) and now.status is not Status.ISSUED else ()),
        *(((correct,),) if now.status is Status.RETURNED else ()),
        (Button(voice.text("button.copy_number"), CopyText(copied)),),
        *((topic_button(answer, voice, run),) for answer in topics),
        *(((withdraw,),) if Status.WITHDRAWN in may_follow(now.status) else ()),
        (
            tap(voice, "button.my_requests", run, Action.REQUESTS),
            tap(voice, "button.ask_a_person", run, Action.PERSON),
        ),
    )
