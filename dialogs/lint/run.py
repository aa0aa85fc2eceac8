"""All checks of the flows, put together."""

from collections.abc import Callable, Collection, Iterator, Mapping

from dialogs.lint import buttons, cards, guards, migrations, names, reach, synonyms, texts, whys
from dialogs.tree import Flow
from dialogs.walk import Survey, survey
from dialogs.world import World
from knowledge.checks.finding import Finding, in_order

__all__ = ["lint"]

_OF_A_FLOW: tuple[Callable[[Flow, World], Iterator[Finding]], ...] = (
    texts.findings,
    buttons.findings,
    whys.findings,
    synonyms.findings,
    migrations.findings,
)
_OF_WAYS: tuple[Callable[[Flow, World, Survey], Iterator[Finding]], ...] = (reach.findings, cards.findings)


def lint(world: World, only: Collection[str] = (), surveys: Mapping[str, Survey] | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with the flows on the day of `world`; with `only` of these flows alone.

    `surveys` are the ways through the flows where they are known already.
    """
    found: list[Finding] = []
    for flow in world.flows.values():
        if only and flow.id not in only:
            continue
        ways = (surveys or {}).get(flow.id) or survey(flow, world)
        for check in _OF_A_FLOW:
            found += check(flow, world)
        for look in _OF_WAYS:
            found += look(flow, world, ways)
    if not only:
        found += names.findings(world)
        found += guards.findings(world)
    return in_order(found)
