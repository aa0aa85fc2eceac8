"""The vetted answers as they are shown on one day: their length, their dialogs, and claims that nobody may make."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.cards.answer import answer_card, part_line
from dialogs.cards.room import LONGEST_MESSAGE, length
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.questions import KINDS
from dialogs.says import Paragraph, Say
from dialogs.world import World
from knowledge.answer import Answer
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language
from knowledge.serving import ServedAnswer, serve

__all__ = ["card_findings", "told_lines"]

_LONG, _TOO_LONG = 700, 900
"""Characters of title and parts: a reader on a phone gives up after so many."""


def card_findings(world: World) -> Iterator[Finding]:
    """What is wrong with the cards of the answers that are told on the day of `world`, in any language."""
    for answer in world.knowledge.answers.values():
        thing = f"answer.{answer.id}"
        yield from _dialog(answer, thing, world)
        # What a card tells does not hang on its dialog, which may be the very thing that is wrong.
        served = serve(world.knowledge, replace(answer, flow=None), world.today)
        for language in Language:
            if served is not None:
                yield from _card(served, thing, Voice(world.texts, language), world)


def told_lines(served: ServedAnswer, voice: Voice, world: World) -> tuple[str, ...]:
    """The title and the parts with their figures; no warnings and no sources."""
    lines = (Paragraph(part_line(part, served, world.knowledge, voice)) for part in served.parts)
    return (served.answer.titles[voice.language], *(to_plain(Say((line,))) for line in lines))


def _card(served: ServedAnswer, thing: str, voice: Voice, world: World) -> Iterator[Finding]:
    language = voice.language
    lines = told_lines(served, voice, world)
    characters = sum(map(len, lines))
    if characters > _LONG:
        severity = Severity.ERROR if characters > _TOO_LONG else Severity.WARNING
        message = f"{language}: title and parts have {characters} characters, {_LONG} are enough to read on a phone"
        yield Finding(severity, thing, message, "shorten it, or leave a point out")
    units = sum(length(block) for block in answer_card(served, world.knowledge, voice).blocks)
    if units > LONGEST_MESSAGE:
        message = f"{language}: the card has {units} UTF-16 units, a message holds {LONGEST_MESSAGE}"
        yield Finding(Severity.ERROR, thing, message, "shorten the parts or the texts of its warnings")
    never = world.knowledge.never_serve
    for claim in never.violations("\n\n".join(lines), language):
        message = f"{language}: it says what must never be said: {claim} ({never.rows[claim].why})"
        yield Finding(Severity.ERROR, thing, message, "reword it")


def _dialog(answer: Answer, thing: str, world: World) -> Iterator[Finding]:
    """The dialog that goes further, and the answers that are given to it."""
    if answer.flow is None:
        return
    flow = world.flows.get(answer.flow)
    if flow is None:
        repair = f"use one of {', '.join(world.flows)}"
        yield Finding(Severity.ERROR, thing, f"there is no dialog {answer.flow!r}", repair)
        return
    if f"flow.{flow.id}.title" not in world.texts:
        message = f"the button of the dialog {flow.id!r} has no text"
        yield Finding(Severity.ERROR, thing, message, f"write flow.{flow.id}.title in all catalogues")
    for name, value in answer.given:
        question = flow.questions.get(name)
        if question is None:
            message = f"given: {flow.id} has no question {name!r}"
            yield Finding(Severity.ERROR, thing, message, f"use one of {', '.join(flow.questions)}")
        elif not KINDS[question.kind].is_valid(question, value, world.knowledge, world.today):
            message = f"given: {value!r} is no answer to {name}"
            repair = f"use one of {', '.join(question.options)}" if question.options else "give a valid one"
            yield Finding(Severity.ERROR, thing, message, repair)
