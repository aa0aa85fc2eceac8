"""What the answers so far mean for the values that are tried next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogs.answer import Answer
from dialogs.tree import Flow, Kind, Period, Question
from dialogs.walk.classes import PassportClass
from dialogs.world import World
from knowledge.facts import Validity
from knowledge.policy.purposes import PURPOSE_RULES
from knowledge.regimes import RegimeKind
from knowledge.trip import Purpose

__all__ = ["Hints", "leads", "one_of_each_kind", "usual"]

_MEASURES = frozenset({Kind.DATE, Kind.NUMBER})
_MOST_MEASURES = 2
_USUAL_AHEAD = 20
_DATED_WITHIN = 400


@dataclass(frozen=True, slots=True)
class Hints:
    """`stays` are the longest stays that the facts name for what was answered, `turning` the days on which rules about
    the passport begin or end. `strays` once one thing on the way is unusual: then only usual days and numbers follow,
    so that they are tried one at a time with all their values. `two` once a second country is told.

    A `rare` passport is none of `plain`, which hold one of each kind of regime. It strays where a choice takes another
    option than the first, and at once in a flow that asks for `many` days and numbers.
    """

    stays: tuple[int, ...] = ()
    turning: tuple[str, ...] = ()
    strays: bool = False
    two: bool = False
    rare: bool = False
    plain: frozenset[str] = frozenset()
    many: bool = False

    @classmethod
    def at_start(cls, flow: Flow, world: World, classes: Iterable[PassportClass]) -> "Hints":
        """The hints before any answer."""
        measures = sum(question.kind in _MEASURES and question.of is None for question in flow.questions.values())
        return cls(plain=frozenset(one_of_each_kind(world, classes)), many=measures > _MOST_MEASURES)

    def after(self, question: Question, value: Answer, flow: Flow, world: World) -> "Hints":
        """The hints once `question` has this answer."""
        match question.kind:
            case Kind.COUNTRY if question.of is None and leads(question, flow):
                stays = {*self.stays, *_stays_of_passport(str(value), world)}
                days = dict.fromkeys((*self.turning, *_turning_days(str(value), world)))
                rare = value not in self.plain
                strays = self.strays or (rare and self.many)
                return replace(self, stays=tuple(sorted(stays)), turning=tuple(days), rare=rare, strays=strays)
            case Kind.COUNTRY if question.of is None:
                return replace(self, two=True)
            case Kind.CHOICE if set(question.options) <= set(Purpose):
                category = world.knowledge.categories[PURPOSE_RULES[Purpose(str(value))].category]
                stays = {*self.stays, *(form.max_stay_days for form in category.variants)}
                return replace(self, stays=tuple(sorted(stays)))
            case Kind.CHOICE if self.rare and value != question.options[0]:
                return replace(self, strays=True)
            case Kind.DATE | Kind.NUMBER if value not in usual(question, world.today) and value not in self.turning:
                return replace(self, strays=True)
        return self


def leads(question: Question, flow: Flow) -> bool:
    """Whether a question about a country comes before all others about countries: it is tried with every passport.

    Those behind it, such as a second passport, are tried with one passport of each kind of regime.
    """
    return not any(
        other.kind is Kind.COUNTRY and other.id != question.id and question.id in flow.reachable_from(other.id)
        for other in flow.questions.values()
    )


def one_of_each_kind(world: World, classes: Iterable[PassportClass]) -> tuple[str, ...]:
    """A passport of each kind of regime."""
    kinds: dict[RegimeKind, str] = {}
    for passports in classes:
        kinds.setdefault(world.knowledge.regimes[passports.first][-1].kind, passports.first)
    return tuple(kinds.values())


def usual(question: Question, today: date) -> tuple[Answer, ...]:
    """The few days or numbers with which everything else is tried."""
    if question.kind is Kind.NUMBER:
        return tuple(dict.fromkeys((*(question.suggest[1:2] or (question.low,)), question.high)))
    if question.optional:
        return (None,)
    ahead = timedelta(days=_USUAL_AHEAD)
    days = {Period.FUTURE: (today + ahead,), Period.PAST: (today - ahead,), Period.ANY: (today + ahead, today - ahead)}
    return tuple(day.isoformat() for day in days[question.period])


def _stays_of_passport(country: str, world: World) -> Iterator[int]:
    for regime in world.knowledge.regimes.get(country, ()):
        stays = (regime.days, regime.undisputed_days, *(window.days for window in regime.windows))
        yield from (days for days in stays if days is not None)


def _turning_days(country: str, world: World) -> Iterator[str]:
    """The last and the first days of the dated rules about the passport, not too far from today."""
    validities = [regime.validity for regime in world.knowledge.regimes.get(country, ())]
    validities += [rule.validity for rule in world.knowledge.special_rules.values() if country in rule.countries]
    for validity in validities:
        near = (day for day in _edges(validity) if abs((day - world.today).days) <= _DATED_WITHIN)
        yield from (day.isoformat() for day in near)


def _edges(validity: Validity) -> Iterator[date]:
    one = timedelta(days=1)
    if validity.start is not None:
        yield from (validity.start - one, validity.start)
    if validity.end is not None:
        yield from (validity.end, validity.end + one)
