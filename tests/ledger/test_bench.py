"""`yihu bench ledger`: what it fills is a ledger like any other, and what it compares with finds the same."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from bot import errors
from bot.actions import progress
from bot.bench import asked, bare, federations, figures, weigh
from bot.core import ledger, period
from bot.core.changes import silent
from bot.store import filling, recount
from tests.ledger.land import START, Land


@pytest.fixture
async def full(land: Land) -> Land:
    """Twenty days of made-up reports of three indicators."""
    some = [land.indicator(code) for code in ("region", "reform", "members")]
    span = filling.Span(period.ms(land.at(0)), period.ms(land.at(20)), 8 * 3600 * 1000)
    async with land.rt.write() as c:
        written = await filling.fill(c, some, span, count=70, progress=silent)
        await filling.settle(c)
    assert 60 <= written <= 80  # of the last round, whoever is early
    return land


async def test_a_filled_ledger_agrees_with_its_entries_and_takes_reports(full: Land):
    await full.say("c0t0v0", "members", 40, full.at(21))
    await full.say("c1t1v1", "reform", 1, full.at(21))
    async with full.rt.write() as c:
        assert await recount.differences(c, limit=9) == []


async def test_the_bare_ledger_finds_the_same_figures(full: Land, tmp_path: Path):
    rival = bare.Bare(tmp_path / "bare.db")
    async with full.rt.read() as c:
        async for some in filling.read(c):
            rival.load(some)
    at = full.at(20, 23)
    monday = (START + timedelta(days=14)).toordinal()
    for code, prefix in (("0", ""), ("c0", "c0"), ("c1t0", "c1t0"), ("c0t1v2", "c0t1v2")):
        for indicator in (full.indicator("reform"), full.indicator("members")):
            one = await progress.of(full.rt, full.units[code], indicator, at)
            found = rival.progress(prefix, indicator.id, ledger.done_from(indicator), monday)
            assert found == (one.reported, one.done, one.total.value, one.week.value)
    rival.close()


async def test_reports_are_timed_on_both_sides_and_written(full: Land, tmp_path: Path):
    assert full.campaign is not None
    rival = bare.Bare(tmp_path / "bare.db")
    small, large = (
        asked.Side(full.rt, full.campaign, [full.people[code]]) for code in ("c0t0v0", "c1t0v0")
    )
    found = await asked.reports(small, large, rival, rounds=1, each=2, told=silent)
    assert found[0].figures["ratio"] > 0
    async with full.rt.write() as c:
        assert await recount.differences(c, limit=9) == []
    rival.close()


def test_one_village_of_a_hundred_is_changed_and_the_tree_stays_sound(tmp_path: Path):
    federations.changed(federations.NANPING, tmp_path / "changed.csv")
    before, after = (
        {row["code"]: row for row in federations.rows(path)}
        for path in (federations.NANPING, tmp_path / "changed.csv")
    )
    assert set(before) <= set(after)
    changed = [code for code in after if after[code] != before.get(code)]
    assert 5 <= len(changed) <= 40
    assert all(row["parent_code"] in after for row in after.values() if row["parent_code"])


def test_a_command_is_weighed_and_a_fault_is_told():
    with pytest.raises(errors.SetupError, match="yihu org import failed: "):
        weigh.run({}, "org", "import")
    found = weigh.run({}, "--version")
    assert found.peak_mb > 5
    assert found.said.startswith("yihu")


def test_offices_have_chairs_and_so_have_some_villages(tmp_path: Path):
    file = tmp_path / "people.csv"
    assert len(federations.people(federations.NANPING, file, villages=5)) == 5
    with file.open(encoding="utf-8") as table:
        assert len({row["openid"] for row in csv.DictReader(table)}) == 3 + 10 + 5


def test_a_line_says_what_was_wanted():
    line = figures.Line("import", {"seconds": 61.0, "peak_mb": 400.0}, {"seconds": 60})
    assert line.text() == "import: seconds 61, peak_mb 400 (at most seconds 60: MISSED)"
    assert figures.spread([0.001] * 99 + [1.0]) == {"median_ms": 1.0, "p99_ms": 1000.0}
