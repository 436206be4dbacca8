"""/units: the tree, progress and cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from bot import errors
from bot.actions import progress, running, welcome
from bot.core import course
from bot.core import progress as rules
from bot.core.model import Campaign, Indicator, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import cells, evidences, units
from handlers.api import answers, shapes
from handlers.api.callers import Caller, Rt, Who

_MISSING = 5000  # at most so many who said nothing

router = APIRouter(route_class=answers.Route, prefix="/units", tags=["units"])

Code = Annotated[str, Path(max_length=64, description="the unit's code")]
CampaignCode = Annotated[
    str | None, Query(max_length=64, description="default: the newest campaign that runs there")
]
IndicatorCode = Annotated[str | None, Query(max_length=64, description="default: all of them")]


@router.get("/{code}", responses=answers.FAILURES, summary="A unit and those directly below it")
async def unit(rt: Rt, who: Who, code: Code) -> shapes.UnitOut:
    """One unit within the token's scope."""
    found = await seen(rt, who, code)
    async with rt.read() as c:
        above = await units.parent(c, found)
        below = await units.children(c, found.id)
    return shapes.UnitOut(
        **shapes.ref(found).model_dump(),
        kind=found.kind.value,
        parent_code=above.code if above and who.actor.sees(above) else None,
        children=[shapes.ref(one) for one in below],
    )


@router.get("/{code}/progress", responses=answers.FAILURES, summary="Progress of a unit")
async def progress_of(
    rt: Rt,
    who: Who,
    code: Code,
    *,
    campaign: CampaignCode = None,
    indicator: IndicatorCode = None,
    period: Annotated[
        str | None,
        Query(
            pattern=r"^\d{4}-(W\d{2}|\d{2}-\d{2})$",
            description="a week like 2026-W47 or a local day like 2026-11-20, at whose end; default: now",
        ),
    ] = None,
) -> shapes.ProgressOut:
    """The same figures as in chat, with the table of the units directly below."""
    found = await seen(rt, who, code)
    at = _moment(rt, period)
    which, wanted = await _asked(rt, found, campaign, indicator, at)
    async with rt.read() as c:
        below = await units.children(c, found.id)
    day = rt.calendar.day(at)
    tables = await progress.tables(rt, [found, *below], which, wanted, at)
    days = await progress.days(rt, found, wanted, day)
    items = []
    for own, *rest in tables:
        shown = [child for child in rest if child.expected]
        some = [one.unit for one in (own, *shown)]
        came = await welcome.came(rt, own.indicator, some)
        changes = days[own.indicator.id]
        items.append(_figures(rt, which, [own, *shown], came=came, days=changes, day=day))
    return shapes.ProgressOut(
        unit=shapes.ref(found),
        campaign=which.code,
        over_since=which.ends if which.over(day) else None,
        as_of=_local(rt, at),
        items=items,
    )


def _figures(
    rt: Runtime,
    campaign: Campaign,
    table: Sequence[Progress],
    *,
    came: Mapping[int, int],
    days: course.Days,
    day: date,
) -> shapes.IndicatorFigures:
    """One indicator: the unit itself stands first in the table, those below it follow."""
    own, *below = table
    one = own.indicator
    stones = course.stones(campaign, one, own.expected, days, day)
    return shapes.IndicatorFigures(
        **shapes.figures(own, came.get(own.unit.id)).model_dump(),
        indicator=one.code,
        name=one.name,
        kind=one.kind.value,
        unit_word=one.unit_word,
        step_names=list(one.steps),
        line=rules.first_line(rt.words, own),
        weeks=[shapes.week(week) for week in course.weeks(campaign, one, days, day)],
        milestones=[shapes.milestone(stone) for stone in stones],
        children=[
            shapes.ChildFigures(
                **shapes.figures(child, came.get(child.unit.id)).model_dump(),
                unit=shapes.ref(child.unit),
            )
            for child in below
        ],
    )


@router.get("/{code}/cells", responses=answers.FAILURES, summary="The values behind the figures")
async def cells_of(
    rt: Rt,
    who: Who,
    code: Code,
    *,
    campaign: CampaignCode = None,
    indicator: IndicatorCode = None,
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    after: Annotated[
        str | None, Query(pattern=r"^\d{1,9}-\d{1,18}$", description="`next` of the page before")
    ] = None,
    missing: Annotated[
        bool, Query(description="also who was asked and has said nothing; not asked is in no list")
    ] = False,
) -> shapes.CellsOut:
    """Every value of the unit and those below it, with where it came from; zero is a value, missing is not."""
    found = await seen(rt, who, code)
    _, wanted = await _asked(rt, found, campaign, indicator, rt.now())
    codes = {one.id: one.code for one in wanted}
    place, _, last = (after or "-1-0").rpartition("-")
    async with rt.read() as c:
        lines = await cells.lines(
            c,
            list(codes),
            [(found.lo, found.hi)],
            after=(int(place), int(last)),
            limit=limit + 1,
        )
    shown = lines[:limit]
    silent = []
    if missing and len(lines) <= limit:
        silent = await _silent(rt, found, wanted)
    async with rt.read() as c:
        photos = await evidences.of_entries(c, [line.cell.entry_id for line in shown])
    more = f"{shown[-1].unit.lo}-{shown[-1].cell.indicator_id}" if len(lines) > limit else None
    return shapes.CellsOut(
        items=[
            shapes.CellOut(
                unit=shapes.ref(line.unit),
                indicator=codes[line.cell.indicator_id],
                state="reported" if line.cell.value else "zero",
                value=line.cell.value,
                whole=line.cell.whole,
                as_of=_local(rt, line.cell.as_of),
                entry_id=line.cell.entry_id,
                source=line.source.hex(),
                kind=line.kind,
                on_behalf=line.on_behalf,
                late=line.late,
                waiting=line.waiting,
                awaits=line.awaits.word if line.awaits else None,
                photos=photos.get(line.cell.entry_id, []),
            )
            for line in shown
        ],
        missing=silent,
        next=more,
    )


async def _silent(rt: Runtime, unit: Unit, wanted: Sequence[Indicator]) -> list[shapes.MissingOut]:
    """Who was asked and has said nothing, of each indicator in tree order."""
    found: list[shapes.MissingOut] = []
    async with rt.read() as c:
        for one in wanted:
            some = await cells.silent(c, one, (unit.lo, unit.hi), limit=_MISSING - len(found))
            found += [
                shapes.MissingOut(unit=shapes.ref(place), indicator=one.code) for place in some
            ]
    return found


async def seen(rt: Runtime, who: Caller, code: str) -> Unit:
    """The unit within the caller's scope; NotFound, whether it lies outside or does not exist."""
    async with rt.read() as c:
        found = await units.seen(c, code, who.actor.scope)
    if found is None:
        raise errors.NotFound
    return found


async def _asked(
    rt: Runtime, unit: Unit, campaign: str | None, indicator: str | None, at: datetime
) -> tuple[Campaign, list[Indicator]]:
    found = await running.one(rt, unit, at, code=campaign)
    if found is None:
        raise errors.NotFound
    wanted = [one for one in found.indicators if indicator in (None, one.code)]
    if not wanted:
        raise errors.NotFound
    return found, wanted


def _moment(rt: Runtime, period: str | None) -> datetime:
    """The last moment of the period, or now while it lasts."""
    now = rt.now()
    if period is None:
        return now
    try:
        if "W" in period:
            start, end = rt.calendar.week_of(period)
        else:
            day = date.fromisoformat(period)
            start, end = rt.calendar.moment(day), rt.calendar.moment(day + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise errors.BadInput(rt.words.say("api.no_period", period=period)) from error
    if start > now:
        raise errors.BadInput(rt.words.say("api.not_begun", period=period))
    return min(now, end - timedelta(milliseconds=1))


def _local(rt: Runtime, at: datetime) -> datetime:
    return at.astimezone(rt.calendar.zone)
