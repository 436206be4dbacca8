"""The register of groups in full; the chain of a notice; what readers in groups open and answer; lines added on the way"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    with op.batch_alter_table("wechat_group") as batch:
        batch.add_column(
            sa.Column("purpose", sa.String(length=64), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("opened_on", sa.String(length=10)))
        batch.add_column(sa.Column("closes_on", sa.String(length=10)))
        batch.add_column(sa.Column("made_at_ms", sa.BigInteger()))
        batch.add_column(sa.Column("asked_at_ms", sa.BigInteger()))
        batch.add_column(sa.Column("orphan_at_ms", sa.BigInteger()))
    op.create_table(
        "chain",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.LargeBinary(), nullable=False),
        sa.Column("people", sa.LargeBinary(), nullable=False),
        sa.Column("readers", sa.LargeBinary(), nullable=False),
        sa.Column("people_n", sa.BigInteger(), nullable=False),
        sa.Column("readers_n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_chain_broadcast_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "block", name=op.f("pk_chain")),
    )
    op.create_table(
        "group_open",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("first_at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_group_open_broadcast_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["wechat_group.id"], name=op.f("fk_group_open_group_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "group_id", name=op.f("pk_group_open")),
    )
    op.create_table(
        "group_answer",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("reader_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_group_answer_broadcast_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["wechat_group.id"], name=op.f("fk_group_answer_group_id")
        ),
        sa.PrimaryKeyConstraint(
            "broadcast_id", "group_id", "reader_digest", name=op.f("pk_group_answer")
        ),
    )
    op.create_index(
        "ix_group_answer_place", "group_answer", ["broadcast_id", "place"], unique=False
    )
    op.create_table(
        "relay_line",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("lo", sa.Integer(), nullable=False),
        sa.Column("hi", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=128), nullable=False),
        sa.Column("by_person_id", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_relay_line_broadcast_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_relay_line_unit_id")),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_relay_line_by_person_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "unit_id", name=op.f("pk_relay_line")),
    )
