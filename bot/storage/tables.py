"""The tables. Moments are seconds since the epoch; states are the values of the enums here."""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["NOTHING_KEPT", "InboxState", "OutboxState", "inbox", "metadata", "outbox", "sessions"]

NOTHING_KEPT = "{}"
"""What stands in the place of an update that was answered, or of a call that arrived."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    UniqueConstraint("bot_id", "update_id"),
    Index(None, "bot_id", "chat_key", "state", "id"),
    Index(None, "bot_id", "media_group"),
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
    Index(None, "bot_id", "lane", "state", "id"),
    Index(None, "bot_id", "chat_id", "created_at"),
    Index(None, "inbox_id"),
    sqlite_autoincrement=True,
)
