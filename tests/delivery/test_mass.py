"""How a mass message ended: four totals that name nobody, told by the platform or asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions import broadcast, jobs, tidings
from bot.core import inbound
from bot.store import takens
from bot.store.takens import Kept
from tests.delivery import land as lands
from tests.delivery import ways
from tests.delivery.land import Land
from tests.delivery.ways import land, rt

__all__ = ["land", "rt"]

CLASSES = ("accepted", "delivered", "refused", "unknown")


async def _sent(land: Land) -> Kept:
    """A notice to six by templates and to fifteen in one mass message."""
    await ways.templates_left(land, 6)
    sent = await land.send()
    async with lands.working(land.rt):
        await land.done(sent.id)
    async with land.rt.read() as c:
        (one,) = await takens.of(c, sent.id)
    assert one.n == 15
    return one


async def _classes(land: Land) -> dict[str, int]:
    people = (await land.tally(1)).people
    assert people.whole
    return {name: count for name in CLASSES if (count := getattr(people, name))}


async def _unended(land: Land) -> int:
    async with land.rt.read() as c:
        return len(await takens.unended(c, "mass", limit=9))


def _asked(land: Land) -> int:
    return len(land.platform.see("ledger?endpoint=mass/get&limit=99")["entries"])


async def _told(land: Land, one: Kept, status: str, counts: tuple[int, int, int, int]) -> None:
    what = inbound.MassFinished(int(one.msgid), status, *counts)
    await tidings.keep(land.rt, ways.from_platform(what))
    await jobs.look(land.rt)


@pytest.mark.parametrize(
    ("status", "counts", "classes"),
    [
        ("send success", (15, 15, 15, 0), {"accepted": 6, "delivered": 15}),
        # Nobody is named: one of them has it not, and it may be anybody.
        ("send success", (15, 14, 14, 0), {"accepted": 21}),
        ("send fail", (15, 15, 9, 6), {"accepted": 21}),
        ("err(10001)", (15, 15, 0, 15), {"accepted": 6, "refused": 15}),
    ],
)
async def test_four_totals_say_of_everybody_only_what_they_say_of_each(
    land: Land, status: str, counts: tuple[int, int, int, int], classes: dict[str, int]
) -> None:
    one = await _sent(land)
    await _told(land, one, status, counts)
    assert await _classes(land) == classes
    assert await _unended(land) == 0
    # Told again, or otherwise, it stays: who was received by is not taken back.
    await _told(land, one, "err(10001)", (15, 15, 0, 15))
    assert await _classes(land) == classes
    assert _asked(land) == 0


async def test_a_mass_message_that_nothing_was_told_of_is_asked_about_until_it_has_ended(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    land.platform.control("latency", outcome_ms=3_600_000)
    await _sent(land)
    await jobs.look(land.rt)
    assert _asked(land) == 0, "not before ten minutes"
    monkeypatch.setattr(jobs, "ASK_MS", 0)
    await jobs.look(land.rt)
    assert (_asked(land), await _unended(land)) == (1, 1), "still being sent"
    land.platform.control("faults", endpoint="mass/get", code=-1, next=1)
    await jobs.look(land.rt)
    assert await _unended(land) == 1, "no answer is no end"
    land.platform.control("faults", endpoint="mass/get", garbage="html", next=1)
    await jobs.look(land.rt)
    assert await _classes(land) == {"accepted": 21}


async def test_asked_and_ended_it_is_asked_about_no_more(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _sent(land)
    monkeypatch.setattr(jobs, "ASK_MS", 0)

    async def ended() -> bool:
        await jobs.look(land.rt)
        return await _unended(land) == 0

    await land.until(ended)
    before = _asked(land)
    await jobs.look(land.rt)
    assert _asked(land) == before
    assert await _classes(land) == {"accepted": 21}, (
        "that it was sent says of nobody that she has it"
    )


async def test_one_that_failed_went_to_nobody(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    land.platform.control("faults", endpoint="outcome", status="send fail", next=1)
    await _sent(land)
    monkeypatch.setattr(jobs, "ASK_MS", 0)

    async def ended() -> bool:
        await jobs.look(land.rt)
        return await _unended(land) == 0

    await land.until(ended)
    assert await _classes(land) == {"accepted": 6, "refused": 15}


async def test_a_fifth_mass_message_in_a_month_goes_to_nobody_who_has_had_four(land: Land) -> None:
    author = await land.actor("s-chair")
    await ways.templates_left(land, 0)

    async def by_mass(at: int) -> int:
        shown = await broadcast.preview(land.rt, author, land.draft(title=f"第{at}条"))
        return shown.members("mass")

    async with lands.working(land.rt):
        for at in range(3):
            sent = await land.send(title=f"第{at}条")
            await land.done(sent.id)
        # One that waits for its time will take her fourth, unless it is stopped.
        later = await land.send(title="晚些", not_before=land.rt.now() + timedelta(hours=2))
        assert await by_mass(4) == 0
        await broadcast.stop(land.rt, author, later.id)
        assert await by_mass(4) == 21
        fourth = await land.send(title="第4条")
        await land.done(fourth.id)
        assert await by_mass(5) == 0
    copies = ways.received(land)["mass"]
    assert set(copies.values()) == {4}
    assert len(copies) == 21
    # Next month everybody has four again.
    land.rt._offset = timedelta(days=32)  # as YIHU_TEST_CLOCK moves it
    await ways.templates_left(land, 0)
    assert await by_mass(5) == 21
