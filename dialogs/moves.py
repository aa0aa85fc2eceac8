"""The moves of a conversation: each takes a session and gives the next one, with what is said."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.answer import Answer
from dialogs.changes import Change, change_of, named, put_off
from dialogs.effects import Effect, InviteGuest, RevokeLink
from dialogs.formats import Voice
from dialogs.guests import guest_start
from dialogs.keys import bare, person_of
from dialogs.people import has_open_links
from dialogs.promises import LINK_DAYS, MOST_PAPERS
from dialogs.questions import Accepted, Offered, Reading, Refused
from dialogs.questions.handover import token_of
from dialogs.replay import fallen, replay
from dialogs.says import Block, Button, Facts, Paragraph, Say, SayMode, ShareText
from dialogs.session import Session, View
from dialogs.shelf import dropped, next_paper, paper_title, rested
from dialogs.showing import Turn, open_view, show, voice_of
from dialogs.stance import answer_row, current_key, flow_of, position_of
from dialogs.tree import Flow, Kind
from dialogs.world import World

__all__ = [
    "RUNS",
    "agreed",
    "answered",
    "cancelled",
    "newly_rested",
    "removed_text",
    "settle",
    "started",
    "stepped_back",
    "worth_asking",
]

_DROPPED_AT_ONCE = 7
"""A run with more answers is dropped only after a second yes. A choice of ours."""
RUNS = 1_000_000
"""Runs are counted up to here, then from the beginning: their number stands on every button."""


def started(
    session: Session,
    flow: Flow,
    world: World,
    *,
    answers: Sequence[tuple[str, Answer]] = (),
    keep: bool = False,
    anew: bool = False,
    link: str | None = None,
    mode: SayMode = SayMode.SEND,
    first: Sequence[str | Block] = (),
) -> Turn:
    """A new run of `flow`, with `answers` given and, with `keep`, those of the run before; under `first`.

    What ran unfinished rests among the papers, and that is said; `anew` is for starting the same thing over.
    """
    kept = dict(session.answers) if keep else {}
    lead: list[str | Block] = [*first]
    if not anew:
        before, (session, _) = session, rested(session, world)
        lead += newly_rested(before, session, world)
    fresh = replace(
        session,
        run=(session.run + 1) % RUNS,
        flow=flow.id,
        version=flow.version,
        answers=tuple({**kept, **dict(answers)}.items()),
        old=(),
        paper=next_paper(session),
        link=link,
        correcting=None,
        asked="",
        view=View.FLOW,
        offer=(),
        editing=None,
        misses=0,
    )
    gone = fallen(fresh, flow, replay(flow, fresh.answers, world), world)
    fresh = replace(fresh, answers=tuple(pair for pair in fresh.answers if pair[0] not in gone))
    given = _own_keys(fresh, flow)
    if given and current_key(fresh, world) is not None:
        voice = voice_of(fresh, world)
        rows = tuple(answer_row(flow.questions[bare(key)], key, fresh, voice) for key in given)
        lead += [voice.text("flow.already_known"), Facts(rows)]
    return show(fresh, world, first=lead, mode=mode)


def newly_rested(before: Session, after: Session, world: World) -> tuple[str, ...]:
    """What is said of the dialog put to rest between two sessions, and of a paper that made room for it."""
    voice = voice_of(after, world)
    earlier = {paper.id for paper in before.papers if paper.id != before.paper}
    now = {paper.id for paper in after.papers}
    rested_now = [
        paper for paper in after.papers if paper.id not in earlier and paper.id == before.paper and not paper.told
    ]
    gone = [paper for paper in before.papers if paper.id not in now]
    return (
        *(voice.text("papers.rested", title=paper_title(paper, world, voice)) for paper in rested_now),
        *(voice.text("papers.made_room", title=paper_title(paper, world, voice), n=MOST_PAPERS) for paper in gone),
    )


def _own_keys(session: Session, flow: Flow) -> tuple[str, ...]:
    """The keys of the answers that belong to `flow`."""
    return tuple(key for key, _ in session.answers if bare(key) in flow.questions)


def settle(session: Session, key: str, reading: Reading, world: World, *, pressed: bool) -> Turn:
    """What follows from the reading of an answer under `key`."""
    mode = SayMode.REPLACE if pressed else SayMode.SEND
    match reading:
        case Accepted(value):
            return answered(session, key, value, world, pressed=pressed)
        case Offered(offer, says):
            return show(replace(session, view=View.FLOW, offer=offer, misses=0), world, first=says, mode=mode)
        case Refused(says):
            return refused(session, says, world, pressed=pressed)


def answered(session: Session, key: str, value: Answer, world: World, *, pressed: bool) -> Turn:
    """The session with this answer, or what has to be agreed to first: answers that go, objections of the others."""
    flow = flow_of(session, world)
    if flow is None:
        return open_view(session, View.MENU, world, SayMode.SEND)
    change = change_of(session, flow, key, value, world)
    final = [objection for objection in change.objections if objection.final]
    if final:
        voice = voice_of(session, world)
        return refused(session, [voice.told(item.key, item.values) for item in final], world, pressed=pressed)
    if change.needs_consent:
        mode = SayMode.REPLACE if pressed else SayMode.SEND
        return show(replace(put_off(session, change), view=View.FLOW), world, mode=mode)
    return agreed(session, flow, change, world, pressed=pressed)


def agreed(session: Session, flow: Flow, change: Change, world: World, *, pressed: bool) -> Turn:
    """The change happens, and what it did is said."""
    voice = voice_of(session, world)
    question = flow.questions[bare(change.key)]
    after = replace(change.after, view=View.FLOW)
    if question.kind is Kind.CHECKLIST and current_key(after, world) == change.key:
        return show(after, world, mode=SayMode.REPLACE if pressed else SayMode.SEND)
    row = Facts((answer_row(question, change.key, after, voice),))
    first: list[str | Block] = [] if pressed else [row]
    if change.gone:
        first.append(removed_text(change.gone, session, flow, voice))
    if not change.is_new and change.kept:
        first.append(voice.text("change.kept", answers=named(change.kept, flow, dict(session.answers), voice)))
    turn = show(after, world, first=first)
    if pressed:
        turn = replace(turn, says=(Say((row,), mode=SayMode.CLOSE), *turn.says))
    before = session.answer_to(change.key)
    if question.kind is not Kind.HANDOVER or change.value == before:
        return turn
    if has_open_links({change.key: before}):
        turn = turn.with_effects(RevokeLink(after.paper, person_of(change.key)))
    token = token_of(change.value)
    return turn if token is None else _link_made(turn, token, change.key, voice)


def _link_made(turn: Turn, token: str, key: str, voice: Voice) -> Turn:
    """The personal link for a guest, ready to be sent on, before what comes next."""
    share = Button(voice.text("button.share_link"), ShareText(voice.text("guest_link.share"), guest_start(token)))
    link = Say((Paragraph((voice.text("guest_link.link", days=voice.days(LINK_DAYS)),)),), ((share,),))
    says = (link, *turn.says) if turn.says[0].mode is not SayMode.CLOSE else (turn.says[0], link, *turn.says[1:])
    return replace(turn, says=says).with_effects(InviteGuest(token, turn.session.paper, person_of(key) or 0))


def removed_text(gone: frozenset[str], session: Session, flow: Flow, voice: Voice) -> str:
    """Which answers no longer count."""
    return voice.text("change.removed", answers=named(gone, flow, dict(session.answers), voice))


def stepped_back(session: Session, world: World, mode: SayMode) -> Turn:
    """The question before the current one is asked again, its answer offered; before the first lies the menu."""
    position = position_of(session, world)
    current = current_key(session, world)
    if session.view is not View.FLOW:
        return open_view(session, View.FLOW if session.flow else View.MENU, world, mode)
    if session.offer[:1] in (("sure",), ("zone",)):
        return show(replace(session, offer=(), misses=0), world, mode=mode)
    earlier = None if position is None else position.before(current)
    if earlier is None:
        return open_view(replace(session, editing=None), View.MENU, world, mode)
    return show(replace(session, editing=earlier, offer=(), misses=0), world, mode=mode)


def worth_asking(session: Session) -> bool:
    """Whether a run holds so much that it is not dropped at one word."""
    return len(session.answers) > _DROPPED_AT_ONCE


def cancelled(session: Session, world: World, mode: SayMode, *, sure: bool = False) -> Turn:
    """The end of the run: what was dropped is said, and how to start again. Much work is dropped only if `sure`."""
    voice = voice_of(session, world)
    flow = flow_of(session, world)
    if flow is None:
        return open_view(session, View.MENU, world, mode, first=(voice.text("cancel.nothing"),))
    if not sure and worth_asking(session) and current_key(session, world) is not None:
        return show(replace(session, view=View.FLOW, offer=("cancel",), misses=0), world, mode=mode)
    told = [key for key in _own_keys(session, flow) if person_of(key) is None]
    rows = tuple(answer_row(flow.questions[bare(key)], key, session, voice) for key in told)
    first: list[str | Block] = [voice.text("cancel.dropped"), Facts(rows)] if rows else []
    ended = replace(dropped(session), view=View.CANCELLED, offer=("flow", flow.id))
    seen = show(ended, world, mode=mode)
    say = seen.says[0]
    tail = tuple(Paragraph((part,)) if isinstance(part, str) else part for part in first)
    effects: tuple[Effect, ...] = (RevokeLink(session.paper),) if has_open_links(dict(session.answers)) else ()
    return Turn(ended, (replace(say, blocks=(*say.blocks, *tail)),), effects)


def refused(session: Session, says: Sequence[str], world: World, *, pressed: bool) -> Turn:
    """The error, then the same question; a person to ask after the second miss in a row."""
    if pressed:
        # A note on the button is gone in seconds: what is wrong must stand where it can be read again.
        return show(session, world, first=says)
    missed = replace(session, view=View.FLOW, misses=min(session.misses + 1, 9))
    hint = (voice_of(session, world).text("error.ask_a_person"),) if missed.misses > 1 else ()
    return show(missed, world, first=(*says, *hint))
