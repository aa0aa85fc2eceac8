"""Invitations that were handed over, and each change of where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.tables import ERASED, NOTHING_KEPT, case_changes, cases
from bot.storage.vault import Vault
from dialogs.answer import Answer
from dialogs.requests import Change, Request, Status

__all__ = ["Case", "CaseChangedError", "Cases", "NewCase"]


class CaseChangedError(Exception):
    """Somebody else changed the invitation between reading and writing; look at it again."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """An invitation as it is handed over: an instance of schemas/invitation.schema.json, and the answers behind it."""

    reference: str
    payload: Mapping[str, Any]
    category: str
    guests: int
    first_day: date
    answers: tuple[tuple[str, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A stored invitation: what its inviting party sees, and beside it whose it is. `version` counts the changes."""

    id: int
    bot_id: int
    chat_key: str
    version: int
    request: Request


class Cases:
    """The invitations of all bots; those of one person are found by bot and chat.

    Every method works on the connection it is given and commits nothing.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def add(self, connection: Connection, bot_id: int, chat_key: str, new: NewCase, on: date, now: float) -> bool:
        """Store an invitation as received; False when its reference is there already, which changes nothing."""
        row = {
            "bot_id": bot_id,
            "reference": new.reference,
            "chat_key": chat_key,
            **self._told(new),
            "status": Status.RECEIVED,
            "created_at": now,
            "updated_at": now,
            "version": 1,
        }
        added = (await connection.execute(insert_new(cases, [row]).returning(cases.c.id))).scalar_one_or_none()
        if added is None:
            return False
        await self._note(connection, added, Change(Status.RECEIVED, on), "inviter", now)
        return True

    async def mend(self, connection: Connection, case: Case, new: NewCase, on: date, now: float) -> None:
        """Put `new` in the place of what was read of a returned invitation; it stands as received again.

        Raises CaseChangedError when that one is gone.
        """
        await self.change(connection, case, Change(Status.RECEIVED, on), "inviter", now)
        await connection.execute(update(cases).where(cases.c.id == case.id).values(self._told(new)))

    def _told(self, new: NewCase) -> dict[str, Any]:
        return {
            "payload": self._vault.seal_json(new.payload),
            "answers": self._vault.seal_json(dict(new.answers)),
            "category": new.category,
            "guests": new.guests,
            "first_day": new.first_day,
        }

    async def change(self, connection: Connection, case: Case, change: Change, by: str, now: float) -> None:
        """Note the next step of the case that was read. Raises CaseChangedError when that one is gone."""
        result = await connection.execute(
            update(cases)
            .where(cases.c.id == case.id, cases.c.version == case.version)
            .values(status=change.status, updated_at=now, version=case.version + 1)
        )
        if result.rowcount != 1:
            raise CaseChangedError(case.request.reference)
        await self._note(connection, case.id, change, by, now)

    async def _note(self, connection: Connection, case_id: int, change: Change, by: str, now: float) -> None:
        await connection.execute(
            insert(case_changes).values(
                case_id=case_id,
                status=change.status,
                on=change.on,
                detail=self._vault.seal(change.detail),
                by=by,
                at=now,
            )
        )

    async def of_person(self, connection: Connection, bot_id: int, chat_key: str) -> list[Case]:
        """The invitations of one person, oldest first."""
        return await self._cases(connection, _LIVING.where(cases.c.bot_id == bot_id, cases.c.chat_key == chat_key))

    async def all(self, connection: Connection, status: Status | None = None) -> list[Case]:
        """Every invitation that was not erased, oldest first; with `status` those that stand there."""
        return await self._cases(connection, _LIVING if status is None else _LIVING.where(cases.c.status == status))

    async def get(self, connection: Connection, reference: str) -> Case | None:
        """The invitation; None when it is unknown or was erased."""
        found = await self._cases(connection, _LIVING.where(cases.c.reference == reference))
        return found[0] if found else None

    async def payload(self, connection: Connection, case: Case) -> dict[str, Any]:
        """What was handed over. Raises SealedError."""
        sealed = (await connection.execute(select(cases.c.payload).where(cases.c.id == case.id))).scalar_one()
        payload: dict[str, Any] = self._vault.open_json(sealed)
        return payload

    async def returned(
        self, connection: Connection, bot_id: int, chat_key: str
    ) -> dict[str, tuple[tuple[str, Answer], ...]]:
        """The answers of a person's invitations that were returned to them, by reference. Raises SealedError."""
        query = select(cases.c.reference, cases.c.answers).where(
            cases.c.bot_id == bot_id,
            cases.c.chat_key == chat_key,
            cases.c.status == Status.RETURNED,
            cases.c.answers != NOTHING_KEPT,
        )
        return {
            row.reference: tuple(self._vault.open_json(row.answers).items())
            for row in await connection.execute(query.order_by(cases.c.id))
        }

    async def erase(self, connection: Connection, bot_id: int, chat_key: str, now: float) -> list[str]:
        """Leave of the person's invitations their references alone, so that none is given twice; gives those."""
        mine = (cases.c.bot_id == bot_id, cases.c.chat_key == chat_key, cases.c.status != ERASED)
        rows = (await connection.execute(select(cases.c.id, cases.c.reference).where(*mine).order_by(cases.c.id))).all()
        for row in rows:
            await connection.execute(delete(case_changes).where(case_changes.c.case_id == row.id))
            await connection.execute(
                update(cases)
                .where(cases.c.id == row.id)
                .values(
                    chat_key=ERASED,
                    payload=NOTHING_KEPT,
                    answers=NOTHING_KEPT,
                    category="",
                    guests=0,
                    first_day=None,
                    status=ERASED,
                    created_at=now,
                    updated_at=now,
                    version=cases.c.version + 1,
                )
            )
        return [row.reference for row in rows]

    async def _cases(self, connection: Connection, query: Select[Any]) -> list[Case]:
        rows = (await connection.execute(query.order_by(cases.c.id))).all()
        history: dict[int, list[Change]] = {row.id: [] for row in rows}
        ids = list(history)
        for start in range(0, len(ids), _IDS):
            changes = (
                select(case_changes)
                .where(case_changes.c.case_id.in_(ids[start : start + _IDS]))
                .order_by(case_changes.c.case_id, case_changes.c.id)
            )
            for change in await connection.execute(changes):
                detail = self._vault.open(change.detail)
                history[change.case_id].append(Change(Status(change.status), change.on, detail))
        return [_case(row, history[row.id]) for row in rows]


_IDS = 500
"""Ids in one query; engines bound how many values a statement takes."""

_LIVING = select(
    cases.c.id,
    cases.c.bot_id,
    cases.c.reference,
    cases.c.chat_key,
    cases.c.category,
    cases.c.guests,
    cases.c.first_day,
    cases.c.version,
).where(cases.c.status != ERASED)


def _case(row: Row[Any], history: list[Change]) -> Case:
    request = Request(row.reference, row.category, row.guests, row.first_day, tuple(history))
    return Case(row.id, row.bot_id, row.chat_key, row.version, request)
