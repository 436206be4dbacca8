"""Jobs, tokens, audit, small settings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, Text
from sqlalchemy.types import JSON

from bot.store.tables.base import metadata, ms, ref, row_id

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

job_run = Table(
    "job_run",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("due_ms", BigInteger, primary_key=True),
    ms("made_at_ms", null=False),
    Column("result", String(256), nullable=False, default=""),
)

api_token = Table(
    "api_token",
    metadata,
    row_id(),
    Column("digest", LargeBinary(16), nullable=False, unique=True),
    ref("unit_id", "unit"),
    Column("role", String(16), nullable=False),
    ms("made_at_ms", null=False),
    ms("expires_at_ms"),
    ms("revoked_at_ms"),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    ms("at_ms", null=False),
    Column("actor", String(64), nullable=False),
    Column("deed", String(32), nullable=False),
    Column("object", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_object", "object"),
)
