"""Reminders along the chain are planned in many transactions: killed between them, or run twice at once, nobody hears one twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.actions import broadcast, tell, urge
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, tables
from schedules import relay_reminders, timetable
from tests.delivery import land as lands
from tests.delivery.land import Land
from tests.sandbox.platform import Platform

JOB = next(one for one in timetable.JOBS if one.name == relay_reminders.NAME)
DAY = timedelta(days=1, minutes=1)


@pytest.fixture
async def land(rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Land:
    """Five villages with a group each; the chair of the first has another one in the last, and of the township none."""
    monkeypatch.setattr(urge, "_AT_ONCE", 2)
    made = await lands.settle(rt, platform, villages=5, unregistered=0)
    for at in range(5):
        await lands.relay_group(made, f"g{at}", f"v000{at}-chair", f"v000{at}")
    await lands.relay_group(made, "more", "v0000-chair", "v0004")
    return made


async def sent(land: Land) -> Broadcast:
    one = await land.send(groups=True, items=())
    async with lands.working(land.rt):
        await land.done(one.id)
    return one


async def reminded(rt: Runtime) -> Counter[int]:
    """In how many reminders each person is."""
    found: Counter[int] = Counter()
    async with rt.read() as c:
        for one in await broadcasts.recent(c, None, 100):
            if one.purpose == "reminder":
                for batch in await batch_states.of(c, one.id, ["template"], None):
                    found.update(batch.members.tolist())
    return found


async def lines(rt: Runtime) -> Counter[int]:
    """How many lines wait for each person."""
    async with rt.read() as c:
        return Counter(await c.scalars(sa.select(tables.outbox.c.person_id)))


def dying(real: Any, at: int) -> Any:
    """A function that dies when it is called for the `at`-th time."""
    calls = 0

    async def called(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise ConnectionResetError
        return await real(*args, **kwargs)

    return called


async def test_a_run_that_is_killed_between_two_transactions_is_done_again_without_repeating(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    rt = land.rt
    notice = await sent(land)
    due = rt.now() + DAY
    everybody = {land.persons[f"v000{at}-chair"] for at in range(5)}
    with rt.at(due), monkeypatch.context() as broken:
        broken.setattr(broadcast, "submit", dying(broadcast.submit, 2))
        with pytest.raises(ConnectionResetError):
            await timetable.run_once(rt, JOB, due)
    assert len(await reminded(rt)) == 2, "those of the first transaction"
    with rt.at(due):
        told = await timetable.run_once(rt, JOB, due)
    assert told == "5 owners reminded, 0 lines to the levels above"
    assert await reminded(rt) == dict.fromkeys(everybody, 1)
    # The next day the township hears of five units in one line, the day after the city.
    for days, key in ((2, "t-chair"), (3, "s-chair")):
        due = rt.now() + days * DAY
        with rt.at(due), monkeypatch.context() as broken:
            broken.setattr(tell, "politely", dying(tell.politely, 1))
            with pytest.raises(ConnectionResetError):
                await timetable.run_once(rt, JOB, due)
        with rt.at(due):
            told = await timetable.run_once(rt, JOB, due)
        assert told == "0 owners reminded, 1 lines to the levels above"
        assert (await lines(rt))[land.persons[key]] == 1
    with rt.at(rt.now() + 4 * DAY):
        told = await timetable.run_once(rt, JOB, rt.now())
    assert told == "0 owners reminded, 0 lines to the levels above", "three are all"
    assert await reminded(rt) == dict.fromkeys(everybody, 1)
    assert (await land.tally(notice.id)).groups.to_relay == 6


async def test_two_clocks_at_once_remind_everybody_once(land: Land) -> None:
    rt = land.rt
    await sent(land)
    for days, owners, offices in ((1, 5, 0), (2, 0, 1)):
        due = rt.now() + days * DAY
        with rt.at(due):
            told = await asyncio.gather(
                *(timetable.run_once(rt, JOB, due) for _ in range(3)), return_exceptions=True
            )
        wanted = f"{owners} owners reminded, {offices} lines to the levels above"
        assert sorted(told, key=str) == [wanted, None, None]
    assert set((await reminded(rt)).values()) == {1}
    assert len(await reminded(rt)) == 5
    assert await lines(rt) == {land.persons["t-chair"]: 1}
