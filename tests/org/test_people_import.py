"""People and groups: posts, registration by openid, what is refused, what is sealed."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sqlalchemy as sa

from bot import errors
from bot.core import access
from bot.core.model import Role
from bot.store import followers, groups, people, tables, units
from tests.org.conftest import PEOPLE, UNITS

HEAD = "person_id,name,phone,unit_code,role,title,openid\n"
GROUPS = """group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key
g1,星溪姐妹群,350725101,relay,p2,120,
g2,政和工作群,350725,robot,,80,3f1c9a52-0000-4000-8000-000000000001
"""
OPENID = "oSomebody0000000000000000001"


async def one(rt: Any, key: str) -> Any:
    async with rt.read() as c:
        return await people.by_key(c, key)


async def test_a_person_has_her_posts_the_highest_first(rt, load, federation):
    person = await one(rt, "p2")
    assert [(post.unit.code, post.role, post.title) for post in person.posts] == [
        ("350725101", Role.STAFF, "干事"),
        ("350725101001", Role.MEMBER, "执委"),
    ]
    async with rt.read() as c:
        unit: Any = await units.by_code(c, "350725101001")
        chair = await people.holders(c, unit.id, [Role.CHAIR])
        assert [person.key for person in chair] == ["p1"]
        both = await people.holders(c, unit.id, [Role.MEMBER, Role.CHAIR])
        assert [person.key for person in both] == ["p1", "p2"], "by rank"
        actor = await people.actor(c, person)
        assert actor.sees(unit)
        post = access.report_post(actor, unit)
        assert post is not None
        assert post.role is Role.MEMBER


async def test_the_same_people_again_in_any_order_change_nothing(rt, load, federation):
    head, *rows = PEOPLE.splitlines()
    random.Random(4).shuffle(rows)
    changes = await load("people", "\n".join([head, *rows]))
    assert (changes.same, changes.new, changes.changed) == (4, 0, 0)


async def test_telephones_are_sealed_and_can_be_changed(rt, load, federation):
    async with rt.read() as c:
        sealed = await c.scalar(
            sa.select(tables.person.c.phone_sealed).where(tables.person.c.key == "p1")
        )
    assert b"13800000001" not in sealed
    assert rt.seal.open(sealed) == "13800000001"
    changes = await load("people", PEOPLE.replace("13800000001", "13800000002"))
    assert (changes.changed, changes.same) == (1, 3)


async def test_columns_that_may_be_left_out_leave_what_is_kept(rt, load, federation):
    short = (
        "person_id,name,unit_code,role\np1,甲一,350725101001,chair\nnew,赵新来,350725101,staff\n"
    )
    before = await one(rt, "p1")
    changes = await load("people", short)
    assert changes.sentence() == "1 new, 0 changed, 0 ended, 1 the same"
    after = await one(rt, "p1")
    assert [post.title for post in after.posts] == [post.title for post in before.posts]
    assert (await one(rt, "new")).posts[0].title == ""
    assert await load("groups", GROUPS)
    less = "group_id,name,unit_code,kind\ng2,政和工作群,350725,robot\n"
    assert (await load("groups", less)).sentence() == "0 new, 0 changed, 0 ended, 1 the same"


async def test_an_openid_in_the_file_registers_her_and_moves_with_the_file(rt, load, federation):
    row = "p1,甲一,13800000001,350725101001,chair,主席,"
    await load("people", f"{HEAD}{row}{OPENID}\n")
    async with rt.read() as c:
        follower: Any = await followers.of_person(c, (await one(rt, "p1")).id)
        assert await followers.openid(c, rt.seal, follower.id) == OPENID
        raw = (await c.execute(sa.select(tables.follower))).one()
        assert OPENID.encode() not in raw.openid_sealed
    async with rt.write() as c:
        again = await followers.heard(c, rt.seal, "wechat", OPENID, 1000)
        assert again.id == follower.id, "she is found again when she writes"
        person: Any = await people.by_follower(c, again.id)
        assert person.key == "p1"
    changes = await load("people", f"{HEAD}{row}{OPENID}\n")
    assert changes.same == 1
    await load("people", PEOPLE)
    async with rt.read() as c:
        assert await people.registered(c, (await one(rt, "p1")).id), "no openid leaves it alone"
    await load("people", f"{HEAD}p2,乙二,,350725101,staff,干事,{OPENID}\n")
    async with rt.read() as c:
        assert not await people.registered(c, (await one(rt, "p1")).id)
        assert await people.registered(c, (await one(rt, "p2")).id)


async def test_prune_ends_posts_of_the_units_in_the_file_only(rt, load, federation):
    rows = "p3,丁四,,350725101001,chair,主席,\n"
    assert (await load("people", HEAD + rows)).ended == 0
    changes = await load("people", HEAD + rows, prune=True)
    assert changes.ended == 2
    assert (await one(rt, "p1")).posts == ()
    assert [post.unit.code for post in (await one(rt, "p2")).posts] == ["350725101"]
    changes = await load("people", PEOPLE)
    assert changes.new == 2, "an ended post may be held again"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("p9,甲,,999,chair,主席,", "people.csv:2:unit_code: there is no unit '999'"),
        ("p9,甲,,35,queen,主席,", "people.csv:2:role: 'queen' is no role"),
        ("p9,甲,12ab,35,chair,主席,", "people.csv:2:phone: is no telephone number"),
        ("p9,甲,,35,chair,主席,@@", "people.csv:2:openid: is no openid"),
        (",甲,,35,chair,主席,", "people.csv:2:person_id: is empty"),
        ("p9,甲,,35,chair,,\np9,乙,,35,staff,,", "people.csv:3:name: differs from line 2"),
        (
            "p9,甲,13800000001,35,chair,,\np9,甲,,35,staff,,",
            "people.csv:3:phone: differs from line 2 of the same person 'p9'",
        ),
        (
            f"p9,甲,,35,chair,,{OPENID}\np9,甲,,35,staff,,{OPENID}x",
            "people.csv:3:openid: differs from line 2",
        ),
        (
            f"p9,甲,,35,chair,,{OPENID}\np8,乙,,35,staff,,{OPENID}",
            "people.csv:3:openid: belongs to person 'p9' already",
        ),
        ("p9,甲,,35,chair,,\np9,甲,,35,chair,,", "people.csv:3:person_id: 'p9' is chair of '35'"),
    ],
)
async def test_a_bad_row_is_named_and_nothing_is_imported(rt, load, rows, fault):
    await load("units", UNITS)
    with pytest.raises(errors.BadInput) as said:
        await load("people", f"{HEAD}{rows}\n")
    assert fault in str(said.value)
    assert await one(rt, "p9") is None


async def test_a_robot_key_is_sealed_and_found_by_its_digest(rt, load, federation):
    assert (await load("groups", GROUPS)).new == 2
    async with rt.read() as c:
        robot = (await groups.by_keys(c, ["g2"]))["g2"]
        assert (
            await groups.robot_key(c, rt.seal, robot.id)
            == GROUPS.rsplit(",", maxsplit=1)[-1].strip()
        )
        raw = (await c.execute(sa.select(tables.wechat_group.c.robot_key_sealed))).scalars().all()
        assert not any(b"3f1c9a52" in sealed for sealed in raw if sealed)
        owner: Any = await people.by_key(c, "p2")
        assert [group.key for group in await groups.owned_by(c, owner.id)] == ["g1"]
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=3f1c9a52"
    assert (await load("groups", GROUPS.replace("3f1c9a52", address))).same == 2
    assert (await load("groups", GROUPS.replace("3f1c9a52-0000-4000-8000-000000000001", ""))).same


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("g9,群,35,party,,1,", "groups.csv:2:kind: 'party' is no kind; write robot or relay"),
        ("g9,群,35,relay,,1,", "groups.csv:2:owner_person_id: is empty"),
        ("g9,群,35,relay,nobody,1,", "groups.csv:2:owner_person_id: there is no person 'nobody'"),
        ("g9,群,99,relay,p2,1,", "groups.csv:2:unit_code: there is no unit '99'"),
        ("g9,群,35,relay,p2,1,SECRETKEY1", "groups.csv:2:webhook_key: is only for groups of kind"),
        ("g9,群,35,robot,,1,", "groups.csv:2:webhook_key: is empty; a robot group needs"),
        ("g9,群,35,robot,,1,SECRET KEY", "groups.csv:2:webhook_key: is no key"),
        ("g9,群,35,robot,,many,SECRETKEY1", "groups.csv:2:member_count: 'many' is no whole number"),
        ("g9,群,35,relay,p2,1,\ng9,群,35,relay,p2,1,", "groups.csv:3:group_id: 'g9' is in line 2"),
        (
            "g8,群,35,robot,,1,SECRETKEY1\ng9,群,35,robot,,1,SECRETKEY1",
            "groups.csv:3:webhook_key: is the key of line 2 already",
        ),
        (
            "g9,群,35,robot,,1,3f1c9a52-0000-4000-8000-000000000001",
            "groups.csv:2:webhook_key: is the key of group 'g2' already",
        ),
    ],
)
async def test_a_bad_group_is_named_and_no_key_is_repeated(load, federation, row, fault):
    await load("groups", GROUPS)
    with pytest.raises(errors.BadInput) as said:
        await load("groups", GROUPS.splitlines()[0] + "\n" + row)
    assert fault in str(said.value)
    assert "SECRET" not in str(said.value)
    assert "3f1c9a52" not in str(said.value)


async def test_prune_ends_groups_of_the_units_in_the_file_only(rt, load, federation):
    await load("groups", GROUPS)
    other = GROUPS.splitlines()[0] + "\ng3,新群,350725101,relay,p2,5,\n"
    assert (await load("groups", other, prune=True)).ended == 1
    async with rt.read() as c:
        left = await groups.inside(c, [(0, 9)])
        assert [group.key for group in left] == ["g2", "g3"]
