"""Units, persons, posts, groups: who is where."""

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
    UniqueConstraint,
)

from bot.store.tables.base import metadata, ms, ref, row_id

org_epoch = Table("org_epoch", metadata, row_id(), ms("made_at_ms", null=False))

unit = Table(
    "unit",
    metadata,
    row_id(),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("display", String(128), nullable=False),
    Column("short", String(128), nullable=False),  # 东山村
    Column("stem", String(128), nullable=False),  # 东山
    Column("level", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("parent_id", BigInteger, ForeignKey("unit.id")),
    Column("sort", Integer, nullable=False, default=0),
    Column("lo", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    ms("ended_at_ms"),
    Index("ix_unit_lo_level", "lo", "level"),
    Index("ix_unit_parent", "parent_id"),
    Index("ix_unit_short", "short"),
    Index("ix_unit_stem", "stem"),
)

# Where every unit stood in every epoch, so that moving and merging never moves the past.
unit_span = Table(
    "unit_span",
    metadata,
    Column("epoch", BigInteger, ForeignKey("org_epoch.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("lo", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Index("ix_unit_span_epoch_lo", "epoch", "lo"),
)

# Under which unit it stood from a local day on (date.toordinal()); only of units that ever moved or ended.
placement = Table(
    "placement",
    metadata,
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("from_day", Integer, primary_key=True, autoincrement=False),
    ref("parent_id", "unit", null=True),  # null: nowhere
)

person = Table(
    "person",
    metadata,
    row_id(),
    Column("key", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("phone_sealed", LargeBinary),
    ms("paused_at_ms"),  # 暂停接收
    ms("ended_at_ms"),
    ms("erased_at_ms"),  # the tombstone of a deleted person
)

post = Table(
    "post",
    metadata,
    row_id(),
    ref("person_id", "person"),
    ref("unit_id", "unit"),
    Column("role", String(16), nullable=False),
    Column("title", String(64), nullable=False, default=""),
    Column("kind", String(32), nullable=False, default=""),
    Column("term", String(32), nullable=False, default=""),
    ms("waiting_ms"),  # registered herself then, and her chair may still say that it is a mistake
    ms("ended_at_ms"),
    UniqueConstraint("person_id", "unit_id", "role"),
    Index("ix_post_unit_role", "unit_id", "role"),
)

# Areas a unit leads and units somebody was given: scope beyond the own sub-tree. Whoever writes here says so with
# `memory.changed`, as an import does.
grant = Table(
    "scope_grant",
    metadata,
    row_id(),
    ref("holder_unit_id", "unit"),
    ref("unit_id", "unit"),
    UniqueConstraint("holder_unit_id", "unit_id"),
)

# Everybody who follows the account, 群众 included; no more than is needed to answer her.
follower = Table(
    "follower",
    metadata,
    row_id(),
    Column("account", String(64), nullable=False),
    Column("openid_digest", LargeBinary(16), nullable=False, unique=True),
    Column("openid_sealed", LargeBinary, nullable=False),
    ms("followed_at_ms"),
    ms("heard_at_ms"),  # her last own message: opens the customer-service window
    Column("window_left", Integer, nullable=False, default=0),
    ms("window_ends_ms"),
    ms("human_until_ms"),  # her messages go to a human until then
    Column("wrong_codes", Integer, nullable=False, default=0),
    ms("wrong_since_ms"),
    ms("blocked_until_ms"),
)

binding = Table(
    "binding",
    metadata,
    Column("person_id", BigInteger, ForeignKey("person.id"), primary_key=True),
    Column("follower_id", BigInteger, ForeignKey("follower.id"), nullable=False, unique=True),
    ms("bound_at_ms", null=False),
)

invite = Table(
    "invite",
    metadata,
    row_id(),
    ref("person_id", "person"),
    Column("code_digest", LargeBinary(16), nullable=False, unique=True),
    ms("made_at_ms", null=False),
    ms("expires_at_ms", null=False),
    ms("used_at_ms"),
    ms("revoked_at_ms"),
    Index("ix_invite_person", "person_id"),
)

wechat_group = Table(
    "wechat_group",
    metadata,
    row_id(),
    Column("key", String(64), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    ref("unit_id", "unit"),
    Column("kind", String(8), nullable=False),
    Column("owner_person_id", BigInteger, ForeignKey("person.id")),
    Column("member_count", Integer, nullable=False, default=0),
    Column("robot_key_sealed", LargeBinary),
    Column("robot_key_digest", LargeBinary(16)),
    Column("purpose", String(64), nullable=False, default="", server_default=""),
    Column("opened_on", String(10)),  # a day
    Column("closes_on", String(10)),  # the last day it is to be used
    ms("made_at_ms"),
    ms("used_at_ms"),  # a notice went into it
    ms("asked_at_ms"),  # the owner was asked whether it may be closed
    ms("orphan_at_ms"),  # the level above was told that its owner has left
    ms("ended_at_ms"),
    Index("ix_wechat_group_unit", "unit_id"),
    Index("ix_wechat_group_owner", "owner_person_id"),
)
