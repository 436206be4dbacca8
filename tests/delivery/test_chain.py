"""The chain of a notice: what is counted for any unit equals what a plain list of the same events gives."""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Iterable
from datetime import timedelta
from itertools import count, pairwise
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import sqlalchemy as sa

from bot.actions import chain as chains_now
from bot.actions import opens, relay
from bot.core import chain, chain_chart, wording
from bot.core.chain import Count, Mark, News
from bot.core.model import Level
from bot.core.plan import Broadcast, Receipt
from bot.picture import png
from bot.runtime import Runtime
from bot.store import broadcasts, chains, people, receipts, register, tables
from config import words
from tests.delivery import land as lands
from tests.ledger.web import Api
from tests.sandbox.platform import Platform


async def test_who_says_the_same_again_has_forwarded_to_no_more_groups(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    for key in "abcd":
        await lands.relay_group(land, key, "v0000-chair", "v0000")
    sent = await land.send(groups=True)
    async with lands.working(rt):
        await land.done(sent.id)
    async with rt.read() as c:
        her = await people.by_id(c, land.persons["v0000-chair"])
    assert her

    async def says(groups: int | None) -> tuple[int, int]:
        done = await relay.relayed(rt, her, groups, 400, number=None, at=rt.now())
        assert done
        return done.groups, done.left

    assert await says(3) == (3, 1)
    assert await says(3) == (0, 1)
    assert await says(4) == (1, 0), "all four"


async def test_relayed_signed_and_opened_roll_up_with_their_times(
    rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    await lands.robot_group(land, "r", "t")
    await lands.relay_group(land, "a", "v0000-chair", "v0000")
    await lands.relay_group(land, "b", "v0001-chair", "v0001")
    await lands.relay_group(land, "d", "v0003-chair", "v0003")
    began = rt.now()
    sent = await land.send(groups=True, receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)

    async def says(key: str, after: int, people_n: int | None = None) -> None:
        async with rt.read() as c:
            her = await people.by_id(c, land.persons[key])
        assert her
        at = began + timedelta(minutes=after)
        assert await relay.relayed(rt, her, None, people_n, number=sent.id, at=at)

    await says("v0000-chair", 30, 80)
    async with rt.write() as c:
        her = land.persons["v0002-chair"]
        mine = await receipts.received(c, her, sent.id)
        assert mine
        at_ms = sent.approved_at_ms or 0
        await receipts.add(c, mine, kind="signed", person_id=her, at_ms=at_ms + 90 * 60_000)
    async with rt.read() as c:
        other = await people.by_id(c, land.persons["v0003-chair"])
    assert other
    await relay.cannot(rt, other, "群解散了", number=sent.id, at=began)
    found = await chains_now.standing(rt, sent, land.units["s"])
    assert found
    assert found.levels == {
        Level.CITY: Count(asked=1),
        Level.TOWNSHIP: Count(asked=1, reached=1, relayed=1),
        Level.VILLAGE: Count(asked=4, reached=2, signed=1, relayed=1, cannot=1),
    }
    assert found.all.not_yet == 3
    assert found.people == 80
    assert found.took == {50: 91, 90: None, 100: None}
    assert [(unit.code, count.reached, count.asked) for unit, count in found.below] == [("t", 3, 5)]
    await _two_readers(land, sent.id)
    async with rt.read() as c:
        city = land.units["s"]
        away, n = await chains.missing(c, sent, (city.lo, city.hi), 9)
    assert ([unit.code for unit in away], n) == (["s", "v0003"], 2)
    drawn = chain_chart.svg_of(rt.words, sent.title, found, local=began)
    assert png(drawn).startswith(b"\x89PNG")
    async with rt.read() as c:
        kept = await register.page(c, [(0, 99)], after=(-1, 0), limit=9)
    used = {one.key for one in kept if one.used_at_ms is not None}
    assert used == {"r", "a"}, "what was forwarded, or said by a robot, counts as use"
    await _the_same_by_api(land, sent.id)
    await _moved_away(land, sent)


async def _moved_away(land: lands.Land, sent: Broadcast) -> None:
    """A village that is moved under another one stays where it was in this chain."""
    rt = land.rt
    async with rt.write() as c:
        moved = sa.update(tables.unit).where(tables.unit.c.id == land.units["v0002"].id)
        await c.execute(moved.values(parent_id=land.units["v0000"].id))
    under = await chains_now.standing(rt, sent, land.units["v0000"])
    assert under
    assert (under.all.asked, under.below) == (1, ())


async def _two_readers(land: lands.Land, n: int) -> None:
    """A reader alone may be the owner; two are a sign that it has arrived, and tell nothing of 转了."""
    rt, village = land.rt, land.units["v0001"]
    sent = await _get(land, n)
    to = opens.Link(n, land.groups["b"], village.lo)
    await opens.write(rt, {to: [1, 0]})
    before = await chains_now.standing(rt, sent, village)
    await opens.write(rt, {to: [1, 0]})
    after = await chains_now.standing(rt, sent, village)
    assert before
    assert after
    assert (before.all.reached, after.all.reached, after.all.relayed) == (0, 1, 0)
    assert after.readers == 2


async def _the_same_by_api(land: lands.Land, n: int) -> None:
    """A township asks of the city's notice; another unit than its own it does not see."""
    api = Api(cast("Any", SimpleNamespace(rt=land.rt, units=land.units, sources=count())))
    await api.hold("t")
    told = (await api.get(f"/broadcasts/{n}/chain")).body
    now = await chains_now.standing(land.rt, await _get(land, n), land.units["t"])
    assert now
    assert told["total"]["reached"] == now.all.reached == 4
    assert told["total"]["not_yet"] == 1
    assert [(one["code"], one["call"]) for one in told["missing"]] == [("v0003", "v0003-chair的人")]
    assert told["minutes"] == {str(share): minutes for share, minutes in now.took.items()}
    assert (await api.get(f"/broadcasts/{n}/chain?unit=s")).status == 404
    assert (await api.get(f"/broadcasts/{n + 1}/chain")).status == 404
    for of in ("", "?unit=v0003"):
        drawn = await api.get(f"/broadcasts/{n}/chain.png{of}")
        assert (drawn.status, drawn.headers["content-type"]) == (200, "image/png")
        assert drawn.body.startswith(b"\x89PNG")
        assert struct.unpack(">I", drawn.body[16:20]) == (900,)
    for beyond in (f"{n}/chain.png?unit=s", f"{n}/chain.png?unit=nowhere", f"{n + 1}/chain.png"):
        refused = await api.get(f"/broadcasts/{beyond}")
        assert (refused.status, list(refused.body)) == (404, ["error"]), beyond
    await api.hold("s")
    above = (await api.get(f"/broadcasts/{n}/chain")).body["missing"]
    assert [one["call"] for one in above] == ["s-chair的人", "v*人"], "no names two levels up"
    api.token = ""
    assert (await api.get(f"/broadcasts/{n}/chain.png")).status == 401


async def _get(land: lands.Land, n: int) -> Broadcast:
    async with land.rt.read() as c:
        return await broadcasts.get(c, n)


def _plain(
    events: Iterable[tuple[int, Mark, int]], asked: dict[int, int], lo: int, hi: int
) -> tuple[int, int, int, int, dict[int, int | None]]:
    """The same by plain dictionaries."""
    first: dict[int, int] = {}
    marks: dict[int, Mark] = {}
    for place, mark, minute in events:
        if lo <= place < hi and place in asked:
            marks[place] = marks.get(place, Mark(0)) | mark
            if mark & (Mark.SIGNED | Mark.RELAYED | Mark.OPENED):
                first[place] = min(first.get(place, minute), minute)
    inside = [place for place in asked if lo <= place < hi]
    villages = [place for place in inside if asked[place] == Level.VILLAGE]
    times = sorted(first[place] for place in villages if place in first)
    took: dict[int, int | None] = {}
    for share in (50, 90, 100):
        need = math.ceil(len(villages) * share / 100)
        took[share] = times[need - 1] if villages and len(times) >= need else None
    signed = sum(1 for mark in marks.values() if mark & Mark.SIGNED)
    relayed = sum(1 for mark in marks.values() if mark & Mark.RELAYED)
    return len(inside), len(first), signed, relayed, took


async def test_any_stretch_of_places_counts_as_a_plain_list_does(
    rt: Runtime, platform: Platform
) -> None:
    """Places over several blocks, with edges anywhere."""
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    sent = await land.send()
    draw = random.Random(6)
    asked = {place: draw.choice([5, 6, 6, 6]) for place in draw.sample(range(5000), 1800)}
    events: list[tuple[int, Mark, int]] = []
    people_at: dict[int, int] = {}
    start = sent.approved_at_ms or 0
    async with rt.write() as c:
        levels = np.zeros(5120, np.uint8)
        levels[list(asked)] = list(asked.values())
        await chains.keep(c, sent.id, levels)
        for _ in range(60):
            minute = draw.randrange(1, 900)
            some = [
                News(place, draw.choice(list(Mark)), people=draw.randrange(50), readers=1)
                for place in draw.sample(range(5000), 150)
            ]
            await chains.note(c, sent, some, start + (minute - 1) * 60_000)
            events += [(one.place, one.mark, minute) for one in some]
            for one in some:
                people_at[one.place] = people_at.get(one.place, 0) + one.people
        edges = sorted({0, 5000, 1023, 1024, 1025, *draw.sample(range(5000), 40)})
        for lo, hi in [*pairwise(edges), (0, 5000), (7, 4999), (1024, 2048)]:
            part = await chains.part(c, sent.id, (lo, hi))
            counts, each = chain.counted(part, [(lo, hi)])
            whole = chain.together(counts)
            villages = counts.get(Level.VILLAGE, Count()).asked
            took = chain.took(part, Level.VILLAGE, villages)
            wanted = _plain(events, asked, lo, hi)
            assert (whole.asked, whole.reached, whole.signed, whole.relayed, took) == wanted
            assert part.people == sum(n for place, n in people_at.items() if lo <= place < hi)
            assert each == [whole]


@pytest.mark.parametrize(
    ("said", "members", "each"),
    [
        (None, [30, 70], [30, 70]),
        (400, [100, 100, 200], [100, 100, 200]),
        (420, [0, 0, 0], [140, 140, 140]),
        (10, [1, 1, 1], [3, 3, 4]),
        (0, [5, 5], [0, 0]),
    ],
)
def test_people_are_shared_out_as_large_as_the_groups_are(
    said: int | None, members: list[int], each: list[int]
) -> None:
    assert chain.shares(said, members) == each


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ((None, None, None), "村（社区）：还没有传到一半"),
        ((35, None, None), "村（社区）：35分钟传到一半，还没有传到九成"),
        ((35, 2000, 4000), "村（社区）：35分钟传到一半，34小时传到九成，3天全部传到"),
        ((3, 3, 3), "村（社区）：3分钟全部传到"),
        ((3, 3, None), "村（社区）：3分钟传到九成，还没有全部传到"),
    ],
)
def test_the_time_it_took_is_said_once(minutes: tuple[int | None, ...], said: str) -> None:
    took = dict(zip(chain.SHARES, minutes, strict=True))
    found = cast("chain.Standing", SimpleNamespace(timed=Level.VILLAGE, took=took))
    assert chain_chart.took(wording.Words(words.load()), found) == said
