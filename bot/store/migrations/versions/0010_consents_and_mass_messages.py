"""Consents to subscription notices, and how mass messages ended"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_table(
        "consent",
        sa.Column("follower_id", sa.BigInteger(), nullable=False),
        sa.Column("template_id", sa.String(length=64), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("said_at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follower_id"], ["follower.id"], name=op.f("fk_consent_follower_id")
        ),
        sa.PrimaryKeyConstraint("follower_id", "template_id", name=op.f("pk_consent")),
    )
    op.create_table(
        "mass_end",
        sa.Column("msgid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("filtered", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("msgid", name=op.f("pk_mass_end")),
    )
    with op.batch_alter_table("mass_end", schema=None) as batch_op:
        batch_op.create_index("ix_mass_end_at", ["at_ms"], unique=False)
