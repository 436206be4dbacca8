"""The chain of a notice that goes to groups: what has arrived where, what was opened and answered, lines added."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from bot.store.tables.base import metadata, ms, ref

# 1,024 neighbouring places of the broadcast's epoch, packed; a column is empty while all its values are 0.
# asked u8 (0: nobody, else the unit's level), marks u8 (core/chain.Mark), since <u2 (minutes from approval to the
# first arrival, 1 and more), people <u4 (whom its groups reach, as far as somebody knows), readers <u4 (who opened
# the links of its groups). people_n, readers_n: the sums of the block.
chain = Table(
    "chain",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    Column("block", Integer, primary_key=True),
    Column("asked", LargeBinary, nullable=False),
    Column("marks", LargeBinary, nullable=False),
    Column("since", LargeBinary, nullable=False),
    Column("people", LargeBinary, nullable=False),
    Column("readers", LargeBinary, nullable=False),
    Column("people_n", BigInteger, nullable=False),
    Column("readers_n", BigInteger, nullable=False),
)

# How many opened a group's link, and how many of them said 知道了: numbers, nobody's name.
group_open = Table(
    "group_open",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    ref("group_id", "wechat_group", key=True),
    Column("place", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    ms("first_at_ms", null=False),
)

# What a reader of a group wrote on the page (name, telephone, words), sealed; the same reader again replaces it.
group_answer = Table(
    "group_answer",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    ref("group_id", "wechat_group", key=True),
    Column("reader_digest", LargeBinary(16), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    ms("at_ms", null=False),
    Index("ix_group_answer_place", "broadcast_id", "place"),
)

# 转发加注: what a level on the way adds for the groups of its own units, `[lo, hi)` in the broadcast's epoch.
relay_line = Table(
    "relay_line",
    metadata,
    ref("broadcast_id", "broadcast", key=True),
    ref("unit_id", "unit", key=True),
    Column("lo", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Column("text", String(128), nullable=False),
    ref("by_person_id", "person"),
    ms("at_ms", null=False),
)
