"""Who writes at the same moment as somebody else: the one waits, and reads again what she was about to change."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Coroutine
from typing import Any

import pytest

from bot import errors
from bot.actions import mend, report
from bot.core.ledger import Claim
from bot.core.model import Person
from bot.store import cells, recount
from tests.ledger.land import Land


@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
async def test_taking_back_waits_for_the_unit_that_she_spoke_of_meanwhile(land: Land) -> None:
    """On SQLite one transaction comes after the other anyway."""
    rt, at, town = land.rt, land.at(1), land.people["c0t0"]
    first, second = "c0t0v0", "c0t0v1"
    await land.say("c0t0", "visits", 5, at, of=first)
    await land.say(second, "visits", 3, at)

    async with rt.write() as c:
        await cells.hold(c, [land.units[first].id])
        undoing = apart(_undo(land, town))  # takes back 5, and waits for the unit
        await asyncio.sleep(0.3)
        await apart(_say(land, "c0t0", second, 4))
        saying = asyncio.Event()
        other = apart(_slowly(land, second, saying))
        await asyncio.sleep(0.3)
    await asyncio.sleep(0.3)
    saying.set()
    await other
    with pytest.raises(errors.Conflict):  # what she said of the second stands no more
        await undoing
    async with rt.read() as c:
        assert await recount.differences(c, limit=5) == []


def apart(what: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Somebody else's message: a transaction of its own."""
    return asyncio.create_task(what, context=contextvars.Context())


async def _undo(land: Land, person: Person) -> None:
    await mend.undo(land.rt, person, source=land.source(), said_at=land.at(1, 11))


async def _say(land: Land, who: str, of: str, value: int) -> None:
    await land.say(who, "visits", value, land.at(1, 10, 5), of=of)


async def _slowly(land: Land, who: str, ready: asyncio.Event) -> None:
    """A report that is written, and committed only later."""
    claim: Claim = land.claim(who, "visits", 2)
    async with land.rt.write():
        await report.record(
            land.rt, land.people[who], [claim], source=land.source(), said_at=land.at(1, 10, 6)
        )
        await ready.wait()
