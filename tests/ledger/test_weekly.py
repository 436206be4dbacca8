"""Milestones: what is new, to whom, and silence when nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.actions import mend, milestones
from bot.actions.milestones import Standing
from bot.core.model import Milestone
from bot.store import tables
from tests.ledger import land as lands
from tests.ledger.land import Land


async def recipients(land: Land) -> set[str]:
    by_id = {person.id: code for code, person in land.people.items()}
    async with land.rt.read() as c:
        return {by_id[one] for one in await c.scalars(sa.select(tables.outbox.c.person_id))}


@pytest.mark.parametrize(
    ("fraction", "expected", "goal"), [(1 / 3, 129, 43), (1 / 3, 7, 3), (1.0, 7, 7), (0.5, 0, 0)]
)
def test_a_milestone_wants_its_fraction_rounded_up(fraction: float, expected: int, goal: int):
    assert milestones.needed(Milestone(1, lands.START, fraction, ()), expected) == goal


async def standings(land: Land, code: str, day: int) -> list[tuple[str, Standing, int]]:
    assert land.campaign
    unit = land.units[code]
    found = await milestones.news(land.rt, [unit], land.campaign, land.at(day).date())
    return [(one.one.indicator.code, one.standing, one.short) for one in found.get(unit.id, [])]


async def test_a_milestone_is_reached_on_the_morning_after_and_told_once(land: Land):
    for at, code in enumerate(("c0t0v0", "c0t0v1", "c0t0v2")):
        await land.say(code, "reform", 1, land.at(3 + at))
    assert await standings(land, "c0", 5) == []
    assert await standings(land, "c0", 6) == [("reform", Standing.REACHED, 0)]
    assert await standings(land, "c0", 7) == []
    assert ("reform", Standing.MISSED, 2) in await standings(land, "s", 21)


async def test_a_milestone_that_is_lost_and_won_again_is_told_again(land: Land):
    for code in ("c0t0v0", "c0t0v1", "c0t0v2"):
        await land.say(code, "reform", 1, land.at(3))
    chair = land.people["c0t0v2"]
    claim = land.claim("c0t0v2", "reform", 0)
    await mend.correct(land.rt, chair, claim, source=land.source(), said_at=land.at(4))
    assert await standings(land, "c0", 5) == []
    await land.say("c0t0v2", "reform", 1, land.at(5))
    assert await standings(land, "c0", 6) == [("reform", Standing.REACHED, 0)]


async def test_those_still_short_hear_of_it_before_and_on_the_morning_after(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    assert await standings(land, "c0", 17) == [
        ("region", Standing.SOON, 1),
        ("reform", Standing.SOON, 2),
    ]
    assert await standings(land, "c0", 20) == []
    assert ("reform", Standing.MISSED, 2) in await standings(land, "c0", 21)


async def test_milestones_are_told_to_offices_in_one_message(land: Land):
    await lands.register(land, "s", "c0", "c0t0")
    told = await milestones.check(land.rt, land.at(21, 8, 37))
    assert await recipients(land) == {"s", "c0"}
    assert told.endswith("to 2 leaders")
    async with land.rt.read() as c:
        said = list(await c.scalars(sa.select(tables.outbox.c.text)))
    assert "百日攻坚：11月22日应完成33.3%，s会改联到期 0/13（0.0%），还差 5 个。" in said[0]


async def test_a_milestone_reached_late_says_by_how_many_days(land: Land):
    assert land.campaign
    for code in ("c0t0v0", "c0t0v1", "c0t0v2"):
        await land.say(code, "reform", 1, land.at(23))
    unit = land.units["c0"]
    found = await milestones.news(land.rt, [unit], land.campaign, land.at(24).date())
    said = [milestones.text(land.rt, land.campaign, new) for new in found[unit.id]]
    assert "百日攻坚：c0会改联达到11月22日的目标（33.3%），晚了3天：3/7（42.9%）。" in said


async def test_of_a_sum_the_milestone_says_that_it_is_about_reporting(land: Land):
    assert land.campaign
    stones = tuple(replace(stone, indicator_ids=()) for stone in land.campaign.milestones)
    campaign, unit = replace(land.campaign, milestones=stones), land.units["c0"]
    found = await milestones.news(land.rt, [unit], campaign, land.at(21).date())
    said = [milestones.text(land.rt, campaign, new) for new in found[unit.id]]
    assert "百日攻坚：11月22日应完成33.3%，c0新增执委报数到期 0/7（0.0%），还差 3 个。" in said
