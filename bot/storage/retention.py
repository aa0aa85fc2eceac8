"""What is dropped because it was kept long enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update

from bot.storage.connection import Connection
from bot.storage.tables import (
    NOTHING_KEPT,
    HandoverState,
    InboxState,
    OutboxState,
    TimerState,
    case_changes,
    cases,
    guest_links,
    handovers,
    inbox,
    outbox,
    pace,
    timers,
)
from bot.storage.vault import Vault
from dialogs.promises import CASE_DAYS
from dialogs.requests import Status

__all__ = [
    "TRAFFIC",
    "TRAFFIC_DAYS",
    "Traffic",
    "drop_levels",
    "drop_links",
    "drop_timers",
    "drop_traffic",
    "ended_traffic",
    "strip_cases",
]

TRAFFIC_DAYS = 30
"""Days for which it is remembered that an update came and that a call was made. A choice of ours."""

# An issued invitation that nobody closes is over too: the state has its data then, and we need them no more.
_ENDS = (Status.ISSUED, Status.CLOSED, Status.REFUSED, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Traffic:
    """A table whose rows come in the order of time, and the states in which a row is done with."""

    table: Table
    moment: Column[Any]
    ended: frozenset[str]


TRAFFIC = (
    Traffic(inbox, inbox.c.received_at, frozenset({InboxState.DONE, InboxState.QUARANTINED})),
    Traffic(outbox, outbox.c.created_at, frozenset({OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.FAILED})),
    Traffic(handovers, handovers.c.opened_at, frozenset({HandoverState.RELEASED})),
)


async def strip_cases(connection: Connection, vault: Vault, bot_id: int, today: date, limit: int) -> int:
    """Take the data out of invitations that ended `CASE_DAYS` ago or earlier; gives how many those are.

    Reference, category, status and days stay, so that the inviting party still finds them.
    """
    any_change = case_changes.alias()
    newest = select(func.max(any_change.c.id)).where(any_change.c.case_id == cases.c.id).correlate(cases)
    query = (
        select(cases.c.id)
        .join(case_changes, case_changes.c.case_id == cases.c.id)
        .where(
            cases.c.bot_id == bot_id,
            cases.c.status.in_(_ENDS),
            cases.c.payload != NOTHING_KEPT,
            case_changes.c.id == newest.scalar_subquery(),
            case_changes.c.on <= today - timedelta(days=CASE_DAYS),
        )
        .limit(limit)
    )
    ids = list((await connection.execute(query)).scalars())
    await connection.execute(update(case_changes).where(case_changes.c.case_id.in_(ids)).values(detail=vault.seal("")))
    await connection.execute(
        update(cases)
        .where(cases.c.id.in_(ids))
        .values(payload=NOTHING_KEPT, answers=NOTHING_KEPT, version=cases.c.version + 1)
    )
    return len(ids)


async def drop_links(connection: Connection, bot_id: int, now: float) -> None:
    """Forget guests' links that have run out, and what stands behind them."""
    await connection.execute(delete(guest_links).where(guest_links.c.bot_id == bot_id, guest_links.c.expires_at <= now))


async def drop_levels(connection: Connection, bot_id: int, before: float) -> None:
    """Forget how fast we sent to chats that have been quiet since `before`: their buckets are full."""
    quiet = (pace.c.free_at < before) & (pace.c.stopped_until < before)
    await connection.execute(delete(pace).where(pace.c.bot_id == bot_id, quiet))


async def drop_timers(connection: Connection, bot_id: int, before: float) -> None:
    """Forget timers that have rung or failed and were due before `before`."""
    ended = timers.c.state.in_((TimerState.DONE, TimerState.FAILED))
    await connection.execute(delete(timers).where(timers.c.bot_id == bot_id, ended, timers.c.due_at < before))


async def ended_traffic(
    connection: Connection, traffic: Traffic, bot_id: int, before: float, after: int, limit: int
) -> tuple[list[int], int | None]:
    """Of the next `limit` rows behind row `after`: those from before `before` that are done with.

    Beside them stands the row to go on after, None at the end. The walk goes by id, which no other index can do
    without sorting, so the bot is looked at only afterwards.
    """
    table = traffic.table
    query = (
        select(table.c.id, table.c.bot_id, table.c.state, traffic.moment.label("moment"))
        .where(table.c.id > after)
        .order_by(table.c.id)
        .limit(limit)
    )
    old = [row for row in await connection.execute(query) if row.moment < before]
    ids = [row.id for row in old if row.bot_id == bot_id and row.state in traffic.ended]
    return ids, old[-1].id if len(old) == limit else None


async def drop_traffic(connection: Connection, traffic: Traffic, ids: Sequence[int]) -> None:
    """Delete these rows."""
    await connection.execute(delete(traffic.table).where(traffic.table.c.id.in_(ids)))
