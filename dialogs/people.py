"""The people that a flow asks about: who they are, and for whose part one still waits."""

from collections.abc import Mapping

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.keys import bare, key_of, person_of
from dialogs.tree import Flow, Kind

__all__ = ["OPEN_LINK", "answers_about", "has_open_links", "person_name", "persons_in", "persons_waited_for"]

OPEN_LINK = "open:"
"""How the answer to a handover begins while the guest has not filled in their part."""

_NAME = ("surname", "first_names")


def persons_in(flow: Flow, people: str, answers: Mapping[str, Answer]) -> tuple[int, ...]:
    """The numbers of the persons that `answers` tell of, for the question `people`."""
    found = {person_of(key) for key in answers if (asked := flow.questions.get(bare(key))) and asked.of == people}
    return tuple(sorted(number for number in found if number is not None))


def answers_about(flow: Flow, people: str, person: int, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers about one person, by key."""
    return {
        key: value
        for key, value in answers.items()
        if person_of(key) == person and (asked := flow.questions.get(bare(key))) and asked.of == people
    }


def person_name(flow: Flow, people: str, person: int, answers: Mapping[str, Answer], voice: Voice) -> str:
    """The name as in the passport as far as it is told, else the place in the table."""
    parts = [
        str(value)
        for field in _NAME
        for question in flow.questions.values()
        if question.of == people and question.zone == field and (value := answers.get(key_of(question.id, person)))
    ]
    if parts:
        return " ".join(parts)
    numbers = persons_in(flow, people, answers)
    place = numbers.index(person) + 1 if person in numbers else len(numbers) + 1
    return voice.text("people.nameless", n=place)


def has_open_links(answers: Mapping[str, Answer]) -> bool:
    """Whether a personal link is out that its guest has not used."""
    return any(map(_is_open, answers.values()))


def _is_open(value: Answer) -> bool:
    return isinstance(value, str) and value.startswith(OPEN_LINK)


def persons_waited_for(flow: Flow, people: str, answers: Mapping[str, Answer]) -> tuple[int, ...]:
    """The persons whose part a guest has still to fill in."""
    handed_over = {
        key: value
        for key, value in answers.items()
        if _is_open(value) and (asked := flow.questions.get(bare(key))) and asked.kind is Kind.HANDOVER
    }
    return persons_in(flow, people, handed_over)
