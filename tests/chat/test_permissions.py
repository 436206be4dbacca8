"""Who may do what where: every role, every action, every kind of place, through chat; `test_permissions_api` has the API.

The tables are the contract's, written out here; nothing in them comes from `bot.core.access`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import tables
from tests.chat import offices
from tests.chat import room as rooms

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAMES = {
    "own": "星溪乡", "below": "东山村", "area": "吉阳镇", "in the area": "南平村", "moved here": "星村村",
    "above": "政和县", "sibling": "石屯镇", "below a sibling": "石屯村", "moved away": "松源村", "ended": "废村村",
    "nowhere": "银河乡", "nowhere, a village": "银河村",
}  # fmt: skip
VILLAGE = {"own": "东山村", "above": "星溪乡", "sibling": "西山村", "far": "石屯村", "ended": "废村村", "nowhere": "银河村"}  # fmt: skip

NO_UNIT = "没有找到这个组织，或者它不在您的管辖范围内。"
NOT_HER_WORK = "这件事您现在的任职办不了。能办什么请回“帮助”，找人帮忙回“人工”。"
NO_SENDER = "您现在的任职不能发通知。要发请找本单位的主席、副主席或干事，或回“人工”。"
NO_TARGET = (
    "没有找到这个组织，或者它不在您能发通知的范围内。"
    "写好的都留着，只请再发一行“范围：……”，不发了回“算了”。"
)
NO_TROUBLE = "没有找到这个困难，或者不知道您说的是哪一个。请写上号数，如“12号困难”。"


@pytest.fixture
async def room(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[rooms.Room]:
    """The offices after the second import."""
    async with offices.opened(database_url, redis_url, tmp_path) as made:
        yield made


async def _same(room: rooms.Room, who: str, said: list[str], wanted: str) -> None:
    """Each of these gets `wanted` to the letter, for the same number of questions to the database."""
    asked = set()
    if wanted == NO_TARGET:
        await room.say(who, said[0])  # so that the same stands open with her before each of them
    for line in said:
        before = await offices.statements(room)
        assert await room.say(who, line) == wanted, (who, line)
        asked.add(await offices.statements(room) - before)
    if wanted == NO_TARGET:
        await room.say(who, "算了")
    assert len(asked) == 1, (who, said, asked)


# ---- chat: places ------------------------------------------------------------------------------------------


async def test_progress_is_for_everybody_registered_and_her_scope(room: rooms.Room):
    for role in offices.ROLES:
        for place in offices.HERS:
            answer = await room.say(f"T-{role}", f"进度 {NAMES[place]}")
            assert answer.startswith(NAMES[place]), (role, place, answer)
        outside = [f"进度 {name}" for place, name in NAMES.items() if place not in offices.HERS]
        await _same(room, f"T-{role}", outside, NO_UNIT)
        assert (await room.say(f"V-{role}", "进度 东山村")).startswith("东山村 会改联")
        await _same(
            room, f"V-{role}", [f"进度 {n}" for p, n in VILLAGE.items() if p != "own"], NO_UNIT
        )


REPORTS = {
    "chair": {"own": "记上了", "below": "对吗", "area": "对吗", "in the area": "对吗", "moved here": "对吗"},
    "deputy": {"own": "记上了", "below": "对吗", "area": "对吗", "in the area": "对吗", "moved here": "对吗"},
    "staff": {"own": "记上了", "below": "对吗", "area": "对吗", "in the area": "对吗", "moved here": "对吗"},
    "member": {"own": "记上了", "below": NOT_HER_WORK, "area": NOT_HER_WORK, "in the area": NOT_HER_WORK, "moved here": NOT_HER_WORK},
    "admin": dict.fromkeys(offices.HERS, NOT_HER_WORK),
}  # fmt: skip


async def test_reports_are_for_her_own_unit_and_by_leaders_for_those_below(room: rooms.Room):
    for role in offices.ROLES:
        who = f"T-{role}"
        for place, wanted in REPORTS[role].items():
            figure = "乡镇区域化" if place in ("own", "area") else "会改联"
            answer = await room.say(who, f"{NAMES[place]} {figure}完成")
            assert wanted in answer, (role, place, answer)
            if wanted == "对吗":
                assert f"记上了：{NAMES[place]}" in await room.say(who, "对")
        kept = await room.count(tables.entry)
        for place, name in NAMES.items():
            if place not in offices.HERS:
                for figure in ("会改联", "乡镇区域化"):
                    answer = await room.say(who, f"{name} {figure}完成")
                    assert answer.splitlines()[0] == NO_UNIT, (role, place, answer)
                    assert "记上了" not in await room.say(who, "对")
        assert await room.count(tables.entry) == kept
        village = NOT_HER_WORK if role == "admin" else "记上了：东山村"
        assert village in await room.say(f"V-{role}", "会改联完成，新增执委3名")
        for place, name in VILLAGE.items():
            if place != "own":
                assert await room.say(f"V-{role}", f"{name} 会改联完成，新增执委3名") == NO_UNIT, (
                    place
                )
        assert await room.count(tables.entry) == kept + (0 if role == "admin" else 2)


async def test_sending_and_reminding_are_for_leaders_of_townships_and_village_chairs(
    room: rooms.Room,
):
    reminds = "只提醒没回的1人"
    for role in offices.ROLES:
        who, leads = f"T-{role}", role in offices.LEADERS
        form = "部署\n标题：一\n内容：二\n范围：{}"
        for place in ("own", "below", "in the area"):
            answer = await room.say(who, form.format(NAMES[place]))
            assert ("确认发送" in answer) if leads else answer == NO_SENDER, (role, place, answer)
            await room.say(who, "算了")
        outside = [name for place, name in NAMES.items() if place not in offices.HERS]
        refused = NO_TARGET if leads else NO_SENDER
        await _same(room, who, [form.format(name) for name in outside], refused)
        lists = f"谁没报 {NAMES['own']}", "谁没报", "谁没报 吉阳镇"
        for line in lists:
            answer = await room.say(who, line)
            assert ("没报：" in answer) if leads else answer == NOT_HER_WORK, (role, line, answer)
        asked = [f"谁没报 {name}" for name in outside]
        await _same(room, who, asked, NO_UNIT if leads else NOT_HER_WORK)
        await room.say(who, "谁没报")
        reminded = await room.say(who, "提醒 东山村")
        assert (reminds in reminded) if leads else reminded == NO_SENDER, (role, reminded)
        if leads:  # the others may as well, but she has heard it today
            reminds = "今天已经提醒过1人"
        await room.say(who, "谁没报")
        await _same(
            room, who, [f"提醒 {name}" for name in outside], NO_UNIT if leads else NO_SENDER
        )


async def test_in_a_village_only_the_chair_sends_and_only_to_her_own(room: rooms.Room):
    for role in offices.ROLES:
        who, form = f"V-{role}", "部署\n标题：一\n内容：二\n范围：{}"
        answer = await room.say(who, form.format("东山村"))
        assert ("确认发送" in answer) if role == "chair" else answer == NO_SENDER, answer
        await room.say(who, "算了")
        outside = [form.format(name) for place, name in VILLAGE.items() if place != "own"]
        await _same(room, who, outside, NO_TARGET if role == "chair" else NO_SENDER)
        assert "东山村" in await room.say(who, "谁没报")
        signed = await room.say(who, "谁没签收")
        assert (signed == NOT_HER_WORK) is (role != "chair"), signed


# ---- chat: things ------------------------------------------------------------------------------------------

CONTROLS = {
    "T-staff": {"T-staff", "T-admin", "A-admin", "root"},
    "V-chair": {"V-chair", "V-admin", "T-admin", "A-admin", "root"},
}


async def _refused(room: rooms.Room, who: str, order: str, n: int, author: str) -> None:
    """Not her work, if it was sent from inside her scope; else the very words for a number that does not exist."""
    nothing = "没有{}号通知，或者它不在您的管辖范围内。"
    sees = who == "root" or who[0] in {"T": "AT", "V": "ATV"}[author[0]]
    for number in (n, 77):
        wanted = NOT_HER_WORK if sees and number == n else nothing.format(number)
        assert await room.say(who, order.format(number)) == wanted, (who, order, number)


async def test_who_says_yes_is_a_chair_or_admin_of_there_or_above_and_never_the_author(
    room: rooms.Room,
):
    for n, author in enumerate(offices.DECIDES, 1):
        await offices.draft(room, author, n)
        for order in ("不同意 {}", "不同意 {} 不妥", "同意 {}"):
            own = await room.say(author, order.format(n))
            assert own.startswith(f"{n}号通知是您起草的，您自己不能同意"), own
            for who in offices.EVERYBODY:
                if who != author and who not in offices.DECIDES[author]:
                    await _refused(room, who, order, n, author)
        for who in offices.DECIDES[author]:
            assert "为什么不同意" in await room.say(who, f"不同意 {n}")
            await room.say(who, "算了")
        if author.endswith("chair"):  # with no other notice waiting for her
            assert "您自己不能同意" in await room.say(author, "同意")
        assert "开始发" in await room.say(min(offices.DECIDES[author]), f"同意 {n}")
        assert "这一步办不了" in await room.say(author, f"同意 {n}")


async def test_who_pauses_resumes_and_stops_is_the_author_or_an_admin_above(room: rooms.Room):
    for n, author in enumerate(CONTROLS, 1):
        await offices.draft(room, author, n)
        assert "开始发" in await room.say(min(offices.DECIDES[author]), f"同意 {n}")
        for who in offices.EVERYBODY:
            if who not in CONTROLS[author]:
                for order in ("暂停 {}", "撤回 {}") if n > 1 else ("暂停 {}", "继续 {}", "停止 {}", "撤回 {}"):  # fmt: skip
                    await _refused(room, who, order, n, author)
        for who in sorted(CONTROLS[author]):
            assert "暂停了" in await room.say(who, f"暂停 {n}"), who
            assert "接着发" in await room.say(who, f"继续 {n}"), who
        assert "停了" in await room.say(min(CONTROLS[author]), f"撤回 {n}")


async def test_a_difficulty_is_answered_passed_on_and_closed_by_its_owner(room: rooms.Room):
    owners = {f"T-{role}" for role in (*offices.LEADERS, "admin")}
    # The line above the village and its own people see it and are told that it is not theirs; nobody else does.
    see = {f"{unit}-{role}" for unit in "ATV" for role in offices.ROLES} | {"root"}
    for number, owner in enumerate(sorted(owners)[:2], 1):
        raised = await room.say("V-chair", f"困难 第{number}间屋漏水")
        assert f"困难{number}号" in raised, raised
        for who in offices.EVERYBODY:
            if who in owners:
                continue
            for line in (f"答复 {number} 好", f"转交 {number}", f"销号 {number}"):
                answer = await room.say(who, line)
                if who in see:
                    assert "不归您办" in answer, (who, line, answer)
                else:
                    assert answer == NO_TROUBLE, (who, line, answer)
                    unknown = await room.say(who, line.replace(str(number), "77", 1))
                    assert unknown == NO_TROUBLE
        assert "答复记下了" in await room.say(owner, f"答复 {number} 明天修")
        assert "销号了" in await room.say(owner, f"销号 {number}")


async def test_who_is_not_registered_sees_public_figures_and_nothing_else(room: rooms.Room):
    assert "政和县 会改联 0/5" in await room.say("nobody", "进度 政和县")
    which = await room.say("nobody", "进度 银河县")
    for place in ("own", "below", "ended", "nowhere"):
        assert await room.say("nobody", f"进度 {NAMES[place]}") == which
    for line in ("谁没报", "提醒", "同意 1", "暂停 1", "答复 1 好", "销号 1", "发通知"):
        assert "您还没有登记" in await room.say("nobody", line), line
    assert "这个数没有记" in await room.say("nobody", "东山村 会改联完成")
    gone = await room.say("e", "会改联完成")  # her village has ended, and her post with it
    assert "没有任职" in gone or "还没有登记" in gone
    assert await room.count(tables.entry) == 0


async def test_what_was_hers_is_no_more_after_it_moved_even_in_an_open_question(room: rooms.Room):
    assert "对吗" in await room.say("T-chair", "西山村 会改联完成")
    moved = offices.AFTER.replace("W,西山村委会,village,T", "W,西山村委会,village,S")
    await room.load("units", moved.replace("E,废村村委会,village,T\n", ""))
    assert await room.say("T-chair", "对") == NO_UNIT
    assert await room.say("T-chair", "进度 西山村") == NO_UNIT
    assert (await room.say("S-chair", "进度 西山村")).startswith("西山村")
    assert await room.count(tables.entry) == 0
