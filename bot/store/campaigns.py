"""Campaigns, their indicators and milestones, and which units are expected to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bot.core import ledger, tree
from bot.core.model import Campaign, Indicator, IndicatorKind, Level, Milestone, Unit, ValueMode
from bot.store import memory, slices, tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, several

_campaign, _indicator, _unit = tables.campaign.c, tables.indicator.c, tables.unit.c
_JUST = timedelta(
    days=14
)  # since when one has ended that is still reported to beside those that run
_AT_ONCE = 200  # intervals in one statement; SQLite limits the depth of an expression

_HEADS = sa.select(tables.campaign).order_by(_campaign.starts_on.desc(), _campaign.id.desc())
_BY_ID = Statement(_HEADS.where(_campaign.id == bind("id")))
_INDICATORS = Statement(
    sa.select(tables.indicator)
    .where(_indicator.campaign_id.in_(several("campaigns")))
    .order_by(_indicator.sort, _indicator.id)
)
_MILESTONES = Statement(
    sa.select(tables.milestone)
    .where(tables.milestone.c.campaign_id.in_(several("campaigns")))
    .order_by(tables.milestone.c.on_day, tables.milestone.c.fraction)
)
_INTERVALS = Statement(
    sa.select(_unit.lo, _unit.hi)
    .join(tables.campaign_unit, tables.campaign_unit.c.unit_id == _unit.id)
    .where(tables.campaign_unit.c.campaign_id == bind("campaign"), _unit.lo >= 0)
)
_BY_LIST = Statement(
    sa.select(_indicator.id).where(
        _indicator.id.in_(several("indicators")), _indicator.by_list.is_(True)
    )
)


@memory.kept
async def active(c: Connection, day: date) -> list[Campaign]:
    """The campaigns that run on this local day, the newest first."""
    return await _campaigns(c, _running(day))


async def by_code(c: Connection, code: str) -> Campaign | None:
    """The campaign with this code, over or not."""
    found = await _campaigns(c, _campaign.code == code)
    return found[0] if found else None


@memory.kept
async def by_id(c: Connection, campaign_id: int) -> Campaign | None:
    """The campaign, over or not."""
    found = await _whole(c, await _BY_ID.all(c, {"id": campaign_id}))
    return found[0] if found else None


@memory.kept
async def of_indicator(c: Connection, indicator_id: int) -> Campaign | None:
    """The campaign that has this indicator, over or not."""
    which = sa.select(_indicator.campaign_id).where(_indicator.id == indicator_id)
    found = await _campaigns(c, _campaign.id == which.scalar_subquery())
    return found[0] if found else None


async def of_unit(c: Connection, unit: Unit, day: date) -> list[Campaign]:
    """All that can be asked of a unit: those that run there, then those that ended in a year; the first of them is the one meant where none is named."""
    running = await _of_unit(c, unit, await active(c, day))
    return [*running, *await _of_unit(c, unit, await ended(c, day))]


@memory.kept
async def ended(c: Connection, day: date) -> list[Campaign]:
    """The campaigns that ended in the year before this day, the last to end first."""
    return sorted(await _campaigns(c, _over(day)), key=lambda one: one.ends, reverse=True)


async def _of_unit(c: Connection, unit: Unit, some: Sequence[Campaign]) -> list[Campaign]:
    """Those whose units hold `unit`, then those that are only below it."""
    placed = [(one, await intervals(c, one.id)) for one in some]
    holding = [one for one, places in placed if tree.holds(places, unit.lo)]
    below = [one for one, places in placed if tree.clip(places, [(unit.lo, unit.hi)])]
    return [*holding, *(one for one in below if one not in holding)]


async def asked(c: Connection, unit: Unit, day: date) -> Campaign | None:
    """The first of `of_unit` with what the other campaigns of this day, and those just over, ask in `unit` too, so that it can be said.

    An indicator is left out that has the code of one of a newer campaign, or the spoken name or an alias of one of
    the same level. One that is over is still reported to: the figure is late, and not lost.
    """
    newest = await _covering(c, unit, day)
    if newest is None:
        return None
    just = [one for one in await ended(c, day) if day - one.ends <= _JUST]
    others = [one for one in [*await active(c, day), *just] if one.id != newest.id]
    if not others:
        return newest
    found = list(newest.indicators)
    for campaign in others:
        if not tree.holds(await intervals(c, campaign.id), unit.lo):
            continue
        taken = {called for one in found for called in _called(one)}
        found += [one for one in campaign.indicators if taken.isdisjoint(_called(one))]
    return replace(newest, indicators=tuple(found))


async def _covering(c: Connection, unit: Unit, day: date) -> Campaign | None:
    """The newest campaign of this day whose units hold `unit`; where none runs there, the last that ended in a year.

    For a unit above all campaigns (the province of a city's campaign): the newest one below it.
    """
    found = await _of_unit(c, unit, await active(c, day)) or await _of_unit(
        c, unit, await ended(c, day)
    )
    return found[0] if found else None


def _called(indicator: Indicator) -> set[str | tuple[Level, str]]:
    names = (ledger.spoken(indicator), *indicator.aliases)
    return {indicator.code, *((indicator.level, name) for name in names)}


@memory.kept
async def intervals(c: Connection, campaign_id: int) -> tuple[tree.Interval, ...]:
    """Where the campaign's units and all below them stand today."""
    rows = await _INTERVALS.all(c, {"campaign": campaign_id})
    return tree.merge((lo, hi) for lo, hi in rows)


async def expected_count(c: Connection, indicator: Indicator, lo: int, hi: int) -> int:
    """How many units in `[lo, hi)` are expected to report the indicator."""
    count = 0
    for clause in await expected_clauses(c, indicator, lo, hi):
        count += (
            await c.scalar(sa.select(sa.func.count()).select_from(tables.unit).where(clause)) or 0
        )
    return count


async def expected_units(c: Connection, indicator: Indicator, lo: int, hi: int) -> list[Unit]:
    """The units in `[lo, hi)` that are expected to report the indicator, in tree order."""
    found: list[Unit] = []
    for clause in await expected_clauses(c, indicator, lo, hi):
        rows = await c.execute(sa.select(*units.COLUMNS).where(clause).order_by(_unit.lo))
        found.extend(units.of(row) for row in rows)
    return found


async def is_expected(c: Connection, indicator: Indicator, unit: Unit) -> bool:
    """Whether this unit is expected to report the indicator."""
    if unit.level != indicator.level or not tree.holds(
        await intervals(c, indicator.campaign_id), unit.lo
    ):
        return False
    if not await by_list(c, indicator.id):
        return True
    listed = tables.indicator_unit.c
    which = sa.select(listed.unit_id).where(
        listed.indicator_id == indicator.id, listed.unit_id == unit.id
    )
    return await c.scalar(which) is not None


async def listed(
    c: Connection, indicator_ids: Sequence[int], unit_ids: Sequence[int]
) -> dict[int, set[int]]:
    """For the indicators whose file names the units that report: which of these units are among them."""
    named = await _BY_LIST.all(c, {"indicators": list(indicator_ids)})
    found: dict[int, set[int]] = {row[0]: set() for row in named}
    if not found:
        return found
    link = tables.indicator_unit.c
    for part in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(link.indicator_id, link.unit_id).where(
                link.indicator_id.in_(list(found)), link.unit_id.in_(part)
            )
        )
        for indicator_id, unit_id in rows:
            found[indicator_id].add(unit_id)
    return found


async def expected_clauses(
    c: Connection, indicator: Indicator, lo: int, hi: int
) -> list[sa.ColumnElement[bool]]:
    """Clauses over units, disjoint and in tree order: campaign units × level ∩ reference ∩ `[lo, hi)`."""
    places = tree.clip(await intervals(c, indicator.campaign_id), [(lo, hi)])
    chosen = await by_list(c, indicator.id)
    listed = sa.select(tables.indicator_unit.c.unit_id).where(
        tables.indicator_unit.c.indicator_id == indicator.id
    )
    clauses = []
    for start in range(0, len(places), _AT_ONCE):
        clause = sa.and_(
            _unit.level == int(indicator.level), units.within(places[start : start + _AT_ONCE])
        )
        clauses.append(sa.and_(clause, _unit.id.in_(listed)) if chosen else clause)
    return clauses


@memory.kept
async def by_list(c: Connection, indicator_id: int) -> bool:
    """Whether the file names the units that are to report it."""
    return bool(await c.scalar(sa.select(_indicator.by_list).where(_indicator.id == indicator_id)))


def _running(day: date) -> sa.ColumnElement[bool]:
    on = day.isoformat()
    return sa.and_(
        _campaign.starts_on <= on, _campaign.ends_on >= on, _campaign.ended_at_ms.is_(None)
    )


def _over(day: date) -> sa.ColumnElement[bool]:
    since = (day - timedelta(days=366)).isoformat()
    ended = _campaign.ends_on.between(since, (day - timedelta(days=1)).isoformat())
    return sa.and_(ended, _campaign.ended_at_ms.is_(None))


async def _campaigns(c: Connection, which: sa.ColumnElement[bool]) -> list[Campaign]:
    return await _whole(c, (await c.execute(_HEADS.where(which))).all())


async def _whole(c: Connection, heads: Sequence[Any]) -> list[Campaign]:
    """Campaigns with what belongs to them."""
    ids = [head.id for head in heads]
    indicators = await _indicators(c, ids)
    stones = await _MILESTONES.all(c, {"campaigns": ids})
    return [
        _of(
            head,
            [one for one in indicators if one.campaign_id == head.id],
            [row for row in stones if row.campaign_id == head.id],
        )
        for head in heads
    ]


async def _indicators(c: Connection, ids: Sequence[int]) -> list[Indicator]:
    return [
        Indicator(
            row.id,
            row.campaign_id,
            row.code,
            row.name,
            tuple(row.aliases),
            IndicatorKind(row.kind),
            Level(row.level),
            row.unit_word,
            ValueMode(row.mode),
            tuple(row.steps),
            row.most,
            row.registers,
            tuple(Level(level) for level in row.approvals),
            row.evidence,
        )
        for row in await _INDICATORS.all(c, {"campaigns": list(ids)})
    ]


def _of(head: Any, indicators: Sequence[Indicator], stones: Sequence[Any]) -> Campaign:
    id_of = {one.code: one.id for one in indicators}
    return Campaign(
        head.id,
        head.code,
        head.name,
        head.goal,
        date.fromisoformat(head.starts_on),
        date.fromisoformat(head.ends_on),
        tuple(indicators),
        tuple(
            Milestone(
                row.id,
                date.fromisoformat(row.on_day),
                row.fraction,
                tuple(id_of[code] for code in row.indicators if code in id_of),
            )
            for row in stones
        ),
    )
