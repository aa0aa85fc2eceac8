"""The role `worker`: updates in the order of their chats, and the conversations that time wakes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram.ext import ExtBot

from bot.assistant import Assistant
from bot.dispatch import Dispatch
from bot.effects import Hands
from bot.handover import Desk
from bot.metrics import Metrics
from bot.retention import Retention
from bot.staff_chat import StaffChat
from bot.staff_room import StaffRoom
from bot.surroundings import Surroundings
from bot.telegram.handlers import Handlers, build_application
from bot.telegram.photos import Photos
from bot.telegram.reception import AtHand, Reception
from bot.telegram.staff import StaffChatHandler
from bot.telegram.transport import AiohttpRequest, BorrowedRequest
from bot.timers import Alarms
from bot.turns import Turns

__all__ = ["Worker", "working"]


@dataclass(frozen=True, slots=True)
class Worker:
    """What answers: `reception` takes updates, `alarms` makes what watches the clock (by one process at a time)."""

    reception: Reception
    room: StaffRoom
    _turns: Turns
    _around: Surroundings
    _dispatch: Dispatch

    def alarms(self) -> Alarms:
        """A new watch over the timers."""
        around, send = self._around, self._dispatch.calls
        retention = Retention(around.store, around.bot_id, self._turns, around.link, around.clock, send)
        return Alarms(
            around.store,
            around.bot_id,
            self._turns,
            self.room,
            retention,
            around.link,
            around.clock,
            send,
            around.facts,
            around.tuning.look,
        )


@asynccontextmanager
async def working(
    around: Surroundings,
    desk: Desk,
    staff_chat: StaffChat,
    transport: AiohttpRequest,
    dispatch: Dispatch,
    metrics: Metrics,
) -> AsyncIterator[Worker]:
    """The worker of one bot, while its handlers are up."""
    store, bot_id, world, link, clock = around.store, around.bot_id, around.world, around.link, around.clock
    at_hand = AtHand()
    bot: ExtBot[None] = ExtBot(
        around.account.token,
        base_url=f"{around.account.api_url}/bot",
        base_file_url=f"{around.account.api_url}/file/bot",
        request=BorrowedRequest(transport),
        get_updates_request=BorrowedRequest(transport),
    )
    application = build_application(bot, at_hand)
    hands = Hands(bot_id, store.vault, desk, link, around.facts)
    turns = Turns(bot_id, store.vault, around.turn, world, hands, clock, around.tuning.fresh)
    assistant = Assistant(store, bot_id, turns, desk, world, clock, dispatch.calls)
    room = StaffRoom(store, bot_id, desk, staff_chat, turns, world.texts, link, clock, dispatch.calls)
    await application.initialize()
    try:
        if staff_chat.id is not None:
            application.add_handler(StaffChatHandler(staff_chat, room, assistant, at_hand, link))
        photos = Photos(store, bot_id, application.bot, world, clock)
        Handlers(assistant, world.texts, at_hand, application.bot, photos).add_to(application)
        reception = Reception(store, bot_id, application, at_hand, assistant, metrics, around.tuning.first_wait)
        yield Worker(reception, room, turns, around, dispatch)
    finally:
        await application.shutdown()
