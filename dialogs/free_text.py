"""A message in free words: a country, a question, small talk, or something that is not ours."""

from dataclasses import replace

from dialogs.cards.answer import answer_card
from dialogs.formats import Voice
from dialogs.prefill import begun, first_answer_in
from dialogs.questions import Accepted
from dialogs.reading.words import fold
from dialogs.says import Paragraph, Say
from dialogs.screens import screen
from dialogs.session import Session, View
from dialogs.showing import Turn, show, voice_of
from dialogs.tree import Flow
from dialogs.world import World
from knowledge.asking.ask import POSSIBLE, Asked, AskStatus, TalkKind, ask
from knowledge.language import Language
from knowledge.serving import serve

__all__ = ["dialog_for", "free_text", "side_answer"]

_EXACT = 1.0
"""The score of a text that is the name of a country and nothing else."""
_ENOUGH = 0.4
"""The chance from which on a dialog is begun for a passport that has to be confirmed."""
_MOST_WORDS = 9
"""A text that is no question of ours is about the passport it names only if it says little else ("I am Indian")."""
_LEAST_CHANCE = 0.05
"""A topic less probable is no question worth asking back, unless it is the only other one."""
_FEWEST_WORDS = 3
"""In the middle of a dialog a shorter text is a failed answer rather than a question."""


def free_text(session: Session, text: str, world: World) -> Turn:
    """What a message does that is neither a button, a command nor the answer to a waiting question."""
    recognition = world.knowledge.recognizer.recognize(text)
    if recognition.score == _EXACT and (turn := _country(session, recognition.candidates, world)) is not None:
        return turn
    asked = ask(world.knowledge, text, world.today)
    if asked.talk is not None:
        return _small_talk(session, asked.talk, world)
    dialog = dialog_for(asked, world, voice_of(session, world).language)
    if dialog is not None:
        return begun(session, *dialog, text, world)
    if asked.status is AskStatus.ANSWER:
        topic = asked.suggestions[0].answer.id
        return show(replace(session, view=View.ANSWER, offer=("answer", topic), misses=0), world)
    if asked.status is AskStatus.CHOOSE:
        return show(replace(session, view=View.TOPICS, offer=("topics", *_worth_offering(asked)), misses=0), world)
    brief = len(fold(text).split()) <= _MOST_WORDS and not world.knowledge.recognizer.destinations(text)
    if brief and (turn := _country(session, recognition.candidates, world)) is not None:
        return turn
    voice = voice_of(session, world)
    menu = replace(session, view=View.MENU, offer=(), misses=0)
    return _beside(menu, (voice.text("ask.none"), voice.text("ask.try")), world)


def dialog_for(asked: Asked, world: World, language: Language) -> tuple[Flow, tuple[tuple[str, str | int], ...]] | None:
    """The dialog that settles a question better than its answer, and what the topic already tells it.

    None unless the question names what the dialog asks first. Neighbouring topics lead into the same dialog, so their
    chances count together; where the passport is sure, less will do: the dialog asks before it tells.
    """
    if not asked.suggestions or asked.doubtful:
        return None
    best = asked.suggestions[0]
    flow = world.flows.get(best.answer.flow or "") if best.answer.at_once else None
    named = None if flow is None else first_answer_in(asked.query, flow, world, language)
    if flow is None or named is None:
        return None
    ways = [item for item in asked.suggestions if item.answer.at_once and item.answer.flow == flow.id]
    if sum(item.score for item in ways) < (POSSIBLE if named is Accepted else _ENOUGH):
        return None
    return flow, best.answer.given if asked.status is AskStatus.ANSWER else ()


def _worth_offering(asked: Asked) -> tuple[str, ...]:
    """The topics that may be meant: those with a real chance, two at least where there are two."""
    best, *rest = asked.suggestions
    likely = [item for item in rest if item.score >= _LEAST_CHANCE] or rest[:1]
    return tuple(item.answer.id for item in (best, *likely))


def side_answer(text: str, world: World, voice: Voice) -> Say | None:
    """The answer to a question that was put in the middle of a dialog; None where it is not surely one of ours."""
    if sum(word.isalpha() for word in fold(text).split()) < _FEWEST_WORDS:
        return None
    asked = ask(world.knowledge, text, world.today)
    if asked.status is not AskStatus.ANSWER:
        return None
    served = serve(world.knowledge, asked.suggestions[0].answer, world.today)
    return None if served is None else Say(answer_card(served, world.knowledge, voice).blocks)


def _country(session: Session, candidates: tuple[str, ...], world: World) -> Turn | None:
    known = tuple(code for code in candidates if code in world.knowledge.regimes)
    if not known:
        return None
    return show(replace(session, view=View.COUNTRY, offer=("choose", *known), misses=0), world)


def _small_talk(session: Session, kind: TalkKind, world: World) -> Turn:
    """One polite line; the screen stays."""
    voice = voice_of(session, world)
    return _beside(session, (voice.text(f"talk.{kind}", button=voice.text("button.ask_a_person")),), world)


def _beside(session: Session, lines: tuple[str, ...], world: World) -> Turn:
    """A few words over the buttons of the screen, whose own words are not told again."""
    seen = screen(session, world, voice_of(session, world).language)
    said = tuple(Paragraph((line,)) for line in lines)
    return Turn(session, (Say(said, seen.rows, by_number=seen.by_number),))
