"""Items: imported all or nothing, done by units, counted for offices, seen through the API, reminded of once a week."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import difficulty, item, remind, transfer
from bot.actions.item import Said
from bot.core import access, tree
from bot.core.changes import Changes
from bot.core.item import State
from bot.core.model import Role
from bot.store import item_parts, items, tables
from tests.ledger import land as lands
from tests.ledger.land import Land
from tests.ledger.web import Api

HEAD = "item_id,kind,title,unit_code,level,due,detail,indicator\n"
FILE = HEAD + (
    "sign,task,挂牌,c0t0,village,2026-11-30,,\n"
    "left,statistic,留守妇女人数,c0,village,2026-11-20,,members\n"
    "plan,document,工作方案,c0t0,,2026-11-25,请盖章,\n"
)
Load = Callable[..., Awaitable[Changes]]


@pytest.fixture
def load(land: Land, tmp_path: Path) -> Load:
    """Import a text as items.csv."""

    async def run(text: str, *, check: bool = False, prune: bool = False) -> Changes:
        path = tmp_path / "items.csv"
        path.write_text(text, "utf-8")
        return await transfer.load(land.rt, "items", path, check=check, prune=prune)

    return run


async def sums(land: Land, code: str) -> dict[str, tuple[int, int, int]]:
    """By key: done, asked, value."""
    unit = land.units[code]
    async with land.rt.read() as c:
        found = await item_parts.sums(c, (unit.lo, unit.hi))
    return {one.item.key: (one.done, one.asked, one.value) for one in found}


async def put(land: Land, who: str, number: int, at: int, value: int | None = None) -> bool:
    """The unit has done it on that day; whether it was late."""
    said = Said(State.DONE, value=value)
    return (await item.put(land.rt, land.people[who], number, said, land.at(at))).late


async def test_the_file_is_loaded_once_and_again_changes_nothing(land: Land, load: Load):
    assert (await load(FILE, check=True)).new == 3
    assert await sums(land, "s") == {}
    assert (await load(FILE)).new == 3
    assert await sums(land, "c0") == {"left": (0, 7, 0), "plan": (0, 1, 0), "sign": (0, 3, 0)}
    again = await load(FILE)
    assert (again.same, again.new, again.changed) == (3, 0, 0)
    changed = await load(FILE.replace("2026-11-30", "2026-12-31"))
    assert (changed.same, changed.changed) == (2, 1)


async def test_what_is_done_stays_when_the_file_comes_again_or_grows(land: Land, load: Load):
    await load(FILE)
    await put(land, "c0t0v0", 1, 5)
    more = await load(FILE + "sign,task,挂牌,c0t1v0,,2026-11-30,,\n")
    assert (more.same, more.changed) == (2, 1)
    assert (await sums(land, "c0"))["sign"] == (1, 4, 0)
    less = await load(HEAD + "sign,task,挂牌,c0t0v0,,2026-11-30,,\n", prune=True)
    assert (less.changed, less.ended) == (1, 1), "left is asked of c0t0v0 too, plan is not"
    assert await sums(land, "c0") == {"plan": (0, 1, 0), "sign": (1, 1, 0)}


async def test_every_fault_is_named_with_its_line_and_nothing_is_loaded(land: Land, load: Load):
    wrong = HEAD + (
        "a,wish,一,c0,,2026-11-30,,\n"
        "b,task,一,nowhere,,2026-11-30,,\n"
        "c,task,一,c0,village,30.11.2026,,\n"
        "d,task,一,c0,hamlet,2026-11-30,,\n"
        "e,task,一,c0,,2026-11-30,,members\n"
        "f,task,一,c0,,2026-11-30,,\n"
        "f,task,二,c1,,2026-11-30,,\n"
        "g,statistic,一,c0t0v0,township,2026-11-30,,\n"
        "h,statistic,一,c0,,2026-11-30,,unknown\n"
        "i,task,一,,,2026-11-30,,\n"
    )
    with pytest.raises(errors.BadInput) as raised:
        await load(wrong)
    told = str(raised.value)
    for line in (
        "items.csv:2:kind: 'wish' is no kind",
        "items.csv:3:unit_code: there is no unit 'nowhere'",
        "items.csv:4:due: '30.11.2026' is no day",
        "items.csv:5:level: 'hamlet' is no level",
        "items.csv:6:indicator: is only for statistics",
        "items.csv:8:item_id: 'f' is something else in line 7",
        "items.csv:9:level: there is no township inside 'c0t0v0'",
        "items.csv:10:indicator: there is no indicator 'unknown'",
        "items.csv:11:unit_code: is empty",
    ):
        assert line in told
    assert await sums(land, "s") == {}


async def test_n_of_m_late_and_the_sum_of_a_statistic(land: Land, load: Load):
    await load(FILE)
    assert await put(land, "c0t0v0", 2, 5, 12) is False
    assert await put(land, "c0t0v1", 2, 25, 0) is True
    assert await put(land, "c0t0v0", 2, 25, 15) is False, "it was in time once"
    seen = await item.see(land.rt, land.people["c0"], 2)
    assert seen.sums
    assert (seen.sums.done, seen.sums.asked, seen.sums.late, seen.sums.value) == (2, 7, 1, 15)
    assert [(unit.code, done, asked) for unit, done, asked in seen.children] == [
        ("c0t0", 2, 3),
        ("c0t1", 0, 3),
        ("c0v9", 0, 1),
    ]
    _, silent = await item.missing(land.rt, land.people["c0t0"], 2)
    assert [unit.code for unit in silent] == ["c0t0v2"]


async def test_a_number_the_ledger_knows_is_not_asked_again(land: Land, load: Load):
    await load(FILE)
    await land.say("c0t0v0", "members", 9, land.at(3))
    assert (await sums(land, "c0t0"))["left"] == (1, 3, 9)
    assert [
        part.item.key for part in await item.mine(land.rt, access.Actor(land.people["c0t0v0"]))
    ] == ["sign"]
    await put(land, "c0t0v0", 2, 5, 11)
    assert (await sums(land, "c0t0"))["left"] == (1, 3, 11), "what she says here comes first"


async def test_only_the_level_above_sends_back_and_closes(land: Land, load: Load):
    await load(FILE)
    await lands.register(land, "c0t0", "c0t0v0")
    await put(land, "c0t0v0", 1, 5)
    for who in ("c0t0v0", "c0", "s"):
        with pytest.raises(errors.NotAllowed):
            await item.send_back(land.rt, land.people[who], 1, "c0t0v0 不行")
    for who in ("c1t0", "c0t1"):
        with pytest.raises(errors.NotFound):
            await item.send_back(land.rt, land.people[who], 1, "不行")
    member = await lands.second(land, "c0t0", Role.MEMBER)
    with pytest.raises(errors.NotAllowed):
        await item.close(land.rt, member, 1, "")
    township = land.people["c0t0"]
    with pytest.raises(errors.BadInput):
        await item.send_back(land.rt, township, 1, "c0t0v0")
    back = await item.send_back(land.rt, township, 1, "c0t0v0 照片不清楚")
    assert (back.state, back.reason, back.done) == (State.RETURNED, "照片不清楚", False)
    async with land.rt.read() as c:
        assert "照片不清楚" in list(await c.scalars(sa.select(tables.outbox.c.text)))[-1]
    with pytest.raises(errors.Conflict):
        await item.close(land.rt, township, 1, "")
    await put(land, "c0t0v0", 1, 6)
    await put(land, "c0t0v1", 1, 6)
    with pytest.raises(errors.Several):
        await item.send_back(land.rt, township, 1, "不行")
    assert len(await item.close(land.rt, township, 1, "")) == 2
    with pytest.raises(errors.Conflict):
        await put(land, "c0t0v0", 1, 7)
    async with land.rt.read() as c:
        deeds = await c.scalars(
            sa.select(tables.audit.c.deed)
            .where(tables.audit.c.object == f"item:1:{land.units['c0t0v0'].id}")
            .order_by(tables.audit.c.id)
        )
        assert list(deeds) == ["item done", "item returned", "item done", "item closed"]


async def test_the_weekly_reminder_names_them_in_the_one_message_a_person_gets(
    land: Land, load: Load
):
    await load(FILE)
    await lands.register(land, "c0t0v0", "c0t0")
    await land.say("c0t0v0", "reform", 1, land.at(22))
    await put(land, "c0t0v0", 2, 5, 3)
    with land.rt.at(land.at(24, 19, 7)):
        await remind.weekly(land.rt, land.at(24, 19, 7))
    async with land.rt.read() as c:
        told = {
            land_code: body
            for land_code in ("c0t0v0", "c0t0")
            for body, audience in await c.execute(
                sa.select(tables.broadcast.c.body, tables.broadcast.c.audience)
            )
            if land.people[land_code].id in audience.get("persons", [])
        }
    assert told["c0t0v0"].startswith("您好，本周只差：")
    assert "任务1《挂牌》" in told["c0t0v0"]
    assert "统计2" not in told["c0t0v0"]
    assert "文件3《工作方案》" in told["c0t0"]
    async with land.rt.read() as c:
        assert set(await c.scalars(sa.select(tables.broadcast.c.unit_id))) == {
            land.units["s"].id
        }, "whose campaign it is"


async def test_what_owes_an_item_alone_is_reminded_by_the_level_above(land: Land, load: Load):
    await load(HEAD + "sign,task,挂牌,c0t0,village,2027-11-30,,\n")
    await lands.register(land, "c0t0v0")
    long_over = land.at(387, 19, 7)
    with land.rt.at(long_over):
        await remind.weekly(land.rt, long_over)
    async with land.rt.read() as c:
        assert list(await c.scalars(sa.select(tables.broadcast.c.unit_id))) == [
            land.units["c0t0"].id
        ]


async def test_the_api_shows_the_same_inside_the_scope_only(land: Land, load: Load):
    await load(FILE)
    await put(land, "c0t0v0", 1, 5)
    api = Api(land)
    await api.hold("c0t0")
    shown = (await api.get("/units/c0t0/items?item=1")).body
    assert [(one["n"], one["done"], one["asked"]) for one in shown["items"]] == [(1, 1, 3)]
    assert [part["state"] for part in shown["parts"]] == ["done", "open", "open"]
    paged = (await api.get("/units/c0t0/items?item=1&limit=2")).body
    rest = (await api.get(f"/units/c0t0/items?item=1&after={paged['next']}")).body
    assert [len(paged["parts"]), len(rest["parts"])] == [2, 1]
    assert (await api.get("/units/c0t1/items")).status == 404
    assert (await api.get("/units/nowhere/difficulties")).status == 404


async def test_the_api_lists_difficulties_by_state(land: Land):
    one = await difficulty.raise_(land.rt, land.people["c0t0v0"], "没有办公场所", land.at(3))
    api = Api(land)
    await api.hold("c0")
    shown = (await api.get("/units/c0/difficulties")).body
    assert shown["counts"]["open"] == 1
    assert [(each["n"], each["kind"], each["owner"]["code"]) for each in shown["items"]] == [
        (one.id, "place", "c0t0")
    ]
    assert (await api.get("/units/c0/difficulties?state=closed")).body["items"] == []
    await api.hold("c1")
    assert (await api.get("/units/c0/difficulties")).status == 404


async def test_only_the_level_above_sends_figures_through_the_api(land: Land):
    await lands.register(land, "c0t0", "c0t0v0")
    notice = {"kind": "通报", "title": "进度", "body": "一"}
    api = Api(land)
    await api.hold("c0t0v0")
    assert (await api.post("/broadcasts", notice, idempotency_key="a")).status == 403
    await api.hold("c0t0")
    assert (await api.post("/broadcasts", notice, idempotency_key="b")).status in (200, 201)


async def test_an_item_that_ended_is_not_found(land: Land, load: Load):
    await load(FILE)
    async with land.rt.write() as c:
        await items.end(c, [1], 5)
        one = await items.get(c, 2)
    assert one
    assert one.due_on == date(2026, 11, 20)
    with pytest.raises(errors.NotFound):
        await put(land, "c0t0v0", 1, 5)


async def test_a_grant_over_peers_is_no_right_to_show_their_figures(land: Land):
    peer = land.units["c0t1"]
    given = access.Grant(land.units["c0t0"].id, (peer.lo, peer.hi))
    leads = access.Actor(land.people["c0t0"], (given,))
    assert tree.holds(access.send_scope(leads), peer.lo), "notices she may send there"
    assert not access.shows_figures(leads, [peer])
    assert access.shows_figures(leads, [land.units["c0t0"]])
    assert not access.shows_figures(access.Actor(land.people["c0t0v0"]), [land.units["c0t0v0"]])
