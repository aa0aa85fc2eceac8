"""Forgetting a person: everything under their chat, in every table."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.cases import Cases
from bot.storage.guest_links import GuestLinks
from bot.storage.handovers import Handovers
from bot.storage.inbox import Inbox, inline_key
from bot.storage.outbox import Outbox
from bot.storage.sessions import Sessions
from bot.storage.tables import cases, guest_links, handovers, inbox, outbox, sessions, timers
from bot.storage.timers import Timers
from bot.storage.vault import Vault

__all__ = ["bots_of", "erase"]


async def erase(connection: AsyncConnection, bot_id: int, vault: Vault, chat_key: str, now: float) -> list[str]:
    """Forget the person behind `chat_key`; gives the references of their invitations, which alone stay, without them.

    Updates that wait are answered as those of somebody new. Nothing is committed.
    """
    references = await Cases(vault).erase(connection, bot_id, chat_key, now)
    await Timers(bot_id).drop(connection, chat_key, None, None)
    await GuestLinks(bot_id, vault).erase(connection, chat_key)
    await Handovers(bot_id, vault).erase(connection, chat_key)
    await Sessions(bot_id, vault).forget(connection, chat_key)
    await Inbox(bot_id, vault).erase(connection, chat_key)
    if chat_key.lstrip("-").isdecimal():
        await Outbox(bot_id, vault).erase(connection, int(chat_key))
    return references


async def bots_of(connection: AsyncConnection, chat_key: str) -> list[int]:
    """The bots that keep something of this chat."""
    found: set[int] = set()
    for table in (sessions, cases, timers, guest_links, handovers, inbox):
        query = select(table.c.bot_id).where(table.c.chat_key.in_((chat_key, inline_key(chat_key)))).distinct()
        found.update((await connection.execute(query)).scalars())
    query = select(outbox.c.bot_id).where(outbox.c.chat_id == int(chat_key)).distinct()
    found.update((await connection.execute(query)).scalars())
    return sorted(found)
