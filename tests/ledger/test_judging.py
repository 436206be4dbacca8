"""When a report is recorded at once, when it is asked about first and why, when it is refused."""

from __future__ import annotations

from typing import Any

from bot.actions import report
from bot.actions.report import Refusal
from bot.core.ledger import Claim, Doubt
from bot.core.model import Role
from tests.ledger import land as lands
from tests.ledger.land import Land


async def judged(
    land: Land, *claims: Claim, who: str = "c0t0v0", heard: bool = False
) -> report.Judged:
    return await report.judge(land.rt, land.people[who], claims, said_at=land.at(5), heard=heard)


async def test_typed_clear_own_and_in_range_is_recorded_at_once(land: Land):
    claims = (land.claim("c0t0v0", "reform", 1), land.claim("c0t0v0", "members", 12))
    assert (await judged(land, *claims)).clear == claims


DOUBTFUL: list[tuple[tuple[Any, ...], bool, Doubt]] = [
    (("members", 12), True, Doubt.HEARD),
    (("members", 61), False, Doubt.TOO_MANY),
    (("members", 3), False, Doubt.DECREASING),
    (("reform", 0), False, Doubt.DECREASING),
    (("steps", 1), False, Doubt.DECREASING),
    (("steps", 4), False, Doubt.ODD),
    (("reform", 2), False, Doubt.ODD),
    (("members", -1), False, Doubt.ODD),
    (("members", 12, Doubt.APPROXIMATE), False, Doubt.APPROXIMATE),
    (("reform", 1, Doubt.UNCLEAR), False, Doubt.UNCLEAR),
    (("members", 12, Doubt.SEVERAL), False, Doubt.SEVERAL),
]


async def test_every_doubt_is_asked_about_first(land: Land):
    for indicator, value in (("reform", 1), ("members", 5), ("steps", 2)):
        await land.say("c0t0v0", indicator, value, land.at(1))
    for claim, heard, doubt in DOUBTFUL:
        found = await judged(land, land.claim("c0t0v0", *claim), heard=heard)
        assert not found.clear, claim
        assert found.asks[0].doubts[0] is doubt, claim


async def test_for_a_unit_below_it_is_asked_first_and_says_what_was_there(land: Land):
    await land.say("c0t0v0", "members", 5, land.at(1))
    found = await judged(land, land.claim("c0t0v0", "members", 8), who="c0t0")
    assert found.asks[0].doubts == (Doubt.OTHER_UNIT,)
    assert found.asks[0].before == 5


async def test_two_values_of_one_thing_are_asked_about(land: Land):
    found = await judged(
        land, land.claim("c0t0v0", "members", 4), land.claim("c0t0v0", "members", 5)
    )
    assert [one.doubts for one in found.asks] == [(Doubt.SEVERAL,)] * 2


async def test_increments_never_go_backwards(land: Land):
    await land.say("c0t0v0", "visits", 40, land.at(1))
    claims = (land.claim("c0t0v0", "visits", 2),)
    assert (await judged(land, *claims)).clear == claims


async def test_one_that_is_older_than_what_stands_is_not_asked_about_as_decreasing(land: Land):
    await land.say("c0t0v0", "members", 12, land.at(6))
    claims = (land.claim("c0t0v0", "members", 5),)
    assert (await judged(land, *claims)).clear == claims


async def test_the_clear_part_of_a_sentence_does_not_wait_for_the_doubtful(land: Land):
    clear, odd = land.claim("c0t0v0", "reform", 1), land.claim("c0t0v0", "members", 99)
    found = await judged(land, clear, odd)
    assert (found.clear, found.asks[0].claim) == ((clear,), odd)


async def test_what_is_not_hers_or_not_asked_is_refused(land: Land):
    for who, code, indicator, why in (
        ("c0t0v0", "c0t0v1", "members", Refusal.NOT_ALLOWED),
        ("c0t0v0", "c0t0", "region", Refusal.NOT_ALLOWED),
        ("c0t0", "c1t0v0", "members", Refusal.NOT_ALLOWED),
        ("c0t0v0", "c0t0v0", "region", Refusal.NOT_EXPECTED),
        ("c0", "c0", "members", Refusal.NOT_EXPECTED),
    ):
        found = await judged(land, land.claim(code, indicator, 1), who=who)
        assert [one[1] for one in found.refused] == [why], (who, code)
        assert not found.clear


async def test_an_admin_reports_nothing(land: Land):
    admin = await lands.second(land, "c0t0v0", Role.ADMIN)
    found = await report.judge(
        land.rt, admin, [land.claim("c0t0v0", "members", 1)], said_at=land.at(5), heard=False
    )
    assert [one[1] for one in found.refused] == [Refusal.NOT_ALLOWED]


async def test_a_unit_is_asked_for_the_indicators_of_its_level_only(land: Land):
    village = await report.reportable(land.rt, land.units["c0t0v0"], land.at(1))
    township = await report.reportable(land.rt, land.units["c0t0"], land.at(1))
    assert [one.code for one in village] == ["reform", "members", "visits", "steps"]
    assert [one.code for one in township] == ["region"]
    assert await report.reportable(land.rt, land.units["c0"], land.at(1)) == ()
    assert await report.reportable(land.rt, land.units["c0t0"], land.at(-1)) == ()


async def test_nothing_new_repeats_what_stands_and_says_zero_of_the_rest(land: Land):
    await land.say("c0t0v0", "members", 12, land.at(1))
    await land.say("c0t0v0", "steps", 2, land.at(1))
    said = await report.unchanged(land.rt, land.units["c0t0v0"], land.at(2))
    assert [(one.indicator.code, one.value) for one in said] == [
        ("reform", 0),
        ("visits", 0),
        ("steps", 2),
    ]
