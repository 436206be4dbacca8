"""Quotas of the platform, decisions about who is unknown, and notices that correct others"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_table(
        "quota",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("asked_at_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("account", "channel", "period", name=op.f("pk_quota")),
    )
    op.create_table(
        "doubt",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.LargeBinary(), nullable=False),
        sa.Column("robots", sa.LargeBinary(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("asked_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("decided_at_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_doubt_broadcast_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_doubt_decided_by")),
        sa.PrimaryKeyConstraint("broadcast_id", name=op.f("pk_doubt")),
    )
    # Without a foreign key: SQLite would have to write the whole table anew.
    op.add_column("broadcast", sa.Column("amends", sa.BigInteger(), nullable=True))
    op.create_index("ix_broadcast_amends", "broadcast", ["amends"])
    # A claim asks for the next batch of one broadcast.
    op.drop_index("ix_batch_claim", table_name="batch")
    op.create_index("ix_batch_claim", "batch", ["state", "broadcast_id", "turn"])
