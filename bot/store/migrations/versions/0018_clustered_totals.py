"""Totals and cells lie in the order of their keys; an index that nobody asked goes"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    with op.batch_alter_table("entry") as batch_op:
        batch_op.drop_index("ix_entry_unit")
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL has no such tables
    for name in ("tally", "tally_step", "cell"):
        with op.batch_alter_table(
            name, recreate="always", table_kwargs={"sqlite_with_rowid": False}
        ):
            pass
