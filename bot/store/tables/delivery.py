"""Broadcasts, batches, receipts."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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

broadcast = Table(
    "broadcast",
    metadata,
    row_id(),
    Column("idem_key", String(128), unique=True),
    ref("author_id", "person", null=True),
    ref("unit_id", "unit"),  # the federation that sends
    Column("kind", String(8), nullable=False),
    Column("title", String(128), nullable=False),
    Column("body", Text, nullable=False),
    Column("joint", String(256), nullable=False, default=""),
    ms("deadline_ms"),
    Column("receipt", String(8), nullable=False),  # none | know | sign | reply
    Column("urgent", Boolean, nullable=False, default=False),
    Column(
        "audience", JSON, nullable=False
    ),  # as asked: unit ids, items, groups, or an explicit list
    Column(
        "purpose", String(16), nullable=False, default="notice"
    ),  # notice | reminder | weekly | milestone
    ms("not_before_ms"),
    ms("expires_at_ms", null=False),
    Column("epoch", BigInteger, ForeignKey("org_epoch.id")),
    Column("body_hash", LargeBinary(32), nullable=False),
    Column("people_n", Integer, nullable=False, default=0),
    Column("groups_n", Integer, nullable=False, default=0),
    Column("state", String(12), nullable=False),
    Column("state_ver", Integer, nullable=False, default=0),
    Column("stop_reason", String(128), nullable=False, default=""),
    Column("approved_by", BigInteger, ForeignKey("person.id")),
    ms("approved_at_ms"),
    ms("made_at_ms", null=False),
    ms("done_at_ms"),
    Column("amends", BigInteger),  # the notice that this one corrects
    ms("recalled_at_ms"),  # 撤回: somebody wanted it taken back
    Index("ix_broadcast_state", "state", "not_before_ms"),
    Index("ix_broadcast_amends", "amends"),
    Index("ix_broadcast_unit", "unit_id"),
)

# The unit of claim. Packed arrays, one item for each member, in tree order: members int64 (person or group id),
# places int32 (lo of her unit in the broadcast's epoch), states uint8, msgids int64, called uint32 (first call of the
# attempt in doubt, epoch seconds). `lo`, `hi` are the least and the greatest place. Leases use real time.
batch = Table(
    "batch",
    metadata,
    Column("broadcast_id", BigInteger, ForeignKey("broadcast.id"), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("channel", String(12), nullable=False),  # robot, relay or a `core/way.Way`
    # Ways (bits) by which its members were surely not reached: they came here from batches of those.
    Column("tried", Integer, nullable=False, default=0, server_default="0"),
    Column(
        "turn", Integer, nullable=False
    ),  # shuffled, so that a stopped broadcast is a fair sample
    Column("n", Integer, nullable=False),
    Column("lo", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Column("members", LargeBinary, nullable=False),
    Column("places", LargeBinary, nullable=False),
    Column("states", LargeBinary, nullable=False),
    Column("msgids", LargeBinary, nullable=False),
    Column("called", LargeBinary, nullable=False),
    ms("msgid_lo"),
    ms("msgid_hi"),
    Column("state", String(8), nullable=False),  # ready | claimed | closed
    Column("owner", String(64), nullable=False, default=""),
    Column("fence", Integer, nullable=False, default=0),
    ms("lease_until_ms"),
    ms("not_before_ms"),
    Column("attempts", Integer, nullable=False, default=0),
    Index("ix_batch_claim", "state", "broadcast_id", "turn"),
    Index("ix_batch_msgid", "msgid_lo", "msgid_hi"),
    Index("ix_batch_place", "broadcast_id", "lo", "hi"),  # whose numbers a unit asks for
)

# Only the unhappy few: why this member was refused or is unknown.
refusal = Table(
    "refusal",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("batch_no", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Integer),
    Column("reason", String(64), nullable=False),
    ms("at_ms", null=False),
)

receipt = Table(
    "receipt",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("kind", String(12), primary_key=True),  # opened | signed | answered | relayed
    Column("member_kind", String(8), primary_key=True),  # person | group
    Column("member_id", BigInteger, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("value", JSON),
    ms("at_ms", null=False),
    Index("ix_receipt_place", "broadcast_id", "kind", "place"),
)

# What `receipt` says of persons, packed: a byte for each member of a batch (bits: core/receipt.Mark), so that a
# million is summed without a million rows. It stays when the rows of single persons are deleted.
mark = Table(
    "mark",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("no", Integer, primary_key=True),
    Column("marks", LargeBinary, nullable=False),
)

# The people of a broadcast as bitmaps in the order of their batches (`core/roll.py`): batches from number `first` on.
roll = Table(
    "roll",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("first", Integer, primary_key=True),
    Column("sizes", LargeBinary, nullable=False),
    Column("places", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
    Column("moved", LargeBinary, nullable=False),
    Column("reached", LargeBinary, nullable=False),
    Column("delivered", LargeBinary, nullable=False),
    Column("opened", LargeBinary, nullable=False),
    Column("signed", LargeBinary, nullable=False),
)

# Batches that have changed since they were written into the roll.
stir = Table(
    "stir",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("no", Integer, primary_key=True),
    Column("times", Integer, nullable=False),
)

# How often somebody was reminded of one thing: three times at most.
reminded = Table(
    "reminded",
    metadata,
    Column("thing", String(64), primary_key=True),
    Column("member_kind", String(8), primary_key=True),
    Column("member_id", BigInteger, primary_key=True),
    Column("times", Integer, nullable=False),
    ms("last_at_ms", null=False),
)

# Outcomes that WeChat pushes later (TEMPLATESENDJOBFINISH), kept until the msgid they speak of is known.
finish = Table(
    "finish",
    metadata,
    row_id(),
    Column("msgid", BigInteger, nullable=False),
    Column("openid_digest", LargeBinary(16), nullable=False),
    Column("status", String(64), nullable=False),
    ms("at_ms", null=False),
    UniqueConstraint("msgid", "openid_digest"),
    sqlite_autoincrement=True,  # the worker goes through them by id: none may be given twice
)

# Calls of a channel that the platform counts, a day (2026-11-23) or a month (2026-11) at a time. `most` is what it
# says or NULL when nobody knows; `used` what was reserved and is not known to be uncounted.
quota = Table(
    "quota",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("channel", String(12), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("most", BigInteger),
    Column("used", BigInteger, nullable=False),
    ms("asked_at_ms"),
)

# Whom nobody knows to have got a broadcast when it was over (ids int64), and what its author decided about them.
doubt = Table(
    "doubt",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("people", LargeBinary, nullable=False),
    Column("robots", LargeBinary, nullable=False),
    Column("n", Integer, nullable=False),
    Column("decision", String(8), nullable=False),  # open | again | leave
    ref("decided_by", "person", null=True),
    ms("made_at_ms", null=False),
    ms("asked_at_ms"),
    ms("decided_at_ms"),
)
