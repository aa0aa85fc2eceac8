"""Migrations that cannot work: from versions that never were, to names that are not there."""

from collections.abc import Iterator

from dialogs.migration import Migration
from dialogs.tree import Flow
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity

__all__ = ["findings"]


def findings(flow: Flow, _world: World) -> Iterator[Finding]:
    """Each mistake of each migration."""
    thing = f"flow.{flow.id}"
    for migration in flow.migrations:
        where = f"the migration since {migration.since}"
        if not 1 <= migration.since < flow.version:
            message = f"{where} leads from a version that is not before {flow.version}"
            yield Finding(Severity.ERROR, thing, message, "raise the version of the flow, or correct `since`")
        for message, repair in _mistakes(flow, migration):
            yield Finding(Severity.ERROR, thing, f"{where}: {message}", repair)
    newest = max((migration.since for migration in flow.migrations), default=0)
    later = [migration for migration in flow.migrations if migration.since == newest]
    if len({migration.since for migration in flow.migrations}) != len(flow.migrations):
        yield Finding(Severity.ERROR, thing, "two migrations lead from one version", "make them one")
    for migration in later:
        for old, new in migration.rename.items():
            if new not in flow.questions:
                message = f"the migration since {newest}: {old} is renamed to {new}, which is no question"
                yield Finding(Severity.ERROR, thing, message, f"use one of {', '.join(flow.questions)}")


def _mistakes(flow: Flow, migration: Migration) -> Iterator[tuple[str, str]]:
    """Names that are still in use, and values that lead nowhere."""
    for old in migration.rename:
        if old in flow.questions:
            yield f"{old} is renamed, but the question is still there", "ask it under its new name only"
    for old in migration.rename.keys() & migration.ask_again:
        yield f"{old} is renamed and asked again", "do one of the two"
    for id_, values in migration.values.items():
        question = flow.questions.get(migration.rename.get(id_, id_))
        options = () if question is None else question.options
        for old, new in values.items():
            if question is not None and new not in options:
                yield f"{id_}: {old} becomes {new}, which is no option", f"use one of {', '.join(options)}"
