"""What sending a broadcast would do, as the API says it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from bot.core.plan import Preview
from bot.runtime import Runtime


class ChannelOut(BaseModel):
    """What one channel has to do."""

    channel: str
    members: int = Field(description="people, or groups of robot and relay")
    calls: int
    batches: int
    calls_left: int | None = Field(description="today; null where nobody knows")
    seconds: int = Field(description="at best; what today's calls do not cover waits for tomorrow")


class PreviewOut(BaseModel):
    """Whom it is for, by which channels, and how long it takes."""

    people: int
    groups: int
    reached: int = Field(description="people whom a channel reaches now")
    unregistered: int = Field(description="people without an account we know")
    paused: int = Field(description="people who want nothing for now")
    channels: list[ChannelOut]
    calls: int
    batches: int
    seconds: int
    minutes_each: int = Field(description="reading time asked of each person")
    starts_at: datetime | None = Field(description="null: at once")
    needs_second: bool = Field(description="waits until somebody else agrees")
    same_as: int | None = Field(
        description="a broadcast of the last 24 hours by this unit with the same title and body"
    )


def of(rt: Runtime, shown: Preview) -> PreviewOut:
    """A preview as the engine made it."""
    starts_at = shown.starts_at.astimezone(rt.calendar.zone) if shown.starts_at else None
    return PreviewOut(
        people=shown.people,
        groups=shown.groups,
        reached=shown.reached,
        unregistered=shown.unregistered,
        paused=shown.paused,
        channels=[
            ChannelOut(
                channel=part.channel,
                members=part.members,
                calls=part.calls,
                batches=part.batches,
                calls_left=part.left,
                seconds=part.seconds,
            )
            for part in shown.parts
        ],
        calls=shown.calls,
        batches=shown.batches,
        seconds=shown.eta_s,
        minutes_each=shown.minutes,
        starts_at=starts_at,
        needs_second=shown.needs_second,
        same_as=shown.same.n if shown.same else None,
    )
