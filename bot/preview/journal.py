"""The state of the preview in one SQLite file: what was written is still there after a `kill -9`.

Every Bot API call and every act of a person runs in one transaction (`with journal:`), so a message, the update that
carries it and the ids that count them stay together. Without a path the same tables live in memory.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.errors import StartError
from bot.files import make_private

__all__ = ["Chat", "File", "Journal", "Message", "Pending", "Query"]

_SETTING = "the preview's chats"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chats (
    id INTEGER PRIMARY KEY, body TEXT NOT NULL, seq INTEGER NOT NULL, started INTEGER NOT NULL, blocked INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS messages (
    chat_id INTEGER NOT NULL, id INTEGER NOT NULL, seq INTEGER NOT NULL, outgoing INTEGER NOT NULL,
    deleted INTEGER NOT NULL, client_id TEXT, body TEXT NOT NULL, PRIMARY KEY (chat_id, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_by_change ON messages (chat_id, seq);
CREATE UNIQUE INDEX IF NOT EXISTS messages_by_client ON messages (chat_id, client_id) WHERE client_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, expires REAL NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS queries (
    id TEXT PRIMARY KEY, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, asked REAL NOT NULL,
    answered INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, name TEXT NOT NULL, mime TEXT NOT NULL, content BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and its Bot API objects; `seq` numbers its last change, `started` says that a person wrote in it.

    `deactivated`: the person's account is gone. `moved_to`: the supergroup that a group became.
    """

    id: int
    chat: dict[str, Any]
    user: dict[str, Any] | None
    seq: int
    started: bool
    blocked: bool
    deactivated: bool = False
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `body` is the Bot API object, `seq` the number of the change that made it what it is."""

    chat_id: int
    id: int
    seq: int
    outgoing: bool
    deleted: bool
    client_id: str | None
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that was not taken yet: its JSON object without the id, and the Unix seconds when it is dropped."""

    expires: float
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A pressed button that waits for its answer; `asked` in Unix seconds; chat 0 is an inline query."""

    id: str
    chat_id: int
    message_id: int
    asked: float
    answered: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file that one side sent."""

    id: str
    name: str
    mime: str
    content: bytes


class Journal:
    """Rows in, rows out; no rule of Telegram lives here."""

    def __init__(self, path: Path | None) -> None:
        """Open `path`, made when it does not exist. Raises StartError when it cannot be used."""
        if path is not None:
            make_private(path, _SETTING)
        self._rows = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        try:
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = NORMAL")
            self._rows.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            self._rows.close()
            raise StartError(f"{_SETTING}: {path}: {error}; move the file away") from error

    def __enter__(self) -> Journal:
        self._rows.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.execute("COMMIT" if kind is None else "ROLLBACK")

    def close(self) -> None:
        self._rows.close()

    def get(self, key: str, default: Any) -> Any:
        """A single value of the server: the bot's profile, the next ids."""
        row = self._rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def put(self, key: str, value: object) -> None:
        self._rows.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))

    def next_id(self, key: str, first: int) -> int:
        """Count up: `first` on the first call, then one more each time, across restarts."""
        row = self._rows.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value",
            (key, first + 1),
        ).fetchone()
        return int(row[0]) - 1

    def chat(self, chat_id: int) -> Chat | None:
        row = self._rows.execute("SELECT * FROM chats WHERE id = ?", (chat_id,)).fetchone()
        return None if row is None else _chat(row)

    def chats(self) -> list[Chat]:
        return [_chat(row) for row in self._rows.execute("SELECT * FROM chats ORDER BY rowid")]

    def save_chat(self, chat: Chat) -> None:
        body = json.dumps(
            {"chat": chat.chat, "user": chat.user, "deactivated": chat.deactivated, "moved_to": chat.moved_to}
        )
        values = (chat.id, body, chat.seq, chat.started, chat.blocked)
        self._rows.execute("INSERT OR REPLACE INTO chats VALUES (?, ?, ?, ?, ?)", values)

    def next_seq(self, chat_id: int) -> int:
        """The number of the next change in a chat."""
        row = self._rows.execute("UPDATE chats SET seq = seq + 1 WHERE id = ? RETURNING seq", (chat_id,)).fetchone()
        return int(row[0])

    def message(self, chat_id: int, message_id: int) -> Message | None:
        row = self._rows.execute(
            "SELECT * FROM messages WHERE chat_id = ? AND id = ?", (chat_id, message_id)
        ).fetchone()
        return None if row is None else _message(row)

    def message_of_client(self, chat_id: int, client_id: str) -> Message | None:
        row = self._rows.execute(
            "SELECT * FROM messages WHERE chat_id = ? AND client_id = ?", (chat_id, client_id)
        ).fetchone()
        return None if row is None else _message(row)

    def messages_after(self, chat_id: int, seq: int) -> list[Message]:
        """The messages made or changed after change `seq`, in order of change."""
        rows = self._rows.execute("SELECT * FROM messages WHERE chat_id = ? AND seq > ? ORDER BY seq", (chat_id, seq))
        return [_message(row) for row in rows]

    def save_message(self, message: Message) -> None:
        body = json.dumps(message.body, ensure_ascii=False)
        self._rows.execute(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                message.chat_id,
                message.id,
                message.seq,
                message.outgoing,
                message.deleted,
                message.client_id,
                body,
            ),
        )

    def add_update(self, update_id: int, expires: float, body: dict[str, Any]) -> None:
        values = (update_id, expires, json.dumps(body, ensure_ascii=False))
        self._rows.execute("INSERT INTO updates VALUES (?, ?, ?)", values)

    def updates(self, offset: int, limit: int, now: float) -> list[dict[str, Any]]:
        rows = self._rows.execute(
            "SELECT id, body FROM updates WHERE id >= ? AND expires > ? ORDER BY id LIMIT ?", (offset, now, limit)
        )
        return [{"update_id": number, **json.loads(body)} for number, body in rows]

    def pending(self, update_id: int, now: float) -> Pending | None:
        row = self._rows.execute(
            "SELECT expires, body FROM updates WHERE id = ? AND expires > ?", (update_id, now)
        ).fetchone()
        return None if row is None else Pending(*row)

    def forget_update(self, update_id: int) -> None:
        self._rows.execute("DELETE FROM updates WHERE id = ?", (update_id,))

    def drop_updates(self, before: int, now: float) -> None:
        """Forget the updates below id `before`, and those that expired."""
        self._rows.execute("DELETE FROM updates WHERE id < ? OR expires <= ?", (before, now))

    def last_updates_from(self, count: int) -> int:
        """The id where the last `count` updates begin; 0 where there are fewer."""
        row = self._rows.execute("SELECT id FROM updates ORDER BY id DESC LIMIT 1 OFFSET ?", (count - 1,)).fetchone()
        return 0 if row is None else int(row[0])

    def pending_updates(self, now: float) -> int:
        return int(self._rows.execute("SELECT count(*) FROM updates WHERE expires > ?", (now,)).fetchone()[0])

    def query(self, query_id: str) -> Query | None:
        row = self._rows.execute("SELECT * FROM queries WHERE id = ?", (query_id,)).fetchone()
        return None if row is None else Query(row[0], row[1], row[2], row[3], bool(row[4]))

    def save_query(self, query: Query) -> None:
        values = (query.id, query.chat_id, query.message_id, query.asked, query.answered)
        self._rows.execute("INSERT OR REPLACE INTO queries VALUES (?, ?, ?, ?, ?)", values)

    def file(self, file_id: str) -> File | None:
        row = self._rows.execute("SELECT * FROM files WHERE id = ?", (file_id,)).fetchone()
        return None if row is None else File(*row)

    def save_file(self, file: File) -> None:
        self._rows.execute("INSERT INTO files VALUES (?, ?, ?, ?)", (file.id, file.name, file.mime, file.content))


def _chat(row: tuple[Any, ...]) -> Chat:
    body = json.loads(row[1])
    return Chat(
        row[0],
        body["chat"],
        body["user"],
        row[2],
        bool(row[3]),
        bool(row[4]),
        body.get("deactivated", False),
        body.get("moved_to"),
    )


def _message(row: tuple[Any, ...]) -> Message:
    return Message(row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5], json.loads(row[6]))
