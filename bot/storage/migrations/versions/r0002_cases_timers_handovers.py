"""Invitations and their way, timers, links for guests, conversations with staff, and the counts of the funnel."""

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables beside those of 0001. What 0001 wrote in plain words is sealed when the store opens."""
    op.create_index("ix_outbox_bot_id_state_id", "outbox", ["bot_id", "state", "id"])
    op.create_index("ix_outbox_bot_id_chat_id_message_id", "outbox", ["bot_id", "chat_id", "message_id"])
    _cases()
    _timers()
    _guest_links()
    _handovers()
    op.create_table(
        "funnel",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("flow", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "flow", "version", "question", "what", name="pk_funnel"),
    )


def downgrade() -> None:
    """Back to the tables of 0001. What was sealed stays sealed."""
    for table in ("funnel", "handover_messages", "handovers", "guest_links", "timers", "case_changes", "cases"):
        op.drop_table(table)
    op.drop_index("ix_outbox_bot_id_chat_id_message_id", "outbox")
    op.drop_index("ix_outbox_bot_id_state_id", "outbox")


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("reference", sa.String(32), nullable=False),
        sa.Column("chat_key", sa.String(32), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("guests", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("reference", name="uq_cases_reference"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_bot_id_chat_key_id", "cases", ["bot_id", "chat_key", "id"])
    op.create_index("ix_cases_status_id", "cases", ["status", "id"])
    op.create_table(
        "case_changes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_changes"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_changes_case_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_changes_case_id_id", "case_changes", ["case_id", "id"])


def _timers() -> None:
    op.create_table(
        "timers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("chat_key", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("due_at", sa.Double, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_timers"),
        sa.UniqueConstraint("bot_id", "chat_key", "kind", "key", name="uq_timers_bot_id_chat_key_kind_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_timers_bot_id_state_due_at", "timers", ["bot_id", "state", "due_at"])


def _guest_links() -> None:
    op.create_table(
        "guest_links",
        sa.Column("id", _ID, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("chat_key", sa.String(32), nullable=False),
        sa.Column("paper", sa.Integer, nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guest_links"),
        sa.UniqueConstraint("token_hash", name="uq_guest_links_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_guest_links_bot_id_chat_key_state_id", "guest_links", ["bot_id", "chat_key", "state", "id"])


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("chat_key", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("opened_at", sa.Double, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handovers_bot_id_chat_key_state", "handovers", ["bot_id", "chat_key", "state"])
    op.create_index("ix_handovers_bot_id_state_until", "handovers", ["bot_id", "state", "until"])
    op.create_table(
        "handover_messages",
        sa.Column("outbox_id", _ID, nullable=False),
        sa.Column("handover_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_handover_messages"),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name="fk_handover_messages_outbox_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name="fk_handover_messages_handover_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_handover_messages_handover_id_outbox_id", "handover_messages", ["handover_id", "outbox_id"])
