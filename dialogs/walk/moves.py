"""Whom a change of facts or rules moves from which verdict to which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from dialogs.answer import Answer
from dialogs.replay import replay
from dialogs.tree import Flow, Kind
from dialogs.walk.classes import PassportClass, named_by_code, standing_of
from dialogs.walk.hints import leads
from dialogs.walk.standing import situation_of
from dialogs.walk.verdict import verdict_of
from dialogs.walk.ways import ways
from dialogs.world import World
from knowledge.base import KnowledgeBase

__all__ = ["Move", "moves", "passports_touched"]

_OF_ONE_PASSPORT = frozenset({"regimes", "evisa_editions", "evisa_differences", "petition_countries"})
"""Tables whose changes show in the standing of the passports that they touch."""

_APART = frozenset({"recognizer", "classifier", "answers", "sources", "never_serve", "domains", "contacts", "calendar"})
"""Tables that no verdict rests on, and the calendar, which is compared by what its file says."""


@dataclass(frozen=True, slots=True)
class Move:
    """Passports whose verdict was `before` and is `after`, on `ways` ways; `answers` are what was answered on them."""

    before: str
    after: str
    countries: frozenset[str]
    ways: int
    answers: Mapping[str, tuple[Answer, ...]]


def moves(flow_id: str, before: World, after: World, only: Iterable[str] = ()) -> tuple[Move, ...]:
    """The moves in a flow that both worlds have, those of most passports first; with `only` of these passports.

    A way that one of the flows does not know to its end is left out: there the questions changed, not the verdict.
    """
    old, new = before.flows[flow_id], after.flows[flow_id]
    wanted = frozenset(only)
    found: dict[tuple[str, str], _Moved] = {}
    for passports in _classes(before, after):
        if wanted and not wanted & set(passports.members):
            continue
        for answers in _answers(old, new, before, after, passports):
            told = (_told(old, answers, before), _told(new, answers, after))
            if told[0] is None or told[1] is None or told[0] == told[1]:
                continue
            moved = found.setdefault((told[0], told[1]), _Moved(set(), 0, {}))
            moved.add(passports, answers, new)
    listed = (
        Move(
            was, now, frozenset(moved.countries), moved.ways, {key: tuple(values) for key, values in moved.seen.items()}
        )
        for (was, now), moved in found.items()
    )
    return tuple(sorted(listed, key=lambda move: (-len(move.countries), move.before, move.after)))


def passports_touched(before: KnowledgeBase, after: KnowledgeBase) -> frozenset[str]:
    """The passports whose verdict may have changed: all of them when a rule for everybody did."""
    common = frozenset(before.regimes) & frozenset(after.regimes)
    if any(
        getattr(before, table.name) != getattr(after, table.name)
        for table in fields(KnowledgeBase)
        if table.name not in _OF_ONE_PASSPORT | _APART
    ) or (_common(before) != _common(after)):
        return common
    return frozenset(country for country in common if standing_of(before, country) != standing_of(after, country))


@dataclass
class _Moved:
    countries: set[str]
    ways: int
    seen: dict[str, dict[Answer, None]]

    def add(self, passports: PassportClass, answers: tuple[tuple[str, Answer], ...], flow: Flow) -> None:
        self.countries.update(passports.members)
        self.ways += len(passports.members)
        for key, value in answers:
            question = flow.questions.get(key)
            if question is not None and not (question.kind is Kind.COUNTRY and leads(question, flow)):
                self.seen.setdefault(key, {})[value] = None


def _common(kb: KnowledgeBase) -> list[object]:
    """What the calendar and the e-visa lists say to everybody."""
    editions = [(edition.id, edition.as_of, edition.categories, edition.confidence) for edition in kb.evisa_editions]
    return [*editions, kb.calendar.reviewed_through, dict(kb.calendar.moved)]


def _classes(before: World, after: World) -> Iterator[PassportClass]:
    """Passports that neither the old nor the new facts tell apart, of those that may have moved."""
    same_flows = before.flows == after.flows
    touched = passports_touched(before.knowledge, after.knowledge) if same_flows else frozenset(after.knowledge.regimes)
    classes: dict[object, list[str]] = {}
    for country in sorted(touched & frozenset(before.knowledge.regimes)):
        alone = country if country in named_by_code() else ""
        standings = (standing_of(world.knowledge, country) for world in (before, after))
        key = (alone, *(tuple(standing.values()) for standing in standings))
        classes.setdefault(key, []).append(country)
    yield from (PassportClass(tuple(members)) for members in classes.values())


def _answers(
    old: Flow, new: Flow, before: World, after: World, passports: PassportClass
) -> Iterator[tuple[tuple[str, Answer], ...]]:
    """Every way of the one or the other world, once."""
    seen: set[tuple[tuple[str, Answer], ...]] = set()
    for flow, world in ((new, after), (old, before)):
        for way in ways(flow, world, (passports,)):
            if way.answers not in seen:
                seen.add(way.answers)
                yield way.answers


def _told(flow: Flow, answers: tuple[tuple[str, Answer], ...], world: World) -> str | None:
    position = replay(flow, dict(answers), world)
    if position.end is None:
        return None
    given = dict(answers)
    return verdict_of(position.end, situation_of([(key, given[key]) for key in position.path], world), world.texts)
