"""Units move, merge and end while numbers come in: no day of the past changes, and nothing drifts."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import mend, progress, report, transfer
from bot.core.ledger import Claim, Share
from bot.core.model import Indicator, IndicatorKind, Level
from bot.store import campaigns, expectations, memory, people, recount, tables, units
from tests.ledger.land import START, Land, level_of

CODES = ("reform", "members", "visits", "steps", "turnout")
Tree = dict[str, str]
"""Unit and the unit above it."""


@dataclass
class Play:
    """A land whose tree changes; `trees` is how it stood at the end of each day."""

    land: Land
    dice: random.Random
    folder: Path
    tree: Tree = field(default_factory=dict)
    trees: dict[int, Tree] = field(default_factory=dict)

    async def begin(self) -> None:
        land = self.land
        by_id = {unit.id: code for code, unit in land.units.items()}
        self.tree = {code: by_id.get(unit.parent_id or 0, "") for code, unit in land.units.items()}
        async with land.rt.write() as c:
            assert land.campaign
            await c.execute(
                sa.insert(tables.indicator).values(
                    campaign_id=land.campaign.id, code="turnout", name="到会", aliases=[],
                    kind="ratio", level=int(Level.VILLAGE), unit_word="人", mode="total", steps=[],
                    sort=9,
                )
            )  # fmt: skip
            land.campaign = await campaigns.by_code(c, "hundred")
            assert land.campaign
            await expectations.prepare(c, land.campaign.indicators)
            await memory.changed(c)

    def today(self, day: int, hour: int = 23, minute: int = 55) -> None:
        self.land.rt._pinned = self.land.at(day, hour, minute)

    def villages(self) -> list[str]:
        return sorted(code for code in self.tree if level_of(code) is Level.VILLAGE)

    def value(self, indicator: Indicator) -> tuple[int, int | None]:
        match indicator.kind:
            case IndicatorKind.COMPLETION:
                return self.dice.randint(0, 1), None
            case IndicatorKind.STAGE:
                return self.dice.randint(0, len(indicator.steps)), None
            case IndicatorKind.RATIO:
                whole = self.dice.randint(0, 90)
                return self.dice.randint(0, whole), whole
            case _:
                return self.dice.randint(0, 30), None

    def claim(self, place: str, code: str) -> Claim:
        indicator = self.land.indicator(code)
        value, whole = self.value(indicator)
        return Claim(self.land.units[place], indicator, value, whole=whole)

    async def say(self, day: int) -> int:
        """One message in its own transaction, as the webhook has it; how many entries it made at most."""
        said = self._said(day)
        with memory.message():
            async with self.land.rt.write():
                return await said

    def _said(self, day: int) -> Coroutine[Any, Any, int]:
        """A report of several figures, a correction, or taking back, drawn now and said when it is awaited."""
        dice, place = self.dice, self.dice.choice(self.villages())
        who = self.tree[place] if dice.random() < 0.2 else place
        late = dice.choice([0, 0, 0, 0, 0, 0, 1, 3])
        at = self.land.at(max(0, day - late), 0) + timedelta(minutes=dice.randrange(1430))
        deed = dice.random()
        if deed < 0.8:
            some = [self.claim(place, code) for code in dice.sample(CODES, dice.randint(2, 5))]
            return self._report(who, some, at)
        if deed < 0.93:
            return self._correct(who, self.claim(place, dice.choice(CODES)), at)
        return self._undo(who, at)

    async def _report(self, who: str, some: list[Claim], at: datetime) -> int:
        land = self.land
        await report.record(land.rt, land.people[who], some, source=land.source(), said_at=at)
        return len(some)

    async def _correct(self, who: str, claim: Claim, at: datetime) -> int:
        land, source = self.land, self.land.source()
        with contextlib.suppress(errors.Conflict, errors.NotAllowed):
            await mend.correct(
                land.rt, land.people[who], claim, source=source, said_at=at, reason="核实"
            )
        return 1

    async def _undo(self, who: str, at: datetime) -> int:
        land = self.land
        with contextlib.suppress(errors.Conflict, errors.NotAllowed):
            await mend.undo(land.rt, land.people[who], source=land.source(), said_at=at)
        return 1

    async def rearrange(self, day: int) -> None:
        """A village or a township moves, ends (merged into a neighbour) or lives again; by import of the whole tree."""
        dice, tree = self.dice, dict(self.tree)
        towns = sorted(code for code in tree if level_of(code) is Level.TOWNSHIP)
        counties = ["c0", "c1"]
        what = dice.random()
        if what < 0.5:
            tree[dice.choice(self.villages())] = dice.choice(towns)
        elif what < 0.7:
            tree[dice.choice(towns)] = dice.choice(counties)
        elif what < 0.85 and len(self.villages()) > 6:
            del tree[dice.choice(self.villages())]
        else:
            gone = sorted(set(self.land.villages()) - set(tree))
            if gone:
                tree[dice.choice(gone)] = dice.choice(towns)
        if tree == self.tree:
            return
        self.tree = tree
        lines = ["code,name,level,parent_code"]
        lines += [f"{code},{code}村,{level_of(code).word},{above}" for code, above in tree.items()]
        path = self.folder / "units.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        self.today(day)
        await transfer.load(self.land.rt, "units", path, check=False, prune=True)
        async with self.land.rt.read() as c:
            for unit in await units.inside(c, 0, 2**31 - 1):
                self.land.units[unit.code] = unit
        await self._reappoint()

    async def _reappoint(self) -> None:
        """A unit that lives again has its chair again: ending it ended her post."""
        async with self.land.rt.write() as c:
            await c.execute(sa.update(tables.post).values(ended_at_ms=None))
            known = {one.id: code for code, one in self.land.people.items()}
            for one in (await people.many(c, known)).values():
                self.land.people[known[one.id]] = one

    async def expected(self, day: int, code: str) -> int:
        return sum(
            level_of(leaf) is Level.VILLAGE and code in line(self.trees[day], leaf)
            for leaf in self.trees[day]
        )


def line(tree: Tree, code: str) -> list[str]:
    """The unit and those above it."""
    found = []
    while code:
        found.append(code)
        code = tree.get(code, "")
    return found


async def counted(play: Play, days: list[int]) -> dict[tuple[str, str, int], Any]:
    """Under (indicator, unit, day) what the entries say by the trees of those days, in the plainest way."""
    async with play.land.rt.read() as c:
        entry = tables.entry.c
        rows = (
            await c.execute(
                sa.select(
                    entry.indicator_id, tables.unit.c.code, entry.day, entry.value, entry.whole
                )
                .join(tables.unit, tables.unit.c.id == entry.unit_id)
                .order_by(entry.at_ms, entry.id)
            )
        ).all()
    names = {play.land.indicator(code).id: code for code in CODES}
    found: dict[tuple[str, str, int], Any] = defaultdict(list)
    for day in days:
        end = (START + timedelta(days=day)).toordinal()
        last = {(row[0], row[1]): (row[3], row[4]) for row in rows if row[2] <= end}
        for (indicator_id, leaf), held in last.items():
            if leaf in play.trees[day] and held[0] is not None:
                for code in line(play.trees[day], leaf):
                    found[names[indicator_id], code, day].append(held)
    return found


def share(indicator: Indicator, held: list[tuple[int, int | None]]) -> Share:
    least = {IndicatorKind.COMPLETION: 1, IndicatorKind.STAGE: len(indicator.steps)}
    done = sum(value >= least.get(indicator.kind, 0) for value, _ in held)
    whole = sum(whole or 0 for _, whole in held)
    return Share(len(held), done, sum(value for value, _ in held), whole)


async def tell(play: Play, days: int, entries: int, *, at_once: int = 1) -> None:
    """The story: reports all day, a change of the tree on most evenings or in the middle of the day.

    `at_once`: how many messages are in the air together; what each says is drawn before any is written.
    """
    await play.begin()
    done = 0
    for day in range(days):
        for turn in range(4):
            until = entries * (day * 4 + turn + 1) // (days * 4)
            while done < until:
                done += sum(await asyncio.gather(*(play.say(day) for _ in range(at_once))))
            if play.dice.random() < 0.25:
                await verify(play)  # before the import counts everything anew
                await play.rearrange(day)
        play.trees[day] = dict(play.tree)
    play.today(days)


async def verify(play: Play) -> None:
    async with play.land.rt.read() as c:
        assert await recount.differences(c, limit=5) == []


async def check(play: Play, days: list[int], places: list[str]) -> None:
    land = play.land
    await verify(play)
    right = await counted(play, days)
    for day in days:
        for place in places:
            for code in CODES:
                indicator = land.indicator(code)
                said = await progress.of(land.rt, land.units[place], indicator, land.at(day, 23))
                held = right[code, place, day]
                assert said.total == share(indicator, held), (code, place, day)
                assert said.expected == await play.expected(day, place), (place, day)
                if indicator.kind is IndicatorKind.STAGE:
                    steps = [sum(value == at for value, _ in held) for at in range(4)]
                    assert list(said.steps) == steps, (place, day)
                assert said.reported <= said.expected, "no rate above 100 %"


async def test_history_never_moves_and_totals_never_drift(land: Land, tmp_path: Path):
    play = Play(land, random.Random(7), tmp_path)
    await tell(play, 6, 250)
    await check(play, [1, 3, 5], ["0", "c0", "c1", "c0t0", "c1t1"])


@pytest.mark.chaos
async def test_a_hundred_thousand_reports_corrections_moves_and_merges(land: Land, tmp_path: Path):
    play = Play(land, random.Random(11), tmp_path)
    await tell(play, 80, 100_000, at_once=8)
    await check(
        play, [0, 9, 33, 60, 79], sorted(set(play.tree) & {"0", "c0", "c1", "c0t0", "c1t1", "c1t0"})
    )


async def test_a_week_that_is_over_keeps_what_was_expected_of_it(land: Land, tmp_path: Path):
    play = Play(land, random.Random(1), tmp_path)
    await play.begin()
    reform = land.indicator("reform")
    before = [
        await progress.of(land.rt, land.units["c0t0"], reform, land.at(day, 23)) for day in (6, 7)
    ]
    assert [one.expected for one in before] == [3, 3]
    play.today(8, 10)
    lines = [f"{code},{code}村,{level_of(code).word},{above}" for code, above in play.tree.items()]
    lines.append("c0t0v7,新村,village,c0t0")
    path = tmp_path / "units.csv"
    path.write_text("\n".join(["code,name,level,parent_code", *lines]), encoding="utf-8")
    await transfer.load(land.rt, "units", path, check=False, prune=False)
    async with land.rt.read() as c:
        town = await units.by_code(c, "c0t0")
    assert town
    said = [
        (await progress.of(land.rt, town, reform, land.at(day, 9))).expected for day in (6, 7, 8)
    ]
    assert said == [3, 3, 4]
    assert START + timedelta(days=8) == date(2026, 11, 10)
