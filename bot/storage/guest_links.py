"""Personal links for guests. The table knows a link by the digest of its token, so that it can open none."""

import hashlib

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update

from bot.storage.connection import Connection
from bot.storage.prepared import Prepared
from bot.storage.tables import NOTHING_KEPT, LinkState, guest_links
from bot.storage.vault import Vault
from dialogs.answer import Answer
from dialogs.guests import Delivered, GuestInvitation
from dialogs.promises import KEPT_DAYS, LINK_DAYS

__all__ = ["GuestLinks"]

_DAY_SECONDS = 86_400.0


_FILLED = Prepared(
    select(guest_links.c.paper, guest_links.c.person, guest_links.c.answers)
    .where(
        guest_links.c.bot_id == bindparam("bot"),
        guest_links.c.chat_key == bindparam("chat"),
        guest_links.c.state == LinkState.FILLED,
    )
    .order_by(guest_links.c.id)
)


class GuestLinks:
    """The links of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def open(
        self, connection: Connection, token: str, chat_key: str, paper: int, person: int, now: float
    ) -> None:
        """A new link of `chat_key` for a person of a paper; an older one that was not used is taken back."""
        await self.revoke(connection, chat_key, paper, person)
        await connection.execute(
            insert(guest_links).values(
                token_hash=_digest(token),
                bot_id=self._bot_id,
                chat_key=chat_key,
                paper=paper,
                person=person,
                state=LinkState.OPEN,
                answers=NOTHING_KEPT,
                created_at=now,
                expires_at=now + LINK_DAYS * _DAY_SECONDS,
            )
        )

    async def revoke(self, connection: Connection, chat_key: str, paper: int, person: int | None) -> None:
        """Take back the links of a paper that no guest has used, of one person or of all."""
        about = () if person is None else (guest_links.c.person == person,)
        await connection.execute(
            update(guest_links)
            .where(
                guest_links.c.bot_id == self._bot_id,
                guest_links.c.chat_key == chat_key,
                guest_links.c.paper == paper,
                guest_links.c.state == LinkState.OPEN,
                *about,
            )
            .values(state=LinkState.REVOKED)
        )

    async def look_up(self, connection: Connection, token: str, now: float) -> GuestInvitation:
        """The link as who opens it finds it; one that nobody made cannot be used."""
        query = select(guest_links.c.id).where(*self._usable(token, now))
        return GuestInvitation(token, (await connection.execute(query)).first() is not None)

    async def fill(
        self, connection: Connection, token: str, answers: tuple[tuple[str, Answer], ...], now: float
    ) -> tuple[str, int] | None:
        """Keep what the guest has answered, as long as a paper at most; gives whose link it is and for which paper.

        None when the link cannot be used (any more).
        """
        sealed = self._vault.seal_json({"token": token, "answers": dict(answers)})
        result = await connection.execute(
            update(guest_links)
            .where(*self._usable(token, now))
            .values(state=LinkState.FILLED, answers=sealed, expires_at=now + KEPT_DAYS * _DAY_SECONDS)
            .returning(guest_links.c.chat_key, guest_links.c.paper)
        )
        row = result.one_or_none()
        return None if row is None else (row.chat_key, row.paper)

    async def filled(self, connection: Connection, chat_key: str) -> tuple[Delivered, ...]:
        """What guests have filled in behind the links of a person who has not taken it yet. Raises SealedError."""
        found = []
        for paper, person, answers in await connection.rows(_FILLED, {"bot": self._bot_id, "chat": chat_key}):
            told = self._vault.open_json(answers)
            found.append(Delivered(told["token"], paper, person, tuple(told["answers"].items())))
        return tuple(found)

    async def take(self, connection: Connection, token: str) -> None:
        """The inviting person has what the guest filled in: it need not be kept here."""
        await connection.execute(
            update(guest_links)
            .where(guest_links.c.bot_id == self._bot_id, guest_links.c.token_hash == _digest(token))
            .values(state=LinkState.TAKEN, answers=NOTHING_KEPT)
        )

    async def erase(self, connection: Connection, chat_key: str) -> None:
        """Forget the links of a person, and what guests filled in behind them."""
        await connection.execute(
            delete(guest_links).where(guest_links.c.bot_id == self._bot_id, guest_links.c.chat_key == chat_key)
        )

    def _usable(self, token: str, now: float) -> tuple[ColumnElement[bool], ...]:
        return (
            guest_links.c.bot_id == self._bot_id,
            guest_links.c.token_hash == _digest(token),
            guest_links.c.state == LinkState.OPEN,
            guest_links.c.expires_at > now,
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
