"""Where all ways through a flow lead, counted without going each of them twice.

What lies behind a question hangs only on the answers that predicates look at there. So a result is remembered by the
answers it looked at, and every other combination of answers that agrees in them is only counted.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from dialogs.answer import Answer
from dialogs.keys import bare, key_of
from dialogs.predicates import PREDICATES
from dialogs.situation import Situation
from dialogs.tree import Flow, Kind, Question
from dialogs.walk.classes import named_by_code, passport_classes, standing_of
from dialogs.walk.hints import Hints, leads
from dialogs.walk.samples import samples
from dialogs.walk.summary import Survey, joined, led_by
from dialogs.walk.watched import (
    HINT,
    PEOPLE,
    TABLE,
    Memory,
    Reads,
    Watched,
    WatchedHints,
    WatchedKnowledge,
    WatchedPeople,
)
from dialogs.world import World
from knowledge.base import KnowledgeBase

__all__ = ["survey"]

_DONE = ""
_HINTS = ("stays", "turning", "strays", "two", "rare")
_PEOPLE_TRIED = 6


def survey(flow: Flow, world: World) -> Survey:
    """All ways through `flow` on the day of `world`."""
    return _Surveyor(flow, world).all()


class _State(NamedTuple):
    """Where a survey stands. Answers about the person at hand stand among the others, as predicates see them."""

    answers: Mapping[str, Answer]
    people: Mapping[int, Mapping[str, Answer]]
    person: int | None
    hints: Hints


class _Surveyor:
    """One survey under way."""

    def __init__(self, flow: Flow, world: World) -> None:
        self._flow, self._world = flow, world
        self._classes = passport_classes(world.knowledge)
        self._of = {passports.first: passports for passports in self._classes}
        self._reads = Reads()
        self._behind: Memory[Survey] = Memory()
        self._predicates: Memory[bool | Exception] = Memory()
        self._leading = [id_ for id_, question in flow.questions.items() if _tells_passport(question, flow)]
        self._standings = {
            country: {f"{TABLE}{table}": value for table, value in standing_of(world.knowledge, country).items()}
            for country in world.knowledge.regimes
        }
        tables = frozenset(table.removeprefix(TABLE) for table in next(iter(self._standings.values()), {}))
        watched: Any = WatchedKnowledge(world.knowledge, tables, self._reads)
        self._knowledge: KnowledgeBase = watched

    def all(self) -> Survey:
        """The ways from the first question on."""
        start = Hints.at_start(self._flow, self._world, self._classes)
        return self.behind(self._flow.start, _State({}, {}, None, start))

    def _seen(self, state: _State) -> dict[str, object]:
        """All that can be looked at, by key.

        Of a passport rules see what the tables say, so each table stands for itself, and the country only where code
        names it.
        """
        seen: dict[str, object] = dict(state.answers)
        for id_ in self._leading:
            country = state.answers.get(id_)
            if isinstance(country, str):
                seen[id_] = country if country in named_by_code() else "a country"
                seen.update(self._standings[country])
        seen.update((f"{HINT}{name}", getattr(state.hints, name)) for name in _HINTS)
        seen[PEOPLE] = repr(state.people) if state.people else ""
        return seen

    def behind(self, id_: str, state: _State) -> Survey:
        """The ways from the question `id_` on."""
        # A table of people is looked at twice: before anybody is told of, and with them.
        seen, name = self._seen(state), f"{state.person}.{len(state.people) > 0}.{id_}"
        known = self._behind.get(name, seen)
        if known is not None:
            self._reads.note(*known[1])
            return known[0]
        self._reads.begin()
        found = self._looked(self._flow.questions[id_], state)
        self._behind.put(name, self._reads.end(), seen, found)
        return found

    def _looked(self, question: Question, state: _State) -> Survey:
        if question.kind is Kind.PEOPLE and not state.people:
            return self._with_people(question, state)
        hints = WatchedHints(state.hints, self._reads)
        tried = samples(question, self._flow, hints, self._world, self._classes)
        if not tried:
            return Survey(problems=frozenset({f"{question.id}: no value that is tried is a valid answer"}))
        return joined([self._begun(question, value, state) for value in tried], question)

    def _begun(self, question: Question, value: Answer, state: _State) -> Survey:
        """The ways that begin with this answer; a passport counts for all of its class."""
        hints = state.hints.after(question, value, self._flow, self._world)
        part = self._after(question, state._replace(answers={**state.answers, question.id: value}, hints=hints))
        counts = question.id in self._leading
        passports = self._of.get(str(value)) if counts else None
        members = () if passports is None else passports.members
        return Survey(
            {end: count * max(1, len(members)) for end, count in part.ends.items()},
            {end: frozenset(members) for end in part.ends} if members else part.countries,
            part.taken,
            part.longest + 1,
            led_by(((key_of(question.id, state.person), value),), part.examples),
            part.problems,
        )

    def _after(self, question: Question, state: _State) -> Survey:
        """The ways behind the rule that these answers take."""
        place = self._rule(question, state)
        if isinstance(place, str):
            return Survey(problems=frozenset({place}))
        rule = question.next[place]
        if rule.ask is not None:
            part = self.behind(rule.ask, state)
        else:
            end = rule.end if rule.end is not None else _DONE
            part = Survey(ends={end: 1}, examples={end: ((),)})
        return replace(part, taken=part.taken | {(question.id, place)})

    def _with_people(self, table: Question, state: _State) -> Survey:
        """Some ways through the questions about one person, each tried alone and beside the next one."""
        one = self.behind(str(table.person), state._replace(person=1))
        tried = [{bare(key): value for key, value in way} for way in one.examples.get(_DONE, ())][:_PEOPLE_TRIED]
        if not tried:
            return Survey(taken=one.taken, problems=one.problems | {f"{table.id}: no way leads through a person"})
        groups = [{1: about} for about in tried]
        if table.high > 1:
            groups += [{1: about, 2: tried[(place + 1) % len(tried)]} for place, about in enumerate(tried)]
        parts = [self._beside(table, people, state) for people in groups]
        whole = joined(parts, table)
        return replace(
            whole,
            taken=whole.taken | one.taken,
            longest=whole.longest + one.longest,
            problems=whole.problems | one.problems,
        )

    def _beside(self, table: Question, people: Mapping[int, Mapping[str, Answer]], state: _State) -> Survey:
        part = self.behind(table.id, state._replace(people=people))
        told = tuple((key_of(id_, number), value) for number, of in people.items() for id_, value in of.items())
        return replace(part, examples=led_by(told, part.examples))

    def _rule(self, question: Question, state: _State) -> int | str:
        """The place of the rule that holds, or what went wrong."""
        for place, rule in enumerate(question.next):
            if rule.when is None:
                return place
            holds = self._holds(rule.when, state)
            if isinstance(holds, Exception):
                told = f"raised {type(holds).__name__} ({holds}) after {dict(state.answers)}"
                return f"{question.id}: {rule.when}: {told}"
            if holds:
                return place
        return f"{question.id}: no rule holds after {dict(state.answers)}"

    def _holds(self, name: str, state: _State) -> bool | Exception:
        seen = self._seen(state)
        known = self._predicates.get(name, seen)
        if known is not None:
            self._reads.note(*known[1])
            return known[0]
        self._reads.begin()
        answers, people = Watched(state.answers, self._reads), WatchedPeople(state.people, self._reads)
        situation = Situation(answers, self._knowledge, self._world.today, people)
        result: bool | Exception
        try:
            result = PREDICATES[name](situation)
        except Exception as error:  # whatever a rule raises is a finding
            result = error
        self._predicates.put(name, self._reads.end(), seen, result)
        return result


def _tells_passport(question: Question, flow: Flow) -> bool:
    return question.kind is Kind.COUNTRY and question.of is None and leads(question, flow)
