"""The same dialog with python-telegram-bot's ConversationHandler, in memory.

`python -m tests.bench.load.peer_ptb <url> <variant>`, with the script on standard input. `default` is the library as
it comes; `lanes` works one chat in order and chats beside each other, over aiohttp: the best it can be made.
"""

import asyncio
import sys
import warnings
from collections.abc import Awaitable
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
)
from telegram.warnings import PTBUserWarning

from bot.telegram.transport import AiohttpRequest
from tests.bench.load.peer_dialog import Dialog

_Context = ContextTypes.DEFAULT_TYPE
_QUIET = LinkPreviewOptions(is_disabled=True)


class Lanes(BaseUpdateProcessor):
    """Updates of one chat in the order they came."""

    def __init__(self) -> None:
        super().__init__(256)
        self._last: dict[int, asyncio.Future[Any]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """After the one before it in its chat."""
        chat = update.effective_chat.id if isinstance(update, Update) and update.effective_chat else 0
        before, mine = self._last.get(chat), asyncio.get_running_loop().create_future()
        self._last[chat] = mine
        try:
            if before is not None:
                await before
            await coroutine
        finally:
            mine.set_result(None)
            if self._last[chat] is mine:
                del self._last[chat]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go."""


class Bot:
    """Handlers of one dialog."""

    def __init__(self, dialog: Dialog) -> None:
        self._dialog = dialog

    async def start(self, update: Update, context: _Context) -> int:
        """The entry: forget the last dialog, ask the first question."""
        assert context.user_data is not None
        context.user_data.clear()
        await self._ask(update, 0)
        return 0

    async def help(self, update: Update, _context: _Context) -> None:
        """What can be done here."""
        assert update.effective_chat is not None
        await update.effective_chat.send_message(self._dialog.help, ParseMode.HTML, link_preview_options=_QUIET)

    async def tapped(self, update: Update, context: _Context) -> int:
        """An answer: keep it, close its question, ask the next one or tell the outcome."""
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        assert context.user_data is not None
        number, option = map(int, query.data.split(":"))
        context.user_data[number] = option
        await query.answer()
        closed = self._dialog.closed(number, option)
        await query.edit_message_text(closed, ParseMode.HTML, link_preview_options=_QUIET)
        await self._ask(update, number + 1)
        return ConversationHandler.END if number + 2 == len(self._dialog.screens) else number + 1

    async def _ask(self, update: Update, number: int) -> None:
        screen = self._dialog.screens[number]
        markup = InlineKeyboardMarkup(
            [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in screen.rows]
        )
        assert update.effective_chat is not None
        await update.effective_chat.send_message(
            screen.text, ParseMode.HTML, reply_markup=markup, link_preview_options=_QUIET
        )


def main(url: str, variant: str) -> None:
    """Poll until SIGTERM."""
    warnings.filterwarnings("ignore", category=PTBUserWarning)  # about taps on older questions, which nobody makes here
    dialog = Dialog.read(sys.stdin.read())
    bot = Bot(dialog)
    builder = ApplicationBuilder().token("1:bench").base_url(f"{url}/bot")
    if variant == "lanes":
        builder = builder.concurrent_updates(Lanes()).request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handler(
        ConversationHandler(
            [CommandHandler("start", bot.start)],
            {
                number: [CallbackQueryHandler(bot.tapped, pattern=f"^{number}:")]
                for number in range(len(dialog.screens) - 1)
            },
            [CommandHandler("help", bot.help)],
            allow_reentry=True,
        )
    )
    application.add_handler(CommandHandler("help", bot.help))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
