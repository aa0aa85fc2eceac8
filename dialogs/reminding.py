"""Reminders: asked for with one tap, stopped with one tap, and what is said when a timer runs out."""

import json
from dataclasses import replace
from datetime import date, timedelta

from dialogs.buttons import tap
from dialogs.cards.request import status_card
from dialogs.effects import Effect, Remind, ReminderKind, StopReminding
from dialogs.events import Alarm
from dialogs.outcome_marks import differences, mark_of
from dialogs.papers import Paper
from dialogs.replay import situation_at
from dialogs.requests.dates import steps_ahead
from dialogs.says import Bullets, Heading, Paragraph, Say, SayMode
from dialogs.session import Session
from dialogs.shelf import dropped, paper_title, without_expired
from dialogs.showing import Turn, show, voice_of
from dialogs.staleness import stale
from dialogs.stance import flow_of, is_unfinished
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = ["EXPIRE", "EXPIRE_RUNNING", "alarmed", "reminded", "stopped"]

EXPIRE = "expire"
"""The key of the alarm at which papers are forgotten that were kept long enough; nothing is said."""
EXPIRE_RUNNING = "expire.draft"
"""The key of the alarm for a conversation that nobody has touched for as long: what runs in it is forgotten too."""

_DRAFT_DAYS = 1
"""An unfinished paper is brought back to mind after so many days, and once more before it is forgotten."""
_LAST_CALL_DAYS = 3
_PASSPORT_DAYS = 90
"""How long before its end a passport is spoken of: about as long as it must outlast a visa."""


def reminded(session: Session, tap_: Tap, world: World, _mode: SayMode) -> Turn:
    """Timers for a paper at rest, or for the days of the outcome on the screen."""
    if tap_.target == "outcome" and tap_.run != session.run:
        return stale(session, world)
    match tap_.target:
        case "draft":
            effects = _draft(session, tap_.value, world)
        case "decision":
            effects = _until_decided(tap_.value, world)
        case _:
            effects = _outcome(session, world)
    voice = voice_of(session, world)
    if not effects:
        return show(session, world, first=(voice.text("reminder.nothing"),), mode=SayMode.SEND)
    days = ", ".join(dict.fromkeys(voice.date(effect.on) for effect in effects))
    stop = ((tap(voice, "button.stop_reminders", session.run, Action.STOP),),)
    say = Say((Paragraph((voice.text("reminder.set", days=days),)),), stop, SayMode.SEND)
    return Turn(session, (say,), effects)


def stopped(session: Session, _tap: Tap, world: World, _mode: SayMode) -> Turn:
    """No timer is left, and no paper is watched."""
    voice = voice_of(session, world)
    quiet = replace(session, papers=tuple(replace(paper, notify=False) for paper in session.papers))
    return Turn(quiet, (Say((Paragraph((voice.text("reminder.stopped"),)),)),), (StopReminding(),))


def alarmed(session: Session, alarm: Alarm, world: World) -> Turn:
    """What a timer that ran out says; one whose reason has gone is silent."""
    match alarm.kind:
        case ReminderKind.DRAFT if alarm.key == EXPIRE:
            return Turn(without_expired(session, world), ())
        case ReminderKind.DRAFT if alarm.key == EXPIRE_RUNNING:
            return Turn(without_expired(dropped(session), world), ())
        case ReminderKind.DRAFT:
            return _unfinished(session, alarm.key, world)
        case ReminderKind.RECHECK:
            return _rechecked(session, alarm.key, world)
        case ReminderKind.DECISION:
            return _decision(session, alarm.key, world)
        case ReminderKind.ARRIVAL | ReminderKind.PASSPORT:
            day = date.fromisoformat(alarm.key) if _is_day(alarm.key) else world.today
            return _told(session, f"reminder.{alarm.kind}", world, day) if day >= world.today else Turn(session, ())
    return Turn(session, ())


def _draft(session: Session, number: str, world: World) -> tuple[Remind, ...]:
    paper = _paper(session, number)
    if paper is None or paper.told:
        return ()
    last = paper.kept_until - timedelta(days=_LAST_CALL_DAYS)
    return (
        Remind(ReminderKind.DRAFT, number, world.today + timedelta(days=_DRAFT_DAYS)),
        Remind(ReminderKind.DRAFT, f"{number}.last", last),
    )


def _outcome(session: Session, world: World) -> tuple[Remind, ...]:
    """The days that the answers name and that lie ahead: the arrival, and the end of a passport."""
    flow = flow_of(session, world)
    if flow is None or is_unfinished(session, world):
        return ()
    answers = situation_at(flow, session.answers, world).answers
    found: list[Remind] = []
    for key, kind, ahead in (
        ("when_do_you_arrive", ReminderKind.ARRIVAL, 0),
        ("when_did_you_enter", ReminderKind.ARRIVAL, 0),
        ("when_does_the_passport_end", ReminderKind.PASSPORT, _PASSPORT_DAYS),
    ):
        value = answers.get(key)
        if isinstance(value, str) and _is_day(value):
            on = date.fromisoformat(value) - timedelta(days=ahead)
            if on >= world.today:
                found.append(Remind(kind, value, on))
    return tuple(found)


def _until_decided(reference: str, world: World) -> tuple[Remind, ...]:
    """The latest day of the decision on an invitation, if it lies ahead."""
    request = next((item for item in world.requests if item.reference == reference), None)
    steps = () if request is None else steps_ahead(request, world.knowledge, world.today)
    days = [step.latest.date for step in steps if step.latest.date > world.today]
    return (Remind(ReminderKind.DECISION, reference, max(days)),) if days else ()


def _unfinished(session: Session, key: str, world: World) -> Turn:
    paper = _paper(session, key.partition(".")[0])
    if paper is None or paper.told:
        return Turn(session, ())
    voice = voice_of(session, world)
    title = paper_title(paper, world, voice)
    text = voice.text("reminder.draft", title=title, date=voice.date(paper.kept_until))
    rows = (
        (tap(voice, "button.resume", session.run, Action.RESUME, value=str(paper.id)),),
        (tap(voice, "button.stop_reminders", session.run, Action.STOP),),
    )
    return Turn(session, (Say((Paragraph((text,)),), rows),))


def _rechecked(session: Session, key: str, world: World) -> Turn:
    """A saved outcome is computed anew; a new one is told with what changed, and kept as the one that was told."""
    paper = _paper(session, key)
    flow = None if paper is None else world.flows.get(paper.flow)
    if paper is None or flow is None or not paper.notify or not paper.told:
        return Turn(session, (), (StopReminding(ReminderKind.RECHECK, key),))
    again: tuple[Effect, ...] = (Remind(ReminderKind.RECHECK, key, world.today + timedelta(days=1)),)
    before, now = json.loads(paper.told), mark_of(flow, dict(paper.answers), world)
    if before == now:
        return Turn(session, (), again)
    if not now["end"]:
        return _day_gone(session, paper, world)
    voice = voice_of(session, world)
    known = replace(paper, told=json.dumps(now, ensure_ascii=False))
    papers = tuple(known if other.id == paper.id else other for other in session.papers)
    blocks = (
        Heading(voice.text("recheck.title")),
        Paragraph((voice.text("recheck.text", title=paper_title(paper, world, voice)),)),
        Bullets(tuple(differences(before, now, voice)) or ((voice.text("recheck.look"),),)),
    )
    rows = (
        (tap(voice, "button.open_paper", session.run, Action.RESUME, value=key),),
        (tap(voice, "button.notify_off", session.run, Action.NOTIFY, value=key),),
    )
    return Turn(replace(session, papers=papers), (Say(blocks, rows),), again)


def _day_gone(session: Session, paper: Paper, world: World) -> Turn:
    """A day of the saved answers has passed, so that they lead to a question again: no rule has changed."""
    voice = voice_of(session, world)
    quiet = replace(paper, notify=False)
    papers = tuple(quiet if other.id == paper.id else other for other in session.papers)
    text = voice.text("recheck.day_gone", title=paper_title(paper, world, voice))
    rows = ((tap(voice, "button.resume", session.run, Action.RESUME, value=str(paper.id)),),)
    stop = StopReminding(ReminderKind.RECHECK, str(paper.id))
    return Turn(replace(session, papers=papers), (Say((Paragraph((text,)),), rows),), (stop,))


def _decision(session: Session, reference: str, world: World) -> Turn:
    request = next((item for item in world.requests if item.reference == reference), None)
    if request is None:
        return Turn(session, ())
    voice = voice_of(session, world)
    card = status_card(request, world.knowledge, voice, session.run, world.today)
    lead = Paragraph((voice.text("reminder.decision", reference=reference),))
    stop = (tap(voice, "button.stop_reminders", session.run, Action.STOP),)
    return Turn(session, (replace(card, blocks=(lead, *card.blocks), buttons=(*card.buttons, stop)),))


def _told(session: Session, text: str, world: World, day: date) -> Turn:
    voice = voice_of(session, world)
    rows = (
        (tap(voice, "flow.after_arrival.title", session.run, Action.GO, "after_arrival"),),
        (tap(voice, "button.stop_reminders", session.run, Action.STOP),),
    )
    return Turn(session, (Say((Paragraph((voice.text(text, date=voice.date(day)),)),), rows),))


def _paper(session: Session, number: str) -> Paper | None:
    return next((paper for paper in session.papers if str(paper.id) == number), None)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
