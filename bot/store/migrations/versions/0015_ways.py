"""Ways to a person: members of the corp, calls for many people, what is taken back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.add_column("batch", sa.Column("tried", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "wecom_member",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("userid_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("userid_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("lost_at_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_wecom_member_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_wecom_member")),
        sa.UniqueConstraint("userid_digest", name=op.f("uq_wecom_member_userid_digest")),
    )
    op.create_table(
        "taken",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("msgid", sa.String(length=128), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_at_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id", "no"],
            ["batch.broadcast_id", "batch.no"],
            name=op.f("fk_taken_broadcast_id_no"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken")),
    )
    op.create_index("ix_taken_broadcast", "taken", ["broadcast_id"], unique=False)
    op.create_index("ix_taken_msgid", "taken", ["msgid"], unique=False)
    op.create_index("ix_taken_ended", "taken", ["channel", "ended_at_ms"], unique=False)
    op.create_table(
        "recall",
        sa.Column("taken_id", sa.BigInteger(), nullable=False),
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("asked_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_at_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["taken_id"], ["taken.id"], name=op.f("fk_recall_taken_id")),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_recall_broadcast_id")
        ),
        sa.PrimaryKeyConstraint("taken_id", name=op.f("pk_recall")),
    )
    op.create_index("ix_recall_due", "recall", ["state", "due_ms"], unique=False)
    op.create_index("ix_recall_broadcast", "recall", ["broadcast_id"], unique=False)
