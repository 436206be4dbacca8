"""Notices that somebody wanted taken back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.add_column("broadcast", sa.Column("recalled_at_ms", sa.BigInteger(), nullable=True))
