"""What stands before the person, as a pure function of the session: so a button can be found again from its words."""

from dataclasses import dataclass

from dialogs.buttons import tap
from dialogs.cards.answer import answer_card, no_answer_card, topic_button
from dialogs.formats import Voice
from dialogs.menu import Rows, language_rows, menu_blocks, menu_rows, side_blocks, side_rows
from dialogs.outcomes import OUTCOMES
from dialogs.questions import KINDS
from dialogs.reading.dates import example_day
from dialogs.replay import is_answered, replay
from dialogs.says import Block, Bold, Button, Heading, Paragraph, PressButton
from dialogs.session import Session, View
from dialogs.situation import Situation
from dialogs.stance import answer_row, asking, current_question, flow_of, is_unfinished
from dialogs.tree import Flow, Question
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language
from knowledge.serving import serve

__all__ = ["Screen", "screen"]

_MISSES_BEFORE_A_PERSON = 2


@dataclass(frozen=True, slots=True)
class Screen:
    """The blocks and buttons of one moment."""

    blocks: tuple[Block, ...]
    rows: Rows
    by_number: bool = True


def screen(session: Session, world: World, language: Language) -> Screen:
    """The screen of `session` in `language`."""
    voice = Voice(world.texts, language)
    flow = flow_of(session, world)
    match session.view:
        case View.LANGUAGE:
            return Screen((Paragraph((voice.text("language.ask"),)),), language_rows(voice, session.run))
        case View.HELP | View.PRIVACY | View.PERSON:
            rows = side_rows(voice, session, in_flow=flow is not None)
            return Screen(side_blocks(session.view, voice, world), rows)
        case View.COUNTRY:
            return _country(session, voice)
        case View.ANSWER if session.offer[1:]:
            return _answer(session, voice, world)
        case View.TOPICS:
            return _topics(session, voice, world)
        case View.CANCELLED:
            return _cancelled(session, voice)
        case View.CHANGES if flow is not None:
            return _changes(session, flow, voice, world)
        case View.FLOW if flow is not None:
            question = current_question(session, world)
            if question is not None:
                return _question(session, question, voice, world)
            return _outcome(session, flow, voice, world)
    return Screen(menu_blocks(voice), menu_rows(voice, session, unfinished=is_unfinished(session, world)))


def _question(session: Session, question: Question, voice: Voice, world: World) -> Screen:
    asked = asking(session, question, world, voice.language)
    kind = KINDS[question.kind]
    key = f"question.{question.id}"
    blocks = kind.lead(asked)
    if not blocks:
        example = voice.text(f"{key}.example", day=voice.date(example_day(world.today)))
        why = (Paragraph((voice.text(f"{key}.why"),)),) if voice.knows(f"{key}.why") else ()
        blocks = (Paragraph((Bold(voice.text(f"{key}.ask")),)), *why, Paragraph((example,)))
    keep = _keep(session, question, voice, world)
    return Screen(blocks, (*kind.rows(asked), *keep, *_ways(session, question, voice)), kind.by_number)


def _keep(session: Session, question: Question, voice: Voice, world: World) -> Rows:
    """The old answer as a button, while it is being changed."""
    if session.editing != question.id or not is_answered(question, dict(session.answers), world):
        return ()
    value = session.answer_to(question.id)
    label = voice.text("button.keep", answer=str(answer_row(question, session, voice).value[0]))
    action = Action.SKIP if value is None else Action.ANSWER
    kept = Tap(session.run, action, question.id, "" if value is None else str(value))
    return ((Button(label, PressButton(kept.encode())),),)


def _ways(session: Session, question: Question, voice: Voice) -> Rows:
    run = session.run
    first = [tap(voice, "button.back", run, Action.BACK, question.id)]
    if question.optional:
        first.append(tap(voice, "button.skip", run, Action.SKIP, question.id))
    second = [tap(voice, "button.change", run, Action.CHANGES)] if session.answers else []
    second.append(tap(voice, "button.cancel", run, Action.CANCEL))
    second.append(tap(voice, "button.language", run, Action.LANGUAGES))
    person = (
        ((tap(voice, "button.ask_a_person", run, Action.PERSON),),) if session.misses >= _MISSES_BEFORE_A_PERSON else ()
    )
    return (*person, tuple(first), tuple(second))


def _outcome(session: Session, flow: Flow, voice: Voice, world: World) -> Screen:
    answers = dict(session.answers)
    position = replay(flow, answers, world)
    situation = Situation({id_: answers[id_] for id_ in position.path}, world.knowledge, world.today)
    say = OUTCOMES[str(position.end)](situation, voice, session.run)
    return Screen(say.blocks, say.buttons)


def _changes(session: Session, flow: Flow, voice: Voice, world: World) -> Screen:
    path = replay(flow, dict(session.answers), world).path
    rows: list[tuple[Button, ...]] = []
    for number, id_ in enumerate(path, 1):
        fact = answer_row(flow.questions[id_], session, voice)
        label = voice.text("button.answered", number=number, label=fact.label, answer=str(fact.value[0]))
        rows.append((Button(label, PressButton(Tap(session.run, Action.EDIT, id_).encode())),))
    text = voice.text("changes.title" if path else "changes.none")
    return Screen((Paragraph((Bold(text),)),), (*rows, *side_rows(voice, session, in_flow=True)))


def _cancelled(session: Session, voice: Voice) -> Screen:
    flow = session.offer[1] if session.offer[:1] == ("flow",) and len(session.offer) == 2 else "which_visa"
    again = tap(voice, "button.restart", session.run, Action.START, flow)
    return Screen((Heading(voice.text("cancel.title")),), ((again,), *side_rows(voice, session, in_flow=False)))


def _country(session: Session, voice: Voice) -> Screen:
    codes = session.offer[1:]
    if len(codes) != 1:
        rows = tuple(
            (Button(f"{n}. {voice.country(code)}", PressButton(Tap(session.run, Action.COUNTRY, value=code).encode())),)
            for n, code in enumerate(codes, 1)
        )
        return Screen(
            (Paragraph((Bold(voice.text("country.which_one")),)),), (*rows, *side_rows(voice, session, in_flow=False))
        )
    code = codes[0]
    ways = (
        (tap(voice, "button.evisa_check", session.run, Action.GO, "evisa_check", code),),
        (tap(voice, "button.which_visa", session.run, Action.GO, "which_visa", code),),
    )
    return Screen(
        (Paragraph((Bold(voice.country(code)),)), Paragraph((voice.text("country.what_to_do"),))),
        (*ways, *side_rows(voice, session, in_flow=session.flow is not None)),
    )


def _answer(session: Session, voice: Voice, world: World) -> Screen:
    answer = world.knowledge.answers.get(session.offer[1])
    if answer is None:
        return Screen(menu_blocks(voice), menu_rows(voice, session, unfinished=is_unfinished(session, world)))
    served = serve(world.knowledge, answer, world.today)
    if served is None:
        say = no_answer_card(answer, world.knowledge, voice, session.run)
    else:
        say = answer_card(served, world.knowledge, voice, session.run)
    return Screen(say.blocks, (*_going_on(session, voice, world), *say.buttons))


def _topics(session: Session, voice: Voice, world: World) -> Screen:
    """Did you mean: the answers that may fit, and a person where none does."""
    answers = (world.knowledge.answers[topic] for topic in session.offer[1:] if topic in world.knowledge.answers)
    rows = tuple((topic_button(answer, voice, session.run),) for answer in answers)
    person = ((tap(voice, "button.ask_a_person", session.run, Action.PERSON),),)
    side = side_rows(voice, session, in_flow=is_unfinished(session, world))
    return Screen((Paragraph((Bold(voice.text("ask.did_you_mean")),)),), (*rows, *person, *side))


def _going_on(session: Session, voice: Voice, world: World) -> Rows:
    """The way back to a question that waits."""
    return ((tap(voice, "button.continue", session.run, Action.CONTINUE),),) if is_unfinished(session, world) else ()
