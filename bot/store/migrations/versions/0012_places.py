"""The batches of a unit are found by their places"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_index("ix_batch_place", "batch", ["broadcast_id", "lo", "hi"], unique=False)
