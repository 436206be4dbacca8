"""Whatever is said in whatever order: every level's figures equal a count from the entries alone."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import errors
from bot.actions import mend, progress
from bot.core.ledger import Share
from bot.core.model import Indicator
from bot.store import cells, recount, tables
from tests.ledger.land import START, Land, level_of

DAYS = 28
PLACES = [
    f"c{county}t{town}v{village}" for county in (0, 1) for town in (0, 1) for village in (0, 2)
] + ["c0v9"]


@dataclass(frozen=True)
class Deed:
    """Somebody does something; `minute` counts from the start of the campaign, so that some arrive late."""

    what: str
    place: str
    indicator: str
    value: int
    minute: int
    by_above: bool


def deeds() -> st.SearchStrategy[Deed]:
    return st.builds(
        Deed,
        what=st.sampled_from(["report", "report", "report", "correct", "undo"]),
        place=st.sampled_from(PLACES),
        indicator=st.sampled_from(["reform", "members", "visits", "steps"]),
        value=st.integers(0, 12),
        minute=st.integers(0, DAYS * 24 * 6).map(lambda tens: tens * 10),
        by_above=st.booleans(),
    )


async def do(land: Land, deed: Deed) -> None:
    above = deed.place.partition("v")[0]
    who = above if deed.by_above else deed.place
    at = land.at(0, 0) + timedelta(minutes=deed.minute)
    value = min(deed.value, {"reform": 1, "steps": 3}.get(deed.indicator, 12))
    if deed.what == "report":
        await land.say(who, deed.indicator, value, at, of=deed.place)
    elif deed.what == "correct":
        claim = land.claim(deed.place, deed.indicator, value)
        await mend.correct(
            land.rt, land.people[who], claim, source=land.source(), said_at=at, reason="核实"
        )
    else:
        with contextlib.suppress(errors.Conflict):
            await mend.undo(land.rt, land.people[who], source=land.source(), said_at=at)


async def history(land: Land) -> list[Any]:
    async with land.rt.read() as c:
        rows = await c.execute(
            sa.select(tables.entry, tables.unit.c.code)
            .join(tables.unit, tables.unit.c.id == tables.entry.c.unit_id)
            .order_by(tables.entry.c.at_ms, tables.entry.c.id)
        )
        return list(rows.all())


def counted(rows: list[Any], indicator: Indicator, code: str, day: date) -> Share:
    """The figures of `code` at the end of `day`, from the entries in the plainest way."""
    values = _standing(rows, indicator, code, day)
    least = {"reform": 1, "steps": 3}.get(indicator.code, 0)
    return Share(len(values), sum(value >= least for value in values), sum(values))


def at_steps(rows: list[Any], indicator: Indicator, code: str, day: date) -> tuple[int, ...]:
    """How many units stood at each step at the end of `day`; of no stage nothing."""
    if indicator.code != "steps":
        return ()
    values = _standing(rows, indicator, code, day)
    return tuple(values.count(step) for step in range(4))


def _standing(rows: list[Any], indicator: Indicator, code: str, day: date) -> list[int]:
    """What the units of `code` held at the end of `day`."""
    end = (day + timedelta(days=1)).toordinal()
    newest = {
        row.code: row.value
        for row in rows
        if row.indicator_id == indicator.id and row.day < end and _below(row.code, code)
    }
    return [value for value in newest.values() if value is not None]


def _below(code: str, above: str) -> bool:
    return above in ("0", "p", "s") or code == above or code.startswith((above + "t", above + "v"))


@pytest.fixture
async def fresh(land: Land):
    """Empties the ledger between hypothesis' examples."""

    async def empty() -> None:
        async with land.rt.write() as c:
            for table in (tables.tally, tables.tally_step, tables.cell, tables.entry):
                await c.execute(sa.delete(table))

    return empty


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
async def test_figures_of_every_level_and_day_equal_a_count_from_the_entries(land, fresh, data):
    await fresh()
    for deed in data.draw(st.lists(deeds(), max_size=25)):
        await do(land, deed)
    rows = await history(land)
    for code in ("0", "s", "c0", "c1", "c0t0", "c1t1", "c0t0v0", "c0v9"):
        for indicator_code in ("reform", "members", "visits", "steps"):
            indicator = land.indicator(indicator_code)
            for day in (6, 7, 27):
                said = await progress.of(land.rt, land.units[code], indicator, land.at(day, 23))
                on = START + timedelta(days=day)
                assert said.total == counted(rows, indicator, code, on)
                assert said.steps == at_steps(rows, indicator, code, on)
                sunday = on - timedelta(days=on.weekday() + 1)
                assert said.week == said.total - counted(rows, indicator, code, sunday)
    async with land.rt.read() as c:
        assert await recount.differences(c, limit=5) == []


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    reports=st.lists(
        st.tuples(
            st.sampled_from(PLACES[:3]),
            st.sampled_from(["members", "reform"]),
            st.integers(0, 1),
            st.integers(0, 4000),
        ),
        max_size=12,
        unique_by=lambda one: (one[0], one[1], one[3]),
    ),
    seed=st.randoms(use_true_random=False),
)
async def test_the_order_of_arrival_does_not_matter_unless_said_in_one_second(
    land, fresh, reports, seed
):
    """Said at different moments, reports give the same cells and the same figures of every day."""
    seen = []
    shuffled = list(reports)
    seed.shuffle(shuffled)
    for order in (reports, shuffled):
        await fresh()
        for place, indicator, value, minute in order:
            await land.say(place, indicator, value, land.at(0, 0) + timedelta(minutes=minute))
        seen.append(await everything(land))
    assert seen[0] == seen[1]


async def everything(land: Land) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    keys = [
        (land.indicator(code).id, land.units[place].id)
        for code in ("members", "reform")
        for place in PLACES
    ]
    async with land.rt.read() as c:
        for key, held in (await cells.held(c, keys)).items():
            found[key] = (held.value, held.as_of)
    for day in range(4):
        for code in ("s", "c0", "c0t0"):
            for indicator in ("members", "reform"):
                said = await progress.of(
                    land.rt, land.units[code], land.indicator(indicator), land.at(day, 23)
                )
                found[day, code, indicator] = said.total
    return found


async def test_expected_is_the_campaigns_units_of_the_indicators_level(land: Land):
    for code, unit in land.units.items():
        for indicator in ("region", "reform"):
            one = land.indicator(indicator)
            said = await progress.of(land.rt, unit, one, land.at(1))
            below = [
                other
                for other in land.units
                if level_of(other) == one.level and _below(other, code)
            ]
            assert said.expected == len(below), (code, indicator)


async def test_expected_without_a_prepared_count_is_the_same(land: Land):
    prepared = [
        (await progress.of(land.rt, unit, land.indicator("reform"), land.at(1))).expected
        for unit in land.units.values()
    ]
    async with land.rt.write() as c:
        await c.execute(sa.delete(tables.expectation))
    assert prepared == [
        (await progress.of(land.rt, unit, land.indicator("reform"), land.at(1))).expected
        for unit in land.units.values()
    ]
