"""The screens of a running flow: the question that waits, the outcome, the answers that can be changed."""

from collections.abc import Iterator

from dialogs.buttons import tap
from dialogs.changes import change_of, named, pending
from dialogs.formats import Voice
from dialogs.keys import bare, person_of
from dialogs.outcomes import NOTHING_TO_KEEP, OUTCOMES
from dialogs.people import person_name, persons_in
from dialogs.promises import PROMISED
from dialogs.questions import KINDS, Asking
from dialogs.questions.date import reach_of
from dialogs.replay import is_answered, replay, situation_at
from dialogs.review import answer_fact, review_blocks
from dialogs.says import Block, Bold, Button, Paragraph, PressButton
from dialogs.screen import Rows, Screen
from dialogs.session import Session
from dialogs.stance import asking, current_key
from dialogs.tree import Flow, Kind, Question
from dialogs.wire import Action, Tap
from dialogs.world import World
from dialogs.zone_screen import ZONE, zone_screen

__all__ = ["changes_screen", "outcome_screen", "question_screen"]

_MISSES_BEFORE_A_PERSON = 2
_A_PAGE = 20
"""Answers on one page of changes; Telegram takes no more than a hundred buttons."""


def question_screen(
    session: Session, flow: Flow, voice: Voice, world: World, *, only_buttons: bool = False
) -> Screen | None:
    """The question that waits, or what it has to be agreed to; None at an outcome."""
    key = current_key(session, world)
    if pending(session) is not None:
        return _consent_screen(session, flow, voice, world)
    if key is None:
        return None
    if session.offer == ("cancel",):
        return _cancel_screen(session, voice)
    if session.offer[:1] == (ZONE,):
        return zone_screen(session, flow, key, voice)
    question = flow.questions[bare(key)]
    asked = asking(session, key, question, world, voice.language)
    kind = KINDS[question.kind]
    blocks = () if only_buttons else _blocks(asked, flow, world)
    keep = _keep(session, key, flow, voice, world)
    return Screen(blocks, (*kind.rows(asked), *keep, *_ways(session, key, question, voice)), kind.by_number)


def _blocks(asked: Asking, flow: Flow, world: World) -> tuple[Block, ...]:
    """The words of a question: whom it is about, what is asked, and on the review page all answers between."""
    question, voice = asked.question, asked.voice
    blocks = KINDS[question.kind].lead(asked) or _question_words(question, voice, world)
    if question.kind is Kind.REVIEW:
        return (blocks[0], *review_blocks(flow, asked.path, asked.answers, voice), *blocks[1:])
    person = person_of(asked.key)
    if person is None:
        return blocks
    return (Paragraph((person_name(flow, str(question.of), person, asked.answers, voice),)), *blocks)


def _cancel_screen(session: Session, voice: Voice) -> Screen:
    """Whether so many answers are really to go; they can rest instead."""
    run = session.run
    text = voice.count("cancel.sure", len(session.answers))
    rows = (
        (tap(voice, "button.cancel_all", run, Action.CANCEL, "sure", number=1),),
        (tap(voice, "button.rest", run, Action.REST, number=2),),
        (tap(voice, "button.continue", run, Action.CONTINUE, number=3),),
    )
    return Screen((Paragraph((text,)),), rows)


def _question_words(question: Question, voice: Voice, world: World) -> tuple[Block, ...]:
    """The question, why it is asked where that is known, and how to answer."""
    key = f"question.{question.id}"
    example = voice.text(f"{key}.example", day=voice.date(reach_of(question, world.today).example))
    why = (Paragraph((voice.text(f"{key}.why", **PROMISED),)),) if voice.knows(f"{key}.why") else ()
    return (Paragraph((Bold(voice.text(f"{key}.ask")),)), *why, Paragraph((example,)))


def _consent_screen(session: Session, flow: Flow, voice: Voice, world: World) -> Screen:
    """What a change would do, before it happens."""
    key, value = pending(session) or ("", None)
    change = change_of(session, flow, key, value, world)
    answers = dict(session.answers)
    told = [voice.told(objection.key, objection.values) for objection in change.objections]
    if not change.is_new and change.gone:
        told.append(
            voice.count("change.would_remove", len(change.gone), answers=named(change.gone, flow, answers, voice))
        )
        told.append(voice.count("change.would_keep", len(change.kept)))
    row = answer_fact(flow.questions[bare(key)], value, voice)
    lead = Paragraph((f"{row.label}: ", Bold(str(row.value[0]))))
    rows = (
        (tap(voice, "button.do_change", session.run, Action.EFFECT, key, "yes", number=1),),
        (tap(voice, "button.leave_it", session.run, Action.EFFECT, key, "no", number=2),),
    )
    ask = Paragraph((Bold(voice.text("change.sure")),))
    return Screen((lead, *(Paragraph((line,)) for line in told), ask), rows)


def outcome_screen(session: Session, flow: Flow, voice: Voice, world: World) -> Screen:
    """The card at the end, with ways to keep it."""
    position = replay(flow, session.answers, world)
    situation = situation_at(flow, session.answers, world)
    say = OUTCOMES[str(position.end)](situation, voice, session.run)
    if position.end in NOTHING_TO_KEEP:
        return Screen(say.blocks, say.buttons)
    keep = (
        tap(voice, "button.save_outcome", session.run, Action.SAVE),
        tap(voice, "button.remind", session.run, Action.REMIND, "outcome"),
    )
    return Screen(say.blocks, (*say.buttons[:-1], keep, *say.buttons[-1:]))


def changes_screen(session: Session, flow: Flow, voice: Voice, world: World) -> Screen:
    """The answers on the way, each a button; those about a person on a page of their own."""
    path = replay(flow, session.answers, world).path
    path = (*path, *(key for key, _ in session.answers if bare(key) in flow.questions and key not in path))
    person = int(session.offer[1]) if session.offer[:1] == ("person",) and session.offer[1:] else None
    shown = [key for key in path if person_of(key) == person and flow.questions[bare(key)].kind is not Kind.REVIEW]
    page = int(session.offer[1]) if session.offer[:1] == ("page",) and session.offer[1:] else 0
    rows = [*_changes(shown, session, flow, voice)][page * _A_PAGE : (page + 1) * _A_PAGE]
    if person is None:
        rows += _persons(session, flow, voice)
    moves = []
    if page > 0:
        moves.append(_page(voice, "button.fewer", session.run, page - 1))
    if len(shown) > (page + 1) * _A_PAGE:
        moves.append(_page(voice, "button.more", session.run, page + 1))
    back = [tap(voice, "button.menu", session.run, Action.MENU)]
    back.insert(0, tap(voice, "button.continue", session.run, Action.CONTINUE))
    text = voice.text("changes.title" if path else "changes.none")
    return Screen((Paragraph((Bold(text),)),), (*rows, *((tuple(moves),) if moves else ()), tuple(back)))


def _changes(keys: list[str], session: Session, flow: Flow, voice: Voice) -> Iterator[tuple[Button, ...]]:
    answers = dict(session.answers)
    for number, key in enumerate(keys, 1):
        fact = answer_fact(flow.questions[bare(key)], answers[key], voice)
        label = voice.text("button.answered", number=number, label=fact.label, answer=str(fact.value[0]))
        yield (Button(label, PressButton(Tap(session.run, Action.EDIT, key).encode())),)


def _persons(session: Session, flow: Flow, voice: Voice) -> Iterator[tuple[Button, ...]]:
    """The people told of, each a button to their answers."""
    answers = dict(session.answers)
    for table in flow.questions.values():
        if table.kind is Kind.PEOPLE:
            for number in persons_in(flow, table.id, answers):
                name = person_name(flow, table.id, number, answers, voice)
                yield (Button(name, PressButton(Tap(session.run, Action.LOOK, table.id, str(number)).encode())),)


def _page(voice: Voice, key: str, run: int, page: int) -> Button:
    return tap(voice, key, run, Action.CHANGES, "", str(page))


def _keep(session: Session, key: str, flow: Flow, voice: Voice, world: World) -> Rows:
    """The answer being changed, or the one that fell when another was changed, as a button."""
    if session.editing != key and not session.old:
        return ()
    answers, old = dict(session.answers), dict(session.old)
    if session.editing == key and is_answered(flow, key, answers, world):
        value = answers[key]
    elif key in old and key not in answers and is_answered(flow, key, old, world):
        value = old[key]
    else:
        return ()
    question = flow.questions[bare(key)]
    if question.kind in (Kind.PEOPLE, Kind.REVIEW, Kind.CHECKLIST):
        return ()
    label = voice.text("button.keep", answer=str(answer_fact(question, value, voice).value[0]))
    return ((Button(label, PressButton(Tap(session.run, Action.KEEP, key).encode())),),)


def _ways(session: Session, key: str, question: Question, voice: Voice) -> Rows:
    run = session.run
    first = [tap(voice, "button.back", run, Action.BACK, key)]
    if question.optional and question.kind is not Kind.HANDOVER:
        first.append(tap(voice, "button.skip", run, Action.SKIP, key))
    second = []
    if session.answers:
        second.append(tap(voice, "button.change", run, Action.CHANGES))
        first.append(tap(voice, "button.rest", run, Action.REST))
    second.append(tap(voice, "button.cancel", run, Action.CANCEL))
    second.append(tap(voice, "button.language", run, Action.LANGUAGES))
    number = person_of(key)
    if number is not None and any(other.startswith(f"{number}.") for other, _ in session.answers):
        first.append(tap(voice, "button.remove_person", run, Action.REMOVE, key, str(number)))
    person = (
        ((tap(voice, "button.ask_a_person", run, Action.PERSON),),) if session.misses >= _MISSES_BEFORE_A_PERSON else ()
    )
    return (*person, tuple(first), tuple(second))
