"""Links that open the assistant at a question (`/start visa_IN_tourism_kk`) or an answer (`/start t_evisa_fees`)."""

from dataclasses import dataclass

from dialogs.answer import Answer
from dialogs.option_sources import OPTION_SOURCES
from knowledge.base import KnowledgeBase
from knowledge.language import Language

__all__ = ["DeepLink", "country_start", "read_deep_link", "topic_start"]

_FLOWS = {
    "visa": "which_visa",
    "evisa": "evisa_check",
    "guide": "evisa_guide",
    "invite": "invitation",
    "stay": "long_stay",
    "inside": "visa_inside",
    "arrival": "after_arrival",
    "us": "us_visa",
}
_TOPIC = "t"
_LONGEST = 64
"""Characters; Telegram passes no more behind `/start`."""


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a link asks for: a flow with answers given, or the answer to a topic.

    Without both it asks only for a language, or for nothing (`/start` alone).
    """

    flow: str | None = None
    answers: tuple[tuple[str, Answer], ...] = ()
    language: Language | None = None
    topic: str | None = None


def topic_start(topic: str) -> str:
    """The argument of `/start` that opens the answer to `topic`."""
    return f"{_TOPIC}_{topic.replace('.', '_')}"


def country_start(country: str) -> str:
    """The argument of `/start` that opens the e-visa check of a passport."""
    return f"evisa_{country}"


def read_deep_link(argument: str, knowledge: KnowledgeBase) -> DeepLink | None:
    """What the argument of `/start` asks for; None when a part of it is unknown.

    Countries stand in capital letters and languages in small ones, so `RU` is Russia and `ru` is Russian.
    """
    if len(argument) > _LONGEST:
        return None
    tokens = [token for token in argument.strip().split("_") if token]
    languages = [Language(token) for token in tokens if token in set(Language)]
    words = [token for token in tokens if token not in set(Language)]
    language = languages[-1] if languages else None
    if words[:1] == ["lang"]:
        words = words[1:]
    if not words:
        return DeepLink(language=language)
    if words[0] == _TOPIC:
        topic = ".".join(words[1:])
        return DeepLink(language=language, topic=topic) if topic in knowledge.answers else None
    flow = _FLOWS.get(words.pop(0))
    if flow is None:
        return None
    answers: list[tuple[str, Answer]] = []
    if words and words[0] in knowledge.regimes:
        answers.append(("which_passport_do_you_hold", words.pop(0)))
    purpose = "_".join(words)
    if purpose and (flow != "which_visa" or purpose not in OPTION_SOURCES["purposes"]):
        return None
    if purpose:
        answers.append(("what_is_the_trip_for", purpose))
    return DeepLink(flow, tuple(answers), language)
