"""A dialog begun by a message that already holds some of its answers: only what is missing is asked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.moves import newly_rested, started
from dialogs.questions import KINDS, Accepted, Offered, Reading, Refused
from dialogs.reading.words import clip, fold, words
from dialogs.session import Session
from dialogs.showing import Turn, show, voice_of
from dialogs.stance import asking
from dialogs.tree import Flow, Kind, Question
from dialogs.world import World
from knowledge.language import Language
from knowledge.recognition.grammar import HOME

__all__ = ["answers_in", "begun", "first_answer_in"]


def answers_in(text: str, flow: Flow, world: World, language: Language) -> tuple[tuple[str, Answer], ...]:
    """The answers to questions of `flow` that `text` surely holds: "нужна ли виза немцу на 20 дней" names two.

    A sentence is no reply: what a person happens to mention ("I land on Friday", "I work for") answers no choice. One
    country, day or number answers one question, the first that it can.
    """
    found: dict[Kind, tuple[str, Answer]] = {}
    for question in flow.questions.values():
        if question.kind not in found:
            reading = _reading(text, question, world, language)
            if isinstance(reading, Accepted):
                found[question.kind] = (question.id, reading.value)
    return tuple(found.values())


def begun(session: Session, flow: Flow, given: Sequence[tuple[str, Answer]], text: str, world: World) -> Turn:
    """A new run of `flow` with the answers `given` and those in `text`; an unsure passport is asked back."""
    language = voice_of(session, world).language
    turn = started(session, flow, world, answers=(*given, *answers_in(text, flow, world, language)))
    first = flow.questions[flow.start]
    if first.id in dict(turn.session.answers):
        return turn
    reading = _reading(text, first, world, language)
    if isinstance(reading, Offered) and reading.offer:
        rested = newly_rested(session, turn.session, world)
        return show(replace(turn.session, offer=reading.offer), world, first=(*rested, *reading.says))
    return turn


def first_answer_in(text: str, flow: Flow, world: World, language: Language) -> type[Accepted] | type[Offered] | None:
    """How `text` answers the first question of `flow`: surely, to be confirmed, or not at all."""
    match _reading(text, flow.questions[flow.start], world, language):
        case Accepted():
            return Accepted
        case Offered(offer) if offer:
            return Offered
    return None


def _reading(text: str, question: Question, world: World, language: Language) -> Reading | None:
    said = clip(text)
    if question.kind not in _SENTENCES or not _SENTENCES[question.kind](said):
        return None
    asked = asking(Session(language=language), question.id, question, world, language)
    reading = KINDS[question.kind].read(asked, said)
    return _checked(reading, said, world) if question.kind is Kind.COUNTRY else reading


def _checked(reading: Reading, said: str, world: World) -> Reading:
    """A passport that a sentence surely tells; asked back where it may be a journey's end, or that of a guest."""
    recognizer = world.knowledge.recognizer
    if isinstance(reading, Offered) and reading.offer == ("confirm", HOME):
        # "A Kazakh girl", "Kazakh visa": everybody speaks of Kazakhstan here, few mean their passport.
        return Refused(())
    if isinstance(reading, Accepted):
        # "E-visa for Pakistan" may be about a passport or about a journey.
        return Offered(("confirm", str(reading.value))) if reading.value in recognizer.destinations(said) else reading
    if isinstance(reading, Refused) and recognizer.recognize(said).reason == _OF_A_RELATIVE:
        named = recognizer.named(said)
        if len(named) == 1 and named[0] in world.knowledge.regimes:
            return Offered(("confirm", named[0]))
    return reading


def _tells_a_stay(said: str) -> bool:
    """Whether a length of time may be that of the trip: a figure alone, an age, a validity or a term is none."""
    return not any(word.startswith(_NOT_A_STAY) for word in fold(said).split())


def _tells_a_day(said: str) -> bool:
    """Whether a day of the calendar is named; a span such as "in 90 days" may be anything."""
    return _DAY.search(said) is not None or any(words().month_of(word) is not None for word in fold(said).split())


_OF_A_RELATIVE = "relative"
"""Why the recogniser takes no passport from "my friend is from India": it is not the writer's."""
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_NOT_A_STAY = (
    "valid", "expir", "after", "within", "before", "every", "ago", "left", "old", "over", "more", "longer", "process",
    "действ", "годен", "истек", "через", "после", "остал", "назад", "больше", "более", "дольше", "свыше", "каждые",
    "жарамды", "кейин", "бурын", "калды", "артык", "асса", "бурын", "отти",
)  # fmt: skip
_SENTENCES: Mapping[Kind, Callable[[str], bool]] = MappingProxyType(
    {Kind.COUNTRY: bool, Kind.NUMBER: _tells_a_stay, Kind.DATE: _tells_a_day}
)
"""The kinds of questions that a sentence may answer by the way, and when."""
