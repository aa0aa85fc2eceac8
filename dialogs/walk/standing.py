"""The answers of a way as outcomes see them."""

from collections.abc import Iterable

from dialogs.answer import Answer
from dialogs.keys import bare, person_of
from dialogs.situation import Situation
from dialogs.world import World

__all__ = ["situation_of"]


def situation_of(answers: Iterable[tuple[str, Answer]], world: World) -> Situation:
    """The situation at the end of a way: answers told once, and those of each person under their number."""
    here: dict[str, Answer] = {}
    people: dict[int, dict[str, Answer]] = {}
    for key, value in answers:
        person = person_of(key)
        (here if person is None else people.setdefault(person, {}))[bare(key)] = value
    return Situation(here, world.knowledge, world.today, people)
