"""The running bot: receiving, answering and sending, or a part of that, put together on one store."""

import asyncio
import contextlib
import functools
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from datetime import date
from typing import Any

from bot.alarm_bell import AlarmBell
from bot.clock import Clock, system_clock
from bot.dispatch import CALLS, UPDATES, Dispatch
from bot.due_list import DueList, nothing_due
from bot.duty import Duty
from bot.errors import StartError
from bot.handover import Desk
from bot.logs import describe
from bot.metrics import Metrics
from bot.outside import Outside
from bot.roles import Role
from bot.shares import Part, Shares
from bot.staff_chat import StaffChat
from bot.storage.store import Store
from bot.storage.tables import SLOTS
from bot.storage.writer import StoreUnavailableError
from bot.surroundings import Account, Surroundings, Tuning
from bot.telegram.connecting import connect, set_webhook
from bot.telegram.intake import Intake
from bot.telegram.pacing import Pacing
from bot.telegram.profile import write_profile
from bot.telegram.receive import Receiver
from bot.telegram.send import Sender
from bot.telegram.settling import Settling
from bot.telegram.transport import AiohttpRequest, BotApi
from bot.turns import TurnFunction
from bot.wake import Wake
from bot.worker import working
from dialogs.world import World
from knowledge.checks.stale import Due

__all__ = ["Account", "Service", "Tuning"]

_log = logging.getLogger(__name__)

POLLING = "poller"
KEEPING = "keeper"
RINGING = "bell"
_PARTS = {Role.WEB: POLLING, Role.WORKER: UPDATES, Role.SENDER: CALLS}


class Service:
    """One process of a bot at work. `run` returns after `stop`, or raises StartError when it cannot go on.

    `roles` are the parts of the work that are done here. `listen` is where the web app is served (host and port), None
    for nowhere; `address` is what came of it. `due` gives what is to be looked at in the knowledge on a day. `ready` is
    set when it takes updates, `ended` when it does not any more. `profile_changes` tells how many of Telegram's texts
    about the bot were changed at this start.
    """

    def __init__(
        self,
        account: Account,
        store: Store,
        world: World,
        turn: TurnFunction,
        clock: Clock = system_clock,
        tuning: Tuning | None = None,
        roles: Collection[Role] = tuple(Role),
        listen: tuple[str, int] | None = None,
        due: Callable[[date], tuple[Due, ...]] = nothing_due,
    ) -> None:
        self._account = account
        self._store = store
        self._world = world
        self._turn = turn
        self._clock = clock
        self._tuning = tuning if tuning is not None else Tuning()
        self._roles = frozenset(roles)
        self._listen = listen
        self._due = DueList(due, clock)
        self.address: str | None = None
        self._end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.metrics = Metrics()
        self.ready = asyncio.Event()
        self.ended = asyncio.Event()
        self.profile_changes: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def stop(self, problem: StartError | None = None) -> None:
        """Finish the turns and calls at hand and return from `run`; with `problem`, raise it there."""
        if self._end.done():
            return
        if problem is None:
            self._end.set_result(None)
        else:
            self._end.set_exception(problem)

    async def run(self) -> None:
        """Work until `stop`. Raises StartError when the Bot API or the database cannot be used at first."""
        transport = AiohttpRequest()
        await transport.initialize()
        try:
            api = BotApi(transport, self._account.token, self._account.api_url)
            bot_id, link = await connect(api, self._account.api_url)
            facts = self._tuning.mark(self._world)
            around = Surroundings(
                self._account,
                self._tuning,
                bot_id,
                link,
                self._store,
                self._world,
                self._turn,
                self._clock,
                facts,
            )
            await self._work(around, transport, api)
        except StoreUnavailableError as error:
            raise StartError(
                f"DATABASE_URL: {self._store.address}: {error}; start again when the database can be used"
            ) from error
        finally:
            await transport.shutdown()
            self.ended.set()

    async def _work(self, around: Surroundings, transport: AiohttpRequest, api: BotApi) -> None:
        store, bot_id, world, account = self._store, around.bot_id, self._world, self._account
        staff_chat = StaffChat(bot_id, account.staff_chat)
        await store.read(staff_chat.find)
        desk = Desk(bot_id, store.vault, staff_chat, world.texts, around.link)
        wake = Wake(store, bot_id, lambda kind, slots: dispatch.heard(kind, slots))
        dispatch = Dispatch(wake.tell)
        parts: list[Part] = []
        duties: list[Duty] = []
        async with contextlib.AsyncExitStack() as ending:
            if Role.SENDER in self._roles:
                pacing = Pacing(store, bot_id, self._tuning.rates, self._clock)
                settling = Settling(bot_id, store.vault, self._clock, staff_chat, desk.note_failure)
                sender = Sender(around, api, pacing, settling, self.metrics, self.stop, dispatch.calls)
                dispatch.add(CALLS, sender, lambda: shares.held(CALLS), lambda: shares.settled(CALLS))
                parts.append(Part(CALLS, SLOTS, sender.gain, sender.leave))
                ending.push_async_callback(sender.stop)
            if Role.WORKER in self._roles:
                worker = await ending.enter_async_context(
                    working(around, desk, staff_chat, transport, dispatch, self.metrics)
                )
                while not desk.is_open and await worker.room.end_silent_ones():
                    continue  # before what these people have written meanwhile is answered
                dispatch.add(UPDATES, worker.reception, lambda: shares.held(UPDATES), lambda: shares.settled(UPDATES))
                parts.append(Part(UPDATES, SLOTS, worker.reception.look, worker.reception.leave))
                ending.push_async_callback(worker.reception.stop)
                duties.append(Duty(KEEPING, worker.alarms, self.stop))
                duties.append(Duty(RINGING, lambda: AlarmBell(around, desk, api, self._due, dispatch.calls), self.stop))
            alone = account.webhook is None or not store.address.is_shared
            take = functools.partial(dispatch.updates, alone=alone)
            intake = Intake(store, bot_id, self._clock, self.metrics, take, dispatch.again)
            if Role.WEB in self._roles and account.webhook is None:
                duties.append(Duty(POLLING, lambda: Receiver(api, intake, self._tuning.first_wait), self.stop))
            for duty in duties:
                parts.append(duty.part)
                ending.push_async_callback(duty.stop)
            shares = Shares(store, bot_id, _own_name(), parts)
            async with self._seen(around, api, intake, shares):
                await shares.begin()
                background = (wake.run(), dispatch.run(), staff_chat.watch(store), self._write_profile(api))
                async with _beside(*background), _leasing(shares):
                    if Role.WEB in self._roles and account.webhook is not None:
                        await set_webhook(api, account.webhook)
                    self.ready.set()
                    await asyncio.wait((self._end,))
                    for duty in reversed(duties):
                        await duty.stop()
                    await ending.aclose()
            await shares.end()
        self._end.result()

    @contextlib.asynccontextmanager
    async def _seen(self, around: Surroundings, api: BotApi, intake: Intake, shares: Shares) -> AsyncIterator[None]:
        """Serve the web app. At the end what Telegram delivers meanwhile is still stored."""
        if self._listen is None:
            yield
            return

        async def working() -> None:
            if not self.ready.is_set() or self._end.done():
                raise RuntimeError("starting or stopping")

        def held() -> dict[str, int]:
            return {role: len(shares.held(part)) for role, part in _PARTS.items()}

        outside = Outside(self._store, around.bot_id, api, self._clock, self.metrics, self._due, held, working)
        takes = intake if Role.WEB in self._roles else None
        app = outside.app(self._account.webhook, takes)
        async with outside.serve(app, *self._listen) as self.address:
            yield

    async def _write_profile(self, api: BotApi) -> None:
        if Role.WORKER not in self._roles:
            return
        try:
            self.profile_changes.set_result(await write_profile(api, self._world.texts))
        except Exception as error:
            _log.warning("profile: %s; the old one stays", describe(error))


def _own_name() -> str:
    """What this process calls itself beside others: the host for people to read, and something nobody else has."""
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"


@contextlib.asynccontextmanager
async def _leasing(shares: Shares) -> AsyncIterator[None]:
    """Keep the leases; a renewal at hand is finished at the end."""
    renewing = asyncio.create_task(shares.run(), name="leases")
    try:
        yield
    finally:
        shares.stop()
        await renewing


@contextlib.asynccontextmanager
async def _beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let this run in the background, and cancel it at the end."""
    tasks = [asyncio.create_task(part) for part in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                _log.error("in the background: %s", describe(outcome))
