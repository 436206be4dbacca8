"""Days and times as chat says them."""

from __future__ import annotations

from datetime import date, datetime

from bot.core import period
from bot.runtime import Runtime


def day(rt: Runtime, on: date) -> str:
    """`8月4日`."""
    return rt.words.say("chat.day", month=on.month, day=on.day)


def promised(rt: Runtime, on: date, now: datetime) -> str:
    """`8月4日前答复`; from the next day on that it was not kept."""
    late = rt.calendar.day(now) > on
    return rt.words.say("trouble.by_then" if late else "trouble.by", due=day(rt, on))


def moment(rt: Runtime, at: datetime) -> str:
    """`8月4日18:00` in local time."""
    local = at.astimezone(rt.calendar.zone)
    return day(rt, local.date()) + local.strftime("%H:%M")


def moment_ms(rt: Runtime, at_ms: int) -> str:
    """`moment` of epoch milliseconds."""
    return moment(rt, period.at(at_ms))
