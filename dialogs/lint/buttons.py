"""Labels that are too long for a button on a phone, in any language."""

from collections.abc import Iterator

from dialogs.formats import Voice
from dialogs.option_sources import OPTION_SOURCES
from dialogs.tree import Flow, Kind, Question
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language

__all__ = ["LONGEST_BUTTON", "findings", "label_key"]

LONGEST_BUTTON = 38
"""Characters of a label that a phone shows in one line of a whole row."""


def findings(flow: Flow, world: World) -> Iterator[Finding]:
    """The name of the flow and the options of its choices and lists."""
    for language in Language:
        voice = Voice(world.texts, language)
        for key, label in dict(_labels(flow, voice)).items():
            if len(label) > LONGEST_BUTTON:
                message = f"{language}: {label!r} has {len(label)} characters, a button shows {LONGEST_BUTTON}"
                yield Finding(Severity.ERROR, f"text.{key}", message, "shorten it; the question can say more")


def label_key(question: Question, option: str) -> str:
    """The text that stands on the button of an option: named lists have a family of their own."""
    return f"{'purpose' if question.source in OPTION_SOURCES else 'option'}.{option}"


def _labels(flow: Flow, voice: Voice) -> Iterator[tuple[str, str]]:
    keys = [f"flow.{flow.id}.title"]
    keys += [
        label_key(question, option)
        for question in flow.questions.values()
        if question.kind in (Kind.CHOICE, Kind.CHECKLIST)
        for option in question.options
    ]
    yield from ((key, voice.text(key)) for key in keys if voice.knows(key))
