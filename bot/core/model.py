"""The words of the glossary as plain values."""

from __future__ import annotations

import enum
from datetime import date, datetime

from bot.core.frozen import frozen


class Level(enum.IntEnum):
    """层级: the smaller, the higher."""

    NATIONAL = 1
    PROVINCE = 2
    CITY = 3
    COUNTY = 4
    TOWNSHIP = 5
    VILLAGE = 6

    @property
    def word(self) -> str:
        """The English word of files and the API."""
        return self.name.lower()


class UnitKind(enum.StrEnum):
    """组织类别."""

    REGIONAL = "regional"
    INDUSTRY = "industry"
    ONLINE = "online"
    AREA = "area"


class Role(enum.StrEnum):
    """角色 of a post."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    MEMBER = "member"
    STAFF = "staff"
    ADMIN = "admin"


class GroupKind(enum.StrEnum):
    """微信群: served by its robot, or by a person who forwards."""

    ROBOT = "robot"
    RELAY = "relay"


class IndicatorKind(enum.StrEnum):
    """指标类别."""

    COMPLETION = "completion"
    STAGE = "stage"
    COUNT = "count"
    RATIO = "ratio"


class ValueMode(enum.StrEnum):
    """Whether a reported count is the new total or is added to it."""

    TOTAL = "total"
    INCREMENT = "increment"


@frozen
class Unit:
    """组织: `lo, hi` is its interval in tree order of the current epoch (itself at `lo`)."""

    id: int
    code: str
    name: str
    display: str
    short: str
    level: Level
    kind: UnitKind
    parent_id: int | None
    lo: int
    hi: int


@frozen
class Post:
    """任职 of a person in a unit, with the unit it is held in."""

    id: int
    unit: Unit
    role: Role
    title: str
    waiting: bool = False  # registered herself just now: her chair has not had time to look


@frozen
class Person:
    """人员 with her posts, highest first; none means she may only listen."""

    id: int
    key: str
    name: str
    posts: tuple[Post, ...]
    paused: bool

    @property
    def home(self) -> Unit:
        """The unit she speaks for by default: that of her first post."""
        return self.posts[0].unit

    def __hash__(self) -> int:
        return self.id


@frozen
class Indicator:
    """指标 of a campaign; belongs to one level."""

    id: int
    campaign_id: int
    code: str
    name: str
    aliases: tuple[str, ...]
    kind: IndicatorKind
    level: Level
    unit_word: str
    mode: ValueMode
    steps: tuple[str, ...]
    most: int | None
    registers: str | None = None  # whom a report lets register: member, none; None: by name
    approvals: tuple[
        Level, ...
    ] = ()  # the levels that have to agree, one after the other, from the nearest up
    evidence: str | None = None  # photo: one is asked for


@frozen
class Milestone:
    """里程碑: this fraction of the expected units by the end of this day."""

    id: int
    on: date
    fraction: float
    indicator_ids: tuple[int, ...]


@frozen
class Campaign:
    """专项工作."""

    id: int
    code: str
    name: str
    goal: str
    starts: date
    ends: date
    indicators: tuple[Indicator, ...]
    milestones: tuple[Milestone, ...]

    def over(self, day: date) -> bool:
        """Whether its last day lies before `day`."""
        return self.ends < day


@frozen
class Cell:
    """One value of the ledger with where it came from."""

    unit_id: int
    indicator_id: int
    value: int
    entry_id: int
    as_of: datetime
    whole: int | None = None
