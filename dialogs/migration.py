"""How the answers of an earlier version of a flow are brought along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.keys import bare, with_question

__all__ = ["Migration", "migrated"]


@dataclass(frozen=True, slots=True)
class Migration:
    """What changed after version `since`: questions with a new name, options with a new value, and what to ask again.

    Renaming is of whole names, so one question never takes the answer of another that begins alike.
    """

    since: int
    rename: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    ask_again: frozenset[str] = frozenset()


def migrated(
    answers: Mapping[str, Answer], version: int, migrations: tuple[Migration, ...]
) -> tuple[tuple[str, Answer], ...]:
    """`answers` given to `version` of a flow, as its newest version knows them: all later migrations, in order."""
    current = dict(answers)
    for migration in sorted(migrations, key=lambda item: item.since):
        if migration.since < version:
            continue
        current = {
            with_question(key, migration.rename.get(bare(key), bare(key))): _value(
                value, migration.values.get(bare(key))
            )
            for key, value in current.items()
            if bare(key) not in migration.ask_again
        }
    return tuple(current.items())


def _value(value: Answer, changed: Mapping[str, str] | None) -> Answer:
    return changed.get(value, value) if changed is not None and isinstance(value, str) else value
