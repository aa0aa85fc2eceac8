"""The flow that a command is about, by its name on the command line."""

from collections.abc import Mapping

import click

from dialogs.tree import Flow

__all__ = ["flow_named", "flows_named"]


def flow_named(flows: Mapping[str, Flow], name: str) -> Flow:
    """The flow `name`. Raises UsageError when there is none."""
    if name not in flows:
        raise click.UsageError(f"{name!r} is not a flow; use one of {', '.join(flows)}")
    return flows[name]


def flows_named(flows: Mapping[str, Flow], name: str | None) -> tuple[Flow, ...]:
    """The flow `name`, or all of them without one."""
    return tuple(flows.values()) if name is None else (flow_named(flows, name),)
