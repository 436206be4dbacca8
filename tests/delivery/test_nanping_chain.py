"""Nanping: the province calls, a county adds a line, townships and villages forward, sign, refuse or stay silent.

At every hour of three days the chain of units of all levels, the missing places, whom the groups reach, the time
it took and the reminders equal what a plain list of the same deeds gives.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.actions import broadcast, chain, confirm, letters, relay, transfer
from bot.bench import federations
from bot.core.chain import Count
from bot.core.model import Level, Role
from bot.core.plan import AudienceItem, Broadcast, Draft, Receipt
from bot.runtime import Runtime
from bot.store import chains, people, receipts, relay_lines, units
from schedules import relay_reminders, timetable
from tests.delivery import land as lands
from tests.delivery.land import Land
from tests.sandbox.platform import Platform

START = datetime.fromisoformat("2027-03-01T09:00+08:00")  # a Monday
HOURS = 74  # so that the third step of the first day is in it
ZHENGHE = "350725"
JOB = next(one for one in timetable.JOBS if one.name == relay_reminders.NAME)


@dataclass
class Unit:
    """A unit of the file, and what will be done there: the hour of 转了 with how many, of 收到, of 转不了."""

    code: str
    parent: str
    level: str
    size: int = 0
    relays: tuple[int, int | None] | None = None
    signs: int | None = None
    cannot: int | None = None


@dataclass
class Plain:
    """The same without the program: what has been done by an hour, and who was reminded."""

    units: dict[str, Unit]
    times: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def inside(self, top: str) -> Iterator[Unit]:
        for one in self.units.values():
            at = one.code
            while at and at != top:
                at = self.units[at].parent
            if at == top and one.level in ("county", "township", "village"):
                yield one

    def arrived(self, one: Unit, hour: int) -> int | None:
        """The minute since approval in which it came, if it has by the hour."""
        if one.level == "county":
            return 1  # its robot says it at once
        done = [
            at for at in (one.relays and one.relays[0], one.signs) if at is not None and at <= hour
        ]
        return min(done) * 60 + 1 if done else None

    def count(self, top: str, hour: int) -> tuple[Count, int, dict[int, int | None], set[str]]:
        """All levels together, people, times of villages, and the places without it."""
        some = list(self.inside(top))
        relayed = [u for u in some if u.level == "county" or (u.relays and u.relays[0] <= hour)]
        here = [u for u in some if self.arrived(u, hour) is not None]
        signed = [u for u in some if u.signs is not None and u.signs <= hour]
        gone = [u for u in some if u not in here and u.cannot is not None and u.cannot <= hour]
        counted = Count(len(some), len(here), len(signed), len(relayed), len(gone))
        reached = sum(
            u.size if not u.relays or u.relays[1] is None else u.relays[1] for u in relayed
        )
        villages = [u for u in some if u.level == "village"]
        came = sorted(t for u in villages if (t := self.arrived(u, hour)) is not None)
        need = {share: math.ceil(len(villages) * share / 100) for share in (50, 90, 100)}
        took = {s: came[n - 1] if villages and len(came) >= n else None for s, n in need.items()}
        return counted, reached, took, {u.code for u in some} - {u.code for u in here}

    def remind(self, minute: int) -> str:
        """What the job of this minute says, from the rule: a day of silence before each of three steps."""
        first = 0
        offices: set[str] = set()
        for one in self.units.values():
            if one.level not in ("township", "village"):
                continue
            said = [one.relays and one.relays[0], one.cannot]
            if any(at is not None and at * 60 < minute for at in said):
                continue
            times = self.times.get(one.code, 0)
            since = self.last.get(one.code, 0)
            if times == 3 or minute - since < 24 * 60:
                continue
            first += times == 0
            if times:
                above = one.parent if times == 1 else self.units[one.parent].parent
                offices.add(above)
            self.times[one.code], self.last[one.code] = times + 1, minute
        return f"{first} owners reminded, {len(offices)} lines to the levels above"


def _plan(only: str | None) -> Plain:
    draw = random.Random(7)
    found: dict[str, Unit] = {}
    for row in federations.rows(federations.NANPING):
        high = row["level"] in ("national", "province", "city")
        code = row["code"]
        if only and not high and not code.startswith(only) and not only.startswith(code):
            continue
        one = found[row["code"]] = Unit(row["code"], row["parent_code"], row["level"])
        if one.level == "county":
            one.size = 200
        if one.level in ("township", "village"):
            one.size = draw.choice([0, 35, 120, 480])
            kind = draw.random()
            if kind < 0.75:
                one.relays = (draw.randrange(1, 60), draw.choice([None, 40, 420]))
            elif kind < 0.8:
                one.cannot = draw.randrange(1, 30)
            if one.level == "village" and draw.random() < 0.6:
                one.signs = draw.randrange(1, 70)
    return Plain(found)


def _files(plain: Plain, room: Path) -> None:
    rows = [row for row in federations.rows(federations.NANPING) if row["code"] in plain.units]
    with (room / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tuple(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    lines = ["person_id,name,phone,unit_code,role,title,openid"]
    lines += [f"p{c},主席{c},,{c},chair,主席,{lands.openid('p' + c)}" for c in plain.units]
    (room / "people.csv").write_text("\n".join(lines) + "\n", "utf-8")
    lines = ["group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key"]
    for one in plain.units.values():
        if one.level == "county":
            lines.append(
                f"g{one.code},县群{one.code},{one.code},robot,,{one.size},robot-{one.code}"
            )
        elif one.level in ("township", "village"):
            lines.append(f"g{one.code},群{one.code},{one.code},relay,p{one.code},{one.size},")
    (room / "groups.csv").write_text("\n".join(lines) + "\n", "utf-8")


async def _settled(rt: Runtime, platform: Platform, plain: Plain, room: Path) -> Broadcast:
    """Everything imported; the province's notice sent to village chairs and all groups, a county's line added."""
    _files(plain, room)
    counties = [one.code for one in plain.units.values() if one.level == "county"]
    platform.control("groups", groups=[{"key": f"robot-{code}"} for code in counties])
    platform.meet(*(lands.openid("p" + code) for code in plain.units))
    for kind in ("units", "people", "groups"):
        await transfer.load(rt, kind, room / f"{kind}.csv")
    async with rt.read() as c:
        province = await units.by_code(c, "35")
        county = await units.by_code(c, counties[0])
        author = await people.by_key(c, "p35")
        assert province
        assert county
        assert author
        actor = await people.actor(c, author)
    rt.settings = rt.settings.model_copy(update={"approval_threshold": 100_000})
    draft = Draft(
        kind="部署",
        title="百日攻坚推进通知",
        body="请各村按时办结。",
        unit=province,
        scope_units=(province,),
        items=(AudienceItem(Level.VILLAGE, Role.CHAIR),),
        groups=True,
        receipt=Receipt.SIGN,
        deadline=START + timedelta(days=20),
    )
    sent = await broadcast.submit(rt, actor, draft, expected_hash=None, idem_key=None)
    async with rt.write() as c:
        by = await people.by_key(c, f"p{counties[0]}")
        assert by
        await relay_lines.put(c, sent, county, "县里周五前汇总", by=by.id, at_ms=rt.now_ms())
    async with lands.working(rt):
        await Land(rt, platform).done(sent.id, 240)
    said = await letters.read(rt, sent)
    assert "县里周五前汇总" in said.group_text(letters.Group(1, "群", county.lo + 1)).text
    assert "县里周五前汇总" not in said.group_text(letters.Group(1, "群", county.hi)).text
    return sent


async def _done(rt: Runtime, sent: Broadcast, plain: Plain, hour: int) -> None:
    """What everybody does in this hour."""
    at = rt.now()
    for one in plain.units.values():
        if hour not in (one.relays and one.relays[0], one.signs, one.cannot):
            continue
        async with rt.read() as c:
            her = await people.by_key(c, f"p{one.code}")
        assert her
        if one.signs == hour:
            assert await confirm.sign(rt, her, sent.id, at)
        if one.relays and one.relays[0] == hour:
            assert await relay.relayed(rt, her, None, one.relays[1], number=sent.id, at=at)
        if one.cannot == hour:
            assert await relay.cannot(rt, her, "不是群主", at)


async def _compared(rt: Runtime, sent: Broadcast, plain: Plain, tops: list[str], hour: int) -> None:
    for code in tops:
        counted, reached, took, away = plain.count(code, hour)
        async with rt.read() as c:
            unit = await units.by_code(c, code)
            assert unit
            spans = await receipts.spans(c, sent, unit)
            missing, n = await chains.missing(c, sent, spans[0][1:], 5000)
        found = await chain.standing(rt, sent, unit)
        assert found
        assert found.all == counted, (code, hour)
        assert found.people == reached, (code, hour)
        if found.timed is Level.VILLAGE:
            assert found.took == took, (code, hour)
        assert ({one.code for one in missing}, n) == (away, len(away)), (code, hour)


async def _three_days(rt: Runtime, platform: Platform, room: Path, only: str | None) -> None:
    plain = _plan(only)
    some = random.Random(1)
    villages = [one.code for one in plain.units.values() if one.level == "village"]
    towns = [one.code for one in plain.units.values() if one.level == "township"]
    tops = ["0", "35", "3507", ZHENGHE, *some.sample(towns, 2), *some.sample(villages, 2)]
    with rt.at(START):
        sent = await _settled(rt, platform, plain, room)
    for hour in range(1, HOURS):
        moment = START + timedelta(hours=hour)
        with rt.at(moment):
            await _done(rt, sent, plain, hour)
            await _compared(rt, sent, plain, tops, hour)
        due = moment + timedelta(minutes=23)
        if 9 <= due.hour <= 19:
            with rt.at(due):
                wanted = plain.remind(hour * 60 + 23)
                assert await timetable.run_once(rt, JOB, due) == wanted, due
    assert set(plain.times.values()) == {1, 2, 3}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


async def test_one_county_for_three_days(rt: Runtime, platform: Platform, room: Path) -> None:
    await _three_days(rt, platform, room, "35072510")  # some townships of 政和县


@pytest.mark.chaos
async def test_all_of_nanping_for_three_days(rt: Runtime, platform: Platform, room: Path) -> None:
    await _three_days(rt, platform, room, None)
