"""Rolls: what people did with a broadcast as bitmaps"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_table(
        "roll",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=False)
            for name in (
                "sizes",
                "places",
                "counts",
                "moved",
                "reached",
                "delivered",
                "opened",
                "signed",
            )
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_roll_broadcast_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "first", name=op.f("pk_roll")),
    )
    op.create_table(
        "stir",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_stir_broadcast_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "no", name=op.f("pk_stir")),
    )
