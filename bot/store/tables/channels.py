"""What the platforms tell of themselves: consents, and how mass messages ended."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.store.tables.base import metadata, ms, row_id

# How many subscription notices of a template she agreed to and has not got; one that is good for
# ever counts its consents too, but uses none up. `said_at_ms` is when she last said yes or no.
consent = Table(
    "consent",
    metadata,
    Column("follower_id", BigInteger, ForeignKey("follower.id"), primary_key=True),
    Column("template_id", String(64), primary_key=True),
    Column("remaining", Integer, nullable=False),
    ms("said_at_ms", null=False),
)

# MASSSENDJOBFINISH: four totals for a mass message, which the platform names by a number.
mass_end = Table(
    "mass_end",
    metadata,
    Column("msgid", BigInteger, primary_key=True, autoincrement=False),
    Column("status", String(32), nullable=False),
    Column("total", Integer, nullable=False),
    Column("filtered", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    ms("at_ms", null=False),
    Index("ix_mass_end_at", "at_ms"),
)

# Which member of the WeCom corp a person is. `lost_at_ms`: since then WeCom knows nobody of that userid,
# until an import names her again or she writes to the app.
member = Table(
    "wecom_member",
    metadata,
    Column("person_id", BigInteger, ForeignKey("person.id"), primary_key=True),
    Column("userid_digest", LargeBinary(16), nullable=False, unique=True),
    Column("userid_sealed", LargeBinary, nullable=False),
    ms("at_ms", null=False),
    ms("lost_at_ms"),
)

# A call for many people that the platform took: its name for it, by which it is asked about and taken back.
# `ended_at_ms`: when its end (`mass_end`) was written to the members of its batch.
taken = Table(
    "taken",
    metadata,
    row_id(),
    Column("broadcast_id", BigInteger, nullable=False),
    Column("no", Integer, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("msgid", String(128), nullable=False),
    Column("n", Integer, nullable=False),
    ms("at_ms", null=False),
    ms("ended_at_ms"),
    ForeignKeyConstraint(["broadcast_id", "no"], ["batch.broadcast_id", "batch.no"]),
    Index("ix_taken_broadcast", "broadcast_id"),
    Index("ix_taken_msgid", "msgid"),
    Index("ix_taken_ended", "channel", "ended_at_ms"),
)

# Taking back what one call sent: work of its own, with an outcome of its own. Leases use real time.
recall = Table(
    "recall",
    metadata,
    Column("taken_id", BigInteger, ForeignKey("taken.id"), primary_key=True),
    Column("broadcast_id", BigInteger, ForeignKey("broadcast.id"), nullable=False),
    Column("state", String(8), nullable=False),  # ready | calling | done | refused | unknown
    Column("attempts", Integer, nullable=False, default=0),
    Column("code", Integer),
    ms("due_ms", null=False),
    ms("asked_at_ms", null=False),
    ms("ended_at_ms"),
    Index("ix_recall_due", "state", "due_ms"),
    Index("ix_recall_broadcast", "broadcast_id"),
)
