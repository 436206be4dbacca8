"""What stands beside the ledger: who agreed to a figure, the photos of it, the sums units say of those below."""

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

from bot.store.tables.base import metadata, ms, ref, row_id

# Append-only, like the entries it speaks of.
agreement = Table(
    "agreement",
    metadata,
    row_id(),
    ref("entry_id", "entry"),
    Column("deed", String(12), nullable=False),  # agreed | returned
    Column("reason", String(256), nullable=False),
    ref("person_id", "person", null=True),
    ms("at_ms", null=False),
    Index("ix_agreement_entry", "entry_id"),
)

# A photo of what an entry says: fetched by the worker, kept in the data directory under its hash.
evidence = Table(
    "evidence",
    metadata,
    row_id(),
    ref("entry_id", "entry"),
    ref("person_id", "person", null=True),
    Column("media_id", String(256), nullable=False),
    Column("pic_url", Text, nullable=False),
    Column("source", LargeBinary(32), nullable=False),  # key of the message that brought it
    Column("state", String(12), nullable=False),  # wanted | kept | refused
    Column("attempts", Integer, nullable=False),
    ms("due_ms", null=False),
    Column("sha256", LargeBinary(32)),
    Column("kind", String(8), nullable=False),  # jpg | png, '' before it is here
    Column("size", Integer, nullable=False),
    Column("note", String(64), nullable=False),
    ms("made_at_ms", null=False),
    UniqueConstraint("entry_id", "source"),
    Index("ix_evidence_due", "state", "due_ms"),
)

# What a unit says that those below it come to; compared with their sum, never part of a total.
stated = Table(
    "stated",
    metadata,
    row_id(),
    ref("indicator_id", "indicator"),
    ref("unit_id", "unit"),
    Column("value", BigInteger, nullable=False),
    ref("person_id", "person", null=True),
    Column("source", LargeBinary(32), nullable=False),
    ms("said_at_ms", null=False),
    Index("ix_stated_unit", "unit_id", "indicator_id", "said_at_ms"),
)
