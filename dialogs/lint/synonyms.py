"""Words that mean two options of one question, so that neither can be typed."""

from collections.abc import Iterator, Mapping

from dialogs.formats import Voice
from dialogs.lint.buttons import label_key
from dialogs.reading.words import fold, words
from dialogs.tree import Flow, Kind, Question
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language

__all__ = ["findings"]


def findings(flow: Flow, world: World) -> Iterator[Finding]:
    """One finding for each word that two options of a question share, whether as label or as a word people type."""
    for question in flow.questions.values():
        if question.kind in (Kind.CHOICE, Kind.CHECKLIST):
            for word, options in sorted(_meanings(question, world).items()):
                if len(options) > 1:
                    message = f"{question.id}: {word!r} means {' and '.join(options)}"
                    repair = "keep it for one of them"
                    yield Finding(Severity.ERROR, f"flow.{flow.id}.{question.id}", message, repair)


def _meanings(question: Question, world: World) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for option in question.options:
        said = {fold(word) for word in _said(question, option, world)}
        for word in said:
            found.setdefault(word, []).append(option)
    return found


def _said(question: Question, option: str, world: World) -> Iterator[str]:
    known = words().options
    # Purposes have words of their own where a list of passports says something else with the same id.
    yield from known.get(f"{option}_trip" if question.source else option) or known.get(option, ())
    key = label_key(question, option)
    yield from (Voice(world.texts, language).text(key) for language in Language if key in world.texts)
