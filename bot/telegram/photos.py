"""Photos of passports, read on this machine where the conversation asks for passport data; no photo is kept."""

import asyncio
import logging
import shutil
from collections.abc import Sequence
from dataclasses import replace

from telegram import PhotoSize
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock, day_in_kazakhstan
from bot.logs import describe
from bot.scan import LARGEST_PICTURE, PROGRAM, lines_of
from bot.storage.sessions import Sessions
from bot.storage.store import Store
from dialogs.passport_zone import waits_for_a_zone
from dialogs.world import World

__all__ = ["Photos"]

_log = logging.getLogger(__name__)

_AT_ONCE = 2
"""Pictures that are read at the same time: others wait, so that they do not slow the other chats."""


class Photos:
    """The photos that one bot is sent in private chats."""

    def __init__(self, store: Store, bot_id: int, bot: ExtBot[None], world: World, clock: Clock) -> None:
        self._store = store
        self._sessions = Sessions(bot_id, store.vault)
        self._bot = bot
        self._world = world
        self._clock = clock
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def are_wanted(self, chat_key: str) -> bool:
        """Whether pictures can be read here and the conversation waits for what the lines of a passport tell."""
        if shutil.which(PROGRAM) is None:
            return False
        session = (await self._store.read(lambda connection: self._sessions.get(connection, chat_key))).session
        if session.language is None or session.talking:
            return False
        world = replace(self._world, today=day_in_kazakhstan(self._clock()))
        return waits_for_a_zone(session, world) is not None

    async def lines_in(self, sizes: Sequence[PhotoSize]) -> str | None:
        """The two lines of the zone in the largest form of a photo; None where none are seen or it cannot be had."""
        fitting = [size for size in sizes if (size.file_size or 0) <= LARGEST_PICTURE]
        if not fitting:
            return None
        async with self._at_once:
            picture = await self._download(max(fitting, key=lambda size: size.width * size.height))
            return None if picture is None else await lines_of(picture)

    async def _download(self, size: PhotoSize) -> bytes | None:
        try:
            file = await self._bot.get_file(size.file_id)
            if (file.file_size or 0) > LARGEST_PICTURE:
                return None
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            _log.warning("photo: cannot be downloaded: %s", describe(error))
            return None
