"""Campaigns: what is expected of whom, dates that stay, faults by key path."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot import errors
from bot.actions import progress
from bot.store import campaigns, units
from tests.org.conftest import UNITS

CAMPAIGN = """
code: test
name: 试验
units: [350725]
start: 2026-11-01
end: start+30d
phases:
  - {name: 一, from: start, to: start+9d}
indicators:
  - {code: a, name: 会改联, aliases: [改建], kind: completion, level: village}
  - {code: b, name: 新增执委, kind: count, level: village, value: increment, reference: ["350725101001"], most: 50}
  - {code: c, name: 新增执委, kind: count, level: township}
milestones:
  - {date: start+10d, fraction: 1/3, indicators: [a]}
  - {date: 2026-12-01, fraction: 1}
"""


async def get(rt: Any) -> Any:
    async with rt.read() as c:
        return await campaigns.by_code(c, "test")


async def test_a_unit_owes_what_its_own_campaigns_ask_of_it(rt, load):
    await load("units", UNITS)
    await load("campaign", CAMPAIGN.replace("[350725]", "[350725101]"))
    owed = {}
    for code in ("350725101001", "350725101002", "350725101", "350725102001"):
        async with rt.read() as c:
            unit: Any = await units.by_code(c, code)
        some = await progress.owes(rt, unit, rt.calendar.moment(date(2026, 11, 5), 10))
        owed[code] = [one.indicator.code for one in some]
    assert owed == {
        "350725101001": ["a", "b"],  # the only one that the list of b names
        "350725101002": ["a"],
        "350725101": ["c"],
        "350725102001": [],
    }


async def test_the_expected_units_are_level_and_reference_inside_the_campaign(rt, load):
    await load("units", UNITS)
    assert (await load("campaign", CAMPAIGN)).new == 8
    campaign = await get(rt)
    assert (campaign.starts, campaign.ends) == (date(2026, 11, 1), date(2026, 12, 1))
    a, b, c_ = campaign.indicators
    assert (a.aliases, b.mode, b.most) == (("改建",), "increment", 50)
    assert [stone.fraction for stone in campaign.milestones] == [1 / 3, 1.0]
    assert campaign.milestones[1].indicator_ids == (a.id, b.id, c_.id)
    async with rt.read() as c:
        counts = [await campaigns.expected_count(c, one, 0, 9) for one in (a, b, c_)]
        assert counts == [3, 1, 2]
        west: Any = await units.by_code(c, "350725101002")
        top: Any = await units.root(c)
        assert await campaigns.is_expected(c, a, west)
        assert not await campaigns.is_expected(c, b, west)
        here = await campaigns.expected_units(c, a, 4, 7)
        assert [unit.code for unit in here] == ["350725101001", "350725101002"]
        for unit in (west, top):
            assert await campaigns.of_unit(c, unit, date(2026, 11, 5)) == [campaign]
        assert await campaigns.of_unit(c, west, date(2026, 10, 31)) == []
        assert await campaigns.active(c, date(2026, 12, 2)) == []


async def test_the_same_again_changes_nothing(rt, load):
    await load("units", UNITS)
    await load("campaign", CAMPAIGN)
    before = await get(rt)
    changes = await load("campaign", CAMPAIGN)
    assert (changes.new, changes.changed, changes.ended) == (0, 0, 0)
    assert await get(rt) == before


async def test_relative_dates_are_resolved_once(rt, load):
    await load("units", UNITS)
    await load("campaign", CAMPAIGN)
    await load("campaign", CAMPAIGN.replace("start: 2026-11-01", "start: 2026-11-08"))
    campaign = await get(rt)
    assert (campaign.starts, campaign.ends) == (date(2026, 11, 8), date(2026, 12, 1))
    assert campaign.milestones[0].on == date(2026, 11, 11)


async def test_prune_takes_what_the_file_lacks_and_nothing_else_does(rt, load):
    await load("units", UNITS)
    await load("campaign", CAMPAIGN)
    less = CAMPAIGN.replace("  - {code: c, name: 新增执委, kind: count, level: township}\n", "")
    assert (await load("campaign", less)).ended == 0
    assert len((await get(rt)).indicators) == 3
    assert (await load("campaign", less, prune=True)).ended == 1
    assert [one.code for one in (await get(rt)).indicators] == ["a", "b"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("level: township", "level: street", "campaign.yaml:indicators[2].level: write one of"),
        ("kind: completion", "kind: done", "campaign.yaml:indicators[0].kind: "),
        ("name: 试验\n", "", "campaign.yaml:name: is missing"),
        ("code: test", "code: test\ncolour: red", "campaign.yaml:colour: unknown key"),
        ("units: [350725]", "units: [350725, 99]", "campaign.yaml:units[1]: there is no unit '99'"),
        ("units: [350725]", "units: []", "campaign.yaml:units: "),
        ('["350725101001"]', '["35"]', "campaign.yaml:indicators[1].reference[0]: '35' is a prov"),
        ('["350725101001"]', "some", "campaign.yaml:indicators[1].reference"),
        ("end: start+30d", "end: 2026-13-01", "campaign.yaml:end: '2026-13-01' is no date"),
        ("end: start+30d", "end: start-3d", "campaign.yaml:end: 2026-10-29 is before the start"),
        ("start: 2026-11-01", "start: start+1d", "campaign.yaml:start: 'start+1d' is no date"),
        ("to: start+9d", "to: start-9d", "campaign.yaml:phases[0].to: 2026-10-23 is before"),
        ("fraction: 1/3", "fraction: 3", "campaign.yaml:milestones[0].fraction: must be more"),
        ("fraction: 1/3", "fraction: 1/0", "campaign.yaml:milestones[0].fraction: write a number"),
        ("indicators: [a]", "indicators: [z]", "milestones[0].indicators: there is no indicator"),
        ("code: b", "code: a", "campaign.yaml:indicators[1].code: is the code of indicators[0]"),
        ("[改建]", "[新增执委]", "campaign.yaml:indicators[1].aliases: '新增执委' means"),
        ("kind: completion", "kind: stage", "campaign.yaml:indicators[0].steps: are for kind"),
        ("name: 试验", "name: [", "campaign.yaml:"),
    ],
)
async def test_a_fault_names_its_key_path_and_nothing_is_imported(rt, load, old, new, fault):
    await load("units", UNITS)
    assert old in CAMPAIGN
    with pytest.raises(errors.BadInput) as said:
        await load("campaign", CAMPAIGN.replace(old, new))
    assert fault in str(said.value)
    assert await get(rt) is None
