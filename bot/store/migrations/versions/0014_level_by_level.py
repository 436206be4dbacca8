"""Several levels agree to a figure, one after the other"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approvals", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("cell", schema=None) as batch_op:
        batch_op.add_column(sa.Column("awaits", sa.Integer(), nullable=True))
    indicator = sa.table(
        "indicator",
        sa.column("id", sa.BigInteger()),
        sa.column("approval", sa.Integer()),
        sa.column("approvals", sa.JSON()),
    )
    cell = sa.table(
        "cell",
        sa.column("indicator_id", sa.BigInteger()),
        sa.column("waiting", sa.String()),
        sa.column("awaits", sa.Integer()),
    )
    asked = sa.select(indicator.c.id, indicator.c.approval).where(indicator.c.approval.is_not(None))
    for row in op.get_bind().execute(asked).all():
        op.execute(
            sa.update(indicator).where(indicator.c.id == row.id).values(approvals=[row.approval])
        )
        op.execute(
            sa.update(cell)
            .where(cell.c.indicator_id == row.id, cell.c.waiting.is_not(None))
            .values(awaits=row.approval)
        )
    op.create_index(
        "ix_cell_awaits",
        "cell",
        ["awaits", "unit_id"],
        sqlite_where=sa.text("awaits IS NOT NULL"),
        postgresql_where=sa.text("awaits IS NOT NULL"),
    )
    # Not in a batch: made anew, the table would lose those that refer to it.
    op.drop_column("indicator", "approval")
