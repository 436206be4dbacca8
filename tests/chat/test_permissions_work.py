"""Who may do what where with what is asked of units, with figures that stand, and with notices that were sent.

The tables are the contract's and the product's, written out here; nothing in them comes from `bot.core.access`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import tables
from tests.chat import offices
from tests.chat import room as rooms
from tests.chat.test_permissions import NAMES, NO_SENDER, NO_TARGET, NO_UNIT, NOT_HER_WORK, VILLAGE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NO_ITEM = "没有找到这一项，或者它不归您办。请回“任务”看看有哪些。"
NOT_HER_ITEM = "这一项不归您办，退回、办结要由它的上一级来做。"
NO_FIGURES = "现在没有等您审的数。"

# One for each place: what lies in hers is asked of villages of 星溪乡, what does not of others.
ITEMS = """item_id,kind,title,unit_code,level,due,detail
below,task,挂牌,V,,2026-11-30,
here,task,挂牌,MI,,2026-11-30,
own,task,挂牌,T,,2026-11-30,
gone,task,挂牌,MO,,2026-11-30,
sibling,task,挂牌,S1,,2026-11-30,
"""
N = {"below": 1, "moved here": 2, "own": 3, "moved away": 4, "below a sibling": 5}
APPROVED = rooms.CAMPAIGN.replace("level: village, unit_word: 个", "level: village, approval: [township], unit_word: 个")  # fmt: skip


@pytest.fixture
async def room(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[rooms.Room]:
    """The offices after the second import."""
    async with offices.opened(database_url, redis_url, tmp_path) as made:
        yield made


def _reads(role: str) -> list[str]:
    """What every registered person may ask of a unit, and what only those may who send."""
    asked = ["周报 {}", "材料 {}", "台账 {}", "困难清单 {}", "传到哪了 {}", "哪几个村慢 {}"]
    return [*asked, "谁没签收 {}", "哪里没传到 {}"] if role in offices.LEADERS else asked


async def test_whatever_she_asks_of_a_unit_outside_is_answered_as_of_one_that_is_not_there(
    room: rooms.Room,
):
    await offices.draft(room, "T-chair")
    await room.say("T-admin", "同意 1")
    for role in offices.ROLES:
        for unit, names, hers in (("T", NAMES, offices.HERS), ("V", VILLAGE, ("own",))):
            for form in _reads(role if unit == "T" or role == "chair" else "member"):
                for place, name in names.items():
                    answer = await room.say(f"{unit}-{role}", form.format(name))
                    refused = answer == NO_UNIT
                    assert refused is (place not in hers), (unit, role, form, place, answer)


async def test_what_is_asked_of_a_unit_is_done_by_its_own_people_and_by_nobody_else(
    room: rooms.Room,
):
    await room.load("items", ITEMS)
    for role in offices.ROLES:
        done = await room.say(f"V-{role}", f"任务{N['below']}办好了")
        assert done.startswith("记上了" if role != "admin" else NO_ITEM), (role, done)
        done = await room.say(f"T-{role}", f"任务{N['own']}办好了")
        assert done.startswith("记上了" if role != "admin" else NO_ITEM), (role, done)
        for place, n in N.items():
            if place != "own":
                # Of one below her she is told that the unit itself does it; of others that there is none.
                wanted = NO_ITEM if place in ("moved away", "below a sibling") else NOT_HER_ITEM
                for line in (f"任务{n}办好了", f"任务{n} 下周报"):
                    assert await room.say(f"T-{role}", line) == wanted, (role, place, line)
                shown = await room.say(f"T-{role}", f"任务{n}")
                assert (shown == NO_ITEM) is (wanted == NO_ITEM), (role, place, shown)
            if place != "below":
                for line in (f"任务{n}", f"任务{n}办好了", f"任务{n}谁没办"):
                    assert await room.say(f"V-{role}", line) == NO_ITEM, (role, place, line)
        for line in ("任务77", "任务77办好了", "任务77谁没办"):
            assert await room.say(f"T-{role}", line) == NO_ITEM
            assert await room.say(f"V-{role}", line) == NO_ITEM


async def test_what_was_handed_in_is_sent_back_and_closed_by_the_level_above(room: rooms.Room):
    await room.load("items", ITEMS)
    n = N["below"]
    for role in offices.ROLES:
        await room.say("V-chair", f"任务{n}办好了")
        for who in offices.EVERYBODY:
            unit = who.partition("-")[0]
            # The county and the nation see it below them; it is the township's to judge.
            sees = unit in ("A", "T", "root", "V")
            if unit == "T" and who != "T-member":
                continue
            for line in (f"退回 {n} 照片不清", f"任务{n}办结"):
                answer = await room.say(who, line)
                assert answer == (NOT_HER_ITEM if sees else NO_ITEM), (who, line, answer)
                assert await room.say(who, line.replace(str(n), "77")) == NO_ITEM
        who = f"T-{role}"
        if role == "member":
            continue
        assert "退回去了" in await room.say(who, f"退回 {n} 照片不清"), who
        await room.say("V-chair", f"任务{n}办好了")
    assert "办结了1个" in await room.say("T-staff", f"任务{n}办结")
    for place in ("moved away", "below a sibling"):
        assert await room.say("T-chair", f"退回 {N[place]} 不清") == NO_ITEM


async def test_a_figure_is_agreed_to_by_the_leaders_above_it_alone(room: rooms.Room):
    await room.load("campaign", APPROVED)
    judges = [f"T-{role}" for role in offices.LEADERS]
    await room.say("V-chair", "会改联完成")
    for who in offices.EVERYBODY:
        if who.startswith(("A-", "T-")) and who.partition("-")[2] in offices.LEADERS:
            assert "待审1个数" in await room.say(who, "待审"), who
            continue
        for line in ("待审", "都同意", "同意 东山村", "退回 东山村 数不对"):
            assert await room.say(who, line) == NO_FIGURES, (who, line)
    for who in judges:
        assert "退回东山村了" in await room.say(who, "退回 东山村 数不对"), who
        for line in ("同意 石屯村", "同意 银河村", "退回 石屯村 不对", "退回 银河村 不对"):
            answer = await room.say(who, line)
            assert answer.startswith(("没有找到是哪个单位的", NO_FIGURES)), (who, line, answer)
        await room.say("V-chair", "更正 会改联完成")
    assert await room.count(tables.entry) >= 1


CORRECTS = {"chair": True, "deputy": True, "staff": True, "member": False, "admin": False}


async def test_a_figure_is_mended_by_whoever_may_report_it(room: rooms.Room):
    for value, (role, may) in enumerate(CORRECTS.items(), 3):
        await room.say("V-chair", f"新增执委{2 * value}名")
        kept = await room.count(tables.entry)
        answer = await room.say(f"T-{role}", f"更正 东山村 新增执委{value}名")
        if may:
            assert "对吗" in answer, (role, answer)
            assert "说明原因" in await room.say(f"T-{role}", "对"), role
            answer = await room.say(f"T-{role}", "村里打电话说报错了")
            assert answer.startswith("改好了：东山村"), (role, answer)
        else:
            assert "改好了" not in await room.say(f"T-{role}", "对")
            assert await room.count(tables.entry) == kept, role
        own = await room.say(f"V-{role}", f"更正 新增执委{value + 1}名")
        assert ("改好了" in own or "说明原因" in own) is (role != "admin"), (role, own)
        await room.say(f"V-{role}", "算了")
        kept = await room.count(tables.entry)
        outside = [name for place, name in NAMES.items() if place not in offices.HERS]
        for name in outside:
            answer = await room.say(f"T-{role}", f"更正 {name} 新增执委{value}名")
            assert answer.splitlines()[0] == NO_UNIT, (role, name, answer)
            assert "改好了" not in await room.say(f"T-{role}", "对")
        assert await room.count(tables.entry) == kept
    assert await room.say("nobody", "更正 东山村 新增执委3名") != NOT_HER_WORK


async def test_a_notice_is_corrected_by_whom_it_may_be_stopped_by(room: rooms.Room):
    await offices.draft(room, "T-staff")
    await room.say("T-admin", "同意 1")
    may = {"T-staff", "T-admin", "A-admin", "root"}
    for who in offices.EVERYBODY:
        answer = await room.say(who, "更正通知 1 改到周六")
        if who in may:
            assert "已签收的" in answer or answer == NO_SENDER, (who, answer)
            await room.say(who, "算了")
            continue
        unknown = await room.say(who, "更正通知 77 改到周六")
        assert answer.replace("1号", "77号") == unknown, (who, answer, unknown)


async def test_a_notice_is_shown_to_whom_it_was_sent_and_to_whose_scope_it_was_sent_from(
    room: rooms.Room,
):
    await room.say("V-chair", "部署\n标题：一\n内容：二\n对象：村主席")
    await room.say("V-chair", "确认发送")
    sees = {f"{unit}-{role}" for unit in "ATV" for role in offices.ROLES} | {"root"}
    for who in offices.EVERYBODY:
        answer = await room.say(who, "1号通知")
        if who in sees:
            assert answer.startswith("1号通知：对象 1＝"), (who, answer)
        else:
            assert answer == "没有1号通知，或者它不在您的管辖范围内。", (who, answer)
            assert await room.say(who, "77号通知") == answer.replace("1号", "77号")


async def test_a_new_member_is_sent_away_by_her_own_leaders_and_those_above(room: rooms.Room):
    judges = {
        f"{unit}-{role}" for unit in "ATV" for role in (*offices.LEADERS, "admin")
    } | {"root"}  # fmt: skip
    await room.say("V-chair", f"新增执委{len(judges)}名")
    code = await room.open_code()
    for n, judge in enumerate(sorted(judges), 1):
        await room.scan(f"new{n}", code)
        assert "登记好了" in await room.say(f"new{n}", "某某"), n
        for who in offices.EVERYBODY if n == 1 else ():
            if who not in judges:
                answer = await room.say(who, "不是 1")
                assert "登记撤了" not in answer, (who, answer)
        assert "登记撤了" in await room.say(judge, f"不是 {n}"), judge


async def test_what_her_township_leads_she_leads_only_by_her_post_there(room: rooms.Room):
    head = "person_id,name,phone,unit_code,role,title,openid"
    rows = ["two,某某某,,V,chair,主席,openid-two", "two,某某某,,T,member,执委,openid-two"]
    await room.load("people", "\n".join([head, *rows, ""]))
    form = "部署\n标题：一\n内容：二\n范围：{}"
    for place in offices.HERS:
        assert (await room.say("two", f"进度 {NAMES[place]}")).startswith(NAMES[place])
        if place != "below":
            assert await room.say("two", form.format(NAMES[place])) == NO_TARGET, place
        if place != "own":
            answer = await room.say("two", f"{NAMES[place]} 会改联完成")
            assert ("记上了" in answer) is (place == "below"), (place, answer)
    assert "确认发送" in await room.say("two", form.format("东山村"))
