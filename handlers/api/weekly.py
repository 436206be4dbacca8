"""/units/{code}/weekly: the weekly analysis with its figures and sentences, or as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from bot import errors
from bot.actions import publish, running, weekly_files
from bot.actions.publish import Shown
from bot.core import weekly
from bot.runtime import Runtime
from handlers.api import answers, shapes, units
from handlers.api.callers import Caller, Rt, Who

router = APIRouter(route_class=answers.Route, prefix="/units", tags=["units"])

Period = Annotated[
    str | None,
    Query(
        pattern=r"^\d{4}-W\d{2}$",
        description="a week like 2026-W47; default: the newest published one, else the state of now",
    ),
]
Ending = Annotated[Literal["docx", "xlsx", "png"], Path(description="docx, xlsx or png")]


class WeeklyOut(BaseModel):
    """周报 of a unit."""

    unit: shapes.UnitRef
    campaign: str
    week: str
    as_of: datetime
    published: bool = Field(description="false: the state of now, which is not kept")
    text: str = Field(description="as chat says it")
    sentences: list[weekly.Sentence] = Field(description="each with the figures it rests on")
    figures: weekly.Figures


@router.get("/{code}/weekly", responses=answers.FAILURES, summary="The weekly analysis")
async def weekly_of(
    rt: Rt,
    who: Who,
    code: units.Code,
    *,
    campaign: units.CampaignCode = None,
    period: Period = None,
) -> WeeklyOut:
    """The analysis of a week as it was published; it never changes."""
    shown = await _shown(rt, who, code, campaign=campaign, period=period)
    return WeeklyOut(
        unit=shapes.ref(shown.unit),
        campaign=shown.figures.campaign,
        week=shown.figures.week,
        as_of=shown.figures.as_of,
        published=shown.id is not None,
        text=shown.text,
        sentences=list(shown.sentences),
        figures=shown.figures,
    )


@router.get(
    "/{code}/weekly.{ending}",
    responses={
        **answers.FAILURES,
        200: {"content": {kind: {} for kind in weekly_files.KINDS.values()}},
    },
    response_class=Response,
    summary="The weekly analysis as Word, Excel or a picture",
)
async def weekly_file(
    rt: Rt,
    who: Who,
    code: units.Code,
    ending: Ending,
    *,
    campaign: units.CampaignCode = None,
    period: Period = None,
) -> Response:
    """The same analysis as a file."""
    shown = await _shown(rt, who, code, campaign=campaign, period=period)
    made = await weekly_files.make(rt, shown, ending)
    named = f'attachment; filename="{shown.figures.week}.{ending}"'
    return Response(made.content, media_type=made.kind, headers={"Content-Disposition": named})


async def _shown(
    rt: Runtime, who: Caller, code: str, *, campaign: str | None, period: str | None
) -> Shown:
    """The published one; without a period, or for the week that runs, the state of now if there is none.

    NotFound for a unit out of scope, a campaign that is not there, a week without an analysis.
    """
    unit = await units.seen(rt, who, code)
    found = await running.one(rt, unit, rt.now(), code=campaign)
    if found is None:
        raise errors.NotFound
    shown = await publish.newest(rt, unit, found, week=period)
    if shown is not None:
        return shown
    runs = found.starts <= rt.calendar.day(rt.now()) <= found.ends
    if not runs or period not in (None, rt.calendar.week_name(rt.now())):
        raise errors.NotFound
    shown = await publish.today(rt, unit, found, rt.now())
    if not shown.figures.rows:
        raise errors.NotFound
    return shown
