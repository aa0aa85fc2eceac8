"""Forgetting a person: everything under their chat, in every table."""

from sqlalchemy import select

from bot.storage.cases import Cases
from bot.storage.connection import Connection
from bot.storage.guest_links import GuestLinks
from bot.storage.handovers import Handovers
from bot.storage.inbox import Inbox, inline_key
from bot.storage.ledger import note_erasure
from bot.storage.outbox import Outbox
from bot.storage.sessions import Sessions
from bot.storage.tables import cases, guest_links, handovers, inbox, outbox, sessions, timers
from bot.storage.timers import Timers
from bot.storage.vault import Vault

__all__ = ["bots_of", "erase", "forget"]


async def erase(connection: Connection, bot_id: int, vault: Vault, chat_key: str, now: float) -> list[str]:
    """Forget the person behind `chat_key`; gives the references of their invitations, which alone stay, without them.

    Updates that wait are answered as those of somebody new. That it was done is noted, for the day on which an older
    backup is restored. Nothing is committed.
    """
    await note_erasure(connection, vault, bot_id, chat_key, now)
    return await forget(connection, bot_id, vault, chat_key, now)


async def forget(connection: Connection, bot_id: int, vault: Vault, chat_key: str, now: float) -> list[str]:
    """What `erase` does, without a note of it."""
    references = await Cases(vault).erase(connection, bot_id, chat_key, now)
    await Timers(bot_id).drop(connection, chat_key, None, None)
    await GuestLinks(bot_id, vault).erase(connection, chat_key)
    await Handovers(bot_id, vault).erase(connection, chat_key)
    await Sessions(bot_id, vault).forget(connection, chat_key)
    await Inbox(bot_id, vault).erase(connection, chat_key)
    if chat_key.lstrip("-").isdecimal():
        await Outbox(bot_id, vault).erase(connection, int(chat_key))
    return references


async def bots_of(connection: Connection, chat_key: str) -> list[int]:
    """The bots that keep something of this chat."""
    found: set[int] = set()
    for table in (sessions, cases, timers, guest_links, handovers, inbox):
        query = select(table.c.bot_id).where(table.c.chat_key.in_((chat_key, inline_key(chat_key)))).distinct()
        found.update((await connection.execute(query)).scalars())
    query = select(outbox.c.bot_id).where(outbox.c.chat_id == int(chat_key)).distinct()
    found.update((await connection.execute(query)).scalars())
    return sorted(found)
