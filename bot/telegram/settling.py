"""Writing down what became of a call, with all that follows from it, in one transaction."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.staff_chat import StaffChat
from bot.storage.calls import FLEETING, Call, Placed
from bot.storage.connection import Connection
from bot.storage.incidents import IncidentKind, Incidents
from bot.storage.outbox import Outbox
from bot.storage.sessions import Sessions
from bot.storage.vault import Vault
from bot.telegram.verdicts import (
    Arrived,
    Conflict,
    Failed,
    MovedGroup,
    NewMessage,
    NextPart,
    NotAllowed,
    PlainText,
    Split,
    TokenRefused,
    TryLater,
    Uncertain,
    Unreachable,
    Verdict,
    WaitForChat,
    WithoutTopic,
)

__all__ = ["NoteFailure", "Settled", "Settling"]

_log = logging.getLogger(__name__)

NoteFailure = Callable[[Connection, int, int, float], Awaitable[list[Placed]]]
"""Told of each call that failed for good (its row, its chat and the moment); gives the rows it has added."""

_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left to do: make the call again after `pause` seconds (None: it is at its end), and send `rows`."""

    pause: float | None
    rows: tuple[Placed, ...] = ()


_AT_ONCE = Settled(0.0)
_AT_ITS_END = Settled(None)


class Settling:
    """For the calls of one bot. Works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault, clock: Clock, staff: StaffChat, note_failure: NoteFailure) -> None:
        self._outbox = Outbox(bot_id, vault)
        self._sessions = Sessions(bot_id, vault)
        self._incidents = Incidents(bot_id)
        self._clock = clock
        self._staff = staff
        self._note_failure = note_failure

    async def settle(self, connection: Connection, placed: Placed, verdict: Verdict, wait: float, at: float) -> Settled:
        """Write down the verdict; `wait` is how long to wait where it asks for that, `at` when the attempt was made."""
        now = self._clock()
        match verdict:
            case Arrived(note):
                await self._outbox.sent(connection, placed.id, placed.call.payload.get("message_id"), note)
                return _AT_ITS_END
            case WaitForChat(_, note) | TryLater(note) | Conflict(note):
                ours = await self._outbox.put_back(connection, placed, now + wait, note)
                return Settled(wait) if ours else _AT_ITS_END
            case TokenRefused(note):
                await self._outbox.put_back(connection, placed, 0.0, note)
                return Settled(_LONGEST_WAIT)
            case Uncertain():
                return await self._doubt(connection, placed, verdict, wait, now)
            case PlainText(call, note) | NewMessage(call, note) | WithoutTopic(call, note):
                return await self._instead(connection, placed, replace(call, rest=placed.call.rest), note)
            case Split(calls, note):
                first = replace(calls[0], rest=(*calls[1:], *placed.call.rest))
                return await self._instead(connection, placed, first, note)
            case NextPart(note):
                following, *others = placed.call.rest
                return await self._instead(connection, placed, replace(following, rest=tuple(others)), note)
            case MovedGroup(chat_id, note):
                return await self._follow(connection, placed, chat_id, note)
            case Unreachable(note):
                return await self._give_up_chat(connection, placed, note, now, at)
            case NotAllowed(note):
                return await self._fail(connection, placed, note, now)
            case Failed(note, quiet):
                return await self._fail(connection, placed, note, now, quiet=quiet)

    async def _instead(self, connection: Connection, placed: Placed, call: Call, note: str) -> Settled:
        return _AT_ONCE if await self._outbox.replace(connection, placed, call, note) else _AT_ITS_END

    async def _doubt(
        self, connection: Connection, placed: Placed, verdict: Uncertain, wait: float, now: float
    ) -> Settled:
        ours = await self._outbox.uncertain(connection, placed, now + wait, verdict.note, again=verdict.again)
        if not ours or verdict.again:
            return Settled(wait) if ours else _AT_ITS_END
        if placed.call.method in FLEETING:
            return _AT_ITS_END
        await self._incidents.note(connection, IncidentKind.UNDELIVERED)
        return Settled(None, tuple(await self._note_failure(connection, placed.id, placed.call.chat_id, now)))

    async def _follow(self, connection: Connection, placed: Placed, chat_id: int, note: str) -> Settled:
        """The row goes to another lane, with all that waits for the group: it is at its end in this one."""
        _log.warning("call %d: %s: the group has the id %d now", placed.id, note, chat_id)
        old = placed.call.chat_id
        moved = Call(placed.call.method, chat_id, str(chat_id), placed.call.payload, placed.call.rest)
        await self._staff.follow(connection, old, chat_id)
        await self._outbox.migrate(connection, old, chat_id)
        if not await self._outbox.replace(connection, placed, moved, note):
            return _AT_ITS_END
        return Settled(None, (replace(placed, call=moved, tries=0, not_before=0.0, claimed_at=None),))

    async def _give_up_chat(self, connection: Connection, placed: Placed, note: str, now: float, at: float) -> Settled:
        """What was put out after the attempt may answer somebody who has let us in again meanwhile."""
        chat_id = placed.call.chat_id
        if chat_id > 0:
            await self._sessions.note_block(connection, str(chat_id), True, now, at)
        settled = await self._fail(connection, placed, note, now)
        others = await self._outbox.give_up_chat(connection, chat_id, note, at)
        if others:
            _log.warning("call %d: %d more calls for the same chat cannot arrive either", placed.id, others)
        return settled

    async def _fail(
        self, connection: Connection, placed: Placed, note: str, now: float, *, quiet: bool = False
    ) -> Settled:
        level = logging.INFO if quiet else logging.WARNING
        _log.log(level, "call %d (%s): failed: %s", placed.id, placed.call.method, note)
        if not await self._outbox.failed(connection, placed, note) or quiet:
            return _AT_ITS_END
        await self._incidents.note(connection, IncidentKind.UNDELIVERED)
        rows = await self._note_failure(connection, placed.id, placed.call.chat_id, now)
        return Settled(None, tuple(rows))
