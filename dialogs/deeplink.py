"""Links that open the assistant at a question: `/start evisa_IN`, `/start visa_IN_seasonal_work_kk`."""

from dataclasses import dataclass

from dialogs.option_sources import OPTION_SOURCES
from dialogs.session import Answer
from knowledge.base import KnowledgeBase
from knowledge.language import Language

__all__ = ["DeepLink", "read_deep_link"]

_FLOWS = {"visa": "which_visa", "evisa": "evisa_check"}
_LONGEST = 64
"""Characters; Telegram passes no more behind `/start`."""


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a link asks for. `flow` None: only a language, or nothing (`/start` alone)."""

    flow: str | None = None
    answers: tuple[tuple[str, Answer], ...] = ()
    language: Language | None = None


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
