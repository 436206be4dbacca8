"""What was said, asked and is still to be told."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
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

question = Table(
    "question",
    metadata,
    Column("follower_id", BigInteger, ForeignKey("follower.id"), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("payload", JSON, nullable=False),
    ms("asked_at_ms", null=False),
    ms("expires_at_ms", null=False),
)

# The last thing of each kind she did or was shown, which she may still undo, accept twice or ask more of.
last_deed = Table(
    "last_deed",
    metadata,
    Column("follower_id", BigInteger, ForeignKey("follower.id"), primary_key=True),
    Column("kind", String(24), primary_key=True),
    Column("payload", JSON, nullable=False),
    ms("done_at_ms", null=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("reply", LargeBinary, nullable=False),  # the exact bytes answered
    Column("reply_type", String(32), nullable=False, default=""),
    ms("at_ms", null=False),
    Index("ix_inbox_at", "at_ms"),
)

# What is drawn for people: kept as SVG under the hash of it, and the platform's name for it while that holds.
picture = Table(
    "picture",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("svg", Text, nullable=False),
    Column("media_id", String(128)),
    ms("media_until_ms"),
    ms("made_at_ms", null=False),
)

# Messages to one person that are not a passive reply: late answers, forwarded difficulties, tellings.
outbox = Table(
    "outbox",
    metadata,
    row_id(),
    ref("follower_id", "follower", null=True),
    ref("person_id", "person", null=True),
    Column("text", Text, nullable=False),
    Column(
        "state", String(12), nullable=False, default="ready"
    ),  # ready | calling | sent | dropped | unknown
    Column("attempts", Integer, nullable=False, default=0),
    ms("due_ms", null=False),
    Column(
        "not_before_ms", BigInteger, nullable=False, default=0
    ),  # the program's time: quiet hours
    ms("made_at_ms", null=False),
    ms("done_at_ms"),
    Column("note", String(128), nullable=False, default=""),
    Column("source", LargeBinary(32)),
    # A picture is sent in place of the text, which is what is said when it cannot be had.
    Column("picture", LargeBinary(32)),
    Index("ix_outbox_due", "state", "due_ms"),
    Index("ix_outbox_person", "person_id", "state"),  # her earlier letters go first
    Index("ix_outbox_follower", "follower_id", "state"),
    UniqueConstraint("source"),
)
