"""The weekly analyses as they were published."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import JSON

from bot.store.tables.base import metadata, ms, ref, row_id

# Written once and never changed. The key is also what makes publishing repeatable: a run that was killed is
# done again, and whoever has an analysis of that week gets no second one.
analysis = Table(
    "analysis",
    metadata,
    row_id(),
    ref("unit_id", "unit"),
    ref("campaign_id", "campaign"),
    Column("week", String(8), nullable=False),  # 2026-W47
    Column("due_ms", BigInteger, nullable=False),  # the Friday it is for; as-of of its figures
    Column("figures", JSON, nullable=False),
    # JSON, compressed: a country has 3,000 analyses a week, and evidence repeats itself
    Column("sentences", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),  # as chat says it
    Column("told", Integer, nullable=False),  # how many persons it was sent to
    ms("made_at_ms", null=False),
    UniqueConstraint("unit_id", "campaign_id", "week"),
    Index("ix_analysis_due", "due_ms"),
)
