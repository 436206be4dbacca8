"""/broadcasts/{n}/chain: how far a notice has come, as figures and as a picture."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from bot import errors, picture
from bot.actions import chain
from bot.core import chain_chart
from bot.core.chain import Count, Standing
from bot.core.model import Unit
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import broadcasts, chains, epochs
from bot.store import units as places
from handlers.api import answers, shapes, units
from handlers.api.broadcasts import Number
from handlers.api.callers import Caller, Rt, Who

_MISSING = 500

router = APIRouter(route_class=answers.Route, prefix="/broadcasts", tags=["broadcasts"])

Code = Annotated[
    str | None, Query(max_length=64, description="default: the unit of the token's post")
]


class CountOut(BaseModel):
    """Units: asked, and of them where it is known to have arrived (`reached`), and how."""

    asked: int
    reached: int = Field(description="signed, opened or forwarded to")
    signed: int
    relayed: int = Field(description="a group of the unit has it")
    cannot: int = Field(description="not reached, and the owner of a group says she cannot forward")
    not_yet: int = Field(description="asked less reached")

    @classmethod
    def of(cls, count: Count) -> CountOut:
        """As it was counted."""
        return cls(
            asked=count.asked,
            reached=count.reached,
            signed=count.signed,
            relayed=count.relayed,
            cannot=count.cannot,
            not_yet=count.not_yet,
        )


class LevelOut(CountOut):
    """The units of one level."""

    level: str


class ChildOut(CountOut):
    """A unit directly below with everything below it."""

    unit: shapes.UnitRef


class AwayOut(shapes.UnitRef):
    """A unit it has not come to."""

    call: str | None = Field(
        description="who answers for it; her name and number in full for its own unit and the level directly above"
    )


class ChainOut(BaseModel):
    """How far a notice has come in a unit and below, as the tree was when its audience was frozen."""

    n: int
    unit: shapes.UnitRef
    as_of: datetime
    total: CountOut
    levels: list[LevelOut]
    people: int = Field(
        description="whom its groups reach: as their owners said, else by the size of the group"
    )
    readers: int = Field(description="who opened the groups' links, each once")
    timed: str = Field(description="the level that `minutes` is about")
    minutes: dict[str, int | None] = Field(
        description="minutes from approval until 50, 90 and 100 % of its units were reached; null: not yet"
    )
    children: list[ChildOut]
    missing: list[AwayOut] = Field(description=f"the first {_MISSING} units it has not come to")


@router.get("/{n}/chain", responses=answers.FAILURES, summary="How far a notice has come")
async def chain_of(rt: Rt, who: Who, n: Number, unit: Code = None) -> ChainOut:
    """Counts by level and by unit directly below; only for notices that went to groups."""
    notice, found = await _standing(rt, who, n, unit)
    async with rt.read() as c:
        spans = await epochs.spans(c, notice, found.unit)
        away, _ = await chains.missing(c, notice, (spans[0][1], spans[0][2]), _MISSING)
        homes = {post.unit.id for post in who.actor.person.posts}
        callers = await chain.whom(rt, c, homes, away)
    return ChainOut(
        n=n,
        unit=shapes.ref(found.unit),
        as_of=found.as_of.astimezone(rt.calendar.zone),
        total=CountOut.of(found.all),
        levels=[
            LevelOut(level=level.word, **CountOut.of(one).model_dump())
            for level, one in found.levels.items()
        ],
        people=found.people,
        readers=found.readers,
        timed=found.timed.word,
        minutes={str(share): minutes for share, minutes in found.took.items()},
        children=[
            ChildOut(unit=shapes.ref(below), **CountOut.of(one).model_dump())
            for below, one in found.below
        ],
        missing=[AwayOut(**shapes.ref(one).model_dump(), call=callers.get(one.id)) for one in away],
    )


@router.get(
    "/{n}/chain.png",
    responses=answers.FAILURES | {200: {"content": {"image/png": {}}}},
    response_class=Response,
    summary="The same as a picture",
)
async def drawn(rt: Rt, who: Who, n: Number, unit: Code = None) -> Response:
    """As chat sends it, for a phone."""
    notice, found = await _standing(rt, who, n, unit)
    local = found.as_of.astimezone(rt.calendar.zone)
    svg = chain_chart.svg_of(rt.words, notice.title, found, local=local)
    return Response(await asyncio.to_thread(picture.png, svg), media_type="image/png")


async def _standing(
    rt: Runtime, who: Caller, n: int, code: str | None
) -> tuple[Broadcast, Standing]:
    """As chat: a notice sent from the token's own line of units or below, in a unit of its scope."""
    home = who.actor.person.home
    of: Unit = await units.seen(rt, who, code) if code is not None else home
    async with rt.read() as c:
        notice = await broadcasts.get(c, n)
        sender = await places.by_id(c, notice.unit_id)
    if sender is None or not (who.actor.sees(sender) or sender.lo <= home.lo < sender.hi):
        raise errors.NotFound
    found = await chain.standing(rt, notice, of)
    if found is None:
        raise errors.NotFound
    return notice, found
