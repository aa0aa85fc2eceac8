"""Several processes on one database: slots, leases, the shared pace, and counts without contention."""

from zlib import crc32

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SLOTS = 64


def upgrade() -> None:
    """Add to the tables of 0003. Rows with work left get the slot of their chat; all others have none."""
    op.add_column("inbox", sa.Column("slot", sa.SmallInteger))
    op.add_column("outbox", sa.Column("slot", sa.SmallInteger))
    op.add_column("outbox", sa.Column("priority", sa.SmallInteger, nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("claimed_at", sa.Double))
    _deal("inbox", "chat_key", "state = 'received'")
    _deal("outbox", "chat_id", "state IN ('queued', 'sending') OR (state = 'uncertain' AND tries < 2)")
    op.drop_index("ix_inbox_bot_id_chat_key_state_id", "inbox")
    op.drop_index("ix_inbox_bot_id_media_group", "inbox")
    op.create_index("ix_inbox_bot_id_chat_key", "inbox", ["bot_id", "chat_key"])
    _partial_index("inbox", ["bot_id", "slot", "id"], "slot IS NOT NULL")
    _partial_index("inbox", ["bot_id", "media_group"], "media_group IS NOT NULL")
    for name in ("bot_id_lane_state_id", "bot_id_state_id", "bot_id_chat_id_message_id"):
        op.drop_index(f"ix_outbox_{name}", "outbox")
    _partial_index("outbox", ["bot_id", "slot", "id"], "slot IS NOT NULL")
    _partial_index("outbox", ["bot_id", "chat_id", "message_id"], "message_id IS NOT NULL")
    op.create_table(
        "funnel_marks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("flow", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_funnel_marks"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shares",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("slot", sa.SmallInteger, nullable=False),
        sa.Column("owner", sa.String(64)),
        sa.Column("until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "role", "slot", name="pk_shares"),
    )
    op.create_table(
        "replicas",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "role", "name", name="pk_replicas"),
    )
    op.create_table(
        "pace",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("peer", sa.BigInteger, nullable=False),
        sa.Column("free_at", sa.Double, nullable=False),
        sa.Column("stopped_until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "peer", name="pk_pace"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alerts",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("memory", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "key", name="pk_alerts"),
    )
    op.create_table(
        "moved_groups",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("old", sa.BigInteger, nullable=False),
        sa.Column("new", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "old", name="pk_moved_groups"),
    )


def downgrade() -> None:
    """Back to the tables of 0003: marks are counted first, leases and pace are of no use there."""
    op.execute(
        "INSERT INTO funnel (day, flow, version, question, what, count) "
        "SELECT day, flow, version, question, what, count(*) FROM funnel_marks "
        "GROUP BY day, flow, version, question, what "
        "ON CONFLICT (day, flow, version, question, what) DO UPDATE SET count = funnel.count + excluded.count"
    )
    for table in ("moved_groups", "alerts", "incidents", "pace", "replicas", "shares", "funnel_marks"):
        op.drop_table(table)
    for name in ("bot_id_chat_id_message_id", "bot_id_slot_id"):
        op.drop_index(f"ix_outbox_{name}", "outbox")
    op.create_index("ix_outbox_bot_id_lane_state_id", "outbox", ["bot_id", "lane", "state", "id"])
    op.create_index("ix_outbox_bot_id_state_id", "outbox", ["bot_id", "state", "id"])
    op.create_index("ix_outbox_bot_id_chat_id_message_id", "outbox", ["bot_id", "chat_id", "message_id"])
    for name in ("bot_id_media_group", "bot_id_slot_id", "bot_id_chat_key"):
        op.drop_index(f"ix_inbox_{name}", "inbox")
    op.create_index("ix_inbox_bot_id_chat_key_state_id", "inbox", ["bot_id", "chat_key", "state", "id"])
    op.create_index("ix_inbox_bot_id_media_group", "inbox", ["bot_id", "media_group"])
    for column in ("claimed_at", "priority", "slot"):
        op.drop_column("outbox", column)
    op.drop_column("inbox", "slot")


def _deal(name: str, key: str, condition: str) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"SELECT id, {key} FROM {name} WHERE {condition}")).all()  # noqa: S608 - our names
    for row_id, chat in rows:
        slot = crc32(str(chat).rpartition(" ")[2].encode()) % _SLOTS
        connection.execute(sa.text(f"UPDATE {name} SET slot = :slot WHERE id = :id"), {"slot": slot, "id": row_id})  # noqa: S608


def _partial_index(table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    name = f"ix_{table}_{'_'.join(columns)}"
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
