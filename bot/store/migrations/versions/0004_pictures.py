"""Pictures that are sent to one person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_table(
        "picture",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("svg", sa.Text(), nullable=False),
        sa.Column("media_id", sa.String(length=128), nullable=True),
        sa.Column("media_until_ms", sa.BigInteger(), nullable=True),
        sa.Column("made_at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_picture")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("picture", sa.LargeBinary(length=32), nullable=True))
