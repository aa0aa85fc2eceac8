"""The same dialog with aiogram's finite state machine and MemoryStorage.

`python -m tests.bench.load.peer_aiogram <url> <variant>`, with the script on standard input. `tasks` is the library as
it comes, a task for each update; `sequential` takes one after the other.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.load.peer_dialog import Dialog


class Handlers:
    """Handlers of one dialog."""

    def __init__(self, dialog: Dialog) -> None:
        self._dialog = dialog

    async def start(self, message: Message, state: FSMContext) -> None:
        """The entry: forget the last dialog, ask the first question."""
        await state.clear()
        await state.set_state("question:0")
        await self._ask(message, 0)

    async def help(self, message: Message) -> None:
        """What can be done here."""
        await message.answer(self._dialog.help)

    async def tapped(self, query: CallbackQuery, state: FSMContext) -> None:
        """An answer: keep it, close its question, ask the next one or tell the outcome."""
        number, option = map(int, (query.data or "").split(":"))
        if await state.get_state() != f"question:{number}" or not isinstance(query.message, Message):
            await query.answer()
            return
        await state.update_data({str(number): option})
        await state.set_state(None if number + 2 == len(self._dialog.screens) else f"question:{number + 1}")
        await query.answer()
        await query.message.edit_text(self._dialog.closed(number, option))
        await self._ask(query.message, number + 1)

    async def _ask(self, message: Message, number: int) -> None:
        screen = self._dialog.screens[number]
        markup = InlineKeyboardMarkup(
            inline_keyboard=[
                [InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in screen.rows
            ]
        )
        await message.answer(screen.text, reply_markup=markup)


async def main(url: str, variant: str) -> None:
    """Poll until SIGTERM."""
    dialog = Dialog.read(sys.stdin.read())
    handlers = Handlers(dialog)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(handlers.start, Command("start"))
    dispatcher.message.register(handlers.help, Command("help"))
    states = [f"question:{number}" for number in range(len(dialog.screens) - 1)]
    dispatcher.callback_query.register(handlers.tapped, StateFilter(*states))
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(
        "1:bench", session=session, default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    )
    await dispatcher.start_polling(bot, handle_as_tasks=variant == "tasks")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
