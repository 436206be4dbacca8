"""What the platforms tell of themselves: consents, and how mass messages ended."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table

from bot.store.tables.base import metadata, ms

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
