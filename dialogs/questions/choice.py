"""A question with listed answers; long lists come in pages, and each option keeps its number."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Conclusive, Reading, Refused
from dialogs.reading.words import Words, fold, words
from dialogs.says import Block, Button
from dialogs.texts import Texts
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase
from knowledge.language import Language

__all__ = ["ChoiceKind", "option_label"]

# Two lists share these words for different things, so the purposes have a list of their own.
_SYNONYMS = {("purposes", "diplomatic"): "diplomatic_trip", ("purposes", "service"): "service_trip"}
# Folded endings of a Kazakh verb in the negative: істемеймін, оқымайды.
_KAZAKH_DENIAL = re.compile(r"[мбп][ае]й(?:мын|мин|мыз|миз|ды|ди|м)$|[мбп][ае]ст[ае]н$")
_SHORTEST_BEGINNING = 5
_CONSENT = {"yes": "i_agree", "no": "i_do_not_agree"}
_FAMILIES = {"purposes": "purpose", "long_purposes": "purpose"}


def option_label(question: Question, value: str, voice: Voice) -> str:
    """The words of an option."""
    family = _FAMILIES.get(question.source or "", "option")
    return voice.text(f"{family}.{value}")


class ChoiceKind(Conclusive):
    """One of the listed options, by button, number, words or a synonym in any language."""

    by_number = True

    def is_valid(self, question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether the option is still listed."""
        return isinstance(value, str) and value in question.options

    def read(self, asking: Asking, text: str) -> Reading:
        """The option with this number, these words, or the nearest spelling."""
        options = asking.question.options
        bare = text.strip().rstrip(".)").strip()
        if bare.isdecimal() and len(bare) <= len(str(len(options))) and 1 <= int(bare) <= len(options):
            return Accepted(options[int(bare) - 1])
        said = words().answers.get(fold(text))
        chosen = _chosen(text, asking) if said is None else _named(text, asking) or _agreed(said, options)
        if chosen is not None:
            return Accepted(chosen)
        return Refused((asking.voice.text("error.not_an_option", n=len(options)),))

    @staticmethod
    def is_named(asking: Asking, text: str) -> bool:
        """Whether `text` is exactly what an option is called, in any language; nothing is guessed."""
        return _named(text, asking) is not None

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The option on the button."""
        if value in asking.question.options:
            return Accepted(value)
        return Refused((asking.voice.text("error.not_an_option", n=len(asking.question.options)),))

    def shown(self, question: Question, value: Answer, voice: Voice) -> str:
        """The words of the option."""
        return option_label(question, str(value), voice)

    def lead(self, _asking: Asking) -> tuple[Block, ...]:
        """Nothing: pages only change the buttons."""
        return ()

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """One page of options, one a row, and the way to the other pages."""
        question = asking.question
        pages = -(-len(question.options) // question.first)
        page = _page(asking.offer, pages)
        start = page * question.first
        rows = [
            (self._option(asking, start + place, value),)
            for place, value in enumerate(question.options[start : start + question.first], 1)
        ]
        moves = []
        if page > 0:
            moves.append(asking.button(asking.voice.text("button.fewer"), Action.PAGE, str(page - 1)))
        if page < pages - 1:
            moves.append(asking.button(asking.voice.text("button.more"), Action.PAGE, str(page + 1)))
        return (*rows, tuple(moves)) if moves else tuple(rows)

    @staticmethod
    def _option(asking: Asking, number: int, value: str) -> Button:
        return asking.button(f"{number}. {option_label(asking.question, value, asking.voice)}", Action.ANSWER, value)


def _named(text: str, asking: Asking) -> str | None:
    """The option that is called exactly so."""
    return _spellings(asking).get(fold(text))


def _agreed(said: str, options: tuple[str, ...]) -> str | None:
    """The option that a plain yes or no means here; none where neither is an option."""
    return next((option for option in (said, _CONSENT[said]) if option in options), None)


def _page(offer: tuple[str, ...], pages: int) -> int:
    if len(offer) == 2 and offer[0] == "page" and offer[1].isdecimal():
        return min(int(offer[1]), pages - 1)
    return 0


def _spellings(asking: Asking) -> Mapping[str, str]:
    return _spellings_of(asking.question, asking.voice.texts)


@lru_cache(maxsize=256)
def _spellings_of(question: Question, texts: Texts) -> Mapping[str, str]:
    """Every folded way to write an option, in all languages, and the option it means."""
    found: dict[str, str] = {}
    for value in question.options:
        for language in Language:
            found.setdefault(fold(option_label(question, value, Voice(texts, language))), value)
        for word in words().options.get(_SYNONYMS.get((question.source or "", value), value), ()):
            found.setdefault(word, value)
    return MappingProxyType(found)


def _chosen(text: str, asking: Asking) -> str | None:
    """The option that a text names: by its spelling or a likely typo of it, inside a sentence, or by its beginning."""
    spellings = _spellings(asking)
    said = fold(text)
    near = Words.nearest(text, spellings)
    if near is not None and _denials(near) == _denials(said):
        return spellings[near]
    if set(asking.question.options) & set(_CONSENT.values()):
        # A consent is given in its own words, not by a word in a sentence about it.
        return None
    return _inside(said, spellings) or _begun(said, asking, spellings)


def _inside(said: str, spellings: Mapping[str, str]) -> str | None:
    """The one option in a sentence ("I come for treatment"); none when anything beside it is denied."""
    inside = [spelling for spelling in spellings if len(spelling) > 2 and f" {spelling} " in f" {said} "]
    longest = [spelling for spelling in inside if not any(spelling != other and spelling in other for other in inside)]
    if len({spellings[spelling] for spelling in longest}) != 1:
        return None
    denied = sum(len(_denials(spelling)) for spelling in longest)
    return spellings[longest[0]] if len(_denials(said)) == denied else None


def _begun(said: str, asking: Asking, spellings: Mapping[str, str]) -> str | None:
    """The one option whose label begins with these words ("permanent"); a word of a label may mean another option."""
    if len(said) < _SHORTEST_BEGINNING:
        return None
    around = {spellings[spelling] for spelling in spellings if f" {said} " in f" {spelling} "}
    if len(around) != 1:
        return None
    labels = (
        option_label(asking.question, value, Voice(asking.voice.texts, language))
        for value in asking.question.options
        for language in Language
    )
    return around.pop() if any(fold(label).startswith(f"{said} ") for label in labels) else None


def _denials(folded: str) -> list[str]:
    """The words of a folded text that deny something: "не", "without", "емес", a Kazakh verb such as "істемеймін"."""
    negations = words().negations
    tokens = folded.split()
    pairs = (" ".join(pair) for pair in pairwise(tokens))
    return sorted(
        token for token in (*tokens, *pairs) if token in negations or _KAZAKH_DENIAL.search(token) is not None
    )
