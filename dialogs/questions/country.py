"""A question for a country: recognised in three languages, confirmed when unsure."""

import re
from datetime import date
from itertools import pairwise

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Conclusive, Offered, Reading, Refused
from dialogs.reading.words import fold, words
from dialogs.says import Block, Bold, Button, Paragraph
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase
from knowledge.recognition import Recognition

__all__ = ["CountryKind", "is_sure", "why_none"]

_SURE = 0.95
_SURE_CODE = 0.9
_LONGEST_CODE = 3
_CODE = 2
_IN_A_ROW = 2
_PUNCTUATION = re.compile(r"[^\w\s'’-]+")
_HOME = "KZ"
# Folded: Казахстан, Қазақстан, Kazakhstan, Qazaqstan, Kasachstan, and those from there (казахстанец, қазақстандық).
_HOME_NAME = re.compile(r"(?:каз|kaz|qaz|kas)\w{0,3}(?:стан|stan)")
# "Казах паспорт потерял" is no passport phrase: in Russian only the adjective makes one.
_RUSSIAN_ADJECTIVE = "казахск"
_OF_HOME = re.compile(r"(?:казахск|казак|kazak|kazah|qazaq)")
_HOME_PEOPLE = re.compile(r"(?:казах|казак|казаш|kazak|kazah|qazaq)")


def is_sure(recognition: Recognition) -> bool:
    """Whether a match needs no confirmation: a name or a demonym as it is written, or a code in capital letters.

    A people's name never makes a citizen of Kazakhstan sure.
    """
    if recognition.country is None or recognition.reason is not None:
        return False
    if recognition.country == _HOME and not _names_home(recognition.query):
        return False
    said = recognition.query.strip()
    code = said.isascii() and said.isupper() and len(said) <= _LONGEST_CODE and recognition.score >= _SURE_CODE
    return code or recognition.score >= _SURE


def _names_home(text: str) -> bool:
    """Whether a text names Kazakhstan itself or its passport, and not the Kazakh people, who live in many countries.

    Its citizens get "no visa needed", so "я казах" has to be confirmed.
    """
    known = words()
    said = fold(text)
    tokens = said.split()
    if not tokens or said in known.home_names:
        # A text without letters is a flag.
        return True
    parts = [part.split() for part in map(fold, _PUNCTUATION.split(text))]
    pairs = [pair for part in parts for pair in pairwise(part)]
    if any(_is_of_home(first, second) for first, second in pairs):
        return True
    return any(map(_is_home, tokens)) and not any(_HOME_PEOPLE.match(token) and not _is_home(token) for token in tokens)


def _is_home(token: str) -> bool:
    return _HOME_NAME.match(token) is not None or token in words().home_names


def _is_of_home(first: str, second: str) -> bool:
    """Whether two words make a citizen: "казахский паспорт", "паспорт РК", "қазақ азаматымын"."""
    citizens = words().citizens
    if second in citizens:
        return _is_home(first) or _OF_HOME.match(first) is not None
    return first in citizens and (_is_home(second) or second.startswith(_RUSSIAN_ADJECTIVE))


def why_none(recognition: Recognition, voice: Voice) -> str:
    """What to tell when a text names no country: the reason, and the form that works."""
    key = f"country_none.{recognition.reason}"
    return voice.text(key if voice.knows(key) else "country_none.unknown", option=voice.text("option.other_document"))


class CountryKind(Conclusive):
    """A country as an ISO code; of a passport only one whose entry rules are on record, else any."""

    by_number = True

    def is_valid(self, question: Question, value: Answer, knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether rules for the country are on record, or any country will do."""
        return isinstance(value, str) and _takes(question, value, knowledge)

    def read(self, asking: Asking, text: str) -> Reading:
        """The country that the text names; a question back when that is not sure."""
        if asking.offer[:1] == ("confirm",) and len(asking.offer) == 2:
            answer = words().answers.get(fold(text))
            if answer == "yes":
                return self.tapped(asking, asking.offer[1])
            if answer == "no":
                return Offered((), (asking.voice.text("country.write_again"),))
        if asking.offer[:1] == ("choose",) and words().answers.get(fold(text)) == "no":
            return Offered((), (asking.voice.text("country.write_again"),))
        recognition = asking.knowledge.recognizer.recognize(text)
        known = tuple(code for code in recognition.candidates if _takes(asking.question, code, asking.knowledge))
        if recognition.country is not None:
            if not _takes(asking.question, recognition.country, asking.knowledge):
                return self._without_rules(asking, recognition.country)
            return Accepted(recognition.country) if is_sure(recognition) else Offered(("confirm", recognition.country))
        if len(known) > 1:
            return Offered(("choose", *known))
        if known:
            return Offered(("confirm", known[0]))
        if asking.question.anywhere:
            return Refused((asking.voice.text("form.country_of_today"),))
        return Refused((why_none(recognition, asking.voice),))

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The country on the button."""
        if _takes(asking.question, value, asking.knowledge):
            return Accepted(value)
        return Refused((asking.voice.text("country_none.unknown"),))

    def shown(self, _question: Question, value: Answer, voice: Voice) -> str:
        """The name of the country."""
        return voice.country(str(value))

    def lead(self, asking: Asking) -> tuple[Block, ...]:
        """The question whether the recognised country is meant, or which of several."""
        offered = _offered(asking)
        if not offered:
            return ()
        if asking.offer[0] == "confirm":
            name = asking.voice.country(offered[0])
            return (Paragraph((asking.voice.text("country.is_it"), " ", Bold(name))),)
        return (Paragraph((asking.voice.text("country.which_one"),)),)

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """Yes and no, the candidates, or the frequent passports."""
        offered = _offered(asking)
        if offered and asking.offer[0] == "confirm":
            return (
                (
                    asking.button(f"1. {asking.voice.text('button.yes')}", Action.ANSWER, offered[0]),
                    asking.button(f"2. {asking.voice.text('button.no')}", Action.REJECT),
                ),
            )
        if offered:
            none = asking.button(f"{len(offered) + 1}. {asking.voice.text('button.none_of_these')}", Action.REJECT)
            return (*((button,) for button in _numbered(asking, offered)), (none,))
        popular = tuple(code for code in asking.question.popular if _takes(asking.question, code, asking.knowledge))
        buttons = _numbered(asking, popular)
        return tuple(buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW))

    @staticmethod
    def _without_rules(asking: Asking, country: str) -> Refused:
        return Refused((asking.voice.text("country_none.no_rules", country=asking.voice.country(country)),))


def _offered(asking: Asking) -> tuple[str, ...]:
    if asking.offer[:1] not in (("confirm",), ("choose",)):
        return ()
    return tuple(code for code in asking.offer[1:] if _takes(asking.question, code, asking.knowledge))


def _takes(question: Question, code: str, knowledge: KnowledgeBase) -> bool:
    if code in knowledge.regimes or not question.anywhere:
        return code in knowledge.regimes
    return len(code) == _CODE and knowledge.recognizer.recognize(code).country == code


def _numbered(asking: Asking, codes: tuple[str, ...]) -> tuple[Button, ...]:
    return tuple(
        asking.button(f"{number}. {asking.voice.country(code)}", Action.ANSWER, code)
        for number, code in enumerate(codes, 1)
    )
