"""/units/{code}/items and /difficulties: what is asked of units, and what stands in their way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.core.item import Part, State
from bot.store import difficulties, difficulty_lists, item_parts
from bot.store.difficulties import Difficulty
from bot.store.item_parts import Sum
from handlers.api import answers, shapes, units
from handlers.api.callers import Rt, Who
from handlers.api.units import Code

router = APIRouter(route_class=answers.Route, prefix="/units", tags=["items", "difficulties"])

Limit = Annotated[int, Query(ge=1, le=1000)]


class ItemOut(BaseModel):
    """An item as it stands in a unit with all below."""

    n: int = Field(description="the number people say")
    item_id: str = Field(description="as in the imported file")
    kind: str = Field(description="task, document or statistic")
    title: str
    detail: str
    due: date
    asked: int = Field(description="units it is asked of")
    done: int = Field(description="units that have done it")
    late: int = Field(description="of those, after its day")
    value: int = Field(description="the sum of a statistic's numbers")

    @classmethod
    def of(cls, one: Sum) -> ItemOut:
        """As the ledger of items has it."""
        return cls(
            n=one.item.id,
            item_id=one.item.key,
            kind=one.item.kind.value,
            title=one.item.title,
            detail=one.item.detail,
            due=one.item.due_on,
            asked=one.asked,
            done=one.done,
            late=one.late,
            value=one.value,
        )


class PartOut(BaseModel):
    """What one unit has done of an item."""

    unit: shapes.UnitRef
    state: str = Field(description="open, doing, done, returned or closed")
    done: bool
    late: bool
    value: int | None
    said: str
    pictures: int = Field(description="how many pictures she sent")
    reason: str = Field(description="why it was sent back")

    @classmethod
    def of(cls, part: Part) -> PartOut:
        """As the ledger of items has it."""
        back = part.state is State.RETURNED
        return cls(
            unit=shapes.ref(part.unit),
            state=part.state.value,
            done=part.done,
            late=part.late,
            value=part.value if part.value is not None else part.known,
            said=part.said,
            pictures=len(part.evidence),
            reason=part.reason if back else "",
        )


class ItemsOut(BaseModel):
    """The items of a unit, or with `item` the parts of one of them."""

    items: list[ItemOut]
    parts: list[PartOut] = Field(description="of one item, in tree order; empty without `item`")
    next: int | None = Field(description="give it as `after` for the next page of parts")


class DifficultyOut(BaseModel):
    """One difficulty."""

    n: int = Field(description="the number people say")
    unit: shapes.UnitRef
    kind: str = Field(description="posts, money, place, people or other")
    text: str
    owner: shapes.UnitRef = Field(description="who has to answer")
    due: date
    overdue: bool
    state: str = Field(description="open, answered, unsolved, solved or closed")
    answer: str
    reason: str = Field(description="why it is not solved")
    made_at: datetime


class DifficultiesOut(BaseModel):
    """A page of difficulties, the newest first."""

    counts: dict[str, int] = Field(description="how many stand so, of all of them")
    items: list[DifficultyOut]
    next: int | None = Field(
        description="give it as `before` for the next page; null: that was all"
    )


@router.get("/{code}/items", responses=answers.FAILURES, summary="Tasks, documents, statistics")
async def items_of(
    rt: Rt,
    who: Who,
    code: Code,
    *,
    item: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Limit = 200,
    after: Annotated[int, Query(ge=-1, le=2**31)] = -1,
) -> ItemsOut:
    """What is asked of the unit and of those below it, with n of m."""
    found = await units.seen(rt, who, code)
    place = (found.lo, found.hi)
    async with rt.read() as c:
        sums = await item_parts.sums(c, place, item)
        parts: list[Part] = []
        if item is not None:
            parts = await item_parts.inside(c, item, place, after=after, limit=limit + 1)
    return ItemsOut(
        items=[ItemOut.of(one) for one in sums],
        parts=[PartOut.of(part) for part in parts[:limit]],
        next=parts[limit - 1].unit.lo if len(parts) > limit else None,
    )


@router.get("/{code}/difficulties", responses=answers.FAILURES, summary="What stands in the way")
async def difficulties_of(
    rt: Rt,
    who: Who,
    code: Code,
    *,
    state: Annotated[difficulties.State | None, Query(description="default: all")] = None,
    limit: Limit = 200,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> DifficultiesOut:
    """What the unit and those below it have raised, with who has to answer until when."""
    found = await units.seen(rt, who, code)
    place, today = (found.lo, found.hi), rt.calendar.day(rt.now())
    wanted = tuple(difficulties.State) if state is None else (state,)
    async with rt.read() as c:
        counted = await difficulty_lists.counts(c, place, today)
        page = await difficulty_lists.page(c, place, wanted, before=before, limit=limit + 1)
    counts = dict.fromkeys((one.value for one in difficulties.State), 0)
    for one in counted:
        counts[one.state.value] += one.n
    zone = rt.calendar.zone
    return DifficultiesOut(
        counts=counts,
        items=[_one(one, today, one.made_at.astimezone(zone)) for one in page[:limit]],
        next=page[limit - 1].id if len(page) > limit else None,
    )


def _one(one: Difficulty, today: date, made_at: datetime) -> DifficultyOut:
    return DifficultyOut(
        n=one.id,
        unit=shapes.ref(one.unit),
        kind=one.kind.value,
        text=one.text,
        owner=shapes.ref(one.owner),
        due=one.due_on,
        overdue=one.state in difficulties.WAITING and one.due_on < today,
        state=one.state.value,
        answer=one.answer,
        reason=one.reason,
        made_at=made_at,
    )
