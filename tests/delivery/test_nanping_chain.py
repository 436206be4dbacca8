"""Nanping: the province calls, counties add a line, townships and villages forward, sign, open, refuse or stay silent.

At every hour of three days the chain of units of all levels, the missing places, whom the groups reach, the time
it took, who was reminded and which office was told equal what a plain list of the same deeds gives.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.actions import broadcast, chain, letters, opens, transfer
from bot.core import inbound, reply
from bot.core.model import Level, Role
from bot.core.plan import AudienceItem, Broadcast, Draft, Receipt
from bot.runtime import Runtime
from bot.store import batch_states, chains, epochs, followers, groups, people, tables, units
from handlers.chat import dispatch
from schedules import relay_reminders, timetable
from tests.delivery import land as lands
from tests.delivery import nanping
from tests.delivery.land import Land
from tests.delivery.nanping import Plain
from tests.sandbox.platform import Platform

START = datetime.fromisoformat("2027-03-01T09:00+08:00")  # a Monday
HOURS = 74  # so that the third step of the first day is in it
ZHENGHE = "350725"
DONGPING = "350725101"
JOB = next(one for one in timetable.JOBS if one.name == relay_reminders.NAME)


NUMBERS = ("asked", "reached", "signed", "relayed", "cannot")


async def _settled(rt: Runtime, platform: Platform, plain: Plain, room: Path) -> Broadcast:
    """Everything imported; the province's notice sent to village chairs and all groups, a county's line added."""
    nanping.files(plain, room)
    counties = [one.code for one in plain.units.values() if one.level == "county"]
    platform.control("groups", groups=[{"key": f"robot-{code}"} for code in counties])
    platform.meet(*(lands.openid("p" + code) for code in plain.units))
    for kind in ("units", "people", "groups"):
        await transfer.load(rt, kind, room / f"{kind}.csv")
    async with rt.read() as c:
        province = await units.by_code(c, "35")
        author = await people.by_key(c, "p35")
        assert province
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
    sent = await broadcast.submit(rt, actor, draft, expected=None, idem_key=None)
    for code in counties:
        said = await _says(rt, f"p{code}", f"加注 {sent.id} {code}周五前汇总")
        assert "转到下面的群时会加上" in said
    async with lands.working(rt):
        await Land(rt, platform).done(sent.id, 240)
    text = await letters.read(rt, sent)
    async with rt.read() as c:
        for code in counties:
            one = await units.by_code(c, code)
            assert one
            for place in (one.lo, one.lo + 1, one.hi - 1):
                whole = text.group_text(letters.Group(1, "群", place)).text
                assert [other for other in counties if f"{other}周五" in whole] == [code]
        above = text.group_text(letters.Group(1, "群", province.lo)).text
        assert "周五前汇总" not in above
    return sent


async def _says(rt: Runtime, key: str, words: str) -> str:
    """What somebody writes to the account, and the answer."""
    name = f"{key} {rt.now()} {words}"
    what = inbound.Text(words)
    said = inbound.Inbound(
        "wechat", lands.openid(key), "gh", rt.now(), inbound.message_key("wechat", name), what
    )
    async with rt.write() as c:
        her = await followers.heard(c, rt.seal, said.account, said.openid, rt.now_ms())
        answer = await dispatch.answer(rt, said, her)
    assert isinstance(answer, reply.TextReply)
    return answer.text


async def _done(rt: Runtime, sent: Broadcast, plain: Plain, hour: int) -> None:
    """What everybody says and opens in this hour."""
    opened: dict[opens.Link, list[int]] = {}
    for one in plain.units.values():
        if one.signs == hour:
            assert "已记您收到" in await _says(rt, f"p{one.code}", "收到")
        if one.relays and one.relays[0] == hour:
            people_n = one.relays[1]
            words = "转了" if people_n is None else f"转到群里了，{people_n}人"
            assert "记下转了1个群" in await _says(rt, f"p{one.code}", words)
        if one.cannot == hour:
            assert "转不了" in await _says(rt, f"p{one.code}", "转不了，群解散了")
        if one.opens and one.opens[0] == hour:
            async with rt.read() as c:
                group = (await groups.by_keys(c, [f"g{one.code}"]))[f"g{one.code}"]
                unit = await units.by_code(c, one.code)
            assert unit
            opened[opens.Link(sent.id, group.id, unit.lo)] = [one.opens[1], 0]
    await opens.write(rt, opened)


async def _compared(rt: Runtime, sent: Broadcast, plain: Plain, tops: list[str], hour: int) -> None:
    for code in tops:
        some = plain.inside(code)
        async with rt.read() as c:
            unit = await units.by_code(c, code)
            assert unit
            spans = await epochs.spans(c, sent, unit)
            missing, n = await chains.missing(c, sent, spans[0][1:], 5000)
        found = await chain.standing(rt, sent, unit)
        assert found
        told = {
            level.word: tuple(getattr(count, name) for name in NUMBERS)
            for level, count in found.levels.items()
        }
        levels = {level: [one for one in some if one.level == level] for level in nanping.LEVELS}
        assert told == {
            level: nanping.total(these, hour) for level, these in levels.items() if these
        }
        below = {
            one.code: tuple(getattr(count, name) for name in NUMBERS) for one, count in found.below
        }
        children = [one.code for one in plain.units.values() if one.parent == code]
        each = {child: plain.inside(child) for child in children}
        assert below == {
            child: nanping.total(these, hour) for child, these in each.items() if these
        }
        reach = [
            one.relays[1] if one.relays and one.relays[1] is not None else one.size
            for one in some
            if one.forwarded(hour)
        ]
        assert found.people == sum(reach), (code, hour)
        assert found.readers == sum(u.opens[1] for u in some if u.opens and u.opens[0] <= hour)
        if found.timed is Level.VILLAGE:
            assert found.took == plain.took(code, hour), (code, hour)
        away = {one.code for one in some if one.came(hour) is None}
        assert ({one.code for one in missing}, n) == (away, len(away)), (code, hour)


async def _asked(rt: Runtime, sent: Broadcast, plain: Plain, hour: int) -> None:
    """谁没转, by the county: how many groups wait, and in which township."""
    waiting = Counter(
        one.above[0] if one.level == "township" else one.parent
        for one in plain.inside(ZHENGHE)
        if one.level != "county"
        and not one.forwarded(hour)
        and not (one.cannot is not None and one.cannot <= hour)
    )
    async with rt.read() as c:
        towns = [await units.by_code(c, code) for code in waiting]
    said = await _says(rt, f"p{ZHENGHE}", f"谁没转 {sent.id}")
    assert f"还有{waiting.total()}个群没转" in said
    line = next(line for line in said.splitlines() if line.startswith("分布："))
    wanted = {f"{one.short}{waiting[one.code]}" for one in towns if one}
    assert set(line.removeprefix("分布：").split("、")) == wanted
    async with rt.read() as c:
        away = [
            await units.by_code(c, one.code)
            for one in plain.inside(DONGPING)
            if one.came(hour) is None
        ]
    said = await _says(rt, f"p{ZHENGHE}", f"哪里没传到 东平镇 {sent.id}")
    assert f"还有{len(away)}个单位没传到" in said
    assert all(f"\n{one.short}（" in said for one in away if one), "every village, none left out"
    assert "还有别的" not in said


async def _reminded(rt: Runtime) -> tuple[Counter[str], Counter[str]]:
    """How often each owner was reminded, and each office told, by the code of her unit."""
    person, outbox = tables.person.c, tables.outbox.c
    async with rt.read() as c:
        keys = {row.id: row.key[1:] for row in await c.execute(sa.select(person.id, person.key))}
        lines = await c.scalars(
            sa.select(outbox.person_id).where(outbox.text.contains("提醒过群主了"))
        )
        ids = await c.scalars(
            sa.select(tables.broadcast.c.id).where(tables.broadcast.c.purpose == "reminder")
        )
        owners: list[int] = []
        for n in ids.all():
            for batch in await batch_states.of(c, n, ["template"], None):
                owners += batch.members.tolist()
    return Counter(keys[one] for one in owners), Counter(keys[one] for one in lines if one)


async def _three_days(rt: Runtime, platform: Platform, room: Path, only: str | None) -> None:
    plain = nanping.plan(only)
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
            if hour == 1:
                await _asked(rt, sent, plain, hour)
        due = moment + timedelta(minutes=23)
        if 9 <= due.hour <= 19:
            with rt.at(due):
                wanted = plain.remind(hour * 60 + 23)
                assert await timetable.run_once(rt, JOB, due) == wanted, due
            assert await _reminded(rt) == (plain.owners, plain.offices), due
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
