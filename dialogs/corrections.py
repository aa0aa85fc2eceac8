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
_TO = re.compile(
    r"(?:\b(?:to|на|into|is)\b|[:=–—])\s*(?P<new>.+?)(?:,?\s+(?:not|а\s+не|instead\s+of|вместо)\s+.*)?$", re.IGNORECASE
)
"""Where the new answer stands behind the name of the question, and perhaps the old one behind that."""
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
    path = replay(flow, session.answers, world).path
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
    tokens = tuple(fold(said).split())
    if not any_words and not _says_wrong(said):
        return None
    lengths = {id_: _length(_names(id_, world.texts), tokens) for id_ in set(map(bare, keys))}
    found = {key: lengths[bare(key)] for key in keys if lengths[bare(key)]}
    if not found:
        return None
    longest = max(found.values())
    best = [key for key in keys if found.get(key) == longest]
    if len({bare(key) for key in best}) != 1:
        return None
    key = best[0]
    match = _TO.search(said)
    told = match is not None and not _says_wrong(match["new"])
    value = _read(session, key, flow, match["new"], world) if match is not None and told else None
    return Correction(key) if value is None else Correction(key, value, True)


def _says_wrong(text: str) -> bool:
    """Whether a word of the text says that something is wrong or is to change; two words must stand as they are."""
    folded = fold(text)
    stems = words().corrections
    beginnings = tuple(stem for stem in stems if " " not in stem)
    return any(word.startswith(beginnings) for word in folded.split()) or any(
        stem in folded for stem in stems if " " in stem
    )


@lru_cache(maxsize=1024)
def _names(question: str, texts: Texts) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """What a question is called: its label in each language, and other words for it.

    Each name is its length in letters, and the beginnings of its words, without their endings.
    """
    labels = (fold(texts.get(language, f"question.{question}.label")) for language in Language)
    called = (*labels, *words().labels.get(question, ()))
    return tuple(
        (len(name), tuple(word[: max(_SHORTEST_STEM, len(word) - 2)] for word in name.split())) for name in called
    )


def _length(names: tuple[tuple[int, tuple[str, ...]], ...], tokens: tuple[str, ...]) -> int:
    """The length of the longest of `names` whose every word begins a word of the text; 0 when none is there."""
    said = (
        letters for letters, stems in names if all(any(token.startswith(stem) for token in tokens) for stem in stems)
    )
    return max(said, default=0)


def _read(session: Session, key: str, flow: Flow, text: str, world: World) -> Answer:
    question = flow.questions[bare(key)]
    asked = asking(session, key, question, world, session.language or Language.EN)
    reading = KINDS[question.kind].read(asked, text.strip(" .,!?"))
    return reading.value if isinstance(reading, Accepted) else None
