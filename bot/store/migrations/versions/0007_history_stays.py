"""Where units stood before they moved or ended, and from which day on how many were expected"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_table(
        "placement",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("from_day", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_placement_unit_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_placement_parent_id")),
        sa.PrimaryKeyConstraint("unit_id", "from_day", name=op.f("pk_placement")),
    )
    op.create_table(
        "expectation_change",
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_expectation_change_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_expectation_change_unit_id")
        ),
        sa.PrimaryKeyConstraint(
            "indicator_id", "unit_id", "day", name=op.f("pk_expectation_change")
        ),
    )
    # Totals leave out what had ended by now, as they always did.
    op.execute(
        "INSERT INTO placement (unit_id, from_day, parent_id)"
        " SELECT id, 0, NULL FROM unit WHERE ended_at_ms IS NOT NULL"
    )
    # What is expected today has been so since the campaign began, as far as anybody knows.
    op.execute(
        "INSERT INTO expectation_change (indicator_id, unit_id, day, n)"
        " SELECT indicator_id, unit_id, 0, n FROM expectation"
        " WHERE epoch = (SELECT MAX(id) FROM org_epoch)"
    )
