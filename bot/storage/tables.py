"""The tables. Moments are seconds since the epoch; states are the values of the enums here."""

from enum import StrEnum
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

__all__ = [
    "ERASED",
    "NOTHING_KEPT",
    "SEALED",
    "SLOTS",
    "HandoverState",
    "InboxState",
    "LinkState",
    "OutboxState",
    "TimerState",
    "alerts",
    "case_changes",
    "cases",
    "chores",
    "erasures",
    "funnel",
    "funnel_marks",
    "guest_links",
    "handover_messages",
    "handovers",
    "inbox",
    "marks",
    "metadata",
    "outbox",
    "pace",
    "replicas",
    "sessions",
    "shares",
    "slot_of",
    "timers",
]

NOTHING_KEPT = "{}"
"""What stands in the place of an update that was answered, of a call that arrived, and of all that was erased."""

ERASED = "erased"
"""The status of an invitation of which only the reference is left, and the chat of an update that was erased."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SLOTS = 64
"""Parts that the chats of a bot are dealt into; a process takes whole parts. Far more than there will be processes."""


def slot_of(chat_key: str) -> int:
    """The part that a chat belongs to, the same in every process and for ever.

    A lane beside the chat's own (`inline 7`, `answer ... 7`) ends with the chat and belongs to its part.
    """
    return crc32(chat_key.rpartition(" ")[2].encode()) % SLOTS


def _where(index: Index, condition: str) -> Index:
    """The index of those rows alone that fulfil the condition."""
    for dialect in ("sqlite", "postgresql"):
        index.dialect_options[dialect]["where"] = text(condition)
    return index


_Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what it knows as INTEGER


class InboxState(StrEnum):
    """Where a received update stands."""

    RECEIVED = "received"
    DONE = "done"
    QUARANTINED = "quarantined"


class OutboxState(StrEnum):
    """Where a call to Telegram stands. `uncertain`: it may have arrived, and may be sent once more."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


class TimerState(StrEnum):
    """Where a timer stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class LinkState(StrEnum):
    """Where a guest's link stands: not used yet, filled in, or filled in and with the inviter; or taken back."""

    OPEN = "open"
    FILLED = "filled"
    TAKEN = "taken"
    REVOKED = "revoked"


class HandoverState(StrEnum):
    """Who has the conversation: nobody of the staff yet, a member of the staff, or the assistant again."""

    WAITING = "waiting"
    TALKING = "talking"
    RELEASED = "released"


inbox = Table(
    "inbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_key", String(32), nullable=False),
    Column("media_group", String(64)),
    Column("raw", Text, nullable=False),
    Column("received_at", Double, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("note", Text),
    Column("slot", SmallInteger),
    UniqueConstraint("bot_id", "update_id"),
    Index(None, "bot_id", "chat_key"),
    _where(Index(None, "bot_id", "slot", "id"), "slot IS NOT NULL"),
    _where(Index(None, "bot_id", "media_group"), "media_group IS NOT NULL"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("chat_key", String(32), primary_key=True),
    Column("data", Text),
    Column("version", Integer, nullable=False),
    Column("blocked_at", Double),
    Column("updated_at", Double, nullable=False),
    Column("expires_at", Double),
    Index(None, "bot_id", "expires_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", String(64), nullable=False),
    Column("method", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Double, nullable=False),
    Column("note", Text),
    Column("message_id", BigInteger),
    Column("created_at", Double, nullable=False),
    Column("inbox_id", _Id, ForeignKey("inbox.id", ondelete="SET NULL")),
    Column("slot", SmallInteger),
    Column("priority", SmallInteger, nullable=False, server_default="1"),
    Column("claimed_at", Double),
    _where(Index(None, "bot_id", "slot", "id"), "slot IS NOT NULL"),
    Index(None, "bot_id", "chat_id", "created_at"),
    Index(None, "inbox_id"),
    _where(Index(None, "bot_id", "chat_id", "message_id"), "message_id IS NOT NULL"),
    sqlite_autoincrement=True,
)

cases = Table(
    "cases",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("reference", String(32), nullable=False),
    Column("chat_key", String(32), nullable=False),
    Column("payload", Text, nullable=False),
    Column("answers", Text, nullable=False, server_default=NOTHING_KEPT),
    Column("category", String(16), nullable=False),
    Column("guests", Integer, nullable=False),
    Column("first_day", Date),
    Column("status", String(32), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("reference"),
    Index(None, "bot_id", "chat_key", "id"),
    Index(None, "status", "id"),
    sqlite_autoincrement=True,
)

case_changes = Table(
    "case_changes",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("case_id", _Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("status", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("detail", Text, nullable=False),
    Column("by", String(32), nullable=False),
    Column("at", Double, nullable=False),
    Index(None, "case_id", "id"),
    sqlite_autoincrement=True,
)

timers = Table(
    "timers",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_key", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("key", String(64), nullable=False),
    Column("due_at", Double, nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", Text),
    UniqueConstraint("bot_id", "chat_key", "kind", "key"),
    Index(None, "bot_id", "state", "due_at"),
    sqlite_autoincrement=True,
)

guest_links = Table(
    "guest_links",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_key", String(32), nullable=False),
    Column("paper", Integer, nullable=False),
    Column("person", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answers", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    UniqueConstraint("token_hash"),
    Index(None, "bot_id", "chat_key", "state", "id"),
    sqlite_autoincrement=True,
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_key", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_at", Double, nullable=False),
    Column("until", Double, nullable=False),
    Column("language", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Index(None, "bot_id", "chat_key", "state"),
    Index(None, "bot_id", "state", "until"),
    sqlite_autoincrement=True,
)

handover_messages = Table(
    "handover_messages",
    metadata,
    Column("outbox_id", _Id, ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Column("handover_id", _Id, ForeignKey("handovers.id", ondelete="CASCADE"), nullable=False),
    Index(None, "handover_id", "outbox_id"),
)

funnel = Table(
    "funnel",
    metadata,
    Column("day", Date, primary_key=True),
    Column("flow", String(32), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("what", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
)

funnel_marks = Table(
    "funnel_marks",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("day", Date, nullable=False),
    Column("flow", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("question", String(64), nullable=False),
    Column("what", String(64), nullable=False),
    sqlite_autoincrement=True,
)

shares = Table(
    "shares",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("slot", SmallInteger, primary_key=True),
    Column("owner", String(64)),
    Column("until", Double, nullable=False),
)

replicas = Table(
    "replicas",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("until", Double, nullable=False),
)

pace = Table(
    "pace",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("peer", BigInteger, primary_key=True),
    Column("free_at", Double, nullable=False),
    Column("stopped_until", Double, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    sqlite_autoincrement=True,
)

alerts = Table(
    "alerts",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("memory", Text, nullable=False),
)

moved_groups = Table(
    "moved_groups",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("old", BigInteger, primary_key=True),
    Column("new", BigInteger, nullable=False),
)

chores = Table(
    "chores",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("not_before", Double, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("key", String(16), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Double, nullable=False),
    sqlite_autoincrement=True,
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("told", Text, nullable=False),
)

SEALED = (
    sessions.c.data,
    cases.c.payload,
    cases.c.answers,
    case_changes.c.detail,
    guest_links.c.answers,
    handovers.c.question,
    outbox.c.payload,
    inbox.c.raw,
)
"""What is never written in plain words (`bot.storage.vault`)."""
