"""The first tables: inbox, sessions, outbox."""

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables in an empty database."""
    op.create_table(
        "inbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("chat_key", sa.String(32), nullable=False),
        sa.Column("media_group", sa.String(64)),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("received_at", sa.Double, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("bot_id", "update_id", name="uq_inbox_bot_id_update_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_bot_id_chat_key_state_id", "inbox", ["bot_id", "chat_key", "state", "id"])
    op.create_index("ix_inbox_bot_id_media_group", "inbox", ["bot_id", "media_group"])
    op.create_table(
        "sessions",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("chat_key", sa.String(32), nullable=False),
        sa.Column("data", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("blocked_at", sa.Double),
        sa.Column("updated_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "chat_key", name="pk_sessions"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("lane", sa.String(64), nullable=False),
        sa.Column("method", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("not_before", sa.Double, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("inbox_id", _ID),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name="fk_outbox_inbox_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_bot_id_lane_state_id", "outbox", ["bot_id", "lane", "state", "id"])
    op.create_index("ix_outbox_bot_id_chat_id_created_at", "outbox", ["bot_id", "chat_id", "created_at"])
    op.create_index("ix_outbox_inbox_id", "outbox", ["inbox_id"])


def downgrade() -> None:
    """Leave nothing."""
    for table in ("outbox", "sessions", "inbox"):
        op.drop_table(table)
