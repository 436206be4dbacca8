"""Say something to one person later: kept now, sent by the worker."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.shared import wake
from bot.store import outbox


async def person(rt: Runtime, person_id: int, text: str) -> None:
    """Tell a person, wherever she is registered when it is sent; if nowhere, it is dropped."""
    await _keep(rt, person_id=person_id, follower_id=None, text=text)


async def follower(rt: Runtime, follower_id: int, text: str) -> None:
    """Tell somebody who follows the account, registered or not."""
    await _keep(rt, person_id=None, follower_id=follower_id, text=text)


async def _keep(rt: Runtime, *, person_id: int | None, follower_id: int | None, text: str) -> None:
    async with rt.write() as c:
        await outbox.add(
            c, person_id=person_id, follower_id=follower_id, text=text, at_ms=rt.now_ms()
        )
        rt.wake(wake.WORK)
