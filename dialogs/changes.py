"""What a change of an answer does to the others: known, and said, before it happens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.answer import Answer
from dialogs.checks import CHECKS, Objection
from dialogs.formats import Voice
from dialogs.keys import bare, person_of
from dialogs.people import person_name
from dialogs.replay import Position, fallen, replay, situation_at
from dialogs.session import Session
from dialogs.tree import Flow, Kind
from dialogs.world import World

__all__ = ["Change", "change_of", "named", "pending", "put_off"]

_SURE = "sure"


@dataclass(frozen=True, slots=True)
class Change:
    """The session with a new answer (`after`), where it leads, and the keys of the answers it takes away and leaves.

    `objections` are what the other answers have against it.
    """

    key: str
    value: Answer
    after: Session
    position: Position
    is_new: bool
    gone: frozenset[str]
    kept: tuple[str, ...]
    objections: tuple[Objection, ...]

    @property
    def needs_consent(self) -> bool:
        """Whether the person has to agree before it happens."""
        return bool(self.objections) or (not self.is_new and bool(self.gone))


def change_of(session: Session, flow: Flow, key: str, value: Answer, world: World) -> Change:
    """What comes of `value` as the answer under `key`."""
    before = dict(session.answers)
    is_new = key not in before or before[key] == value
    told = replace(session.with_answer(key, value), offer=(), editing=None, misses=0)
    if not is_new:
        # What was confirmed was something else.
        confirmed = frozenset(
            other for other in before if (asked := flow.questions.get(bare(other))) and asked.kind is Kind.REVIEW
        )
        told = replace(told, answers=tuple(pair for pair in told.answers if pair[0] not in confirmed))
    position = replay(flow, told.answers, world)
    gone = fallen(told, flow, position, world)
    after = told.without(gone)
    others = [other for other in position.path if other in before and other != key]
    others += [
        other for other, _ in after.answers if bare(other) in flow.questions and other not in (*position.path, key)
    ]
    return Change(
        key, value, after, position, is_new, gone, tuple(others), _objections(session, flow, key, value, world)
    )


def put_off(session: Session, change: Change) -> Session:
    """The session that waits for consent to `change`."""
    return replace(session, editing=None, offer=(_SURE, change.key, json.dumps(change.value)), misses=0)


def pending(session: Session) -> tuple[str, Answer] | None:
    """The key and the value of the change that waits for consent; None without one."""
    match session.offer:
        case (kind, key, value) if kind == _SURE:
            return key, json.loads(value)
    return None


def named(keys: frozenset[str] | tuple[str, ...], flow: Flow, answers: Mapping[str, Answer], voice: Voice) -> str:
    """The short names of answers; those about a person once, by the person's name."""
    order = {id_: place for place, id_ in enumerate(flow.questions)}
    names: list[str] = []
    for key in sorted(keys, key=lambda key: (order[bare(key)], person_of(key) or 0)):
        person, question = person_of(key), flow.questions[bare(key)]
        if person is None:
            names.append(voice.text(f"question.{question.id}.label"))
        else:
            names.append(person_name(flow, str(question.of), person, answers, voice))
    return ", ".join(dict.fromkeys(names))


def _objections(session: Session, flow: Flow, key: str, value: Answer, world: World) -> tuple[Objection, ...]:
    checks = CHECKS.get(bare(key), ())
    if not checks or value is None:
        return ()
    situation = situation_at(flow, session.answers, world, person_of(key))
    found = (check(situation, bare(key), value) for check in checks)
    return tuple(objection for objection in found if objection is not None)
