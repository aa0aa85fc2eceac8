"""Which way stored rows go: to our own lanes, or with a hint to the process that has their slot."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.logs import describe
from bot.storage.calls import Placed
from bot.storage.inbox import Stored
from bot.storage.tables import slot_of

__all__ = ["CALLS", "UPDATES", "Dispatch", "Row", "Taker"]

_log = logging.getLogger(__name__)

UPDATES = "worker"
"""The kind of work of updates that were received."""
CALLS = "sender"
"""The kind of work of calls that wait to be sent."""

_LOOK_SECONDS = 2.0


class Row(Protocol):
    """A row with work left."""

    @property
    def lane(self) -> str:
        """Rows of one lane keep their order."""


R = TypeVar("R", bound=Row, contravariant=True)


class Taker(Protocol[R]):
    """Who works on rows of a kind in this process."""

    def put(self, row: R) -> None:
        """A row that was committed, behind all others of its lane."""

    def wake(self, lane: str) -> None:
        """Rows of this lane wait in the tables."""

    async def look(self, slots: Collection[int], *, idle: bool = False) -> None:
        """Take up what waits in these slots; with `idle` only in lanes that are not at hand."""


@dataclass(frozen=True, slots=True)
class _Here:
    taker: Taker[Any]
    held: Callable[[], frozenset[int]]
    settled: Callable[[], frozenset[int]]


class Dispatch:
    """The ways of one process. `tell` hints to other processes that a slot of theirs has work of a kind."""

    def __init__(self, tell: Callable[[str, int], None]) -> None:
        self._tell = tell
        self._here: dict[str, _Here] = {}
        self._hints: dict[str, set[int]] = {}
        self._looks: dict[str, asyncio.Task[None]] = {}

    def add(
        self,
        kind: str,
        taker: Taker[Any],
        held: Callable[[], frozenset[int]],
        settled: Callable[[], frozenset[int]] | None = None,
    ) -> None:
        """`taker` works on rows of this kind, in the slots that `held` gives.

        In those that `settled` gives (without it: in all) nothing older waits that it has not been told of.
        """
        self._here[kind] = _Here(taker, held, held if settled is None else settled)

    def updates(self, rows: Sequence[Stored], *, alone: bool) -> None:
        """Rows of the inbox that were committed, in order; `alone` when nobody else receives at the same time.

        Else another process may have stored an earlier update of the same chat: the tables tell.
        """
        here = self._here.get(UPDATES)
        for row in rows:
            if here is None or slot_of(row.lane) not in here.held():
                self._tell(UPDATES, slot_of(row.lane))
            elif alone and slot_of(row.lane) in here.settled():
                here.taker.put(row)
            else:
                here.taker.wake(row.lane)

    def again(self, chats: Collection[str]) -> None:
        """Updates of these chats came that are stored already: whether they were worked on, the tables tell."""
        here = self._here.get(UPDATES)
        for chat_key in chats:
            if here is not None and slot_of(chat_key) in here.held():
                here.taker.wake(chat_key)

    def calls(self, rows: Sequence[Placed]) -> None:
        """Rows of the outbox that were committed, in order.

        What is put out for a chat comes nearly always from who works on its updates; where that is somebody else, an
        earlier call of theirs may be there already: the tables tell.
        """
        here, working = self._here.get(CALLS), self._here.get(UPDATES)
        for row in rows:
            slot = slot_of(row.lane)
            if here is None or slot not in here.held():
                self._tell(CALLS, slot)
            elif working is not None and slot in working.settled() and slot in here.settled():
                here.taker.put(row)
            else:
                here.taker.wake(row.lane)

    def heard(self, kind: str, slots: Collection[int]) -> None:
        """Another process hints that there is work."""
        if kind in self._here:
            self._hints.setdefault(kind, set()).update(slots)
            if kind not in self._looks:
                self._looks[kind] = asyncio.create_task(self._follow(kind), name=f"hints for the {kind}")

    async def run(self) -> None:
        """Look now and then for what no hint told of, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            for here in self._here.values():
                if slots := here.held():
                    await self._look(here.taker.look(slots, idle=True))

    async def _follow(self, kind: str) -> None:
        """Look where hints lead, one look at a time: hints that come meanwhile are followed together."""
        here = self._here[kind]
        while (hints := self._hints.pop(kind, None)) is not None:
            if ours := frozenset(hints) & here.held():
                await self._look(here.taker.look(ours))
        del self._looks[kind]

    async def _look(self, look: Awaitable[None]) -> None:
        try:
            await look
        except Exception as error:
            _log.warning("look: %s; again in %.0f s", describe(error), _LOOK_SECONDS)
