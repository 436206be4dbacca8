"""/broadcasts: send one, see its sum and receipts, approve, pause, resume, stop, recall."""

from __future__ import annotations

import dataclasses
import secrets
from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Header, Path, Query
from pydantic import BaseModel, Field

from bot import errors
from bot.actions import broadcast, quota, recall, settle
from bot.core import access, period
from bot.core.access import Actor
from bot.core.model import Role, Unit
from bot.core.plan import Broadcast, Draft
from bot.core.receipt import Sums
from bot.runtime import Runtime
from bot.store import broadcasts, recalls, receipts
from bot.store import units as places
from handlers.api import answers, callers, drafts, previews, shapes, units
from handlers.api.callers import Caller, Rt, Who

_SAME_MS = 24 * 3600 * 1000
_SETTLED_S = 2.0  # how long the answer to a stop waits for calls under way

router = APIRouter(route_class=answers.Route, prefix="/broadcasts", tags=["broadcasts"])

Number = Annotated[int, Path(ge=1, le=2**62, description="the number people say")]


class SumsOut(BaseModel):
    """The seven classes of an audience: disjoint, and always `n` together."""

    n: int
    accepted: int
    delivered: int
    refused: int
    unknown: int
    unregistered: int
    to_relay: int
    unsent: int

    @classmethod
    def of(cls, sums: Sums) -> Self:
        """As the engine counted them."""
        return cls(**dataclasses.asdict(sums))


class RecallOut(BaseModel):
    """People whose copies a channel takes back: still to do, done, refused by the platform, unclear."""

    waiting: int
    done: int
    refused: int
    unknown: int


class BroadcastOut(BaseModel):
    """A broadcast with its sum as it is at this moment."""

    n: int
    unit: shapes.UnitRef
    kind: str
    title: str
    state: str = Field(
        description="waiting, refused, ready, sending, paused, stopped, expired, done"
    )
    made_at: datetime
    deadline: datetime | None
    people: SumsOut
    groups: SumsOut
    line: str = Field(description="the sum as chat says it")
    recall: RecallOut = Field(description="all 0 unless it was taken back where that is possible")


class SentOut(BroadcastOut):
    """A broadcast that was just made."""

    same_as: int | None = Field(
        description="an earlier one of 24 hours by this unit with the same title and body"
    )


class ReceiptCount(BaseModel):
    """People of a unit with all below (of the first row: of the unit itself)."""

    unit: shapes.UnitRef
    people: int
    reached: int
    signed: int


class ReceiptsOut(BaseModel):
    """Receipts of a broadcast in a unit, as the tree was when the audience was frozen."""

    n: int
    unit: shapes.UnitRef
    people: int
    reached: int
    signed: int
    children: list[ReceiptCount]


@router.post(
    "",
    status_code=201,
    responses=answers.FAILURES | answers.CHANGING,
    summary="Send a broadcast, or have it wait for approval",
)
async def send(
    rt: Rt,
    who: Who,
    new: drafts.NewBroadcast,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=80,
            description="the same key again sends nothing and answers with the first broadcast",
        ),
    ] = None,
) -> SentOut:
    """Above the threshold of recipients it waits until somebody else says 同意."""
    post = access.send_post(who.actor)
    if post is None:
        raise errors.NotAllowed
    draft = await drafts.draft(rt, who, post.unit, new)
    key = who.mark + (idempotency_key or secrets.token_urlsafe(24))
    seen = await _new(rt, who, draft, key) if new.only_new else None
    made = await broadcast.submit(rt, who.actor, draft, expected=seen, idem_key=key)
    if (made.kind, made.title, made.body) != (draft.kind, draft.title, draft.body):
        raise errors.Conflict(rt.words.say("api.other_key"))
    since_ms = made.made_at_ms - _SAME_MS
    async with rt.read() as c:
        same = await broadcasts.same(
            c, made.unit_id, made.title, made.body, since_ms=since_ms, before=made.id
        )
    return SentOut(**dict(await _shown(rt, made)), same_as=same.n if same else None)


async def _new(rt: Runtime, who: Caller, draft: Draft, key: str) -> bytes | None:
    """The token of a preview that knows of no other with these words; None if the key's own is there already."""
    async with rt.read() as c:
        if await broadcasts.by_idem_key(c, key) is not None:
            return None
    shown = await broadcast.preview(rt, who.actor, draft)
    if shown.same is not None:
        raise errors.Conflict(rt.words.say("api.same", n=shown.same.n))
    return shown.token


@router.post(
    "/preview",
    responses=answers.FAILURES | {400: answers.CHANGING[400]},
    summary="What sending would do; nothing is sent",
)
async def preview(rt: Rt, who: Who, new: drafts.NewBroadcast) -> previews.PreviewOut:
    """The platform is asked what is left of its quotas today."""
    post = access.send_post(who.actor)
    if post is None:
        raise errors.NotAllowed
    await quota.fresh(rt)
    draft = await drafts.draft(rt, who, post.unit, new)
    return previews.of(rt, await broadcast.preview(rt, who.actor, draft))


@router.get("/{n}", responses=answers.FAILURES, summary="A broadcast and its sum")
async def one(rt: Rt, who: Who, n: Number) -> BroadcastOut:
    """One that was sent by a unit within the token's scope."""
    found, _ = await _visible(rt, who, n)
    return await _shown(rt, found)


@router.get("/{n}/receipts", responses=answers.FAILURES, summary="Who has signed, counted by unit")
async def receipts_of(
    rt: Rt,
    who: Who,
    n: Number,
    unit: Annotated[
        str | None, Query(max_length=64, description="default: the unit that sent it")
    ] = None,
) -> ReceiptsOut:
    """Counts only: names are for the level directly above."""
    found, sender = await _visible(rt, who, n)
    of = await units.seen(rt, who, unit) if unit is not None else sender
    async with rt.read() as c:
        rows = await receipts.counts_by_child(c, found, of)
    return ReceiptsOut(
        n=n,
        unit=shapes.ref(of),
        people=sum(row.people for row in rows),
        reached=sum(row.reached for row in rows),
        signed=sum(row.signed for row in rows),
        children=[
            ReceiptCount(
                unit=shapes.ref(row.unit),
                people=row.people,
                reached=row.reached,
                signed=row.signed,
            )
            for row in rows
        ],
    )


@router.post(
    "/{n}/{deed}",
    responses=answers.FAILURES | answers.CHANGING,
    summary="Approve, pause, resume, stop or take it back",
)
async def control(
    rt: Rt, who: Who, n: Number, deed: Literal["approve", "pause", "resume", "stop", "recall"]
) -> BroadcastOut:
    """Approving is for a chair or admin of the sending unit or above, never for the token that sent it.

    The rest is for the token that sent it, or an admin of the sending unit or above.
    """
    found, sender = await _visible(rt, who, n)
    async with rt.read() as c:
        mine = await broadcasts.keyed(c, n, who.mark)
    if deed == "approve":
        if mine:
            raise errors.OwnDraft
        if not access.may_decide(who.actor, author_id=found.author_id, unit=sender):
            raise errors.NotAllowed
        return await _shown(rt, await broadcast.approve(rt, who.actor, n))
    actor = who.actor
    if mine:  # the author, who has no person the engine could know her by
        actor = Actor(callers.stand_in(sender, Role.ADMIN))
    elif not access.may_control(actor, author_id=found.author_id, unit=sender):
        raise errors.NotAllowed
    match deed:
        case "pause":
            changed = await broadcast.pause(rt, actor, n)
        case "resume":
            changed = await broadcast.resume(rt, actor, n)
        case "stop" | "recall":
            await (settle.stop if deed == "stop" else recall.recall)(rt, actor, n)
            await settle.settled(rt, n, within_s=_SETTLED_S)
            async with rt.read() as c:
                changed = await broadcasts.get(c, n)
    return await _shown(rt, changed)


async def _visible(rt: Runtime, who: Caller, n: int) -> tuple[Broadcast, Unit]:
    async with rt.read() as c:
        found = await broadcasts.get(c, n)
        sender = await places.by_id(c, found.unit_id)
    if sender is None or not who.actor.sees(sender):
        raise errors.NotFound
    return found, sender


async def _shown(rt: Runtime, found: Broadcast) -> BroadcastOut:
    async with rt.read() as c:
        sender = await places.by_id(c, found.unit_id)
        counted = await broadcasts.tally(c, found)
        back = await recalls.sums(c, found.id)
    assert sender is not None  # units are ended, never deleted
    zone = rt.calendar.zone
    deadline = period.at(found.deadline_ms) if found.deadline_ms is not None else None
    return BroadcastOut(
        n=found.id,
        unit=shapes.ref(sender),
        kind=found.kind,
        title=found.title,
        state=found.state.value,
        made_at=period.at(found.made_at_ms).astimezone(zone),
        deadline=deadline.astimezone(zone) if deadline else None,
        people=SumsOut.of(counted.people),
        groups=SumsOut.of(counted.groups),
        line=broadcast.sum_line(rt, found.id, counted),
        recall=RecallOut(**dataclasses.asdict(back)),
    )
