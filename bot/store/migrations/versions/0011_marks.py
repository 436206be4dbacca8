"""Receipts of persons packed beside their batches; letters found by whom they are for"""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BITS = {"opened": 1, "signed": 2, "answered": 4}


def upgrade() -> None:
    """Go forward; there is no way back."""
    op.create_index("ix_outbox_person", "outbox", ["person_id", "state"], unique=False)
    op.create_index("ix_outbox_follower", "outbox", ["follower_id", "state"], unique=False)
    op.create_table(
        "mark",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_mark_broadcast_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "no", name=op.f("pk_mark")),
    )
    c = op.get_bind()
    known = "SELECT DISTINCT broadcast_id FROM receipt WHERE member_kind = 'person'"
    for broadcast_id in c.execute(sa.text(known)).scalars().all():
        _mark(c, broadcast_id)


def _mark(c: sa.Connection, broadcast_id: int) -> None:
    """What has been signed until now."""
    of = {"n": broadcast_id}
    said = "SELECT kind, member_id FROM receipt WHERE member_kind = 'person' AND broadcast_id = :n"
    rows = c.execute(sa.text(said), of).all()
    who = {kind: np.array([r[1] for r in rows if r[0] == kind], np.int64) for kind in _BITS}
    batches = "SELECT no, n, members FROM batch WHERE channel = 'template' AND broadcast_id = :n"
    for no, n, packed in c.execute(sa.text(batches), of).all():
        members = np.frombuffer(packed, "<i8" if len(packed) == 8 * n else "<u4").astype(np.int64)
        marks = np.zeros(n, np.uint8)
        for kind, bit in _BITS.items():
            marks |= np.isin(members, who[kind]).astype(np.uint8) * np.uint8(bit)
        if marks.any():
            new = "INSERT INTO mark (broadcast_id, no, marks) VALUES (:n, :no, :marks)"
            c.execute(sa.text(new), of | {"no": no, "marks": marks.tobytes()})
