"""Say something to one person later: kept now, sent by the worker."""

from __future__ import annotations

from datetime import datetime

from bot.core import period
from bot.core.model import Level, Person
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import outbox, pictures


async def person(rt: Runtime, person_id: int, text: str) -> None:
    """Tell a person, wherever she is registered when it is sent; if nowhere, it is dropped."""
    await _keep(rt, person_id=person_id, follower_id=None, text=text, not_before=None)


async def politely(rt: Runtime, who: Person, text: str) -> None:
    """`person`, but not in her quiet hours: villages sleep, offices have their days off too."""
    now = rt.now()
    if who.posts and who.home.level is Level.VILLAGE:
        begin = rt.quiet.over_at(now, rt.calendar.zone)
    else:
        begin = rt.quiet.office_at(now, rt.calendar)
    await _keep(
        rt, person_id=who.id, follower_id=None, text=text, not_before=begin if begin > now else None
    )


async def follower(rt: Runtime, follower_id: int, text: str) -> None:
    """Tell somebody who follows the account, registered or not."""
    await _keep(rt, person_id=None, follower_id=follower_id, text=text, not_before=None)


async def picture(rt: Runtime, follower_id: int, svg: str, *, instead: str) -> None:
    """Show her a picture; `instead` is said if it cannot be drawn or uploaded.

    Only while she may be written to, which is the case when she has just asked for it.
    """
    async with rt.write() as c:
        key = await pictures.keep(c, svg, at_ms=rt.now_ms())
        await outbox.add(
            c,
            person_id=None,
            follower_id=follower_id,
            text=instead,
            at_ms=rt.now_ms(),
            picture=key,
        )
        rt.wake(wake.WORK)


async def _keep(
    rt: Runtime,
    *,
    person_id: int | None,
    follower_id: int | None,
    text: str,
    not_before: datetime | None,
) -> None:
    async with rt.write() as c:
        await outbox.add(
            c,
            person_id=person_id,
            follower_id=follower_id,
            text=text,
            at_ms=rt.now_ms(),
            not_before_ms=period.ms(not_before) if not_before else 0,
        )
        rt.wake(wake.WORK)
