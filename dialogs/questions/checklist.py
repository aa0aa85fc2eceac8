"""A list of points that are ticked and unticked, at once or over days, until all are ticked or it is enough."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dialogs.answer import Answer
from dialogs.cited import cited
from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Reading, Refused
from dialogs.reading.words import Words, fold, words
from dialogs.says import Block, Bold, Bullets, Button, Line, Paragraph
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase
from knowledge.language import Language

__all__ = ["ChecklistKind", "open_points"]

_TICKED, _OPEN = "☑", "☐"
_ALL, _ENOUGH = "all", "enough"
# A button says what it leads to, so that a second press of the same one changes nothing.
_UNTICK = "-"
_NUMBERS = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?")
# Folded past of a Kazakh verb in the negative: төлемедім, толтырмадық, басылмаған.
_KAZAKH_DENIAL = re.compile(r"[мбп][ае](?:дым|дим|дык|дик|ды|ди|ган|ген)$")


def open_points(points: Sequence[str], value: Answer) -> tuple[str, ...]:
    """Those of `points` that the answer `value` does not tick, in order."""
    held = _parts(value)
    return tuple(point for point in points if point not in held)


class ChecklistKind:
    """Points by button, number or words; the answer is those ticked, joined by commas.

    A last part `enough` tells that the person goes on although some points are open.
    """

    by_number = True

    def is_valid(self, question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether every ticked point is still listed."""
        return isinstance(value, str) and value == _joined(question, _parts(value), enough=_ENOUGH in _parts(value))

    def settles(self, question: Question, value: Answer) -> bool:
        """Whether all points are ticked, or the person has said that it is enough."""
        return _ENOUGH in _parts(value) or not open_points(question.options, value)

    def read(self, asking: Asking, text: str) -> Reading:
        """The points that are named by number ("1 3", "1-3") or in words; "all", or "enough" to go on."""
        question, said = asking.question, fold(text)
        for word in (_ALL, _ENOUGH):
            if said in words().options.get(word, ()):
                return self.tapped(asking, word)
        numbers = _numbers(text, len(question.options))
        if numbers is not None:
            return self._turned(asking, (question.options[number - 1] for number in numbers), said)
        spellings = _spellings(asking)
        named = _named(text, spellings)
        if not named:
            return Refused((asking.voice.text("error.not_a_point", n=len(question.options)),))
        # A label may deny something itself ("never extended").
        denied = sum(map(_denials, named))
        return self._set(asking, (spellings[spelling] for spelling in named), tick=_denials(said) <= denied)

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The tick that the button sets or takes away; the rest of the points, or enough."""
        question = asking.question
        if value == _ALL:
            return Accepted(_joined(question, question.options, enough=False))
        if value == _ENOUGH:
            return Accepted(_joined(question, _parts(asking.old), enough=True))
        point = value.removeprefix(_UNTICK)
        if point not in question.options:
            return Refused((asking.voice.text("error.not_a_point", n=len(question.options)),))
        return self._set(asking, (point,), tick=not value.startswith(_UNTICK))

    def shown(self, question: Question, value: Answer, voice: Voice) -> str:
        """How many points are ticked."""
        return voice.text("checklist.progress", done=len(_ticked(question, value)), n=len(question.options))

    def lead(self, asking: Asking) -> tuple[Block, ...]:
        """The question with every point, its mark and what there is to know about it."""
        question, voice = asking.question, asking.voice
        key = f"question.{question.id}"
        why = (Paragraph((voice.text(f"{key}.why"),)),) if voice.knows(f"{key}.why") else ()
        done = _ticked(question, asking.old)
        return (
            Paragraph((Bold(voice.text(f"{key}.ask")),)),
            *why,
            Bullets(tuple(_line(asking, point, done) for point in question.options), numbered=True),
            Paragraph((self.shown(question, asking.old, voice), ". ", voice.text(f"{key}.example"))),
        )

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """One button a point, then the way on."""
        question, voice = asking.question, asking.voice
        done = _ticked(question, asking.old)
        points = tuple(
            (self._point(asking, number, point, done=point in done),)
            for number, point in enumerate(question.options, 1)
        )
        rest = (
            asking.button(voice.text("button.all_points"), Action.ANSWER, _ALL),
            asking.button(voice.text("button.enough_points"), Action.ANSWER, _ENOUGH),
        )
        return (*points, rest)

    @staticmethod
    def _point(asking: Asking, number: int, point: str, *, done: bool) -> Button:
        label = f"{number}. {_TICKED if done else _OPEN} {asking.voice.text(f'option.{point}')}"
        return asking.button(label, Action.ANSWER, f"{_UNTICK}{point}" if done else point)

    @staticmethod
    def _set(asking: Asking, points: Iterable[str], *, tick: bool) -> Accepted:
        held = set(_ticked(asking.question, asking.old))
        return Accepted(_joined(asking.question, held | set(points) if tick else held - set(points), enough=False))

    def _turned(self, asking: Asking, points: Iterable[str], said: str) -> Accepted:
        """Bare numbers turn their ticks over; with words beside them they are ticked, or unticked where these deny."""
        chosen = set(points)
        if any(not word.isdecimal() for word in said.split()):
            return self._set(asking, chosen, tick=not _denials(said))
        return Accepted(_joined(asking.question, set(_ticked(asking.question, asking.old)) ^ chosen, enough=False))


def _line(asking: Asking, point: str, done: tuple[str, ...]) -> Line:
    """A point with its mark; the hint of an open one tells what to do, a ticked one needs none."""
    voice = asking.voice
    mark, label = (_TICKED if point in done else _OPEN), voice.text(f"option.{point}")
    if point in done or not voice.knows(f"point.{point}"):
        return (f"{mark} {label}",)
    hint = cited(voice.text(f"point.{point}"), asking.knowledge, voice, asking.today)
    return (f"{mark} ", Bold(label), ". ", *hint)


def _ticked(question: Question, value: Answer) -> tuple[str, ...]:
    held = _parts(value)
    return tuple(point for point in question.options if point in held)


def _parts(value: Answer) -> frozenset[str]:
    return frozenset(part for part in value.split(",") if part) if isinstance(value, str) else frozenset()


def _joined(question: Question, points: Iterable[str], *, enough: bool) -> str:
    held = frozenset(points)
    kept = [point for point in question.options if point in held]
    return ",".join([*kept, _ENOUGH] if enough else kept)


def _numbers(text: str, highest: int) -> tuple[int, ...] | None:
    """The numbers of points in a text, ranges spelled out; None where there is none, or one that is no point's."""
    found: list[int] = []
    for first, last in _NUMBERS.findall(text):
        found += range(int(first), int(last or first) + 1)
    return tuple(found) if found and all(1 <= number <= highest for number in found) else None


def _named(text: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """The spellings that a text names: one, or a likely typo of it, or several inside a sentence."""
    known = tuple(spellings)
    near = Words.nearest(text, known)
    if near is not None:
        return (near,)
    said = f" {fold(text)} "
    inside = [spelling for spelling in known if len(spelling) > 2 and f" {spelling} " in said]
    return tuple(one for one in inside if not any(one != other and one in other for other in inside))


def _spellings(asking: Asking) -> dict[str, str]:
    """Every folded way to write a point, in all languages, and the point it means."""
    found: dict[str, str] = {}
    for point in asking.question.options:
        for language in Language:
            found.setdefault(fold(asking.voice.texts.get(language, f"option.{point}")), point)
        for word in words().options.get(point, ()):
            found.setdefault(word, point)
    return found


def _denials(said: str) -> int:
    """How many words of a folded text say that something is not so."""
    return sum(word in words().negations or _KAZAKH_DENIAL.search(word) is not None for word in said.split())
