"""What is kept has an end: when a session is looked at, the answers behind an invitation, and chores of each day."""

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the tables of 0002. When each stored session runs out is found by the first look at it."""
    op.add_column("cases", sa.Column("answers", sa.Text, nullable=False, server_default="{}"))
    op.add_column("sessions", sa.Column("expires_at", sa.Double))
    op.create_index("ix_sessions_bot_id_expires_at", "sessions", ["bot_id", "expires_at"])
    op.execute("UPDATE sessions SET expires_at = updated_at WHERE data IS NOT NULL")
    op.create_table(
        "chores",
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("not_before", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "name", name="pk_chores"),
    )


def downgrade() -> None:
    """Back to the tables of 0002."""
    op.drop_table("chores")
    op.drop_index("ix_sessions_bot_id_expires_at", "sessions")
    op.drop_column("sessions", "expires_at")
    op.drop_column("cases", "answers")
