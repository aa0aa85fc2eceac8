"""The running bot: polling, turns and sending, put together on one store."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram.ext import ExtBot

from bot.assistant import Assistant
from bot.clock import Clock, system_clock
from bot.effects import Hands
from bot.errors import StartError
from bot.handover import Desk
from bot.logs import describe
from bot.retention import Retention
from bot.staff_room import StaffRoom
from bot.storage.store import Store
from bot.telegram.handlers import Handlers, build_application
from bot.telegram.photos import Photos
from bot.telegram.profile import write_profile
from bot.telegram.rates import RateRules, Rates
from bot.telegram.receive import Receiver
from bot.telegram.reception import AnyApplication, AtHand, Reception
from bot.telegram.send import Sender
from bot.telegram.staff import StaffChatHandler
from bot.telegram.transport import AiohttpRequest, ApiAnswerError, BotApi, MaybeSentError, NotSentError
from bot.timers import LONGEST_SLEEP, Alarms, facts_mark
from bot.turns import TurnFunction, Turns, fresh_characters
from dialogs.world import World

__all__ = ["Account", "Service", "Tuning"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """Which bot this is, where its Bot API is, and which group is the staff chat, if there is one."""

    token: str = field(repr=False)
    api_url: str
    staff_chat: int | None = None


@dataclass(frozen=True, slots=True)
class Tuning:
    """What tests and measurements set otherwise.

    Rate rules (None: no limits), the first wait before a retry, the longest one between two looks at the timers, where
    random characters come from, and what marks the facts.
    """

    rates: RateRules | None = field(default_factory=RateRules)
    first_wait: float = 0.5
    look: float = LONGEST_SLEEP
    fresh: Callable[[], str] = fresh_characters
    mark: Callable[[World], str] = facts_mark


class Service:
    """One bot at work. `run` returns after `stop`, or raises StartError when it cannot go on.

    `ready` is set when it takes updates, `ended` when it does not any more. `profile_changes` tells how many of
    Telegram's texts about the bot were changed at this start.
    """

    def __init__(
        self,
        account: Account,
        store: Store,
        world: World,
        turn: TurnFunction,
        clock: Clock = system_clock,
        tuning: Tuning | None = None,
    ) -> None:
        self._account = account
        self._store = store
        self._world = world
        self._turn = turn
        self._clock = clock
        self._tuning = tuning if tuning is not None else Tuning()
        self._end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
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
        """Work until `stop`. Raises StartError when the Bot API cannot be reached at first or refuses the token."""
        transport = AiohttpRequest()
        api = BotApi(transport, self._account.token, self._account.api_url)
        await transport.initialize()
        try:
            bot_id = await self._connect(api)
            async with self._application(transport) as (application, at_hand):
                await self._work(api, bot_id, application, at_hand)
        finally:
            await transport.shutdown()
            self.ended.set()

    async def _write_profile(self, api: BotApi) -> None:
        self.profile_changes.set_result(await write_profile(api, self._world.texts))

    async def _connect(self, api: BotApi) -> int:
        """The id of the bot."""
        url = self._account.api_url
        try:
            return int((await api.call("getMe", {}))["id"])
        except ApiAnswerError as error:
            if error.code in (401, 404):
                raise StartError(
                    f"BOT_TOKEN: the Bot API at {url} does not accept it; copy it from @BotFather again"
                ) from error
            raise StartError(f"BOT_API_URL: {url}: answers {error}; try again later") from error
        except (NotSentError, MaybeSentError, KeyError, TypeError, ValueError) as error:
            reason = error if isinstance(error, (NotSentError, MaybeSentError)) else "not a Bot API answer"
            raise StartError(
                f"BOT_API_URL: {url}: cannot be reached ({reason}); check the network or start that server"
            ) from error

    @asynccontextmanager
    async def _application(self, transport: AiohttpRequest) -> AsyncIterator[tuple[AnyApplication, AtHand]]:
        at_hand = AtHand()
        bot: ExtBot[None] = ExtBot(
            self._account.token,
            base_url=f"{self._account.api_url}/bot",
            base_file_url=f"{self._account.api_url}/file/bot",
            request=transport,
            get_updates_request=transport,
        )
        application = build_application(bot, at_hand)
        await application.initialize()
        try:
            yield application, at_hand
        finally:
            await application.shutdown()

    async def _work(self, api: BotApi, bot_id: int, application: AnyApplication, at_hand: AtHand) -> None:
        wait, vault, link = self._tuning.first_wait, self._store.vault, application.bot.link
        facts = self._tuning.mark(self._world)
        desk = Desk(bot_id, vault, self._account.staff_chat, self._world.texts, link)
        hands = Hands(bot_id, vault, desk, link, facts)
        turns = Turns(bot_id, vault, self._turn, self._world, hands, self._clock, self._tuning.fresh)
        rates = Rates(self._tuning.rates, time.monotonic)
        sender = Sender(self._store, bot_id, api, rates, self._clock, self.stop, desk.note_failure, wait)
        assistant = Assistant(self._store, bot_id, turns, desk, self._world, self._clock, sender.take)
        room = StaffRoom(self._store, bot_id, desk, turns, self._world.texts, link, self._clock, sender.take)
        retention = Retention(self._store, bot_id, turns, link, self._clock, sender.take)
        alarms = Alarms(self._store, bot_id, turns, room, retention, link, self._clock, sender.take, self._tuning.look)
        if self._account.staff_chat is not None:
            application.add_handler(StaffChatHandler(self._account.staff_chat, room, assistant, at_hand, link))
        photos = Photos(self._store, bot_id, application.bot, self._world, self._clock)
        Handlers(assistant, self._world.texts, at_hand, application.bot, photos).add_to(application)
        reception = Reception(self._store, bot_id, application, at_hand, assistant, wait)
        receiver = Receiver(self._store, bot_id, api, self._clock, reception.take, wait)
        while not desk.is_open and await room.end_silent_ones():
            continue  # before what these people have written meanwhile is answered
        calls, updates = await sender.take_unfinished(), await reception.take_unfinished()
        if calls or updates:
            _log.info("taken up from the last run: %d updates, %d calls", updates, calls)
        polling = asyncio.create_task(receiver.run(), name="polling")
        profile = asyncio.create_task(self._write_profile(api), name="profile")
        waking = asyncio.create_task(alarms.run(facts), name="timers")
        self.ready.set()
        try:
            await asyncio.wait((polling, self._end), return_when=asyncio.FIRST_COMPLETED)
        finally:
            receiver.stop()
            alarms.stop()
            profile.cancel()
            outcomes = await asyncio.gather(polling, profile, waking, return_exceptions=True)
            await reception.stop()
            await sender.stop()
        if isinstance(outcomes[1], Exception):
            _log.warning("profile: %s; the old one stays", describe(outcomes[1]))
        if outcomes[0] is not None:
            raise outcomes[0]
        if self._end.done():
            self._end.result()
