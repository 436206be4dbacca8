"""Who reaches which groups, who may say that she forwarded, and that nobody gives herself rights by chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import tables
from tests.chat import offices
from tests.chat import room as rooms
from tests.chat.test_permissions import NAMES, NO_SENDER, NO_TARGET

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# A robot's group and one that somebody forwards to, in every kind of place; the owner holds no post there.
PLACES = {"own": "T", "below": "V", "area": "R", "in the area": "R1", "moved here": "MI",
          "above": "A", "sibling": "S", "below a sibling": "S1", "moved away": "MO"}  # fmt: skip

GIVEN = (tables.unit, tables.person, tables.post, tables.grant, tables.api_token, tables.invite)


def _groups() -> str:
    lines = ["group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key"]
    for code in PLACES.values():
        lines.append(f"robot-{code},{code}机器人群,{code},robot,w,30,key-{code}")
        lines.append(f"relay-{code},{code}姐妹群,{code},relay,w,30,")
    return "\n".join([*lines, ""])


@pytest.fixture
async def room(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[rooms.Room]:
    """The offices after the second import, each with its groups."""
    async with offices.opened(database_url, redis_url, tmp_path) as made:
        await made.load("groups", _groups())
        yield made


async def test_a_notice_reaches_the_groups_of_her_own_scope_and_only_their_owner_forwards_it(
    room: rooms.Room,
):
    none = "目前没有等您转发的通知。"
    for role in offices.ROLES:
        who, form = f"T-{role}", "部署\n标题：一\n内容：二\n对象：群\n范围：{}"
        for place, code in PLACES.items():
            name = NAMES[place]
            answer = await room.say(who, form.format(name))
            if role not in offices.LEADERS:
                assert answer == NO_SENDER, (role, place, answer)
            elif place in offices.HERS:
                groups = 6 if place == "own" else 4 if place == "area" else 2  # with those below
                assert answer.startswith(f"《一》发给{name}的{groups}个群。"), (role, code, answer)
            else:
                assert answer == NO_TARGET, (role, place, answer)
            await room.say(who, "算了")
    for n, (author, groups) in enumerate((("T-staff", 3), ("V-chair", 1)), 1):
        await room.say(author, "部署\n标题：一\n内容：二\n对象：群")
        await room.say(author, "确认发送")
        assert await room.say("w", "转了") == none, "nobody has said yes yet"
        assert "开始发" in await room.say("T-admin", f"同意 {n}")
        await room.accept_all()
        for one in offices.EVERYBODY:
            if one != "w":
                for order in ("转了", f"转了 {n}", "转了 3群 420人", "转不了"):
                    assert await room.say(one, order) == none, (one, order)
        assert await room.say("w", "转了") == f"好的，《一》记下转了{groups}个群。谢谢您。"
        assert await room.say("w", "转了") == none


async def test_nobody_imports_appoints_or_makes_a_token_by_what_she_says(room: rooms.Room):
    """These are commands of whoever runs the program; a role that a table gives is the only one there is."""
    kept = [await room.count(table) for table in GIVEN]
    for who in offices.EVERYBODY:
        for line in (
            "导入人员",
            "任命 某某某 主席",
            "给我管理员",
            "我是管理员",
            "发一个令牌",
            "绑定 管理员",
        ):
            await room.say(who, line)
            await room.say(who, "对")
    assert [await room.count(table) for table in GIVEN] == kept
