"""New members register themselves: an indicator's admissions, and who came in by them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; there is no way back."""
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("registers", sa.String(length=16), nullable=True))
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waiting_ms", sa.BigInteger(), nullable=True))
    op.create_table(
        "admission",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("announced", sa.BigInteger(), nullable=False),
        sa.Column("made_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_admission_indicator_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_admission_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_admission_code_digest")),
        sa.UniqueConstraint(
            "unit_id", "indicator_id", name=op.f("uq_admission_unit_id_indicator_id")
        ),
    )
    op.create_table(
        "newcomer",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("admission_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("openid_digest", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["admission_id"], ["admission.id"], name=op.f("fk_newcomer_admission_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_newcomer_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_newcomer_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newcomer")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("newcomer", schema=None) as batch_op:
        batch_op.create_index("ix_newcomer_admission", ["admission_id"], unique=False)
        batch_op.create_index("ix_newcomer_person", ["person_id"], unique=False)
