"""A correction in words: "change my passport", "паспорт номері қате", "нет, не 10, а 20 дней"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dialogs.answer import Answer
from dialogs.keys import bare
from dialogs.questions import KINDS, Accepted
from dialogs.reading.words import clip, fold, words
from dialogs.replay import replay
from dialogs.session import Session
from dialogs.stance import asking, flow_of
from dialogs.texts import Texts
from dialogs.tree import Flow, Kind
from dialogs.world import World
from knowledge.language import Language

__all__ = ["Correction", "correction_in"]

_NOT_BUT = (
    re.compile(r"(?:^|\b)(?:не|not)\s+(?P<old>.+?)[,;:–—-]*\s+(?:а|but)\s+(?P<new>.+)$", re.IGNORECASE),
    re.compile(r"^(?:жоқ[,.!]?\s+)?(?P<old>.+?)\s+емес[,;:–—-]*\s+(?P<new>.+)$", re.IGNORECASE),
    re.compile(r"(?:^|\b)(?P<new>.+?)[,;:–—-]*\s+(?:а не|not|instead of|вместо)\s+(?P<old>.+)$", re.IGNORECASE),
    re.compile(r"^(?:вместо|instead of)\s+(?P<old>\S+(?:\s+\S+)?)[,;:–—-]*\s+(?P<new>.+)$", re.IGNORECASE),
)
_TO = re.compile(r"\b(?:to|на|into)\s+(?P<new>.+)$", re.IGNORECASE)
_NOT_CORRECTED = frozenset({Kind.PEOPLE, Kind.REVIEW, Kind.HANDOVER, Kind.CHECKLIST})
_LONGEST = 120
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """The answer under `key` is to be another: `value`, or to be asked again where `is_told` is false."""

    key: str
    value: Answer = None
    is_told: bool = False


def correction_in(session: Session, text: str, world: World, *, any_words: bool = False) -> Correction | None:
    """The correction of an earlier answer that `text` surely is; None for anything else.

    With `any_words` the name of a question is enough, as where a person was asked to write what is wrong.
    """
    said = clip(text)
    flow = flow_of(session, world)
    if flow is None or not said or len(said) > _LONGEST:
        return None
    path = replay(flow, dict(session.answers), world).path
    ahead = [key for key, _ in session.answers if bare(key) in flow.questions and key not in path]
    keys = [key for key in reversed((*path, *ahead)) if flow.questions[bare(key)].kind not in _NOT_CORRECTED]
    named = _named(session, said, flow, keys, world, any_words=any_words)
    return _old_for_new(session, said, flow, keys, world) or named


def _old_for_new(session: Session, said: str, flow: Flow, keys: list[str], world: World) -> Correction | None:
    """ "Not this but that", where "this" is one of the answers."""
    for pattern in _NOT_BUT:
        match = pattern.search(said)
        if match is None:
            continue
        for key in keys:
            new = _read(session, key, flow, match["new"], world)
            if new is None:
                continue
            old = _read(session, key, flow, match["old"], world)
            if old is not None and old == session.answer_to(key) and new != old:
                return Correction(key, new, True)
    return None


def _named(
    session: Session, said: str, flow: Flow, keys: list[str], world: World, *, any_words: bool
) -> Correction | None:
    """A word that something is wrong or is to change, and the name of one question."""
    folded = fold(said)
    tokens = folded.split()
    if not any_words and not any(_is_said(stem, folded, tokens) for stem in words().corrections):
        return None
    lengths = {id_: max(_length(name, folded) for name in _names(id_, world.texts)) for id_ in set(map(bare, keys))}
    found = {key: lengths[bare(key)] for key in keys if lengths[bare(key)]}
    if not found:
        return None
    longest = max(found.values())
    best = [key for key in keys if found.get(key) == longest]
    if len({bare(key) for key in best}) != 1:
        return None
    key = best[0]
    match = _TO.search(said)
    value = None if match is None else _read(session, key, flow, match["new"], world)
    return Correction(key) if value is None else Correction(key, value, True)


def _is_said(stem: str, folded: str, tokens: list[str]) -> bool:
    """Whether a word of the text begins so; two words must stand as they are."""
    return stem in folded if " " in stem else any(token.startswith(stem) for token in tokens)


@lru_cache(maxsize=1024)
def _names(question: str, texts: Texts) -> tuple[str, ...]:
    """What a question is called, folded: its label in each language, and other words for it."""
    labels = (fold(texts.get(language, f"question.{question}.label")) for language in Language)
    return (*labels, *words().labels.get(question, ()))


def _length(name: str, said: str) -> int:
    """How many letters of `said` name it: every word of the name begins a word there; 0 when one does not."""
    tokens = said.split()
    stems = [word[: max(_SHORTEST_STEM, len(word) - 2)] for word in name.split()]
    if all(any(token.startswith(stem) for token in tokens) for stem in stems):
        return len(name)
    return 0


def _read(session: Session, key: str, flow: Flow, text: str, world: World) -> Answer:
    question = flow.questions[bare(key)]
    asked = asking(session, key, question, world, session.language or Language.EN)
    reading = KINDS[question.kind].read(asked, text.strip(" .,!?"))
    return reading.value if isinstance(reading, Accepted) else None
