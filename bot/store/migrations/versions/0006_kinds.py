"""Ratios with their denominators, and how many units stand at each step"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; there is no way back."""
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whole", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("whole_before", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("cell", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whole", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whole", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "tally_step",
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_tally_step_indicator_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tally_step_unit_id")),
        sa.PrimaryKeyConstraint(
            "indicator_id", "unit_id", "day", "step", "shard", name=op.f("pk_tally_step")
        ),
    )
    # What stages have reported until now, at the units themselves and everything above them today.
    op.execute(_STEPS)


_STEPS = """
WITH RECURSIVE history AS (
    SELECT e.indicator_id, e.unit_id, e.day, e.value,
           LAG(e.value) OVER (PARTITION BY e.indicator_id, e.unit_id ORDER BY e.at_ms, e.id) AS former
    FROM entry e
    JOIN indicator i ON i.id = e.indicator_id
    JOIN unit u ON u.id = e.unit_id
    WHERE i.kind = 'stage' AND u.ended_at_ms IS NULL
), change AS (
    SELECT indicator_id, unit_id, day, value AS step, 1 AS n FROM history WHERE value IS NOT NULL
    UNION ALL
    SELECT indicator_id, unit_id, day, former, -1 FROM history WHERE former IS NOT NULL
), climb AS (
    SELECT id AS leaf, id, parent_id FROM unit
    WHERE id IN (SELECT unit_id FROM change)
    UNION ALL
    SELECT climb.leaf, unit.id, unit.parent_id FROM climb JOIN unit ON unit.id = climb.parent_id
)
INSERT INTO tally_step (indicator_id, unit_id, day, step, shard, n)
SELECT change.indicator_id, climb.id, change.day, change.step, 0, SUM(change.n)
FROM change JOIN climb ON climb.leaf = change.unit_id
GROUP BY change.indicator_id, climb.id, change.day, change.step
"""
