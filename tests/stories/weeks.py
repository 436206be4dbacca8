"""A campaign lived in the program and on the abacus, week by week.

In the process of the test, but by the ways of the program: files are imported, people write to the account, the
clock's job publishes on Fridays.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.actions import publish, transfer
from bot.core import inbound
from bot.core.ledger import Share
from bot.runtime import Runtime
from bot.store import campaigns, followers, units
from handlers.chat import dispatch
from schedules import timetable
from tests.chat.room import Room
from tests.stories.abacus import Abacus, Count, Indicator, Said
from tests.stories.federation import Federation
from tests.stories.ground import ZONE

JOB = next(job for job in timetable.JOBS if job.name == "weekly-analysis")
OFFICES = ("national", "province", "city", "county")
FIRST = date(2027, 3, 1)  # a Monday
KEPT = ("记上了", "改好了")  # how an answer begins when there is something to count
LIGHTS = {"ahead": "快于计划", "near": "接近计划", "behind": "滞后计划"}


@dataclass(frozen=True)
class Word:
    """Somebody says something, and the values it means for a unit; it reaches us when it is `heard`."""

    openid: str
    lines: tuple[str, ...]
    unit: str
    means: dict[str, int]
    at: datetime
    heard: datetime


@dataclass
class Story:
    """A federation and a campaign in the program, and the same on the abacus."""

    rt: Runtime
    federation: Federation
    abacus: Abacus
    dice: random.Random
    before: dict[str, dict[str, int]] = field(default_factory=dict)  # what was published last
    keys: Iterator[int] = field(default_factory=itertools.count)
    seen: Counter[str] = field(default_factory=Counter)  # lights and standings that came up
    # What was told of the whole federation, by indicator and Friday.
    outlooks: dict[str, dict[date, tuple[Any, ...]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    @property
    def starts(self) -> date:
        return self.federation.day(self.federation.campaign["start"])

    def indicator(self, code: str) -> Indicator:
        return next(one for one in self.abacus.campaign["indicators"] if one["code"] == code)

    def clock(self, at: datetime) -> None:
        self.rt._offset = at - datetime.now(UTC)

    async def say(self, openid: str, text: str, at: datetime, heard: datetime | None = None) -> str:
        self.clock(heard or at)
        key = inbound.message_key("wechat", str(next(self.keys)))
        said = inbound.Inbound("wechat", openid, "gh", at, key, inbound.Text(text))
        async with self.rt.write() as c:
            follower = await followers.heard(c, self.rt.seal, "wechat", openid, self.rt.now_ms())
            return Room.text(await dispatch.answer(self.rt, said, follower))

    async def tell(self, words: list[Word]) -> None:
        """Let them say it, in the order in which it reaches us, and move the beads."""
        for word in sorted(words, key=lambda word: word.heard):
            for n, line in enumerate(word.lines):
                step = timedelta(seconds=n)
                answer = await self.say(word.openid, line, word.at + step, word.heard + step)
            assert answer.startswith(KEPT), (word, answer)
            for indicator, value in word.means.items():
                at = word.at + timedelta(seconds=len(word.lines) - 1)
                self.abacus.said.append(Said(word.unit, indicator, value, at, word.heard))

    def words(
        self, unit: str, at: datetime, *, late: bool = False, plainly: bool = False
    ) -> list[Word]:
        """How one unit reports that it is done: in one message or two, corrected, or by the township."""
        level, dice = self.federation.units[unit].level, self.dice
        done, number = (
            next(
                one["code"]
                for one in self.federation.campaign["indicators"]
                if one["level"] == level and one["kind"] == kind
            )
            for kind in ("completion", "count")
        )
        name = "会改联" if level == "village" else "区域化"
        n = dice.randint(5, 15)
        heard = at + timedelta(days=3) if late else at
        openid = self.federation.speaker(unit)
        if not openid:
            above = self.federation.speaker(
                self.federation.units[unit].parent, "staff", "chair", "deputy"
            )
            if not above:
                return []
            short = self.federation.units[unit].short
            lines = (f"{short}{name}完成，新增执委{n}名", "对")
            return [Word(above, lines, unit, {done: 1, number: n}, at, heard)]
        way = 1.0 if plainly else dice.random()
        if way < 0.1:  # half of it first: the number is known, the rest is owed
            later = at + timedelta(days=dice.choice((1, 8)), minutes=3)
            return [
                Word(openid, (f"新增执委{n}名",), unit, {number: n}, at, heard),
                Word(openid, (f"{name}完成了",), unit, {done: 1}, later, max(later, heard)),
            ]
        if way < 0.2:  # too early, then done
            later = at + timedelta(days=9)
            return [
                Word(openid, (f"{name}还没完成", "2"), unit, {done: 0}, at, at),
                Word(
                    openid,
                    (f"{name}完成，新增执委{n}名",),
                    unit,
                    {done: 1, number: n},
                    later,
                    later,
                ),
            ]
        if way < 0.3:
            lines = (f"{name}完成，新增执委{n + 1}名", f"是{n}名")
            return [Word(openid, lines, unit, {done: 1, number: n}, at, heard)]
        return [
            Word(openid, (f"{name}完成，新增执委{n}名",), unit, {done: 1, number: n}, at, heard)
        ]

    async def friday(self, day: date) -> None:
        """The analysis is published, and everything it says is on the abacus too."""
        due = moment(day, 16, 7)
        self.clock(due)
        with self.rt.at(due):
            assert await timetable.run_once(self.rt, JOB, due) is not None
        async with self.rt.read() as c:
            campaign = await campaigns.by_code(c, self.federation.campaign["code"])
            offices = [
                await units.by_code(c, unit.code)
                for unit in self.federation.units.values()
                if unit.level in OFFICES
            ]
        assert campaign
        helds = self._held(day, due)
        for unit in offices:
            assert unit
            week = self.rt.calendar.week_name(due)
            shown = await publish.newest(self.rt, unit, campaign, week=week)
            if shown is None:  # nothing new, nothing sent
                shown = await publish.today(self.rt, unit, campaign, due)
                assert not shown.news
            self._compare(shown.figures, unit.code, day, due, helds, kept=shown.id is not None)
        await self._asked(day, due, helds)

    def _held(self, day: date, due: datetime) -> dict[str, tuple[dict[str, Said], dict[str, Said]]]:
        sunday = day - timedelta(days=day.weekday() + 1)
        return {
            one["code"]: (self.abacus.held(one, day, due), self.abacus.held(one, sunday, due))
            for one in self.federation.campaign["indicators"]
        }

    def _compare(
        self, figures: Any, code: str, day: date, due: datetime, helds: Any, *, kept: bool
    ) -> None:
        """Everything the analysis of one office says."""
        abacus, monday = self.abacus, day - timedelta(days=day.weekday())
        rows = {row.measure.code: row for row in figures.rows}
        wanted = abacus.indicators(code)
        assert sorted(rows) == sorted(one["code"] for one in wanted), code
        for one in wanted:
            row, (held, sunday) = rows[one["code"]], helds[one["code"]]
            now, then = abacus.count(one, code, held), abacus.count(one, code, sunday)
            assert plain(row.total) == now, (code, one["code"])
            assert plain(row.week) == now.less(then)
            assert row.expected == len(abacus.expected(one, code))
            assert row.light == abacus.light(one, code, now, then, day), (code, one["code"], day)
            assert row.silent == len(abacus.missing(one, code, held, monday))
            published = self.before.get(code, {}).get(one["code"])
            if published is not None:
                assert row.corrected.value == then.value - published
            if kept:
                self.before.setdefault(code, {})[one["code"]] = now.value
            self.seen[f"{row.light}"] += 1
            if one["kind"] == "completion":
                told = abacus.forecast(one, code, day, due)
                out = row.outlook
                found = (out.standing, out.done_on, out.earliest, out.likely, out.latest)
                assert found == told, (code, one["code"], day)
                self.seen[told[0]] += 1
                if code == "0":
                    self.outlooks[one["code"]][day] = found
            below = {
                child: len(abacus.expected(one, child))
                for child in self.federation.below[code]
                if abacus.expected(one, child)
            }
            assert {child.place.code: child.expected for child in row.children} == below
            for child in row.children:
                here = child.place.code
                now, then = abacus.count(one, here, held), abacus.count(one, here, sunday)
                assert plain(child.total) == now, here
                assert plain(child.week) == now.less(then)
                assert child.light == abacus.light(one, here, now, then, day), (here, day)
                owed = abacus.missing(one, self.federation.units[here].parent, held, monday)
                inside = set(self.federation.inside(here))
                assert child.silent == len([unit for unit in owed if unit in inside]), here

    async def _asked(self, day: date, due: datetime, helds: Any) -> None:
        """What the chairs are told in chat: 进度 with its light, 谁没报 name by name."""
        abacus, monday = self.abacus, day - timedelta(days=day.weekday())
        names = {unit.code: unit.short for unit in self.federation.units.values()}
        for unit in self.federation.units.values():
            openid = self.federation.speaker(unit.code, "chair", "deputy", "staff")
            if not openid or unit.level not in (*OFFICES, "township"):
                continue
            if unit.level == "township" and self.dice.random() > 0.1:
                continue
            asked_at = due + timedelta(minutes=5)
            for one in abacus.indicators(unit.code):
                if one["kind"] != "completion":
                    continue
                held, sunday = helds[one["code"]]
                now, then = (abacus.count(one, unit.code, some) for some in (held, sunday))
                answer = await self.say(openid, f"进度 {one['name']}", asked_at)
                of = len(abacus.expected(one, unit.code))
                assert answer.startswith(f"{unit.short} {one['name']} {now.done}/{of}（"), answer
                light = abacus.light(one, unit.code, now, then, day)
                assert light is None or LIGHTS[light] in answer, (unit, answer)
            owed = [
                abacus.missing(one, unit.code, helds[one["code"]][0], monday)
                for one in abacus.indicators(unit.code)
            ]
            missing = set(itertools.chain(*owed))
            answer = await self.say(openid, "谁没报", asked_at)
            if not missing:
                assert "都报了" in answer, answer
            elif len(missing) <= 20:
                said = answer.partition("个没报：")[2].partition("。")[0].split("、")
                assert Counter(said) == Counter(names[code] for code in missing), (unit, answer)
            else:
                assert f"本周还有{len(missing)}个没报" in answer, (unit, answer)


def plain(share: Share) -> Count:
    """The program's figures as the abacus has them."""
    return Count(share.reported, share.done, share.value)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


async def furnish(
    rt: Runtime,
    room: Path,
    only: str,
    campaign: dict[str, Any] | None = None,
    *,
    shares: Any = None,
) -> Story:
    """Import the federation and its campaign; `shares`: how many townships and villages are on the list."""
    federation = Federation.made(room, FIRST + timedelta(days=40), only=only)
    dice = random.Random(5)
    if campaign is not None:
        path = dict(federation.files)["campaign"]
        lists = {
            level: sorted(unit.code for unit in dice.sample(federation.at(level), count))
            for level, count in shares.items()
        }
        federation.campaign.update(campaign)
        for one in federation.campaign["indicators"]:
            one["reference"] = lists[one["level"]]
        path.write_text(yaml.safe_dump(federation.campaign, allow_unicode=True), "utf-8")
    for kind, path in federation.files:
        await transfer.load(rt, kind, path, check=False, prune=False)
    abacus = Abacus(federation, federation.campaign, rt.calendar.is_workday)
    return Story(rt, federation, abacus, dice)
