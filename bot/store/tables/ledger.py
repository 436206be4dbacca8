"""Campaigns, indicators, entries, cells, difficulties."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import JSON

from bot.store.tables.base import metadata, ms, ref, row_id

campaign = Table(
    "campaign",
    metadata,
    row_id(),
    Column("code", String(64), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("goal", Text, nullable=False, default=""),
    Column("starts_on", String(10), nullable=False),
    Column("ends_on", String(10), nullable=False),
    Column("more", JSON, nullable=False),  # phases, measures, mechanisms
    ms("made_at_ms", null=False),
    ms("ended_at_ms"),
)

campaign_unit = Table(
    "campaign_unit",
    metadata,
    Column("campaign_id", BigInteger, ForeignKey("campaign.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
)

indicator = Table(
    "indicator",
    metadata,
    row_id(),
    ref("campaign_id", "campaign"),
    Column("code", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("level", Integer, nullable=False),
    Column("unit_word", String(16), nullable=False, default=""),
    Column("mode", String(16), nullable=False, default="total"),
    Column("steps", JSON, nullable=False),
    Column("most", Integer),
    # The levels that have to agree to what is said below them, one after the other, from the nearest up.
    Column("approvals", JSON, nullable=False, server_default="[]"),
    Column("evidence", String(8)),  # photo: one is asked for
    Column("registers", String(16)),  # whom a report lets register: member, none; null: by name
    Column("sort", Integer, nullable=False, default=0),
    Column(
        "by_list", Boolean, nullable=False, default=False
    ),  # reference: the units of indicator_unit only
    UniqueConstraint("campaign_id", "code"),
)

indicator_unit = Table(
    "indicator_unit",
    metadata,
    Column("indicator_id", BigInteger, ForeignKey("indicator.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
)

milestone = Table(
    "milestone",
    metadata,
    row_id(),
    ref("campaign_id", "campaign"),
    Column("on_day", String(10), nullable=False),
    Column("fraction", Float, nullable=False),
    Column("indicators", JSON, nullable=False),  # codes
    UniqueConstraint("campaign_id", "on_day", "fraction"),
)

entry = Table(
    "entry",
    metadata,
    row_id(),
    ref("campaign_id", "campaign"),
    ref("indicator_id", "indicator"),
    ref("unit_id", "unit"),
    # The value that holds from at_ms on; null: nothing is reported (an undo of the first report).
    Column("value", BigInteger),
    Column("said", BigInteger),  # what was said; differs for increments
    Column("before", BigInteger),  # the cell's value before; null: nothing reported yet
    Column("whole", BigInteger),  # of a ratio the denominator, value being the numerator
    Column("whole_before", BigInteger),
    Column("kind", String(16), nullable=False),  # report | correction | undo
    Column("reason", String(256), nullable=False, default=""),
    ref("person_id", "person", null=True),
    Column("on_behalf", Boolean, nullable=False, default=False),
    ref("for_person_id", "person", null=True),  # 代报: who would have said it herself
    Column("source", LargeBinary(32), nullable=False),  # key of the inbound message it came from
    Column("part", Integer, nullable=False, default=0),  # which claim of that message
    ms("said_at_ms", null=False),  # WeChat's CreateTime: decides the period and lateness
    ms("made_at_ms", null=False),
    # From when the value holds: said_at_ms, or later for an increment that arrived late. The entries of a
    # cell in order of (at_ms, id) are its history; the last one is the cell.
    ms("at_ms", null=False),
    Column("day", Integer, nullable=False),  # the local day of at_ms, as date.toordinal() counts
    Column("late", Boolean, nullable=False, default=False),
    Index("ix_entry_cell", "indicator_id", "unit_id", "at_ms"),
    Index("ix_entry_person", "person_id", "id"),
    UniqueConstraint("source", "part"),
)

cell = Table(
    "cell",
    metadata,
    Column("indicator_id", BigInteger, ForeignKey("indicator.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("value", BigInteger),  # null: what was reported has been taken back
    Column("whole", BigInteger),  # of a ratio
    Column("entry_id", BigInteger, ForeignKey("entry.id"), nullable=False),
    ms("as_of_ms", null=False),
    Column(
        "waiting", String(12)
    ),  # submitted | returned, until the last level that is asked has agreed
    Column("awaits", Integer),  # the level whose turn it is to agree
    Index("ix_cell_unit", "unit_id"),
    Index(
        "ix_cell_awaits",
        "awaits",
        "unit_id",
        sqlite_where=text("awaits IS NOT NULL"),
        postgresql_where=text("awaits IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

# Totals of every unit, its own sub-tree included, as changes by local day: a sum over the days up to one is
# the state at its end, a sum over a week is that week's change. A report adds to its unit and the ancestors
# (six rows, however large the country). The highest units have several rows a day, so that reporters who
# come at once do not wait for each other; `shard` has no other meaning. On SQLite the days of a unit lie together,
# in the order of the key.
tally = Table(
    "tally",
    metadata,
    Column("indicator_id", BigInteger, ForeignKey("indicator.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("shard", Integer, primary_key=True),
    Column("reported", BigInteger, nullable=False),  # units with a value, zero too
    Column("done", BigInteger, nullable=False),
    Column("value", BigInteger, nullable=False),
    # Denominators of a ratio; numerators are in `value`. Summed apart, never averaged.
    Column("whole", BigInteger, nullable=False, default=0, server_default="0"),
    sqlite_with_rowid=False,
)

# Of a stage also how many units stand at each step (0: not begun), in the same way.
tally_step = Table(
    "tally_step",
    metadata,
    Column("indicator_id", BigInteger, ForeignKey("indicator.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("shard", Integer, primary_key=True),
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# How many units an indicator expects below each unit above its level, counted once for every epoch.
expectation = Table(
    "expectation",
    metadata,
    Column("indicator_id", BigInteger, ForeignKey("indicator.id"), primary_key=True),
    Column("epoch", BigInteger, ForeignKey("org_epoch.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("n", Integer, nullable=False),
)

# The same by the day on which it changed, so that weeks that are over keep what was expected then: a sum over
# the days up to one. Day 0: since the campaign began.
expectation_change = Table(
    "expectation_change",
    metadata,
    Column("indicator_id", BigInteger, ForeignKey("indicator.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("n", Integer, nullable=False),
)

difficulty = Table(
    "difficulty",
    metadata,
    row_id(),
    ref("unit_id", "unit"),
    ref("person_id", "person", null=True),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False, default=""),
    ref("owner_unit_id", "unit"),  # who has to answer: the level above, higher after 转交
    Column("due_on", String(10), nullable=False),
    Column("state", String(16), nullable=False),  # open | answered | unsolved | solved | closed
    Column("answer", Text, nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),  # of 没解决
    # How often an overdue answer was asked for: 1 the owner was reminded, 2 the level above was told.
    Column("pressed", Integer, nullable=False, default=0),
    ref("answered_by", "person", null=True),
    ms("made_at_ms", null=False),
    ms("changed_at_ms", null=False),
    Index("ix_difficulty_unit", "unit_id", "state"),
    Index("ix_difficulty_owner", "owner_unit_id", "state"),
    Index("ix_difficulty_person", "person_id"),
)

# 意见: kept without any trace of who said it, as the reply promises.
opinion = Table(
    "opinion",
    metadata,
    row_id(),
    ref("county_unit_id", "unit", null=True),
    Column("text", Text, nullable=False),
)
