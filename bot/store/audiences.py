"""Who a broadcast is for and the ways there are to them: persons and groups chosen by unit, level and role, or named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from bot.core import audience
from bot.core.audience import Members
from bot.core.model import GroupKind
from bot.core.plan import AudienceItem
from bot.core.receipt import State
from bot.core.tree import Interval
from bot.core.way import Way, Ways
from bot.store import tables, units
from bot.store.database import Connection

_person, _post, _unit = tables.person.c, tables.post.c, tables.unit.c
_group, _binding = tables.wechat_group.c, tables.binding.c
_follower, _consent, _member = tables.follower.c, tables.consent.c, tables.member.c
_SLICE = 1000


@dataclass(frozen=True, slots=True)
class Means:
    """By what persons are reached besides templates: `wecom` members of the corp by its app.

    With `windows_ms`, a moment in epoch ms, also by a window that is open then, and with
    `subscribe`, a template's id, by a consent to it: both cost a look at each follower.
    """

    wecom: bool = False
    windows_ms: int | None = None
    subscribe: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """People, groups by their robot, groups by their owner; each in tree order.

    `taken`: the way that is taken to each of the people, 0 where there is none.
    """

    people: Members
    robots: Members
    relays: Members
    taken: Ways | None = None

    @property
    def groups_n(self) -> int:
        """Groups of both kinds."""
        return len(self.robots) + len(self.relays)

    def channels(self) -> list[tuple[str, Members]]:
        """The members under the names of their channels; whom no way reaches stands with the templates."""
        return [*self.by_way(), ("robot", self.robots), ("relay", self.relays)]

    def by_way(self) -> list[tuple[str, Members]]:
        """The people under the names of the channels that are taken to them."""
        if self.taken is None:
            return [(Way.TEMPLATE.channel, self.people)]
        taken = np.where(self.taken == 0, int(Way.TEMPLATE), self.taken)
        return [(way.channel, self.people.where(taken == way)) for way in Way if way in taken]


async def chosen(
    c: Connection,
    scope: Sequence[Interval],
    items: Iterable[AudienceItem],
    *,
    groups: bool,
    means: Means,
) -> Audience:
    """Everybody with a post in `scope` that fits an item (a person once), and the groups there if asked."""
    people = await _people(c, sa.and_(units.within(scope), _fits(items)), means)
    if not groups:
        return Audience(people, audience.members([]), audience.relays([]))
    robots, relays = await _groups(c, units.within(scope))
    return Audience(people, robots, relays)


async def named(
    c: Connection, persons: Sequence[int], group_ids: Sequence[int], *, means: Means
) -> Audience:
    """Exactly these persons and groups, as far as they still exist."""
    rows: list[tuple[int, int, int, int]] = []
    for part in _slices(persons):
        rows += await _rows(c, _person.id.in_(part), means)
    robots: list[tuple[int, int, int]] = []
    relays: list[tuple[int, int, int, int]] = []
    for part in _slices(group_ids):
        more_robots, more_relays = await _group_rows(c, _group.id.in_(part))
        robots += more_robots
        relays += more_relays
    by_place = sorted(rows, key=lambda row: (row[1], row[0]))
    return Audience(
        audience.people(by_place),
        audience.members(sorted(robots, key=lambda row: (row[1], row[0]))),
        audience.relays(sorted(relays, key=lambda row: (row[1], row[0]))),
    )


def _fits(items: Iterable[AudienceItem]) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                sa.true() if item.level is None else _unit.level == int(item.level),
                sa.true() if item.role is None else _post.role == item.role.value,
            )
            for item in items
        ),
    )


async def _people(c: Connection, which: sa.ColumnElement[bool], means: Means) -> Members:
    return audience.people(await _rows(c, which, means))


async def _rows(
    c: Connection, which: sa.ColumnElement[bool], means: Means
) -> list[tuple[int, int, int, int]]:
    """(id, place, state, ways) in tree order. A person without any post stands at place 0."""
    place = sa.func.coalesce(sa.func.min(_unit.lo), 0).label("place")
    source, ways = _ways(means)
    state = sa.case(
        (ways == 0, int(State.UNREGISTERED)),
        (_person.paused_at_ms.is_not(None), int(State.SUPPRESSED)),
        else_=int(State.PENDING),
    )
    rows = await c.execute(
        sa.select(_person.id, place, state, ways)
        .select_from(source)
        .where(which, _person.ended_at_ms.is_(None))
        .group_by(_person.id, _person.paused_at_ms)
        .order_by(place, _person.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _ways(means: Means) -> tuple[sa.FromClause, sa.ColumnElement[int]]:
    """Persons with their posts and what tells the ways to them, and the bits of these ways."""
    source: sa.Join = (
        tables.person.outerjoin(
            tables.post, sa.and_(_post.person_id == _person.id, _post.ended_at_ms.is_(None))
        )
        .outerjoin(tables.unit, _unit.id == _post.unit_id)
        .outerjoin(tables.binding, _binding.person_id == _person.id)
    )
    bits = [_bit(Way.TEMPLATE, _binding.person_id)]
    if means.wecom:
        there = sa.and_(_member.person_id == _person.id, _member.lost_at_ms.is_(None))
        source = source.outerjoin(tables.member, there)
        bits.append(_bit(Way.WECOM_APP, _member.person_id))
    if means.windows_ms is not None:
        open_now = sa.and_(
            _follower.id == _binding.follower_id,
            _follower.window_left > 0,
            _follower.window_ends_ms > means.windows_ms,
        )
        source = source.outerjoin(tables.follower, open_now)
        bits.append(_bit(Way.CUSTOM, _follower.id))
    if means.subscribe:
        agreed = sa.and_(
            _consent.follower_id == _binding.follower_id,
            _consent.template_id == means.subscribe,
            _consent.remaining > 0,
        )
        source = source.outerjoin(tables.consent, agreed)
        bits.append(_bit(Way.SUBSCRIBE, _consent.follower_id))
    total: sa.ColumnElement[int] = bits[0]
    for bit in bits[1:]:
        total = total + bit
    return source, total


def _bit(way: Way, there: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.case((sa.func.max(there).is_(None), 0), else_=int(way))


async def _groups(c: Connection, which: sa.ColumnElement[bool]) -> tuple[Members, Members]:
    robots, relays = await _group_rows(c, which)
    return audience.members(robots), audience.relays(relays)


async def _group_rows(
    c: Connection, which: sa.ColumnElement[bool]
) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int, int]]]:
    """A relay group whose owner is not registered cannot be reached; nor one without an owner."""
    state = sa.case(
        (_group.kind == GroupKind.ROBOT.value, int(State.PENDING)),
        (_binding.person_id.is_(None), int(State.UNREGISTERED)),
        (_person.paused_at_ms.is_not(None), int(State.SUPPRESSED)),
        else_=int(State.PENDING),
    )
    rows = (
        await c.execute(
            sa.select(_group.id, _unit.lo, state, _group.kind, _group.owner_person_id)
            .select_from(
                tables.wechat_group.join(tables.unit, _unit.id == _group.unit_id)
                .outerjoin(tables.person, _person.id == _group.owner_person_id)
                .outerjoin(tables.binding, _binding.person_id == _group.owner_person_id)
            )
            .where(which, _group.ended_at_ms.is_(None))
            .order_by(_unit.lo, _group.id)
        )
    ).all()
    robots = [(row[0], row[1], row[2]) for row in rows if row[3] == GroupKind.ROBOT.value]
    relays = [
        (row[0], row[1], row[2], row[4] or 0) for row in rows if row[3] == GroupKind.RELAY.value
    ]
    return robots, relays


def _slices(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    wanted = sorted(set(ids))
    return (wanted[start : start + _SLICE] for start in range(0, len(wanted), _SLICE))
