"""事项: tasks, documents to hand in and special statistics, and what each unit has done of them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.tables.base import metadata, ms, ref, row_id

item = Table(
    "item",
    metadata,
    row_id(),  # the number people say
    Column("key", String(64), nullable=False),  # `item_id` of files
    Column("kind", String(16), nullable=False),  # task | document | statistic
    Column("title", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("due_on", String(10), nullable=False),
    ref("indicator_id", "indicator", null=True),  # a number the ledger may know already
    ms("made_at_ms", null=False),
    ms("ended_at_ms"),
    UniqueConstraint("key"),
)

# One row for each unit that has to do it.
item_part = Table(
    "item_part",
    metadata,
    Column("item_id", BigInteger, ForeignKey("item.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("state", String(12), nullable=False),  # open | doing | done | returned | closed
    Column("value", BigInteger),  # of a statistic
    Column("said", Text, nullable=False),  # her words or her link
    Column("evidence", JSON, nullable=False),  # media ids of pictures
    Column("reason", Text, nullable=False),  # why it was sent back
    Column("late", Boolean, nullable=False),
    ref("person_id", "person", null=True),
    ms("said_at_ms"),
    ms("ended_at_ms"),
    Index("ix_item_part_unit", "unit_id", "state"),
)
