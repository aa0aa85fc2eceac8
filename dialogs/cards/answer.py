"""The card of a vetted answer: the verdict, what to do, the exceptions; doubts, the day it was checked, sources."""

from collections.abc import Iterator

from dialogs.buttons import tap
from dialogs.cards.parts import sources, titled, warning_lines
from dialogs.cards.room import fitted
from dialogs.cited import figure_span
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.says import Block, Bullets, Button, Heading, Line, OpenLink, Paragraph, PressButton, Say, Span
from dialogs.wire import Action, Tap
from knowledge.answer import REFERENCE, Answer, Part, PartKind
from knowledge.base import KnowledgeBase
from knowledge.contacts import ContactKind
from knowledge.facts import Confidence
from knowledge.serving import ServedAnswer

__all__ = ["answer_card", "answer_rows", "no_answer_card", "part_line", "topic_button"]


def answer_card(
    served: ServedAnswer, knowledge: KnowledgeBase, voice: Voice, run: int = 0, *, whole: bool = False
) -> Say:
    """What the assistant answers. `run` marks the buttons; it matters in a conversation only.

    `whole` is for a place without the limits of a messenger.
    """
    answer = served.answer
    blocks: tuple[Block, ...] = (
        Heading(answer.titles[voice.language]),
        *(Paragraph(line) for line in _lines(served, PartKind.VERDICT, knowledge, voice)),
        *_listed(_lines(served, PartKind.STEP, knowledge, voice), numbered=True),
        *_listed(_lines(served, PartKind.POINT, knowledge, voice), numbered=False),
        *titled(voice.text("answer.exceptions"), _lines(served, PartKind.EXCEPTION, knowledge, voice)),
        *titled(voice.text("card.warnings"), tuple(_warnings(served, voice))),
        Paragraph((voice.text("answer.as_of", date=voice.date(answer.as_of)),)),
    )
    shown = fitted(blocks, (), sources(served.sources, knowledge, voice), voice, whole=whole)
    return Say(shown, answer_rows(answer, knowledge, voice, run))


def no_answer_card(answer: Answer, knowledge: KnowledgeBase, voice: Voice, run: int = 0) -> Say:
    """What is said of a topic whose answer may not be told today: who can tell."""
    blocks: tuple[Block, ...] = (
        Heading(answer.titles[voice.language]),
        *titled(voice.text("answer.not_served").removesuffix(":"), contact_lines(knowledge, voice)),
    )
    return Say(blocks, answer_rows(answer, knowledge, voice, run))


def part_line(part: Part, served: ServedAnswer, knowledge: KnowledgeBase, voice: Voice) -> Line:
    """A part in the reader's language, its figures in the reader's format."""
    text = part.texts[voice.language]
    line: list[Span] = []
    end = 0
    for match in REFERENCE.finditer(text):
        family, name, field = match.groups()
        figure = served.record(f"{family}.{name}").figures[field]
        line += [text[end : match.start()], figure_span(figure, knowledge, voice)]
        end = match.end()
    line.append(text[end:])
    return tuple(span for span in line if span != "")


def answer_rows(answer: Answer, knowledge: KnowledgeBase, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    """The dialog that goes further, neighbouring answers, a person, the menu."""
    group, _, name = answer.id.partition(".")
    further = () if answer.flow is None else (tap(voice, f"flow.{answer.flow}.title", run, Action.DIALOG, group, name),)
    related = (topic_button(knowledge.answers[topic], voice, run) for topic in answer.related)
    return (
        *((button,) for button in (*further, *related)),
        (tap(voice, "button.ask_a_person", run, Action.PERSON),),
        (tap(voice, "button.menu", run, Action.MENU), tap(voice, "button.language", run, Action.LANGUAGES)),
        *((button,) for button in _links(answer, knowledge, voice)),
    )


def _links(answer: Answer, knowledge: KnowledgeBase, voice: Voice) -> Iterator[Button]:
    """The official pages of the answer that its words do not name already."""
    for name in answer.links:
        contact = knowledge.contacts[name]
        if contact.kind is ContactKind.WEB and f"contact.{name}" not in answer.named_facts:
            yield Button(voice.text(f"contact.{name}"), OpenLink(contact.value))


def topic_button(answer: Answer, voice: Voice, run: int) -> Button:
    """A button that opens an answer under its title."""
    group, _, name = answer.id.partition(".")
    return Button(answer.titles[voice.language], PressButton(Tap(run, Action.TOPIC, group, name).encode()))


def _lines(served: ServedAnswer, kind: PartKind, knowledge: KnowledgeBase, voice: Voice) -> tuple[Line, ...]:
    return tuple(part_line(part, served, knowledge, voice) for part in served.parts if part.kind is kind)


def _listed(lines: tuple[Line, ...], *, numbered: bool) -> tuple[Block, ...]:
    """A list; a single line needs no mark."""
    if len(lines) == 1:
        return (Paragraph(lines[0]),)
    return (Bullets(lines, numbered),) if lines else ()


def _warnings(served: ServedAnswer, voice: Voice) -> Iterator[Line]:
    yield from warning_lines((), served.conflicts, voice)
    for last_day in dict.fromkeys(ending.last_day for ending in served.endings):
        yield (voice.text("answer.ends_soon", date=voice.date(last_day)),)
    if served.confirmed is not None:
        yield (voice.text("answer.last_confirmed", date=voice.dated(served.confirmed)),)
    if served.past_review:
        yield (voice.text("answer.past_review", date=voice.date(served.answer.review_by)),)
    if served.confidence is Confidence.LOW:
        own = f"answer.low_confidence_{served.answer.id.partition('.')[0]}"
        yield (voice.text(own if voice.knows(own) else "warning.low_confidence"),)
