"""What a report does to cell, history and totals."""

from __future__ import annotations

import pytest

from bot import errors
from bot.actions import mend, progress, report
from bot.core.ledger import Share
from bot.core.model import Role
from bot.store import cells, entries, recount
from tests.ledger import land as lands
from tests.ledger.land import Land


async def total(land: Land, code: str, indicator: str, day: int = 99) -> Share:
    return (
        await progress.of(land.rt, land.units[code], land.indicator(indicator), land.at(day))
    ).total


async def value(land: Land, code: str, indicator: str) -> int | None:
    key = (land.indicator(indicator).id, land.units[code].id)
    async with land.rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    return held.value if held else None


async def clean(land: Land) -> bool:
    async with land.rt.read() as c:
        return await recount.differences(c, limit=20) == []


async def test_a_report_is_in_the_totals_of_every_level_at_once(land: Land):
    await land.say("c0t0v0", "members", 12, land.at(1))
    await land.say("c0v9", "members", 3, land.at(1))
    for code, sum_ in (("c0t0v0", 12), ("c0t0", 12), ("c0", 15), ("s", 15), ("0", 15), ("c1", 0)):
        assert (await total(land, code, "members")).value == sum_
    assert (await total(land, "s", "members")).reported == 2
    assert await clean(land)


async def test_zero_counts_as_reported_and_missing_does_not(land: Land):
    await land.say("c0t0v0", "members", 0, land.at(1))
    assert await total(land, "c0t0", "members") == Share(1, 1, 0)
    await land.say("c0t0v1", "reform", 0, land.at(1))
    assert await total(land, "c0t0", "reform") == Share(1, 0, 0)


async def test_a_stage_is_done_at_its_last_step(land: Land):
    await land.say("c0t0v0", "steps", 2, land.at(1))
    assert (await total(land, "s", "steps")).done == 0
    await land.say("c0t0v0", "steps", 3, land.at(2))
    assert (await total(land, "s", "steps")).done == 1


async def test_an_increment_is_added_even_when_it_arrives_late(land: Land):
    await land.say("c0t0v0", "visits", 4, land.at(3))
    noted = await land.say("c0t0v0", "visits", 2, land.at(1))
    assert (noted.items[0].before, noted.items[0].value, noted.items[0].stale) == (4, 6, False)
    assert await value(land, "c0t0v0", "visits") == 6
    assert await clean(land)


async def test_an_older_report_that_arrives_later_changes_only_the_time_before(land: Land):
    await land.say("c0t0v0", "members", 9, land.at(8))
    noted = await land.say("c0t0v0", "members", 5, land.at(2))
    assert noted.items[0].stale
    assert await value(land, "c0t0v0", "members") == 9
    assert (await total(land, "s", "members", day=5)).value == 5
    assert (await total(land, "s", "members", day=8)).value == 9
    assert await clean(land)


async def test_of_two_said_in_the_same_second_the_later_arrival_holds(land: Land):
    await land.say("c0t0v0", "members", 9, land.at(2))
    await land.say("c0t0v0", "members", 7, land.at(2))
    assert await value(land, "c0t0v0", "members") == 7
    assert await clean(land)


async def test_one_message_has_one_effect(land: Land):
    claims = [land.claim("c0t0v0", "reform", 1), land.claim("c0t0v0", "members", 12)]
    source = land.source()
    first = await report.record(
        land.rt, land.people["c0t0v0"], claims, source=source, said_at=land.at(1)
    )
    again = await report.record(
        land.rt, land.people["c0t0v0"], claims, source=source, said_at=land.at(1)
    )
    assert (first.fresh, again.fresh) == (True, False)
    assert [one.value for one in again.items] == [1, 12]
    assert await total(land, "s", "members") == Share(1, 1, 12)


async def test_undo_takes_back_the_whole_last_message_and_only_once(land: Land):
    await land.say("c0t0v0", "members", 5, land.at(1))
    claims = [land.claim("c0t0v0", "reform", 1), land.claim("c0t0v0", "members", 12)]
    chair = land.people["c0t0v0"]
    await report.record(land.rt, chair, claims, source=land.source(), said_at=land.at(2))
    undone = await mend.undo(land.rt, chair, source=land.source(), said_at=land.at(2, 11))
    assert [one.value for one in undone] == [None, 5]
    assert await value(land, "c0t0v0", "members") == 5
    assert await total(land, "s", "reform") == Share()
    with pytest.raises(errors.Conflict):
        await mend.undo(land.rt, chair, source=land.source(), said_at=land.at(2, 12))
    assert await clean(land)


async def test_what_somebody_else_said_meanwhile_cannot_be_undone(land: Land):
    await land.say("c0t0v0", "members", 5, land.at(1))
    await land.say("c0t0", "members", 6, land.at(1, 11), of="c0t0v0")
    with pytest.raises(errors.Conflict):
        await mend.undo(
            land.rt, land.people["c0t0v0"], source=land.source(), said_at=land.at(1, 12)
        )


async def test_after_a_day_nothing_is_undone(land: Land):
    await land.say("c0t0v0", "members", 5, land.at(1))
    with pytest.raises(errors.Conflict):
        await mend.undo(
            land.rt, land.people["c0t0v0"], source=land.source(), said_at=land.at(2, 10)
        )


async def test_a_correction_lies_over_the_old_value_and_the_old_one_is_kept(land: Land):
    first = await land.say("c0t0v0", "members", 12, land.at(1))
    noted = await mend.correct(
        land.rt,
        land.people["c0t0v0"],
        land.claim("c0t0v0", "members", 11),
        source=land.source(),
        said_at=land.at(1, 11),
    )
    assert (noted.before, noted.value) == (12, 11)
    async with land.rt.read() as c:
        old = await entries.by_id(c, first.items[0].entry_id)
    assert old
    assert old.value == 12
    assert (await total(land, "s", "members")).value == 11
    assert await clean(land)


async def test_correcting_somebody_elses_number_needs_a_reason(land: Land):
    await land.say("c0t0v0", "members", 12, land.at(1))
    claim = land.claim("c0t0v0", "members", 11)
    township = land.people["c0t0"]
    with pytest.raises(errors.ReasonNeeded):
        await mend.correct(land.rt, township, claim, source=land.source(), said_at=land.at(1, 11))
    await mend.correct(
        land.rt, township, claim, source=land.source(), said_at=land.at(1, 11), reason="核实过"
    )
    assert await value(land, "c0t0v0", "members") == 11


@pytest.mark.parametrize(("day", "needed"), [(6, False), (13, False), (14, True)])
async def test_a_week_is_closed_a_week_after_its_sunday(land: Land, day: int, needed: bool):
    await land.say("c0t0v0", "members", 12, land.at(0))
    claim = land.claim("c0t0v0", "members", 11)
    said = await mend.needs_reason(land.rt, land.people["c0t0v0"], claim, land.at(day))
    assert said is needed


async def test_reporting_for_a_unit_below_keeps_both_names(land: Land):
    noted = await land.say("c0t0", "members", 8, land.at(1), of="c0t0v0")
    async with land.rt.read() as c:
        entry = await entries.by_id(c, noted.items[0].entry_id)
    assert entry
    assert entry.on_behalf
    assert (entry.person_id, entry.for_person_id) == (
        land.people["c0t0"].id,
        land.people["c0t0v0"].id,
    )


async def test_nobody_reports_for_a_unit_beside_or_above_hers(land: Land):
    for code, indicator in (("c0t0v1", "members"), ("c0t0", "region")):
        with pytest.raises(errors.NotAllowed):
            await land.say("c0t0v0", indicator, 1, land.at(1), of=code)


async def test_a_member_reports_her_own_unit_but_none_below(land: Land):
    member = await lands.second(land, "c0t0", Role.MEMBER)
    own, below = land.claim("c0t0", "region", 1), land.claim("c0t0v0", "members", 2)
    await report.record(land.rt, member, [own], source=land.source(), said_at=land.at(1))
    with pytest.raises(errors.NotAllowed):
        await report.record(land.rt, member, [below], source=land.source(), said_at=land.at(1))


async def test_a_claim_that_fails_leaves_nothing_of_its_message(land: Land):
    claims = [land.claim("c0t0", "region", 1), land.claim("c1t0v0", "members", 2)]
    with pytest.raises(errors.NotAllowed):
        await report.record(
            land.rt, land.people["c0t0"], claims, source=land.source(), said_at=land.at(1)
        )
    assert await total(land, "s", "region") == Share()
    assert await value(land, "c0t0", "region") is None


async def test_a_number_of_another_level_is_not_expected(land: Land):
    with pytest.raises(errors.Conflict):
        await land.say("c0t0", "members", 1, land.at(1))


@pytest.mark.parametrize(("day", "hour", "late"), [(60, 23, False), (61, 0, True)])
async def test_late_is_after_the_day_that_wants_all_in_local_time(
    land: Land, day: int, hour: int, late: bool
):
    noted = await land.say("c0t0v0", "reform", 1, land.at(day, hour, 0))
    assert noted.items[0].late is late


async def test_the_recount_finds_a_total_that_was_tampered_with_and_mends_it(land: Land):
    await land.say("c0t0v0", "members", 12, land.at(1))
    async with land.rt.write() as c:
        await c.exec_driver_sql("UPDATE tally SET value = value + 1 WHERE unit_id = 1")
    async with land.rt.read() as c:
        found = await recount.differences(c, limit=20)
    assert [one.off.value for one in found] == [1]
    async with land.rt.write() as c:
        await recount.rebuild(c)
    assert await clean(land)
    assert (await total(land, "0", "members")).value == 12
