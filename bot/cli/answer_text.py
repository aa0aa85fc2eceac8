"""A vetted answer as the command line prints it: its text as told on a day, and an object with all languages."""

from collections.abc import Sequence
from typing import Any

from dialogs.cards.answer import answer_card
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.says import Say
from dialogs.world import World
from knowledge.answer import Answer
from knowledge.language import Language
from knowledge.serving import ServedAnswer, serve

__all__ = ["answer_head", "answer_object", "answer_text"]


def answer_text(answer: Answer, world: World, language: Language) -> str:
    """The card without its buttons, which are for conversations; empty where it is not told on the day of `world`."""
    return _text(serve(world.knowledge, answer, world.today), world, language)


def answer_head(answer: Answer, languages: Sequence[Language] = tuple(Language)) -> dict[str, Any]:
    """What holds of an answer on any day."""
    return {
        "id": answer.id,
        "version": answer.version,
        "status": answer.status.value,
        "owner": answer.owner,
        "as_of": answer.as_of.isoformat(),
        "review_by": answer.review_by.isoformat(),
        "shortcut": answer.shortcut,
        "titles": {language.value: answer.titles[language] for language in languages},
    }


def answer_object(answer: Answer, world: World, languages: Sequence[Language] = tuple(Language)) -> dict[str, Any]:
    """The whole answer as told on the day of `world`; of an answer that is not told the texts are empty.

    Sources are named in English where there is more than one language.
    """
    served = serve(world.knowledge, answer, world.today)
    sources = () if served is None else served.sources
    titles_in = languages[0] if len(languages) == 1 else Language.EN
    return {
        **answer_head(answer, languages),
        "served": served is not None,
        "texts": {language.value: _text(served, world, language) for language in languages},
        "confidence": None if served is None else served.confidence.value,
        "facts": list(answer.named_facts),
        "related": list(answer.related),
        "sources": [
            {"id": source.id, "title": source.title_in(titles_in), "url": source.url, "as_of": source.as_of}
            for source in sources
        ],
    }


def _text(served: ServedAnswer | None, world: World, language: Language) -> str:
    if served is None:
        return ""
    return to_plain(Say(answer_card(served, world.knowledge, Voice(world.texts, language), whole=True).blocks))
