"""One notice to everybody: who gets it, how often, and whether the sum always adds up."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from tests.stories.notice import CUSTOM, ROBOT, TEMPLATE, ZHENGHE, approved, opened
from tests.stories.stage import Stage


@pytest.mark.slow
async def test_a_notice_to_all_reaches_everybody_once_and_every_count_of_it_is_the_same(
    stage: Stage,
) -> None:
    stage.settings = {"YIHU_APPROVAL_THRESHOLD": "1000"}
    notice = await opened(stage, "web", "worker")
    openids = sorted(notice.registered - {notice.author} - set(notice.owners()))
    blocking, gone = openids[10:30], openids[50:60]
    await stage.control("people", {"people": [{"openid": one, "blocks": True} for one in blocking]})
    await stage.control("people", {"people": [{"openid": one, "follows": False} for one in gone]})

    answer = await notice.sent()
    assert "同意" in answer
    assert not await notice.cards()
    own = await stage.says(notice.author, f"同意 {notice.number}")
    assert not await notice.cards(), own
    await approved(notice)
    sums = await notice.done()

    assert sums["people"] == {
        "n": len(notice.people), "unregistered": notice.unregistered, "refused": 30, "unknown": 0,
        "delivered": len(notice.registered) - 30, "accepted": 0, "to_relay": 0, "unsent": 0,
    }  # fmt: skip
    robots, owners = notice.groups("robot"), notice.owners()
    assert sums["groups"] == {
        "n": len(robots) + len(owners), "accepted": len(robots), "unregistered": owners.count(""),
        "to_relay": len(owners) - owners.count(""), "refused": 0, "unknown": 0, "delivered": 0,
        "unsent": 0,
    }  # fmt: skip
    # An owner gets two cards: the notice as herself, and the request to forward it.
    asked = Counter(one for one in owners if one)
    assert await notice.cards() == Counter(notice.registered - set(gone)) + asked
    assert await notice.copies(ROBOT) == Counter(robots)
    states = await stage.rows(f"SELECT state FROM broadcast WHERE id = {notice.number}")
    assert states[0]["state"] == "done"


async def test_a_notice_that_is_stopped_half_way_still_adds_up(stage: Stage) -> None:
    stage.settings = {"YIHU_WINDOW": "32"}
    notice = await opened(stage, "web", "worker")
    await stage.control("latency", {"answer_ms": 150})
    await notice.sent()

    async def half_way() -> bool:
        await notice.told()
        return len(await stage.ledger(TEMPLATE)) >= 300

    await stage.eventually(half_way, "300 are sent")
    answer = await stage.says(notice.author, f"撤回 {notice.number}")
    through = len(await stage.ledger())
    assert str(notice.number) in answer, answer
    await asyncio.sleep(1)
    later = len(await stage.ledger())
    assert later - through <= 32
    await stage.settled()

    async def reported() -> bool:
        return (await notice.told())["people"]["accepted"] == 0

    await stage.eventually(reported, "the reports of what was sent are in")
    sums = await notice.all_the_same()
    cards = (await notice.copies(TEMPLATE)).total()
    assert sums["people"]["delivered"] + sums["groups"]["to_relay"] <= cards
    doubt = sums["people"]["unknown"] + sums["groups"]["unknown"]
    assert cards <= sums["people"]["delivered"] + sums["groups"]["to_relay"] + doubt
    assert (await stage.control("ledger/summary"))["max_copies"] == 1
    assert sums["people"]["unknown"] <= 32
    assert sums["people"]["unsent"] > 1000
    assert len(await stage.ledger()) == later, "nothing more is sent"
    await stage.all_say([(notice.author, f"继续 {notice.number}")])
    assert (await notice.told())["people"]["unsent"] == sums["people"]["unsent"]


@pytest.mark.slow
@pytest.mark.chaos  # tests/delivery/test_crash.py kills workers in every run
async def test_a_worker_killed_three_times_loses_nothing_and_doubles_nothing(stage: Stage) -> None:
    stage.settings = {"YIHU_WINDOW": "64"}
    notice = await opened(stage, "web", "worker")
    await stage.control("latency", {"answer_ms": 150})
    await notice.sent()
    for wanted in (300, 800, 1400):

        async def reached(wanted: int = wanted) -> bool:
            await notice.told()
            return len(await stage.ledger(TEMPLATE)) >= wanted

        await stage.eventually(reached, f"{wanted} are sent", seconds=60)
        stage.kill("worker")
        await notice.all_the_same()
        await stage.run_role("worker")
    sums = await notice.done(seconds=90)
    asked = Counter(one for one in notice.owners() if one)
    assert await notice.copies(TEMPLATE) == Counter(notice.registered) + asked
    assert sums["people"]["delivered"] == len(notice.registered)
    # A robot knows no ids: what it was being told when the worker died stays unknown, never doubled.
    robots = await notice.copies(ROBOT)
    assert max(robots.values()) == 1
    assert sums["groups"]["accepted"] + sums["groups"]["unknown"] == len(notice.groups("robot"))


async def test_reports_that_arrive_before_the_answer_are_matched_later(stage: Stage) -> None:
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await stage.control("latency", {"outcome_before_answer": True, "answer_ms": 50})
    await notice.sent()
    sums = await notice.done()
    assert sums["people"]["delivered"] == len(notice.registered)


async def test_people_sign_and_only_the_missing_are_reminded(stage: Stage) -> None:
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await notice.sent("截止：2027-03-12 18:00", to="村主席")
    villages = {
        post.openid for post in notice.federation.posts_in(ZHENGHE, "chair")
        if post.openid and notice.federation.units[post.unit].level == "village"
    }  # fmt: skip
    await notice.done()
    assert await notice.copies(TEMPLATE) == Counter(villages)
    signing = sorted(villages)[: len(villages) - 9]
    words = (
        "收到",
        "收到，谢谢主席🌹",
        "好的",
        "1",
        "👍",
        "知道了",
        "[OK]",
        f"收到 {notice.number}",
    )
    answers = await stage.all_say([(one, words[at % len(words)]) for at, one in enumerate(signing)])
    assert all("会改联推进通知" in answer for answer in answers), answers
    missing = villages - set(signing)
    answer = await stage.says(notice.author, f"谁没签收 {notice.number}")
    unsigned = {
        notice.federation.units[post.unit].short
        for post in notice.federation.posts_in(ZHENGHE, "chair")
        if post.openid in missing
    }
    assert all(name.removesuffix("村") in answer for name in unsigned), (answer, unsigned)
    before = await notice.copies(TEMPLATE)
    cards = await notice.copies(CUSTOM)
    await stage.says(notice.author, "提醒")

    async def reminded() -> bool:
        now = await notice.copies(TEMPLATE) + await notice.copies(CUSTOM)
        return len(now - before - cards) >= len(missing)

    await stage.eventually(reminded, "the missing are reminded")
    await asyncio.sleep(1)
    now = await notice.copies(TEMPLATE) + await notice.copies(CUSTOM)
    assert now - before - cards - Counter([notice.author]) == Counter(missing)


async def test_group_owners_forward_the_notice_and_their_groups_count_once(stage: Stage) -> None:
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await notice.sent(to="群")
    owners = [one for one in notice.owners() if one]
    robots = notice.groups("robot")

    async def asked() -> bool:
        heard = await notice.copies(TEMPLATE) + await notice.copies(CUSTOM)
        spoken = set(owners) <= heard.keys() and (await notice.copies(ROBOT)) == Counter(robots)
        return spoken and (await notice.stored())["groups"]["unsent"] == 0  # and it is written down

    await stage.eventually(asked, "the owners are asked to forward, the robots speak")
    sums = await notice.all_the_same()
    assert sums["people"]["n"] == 0
    assert sums["groups"]["to_relay"] == len(owners)
    assert sums["groups"]["unregistered"] == notice.owners().count("") == 1
    who = await stage.says(notice.author, f"谁没转 {notice.number}")
    assert str(len(owners)) in who, who
    answers = await stage.all_say(
        [
            (one, ("转了", "群里发了", "转了 1群 200人")[at % 3])
            for at, one in enumerate(owners[:-1])
        ]
    )
    assert all("会改联推进通知" in answer or "转" in answer for answer in answers), answers
    again = await stage.says(owners[0], "转了")
    cannot = await stage.says(owners[-1], "转不了")
    sums = await notice.all_the_same()
    told = (answers, again, cannot)
    assert sums["groups"]["delivered"] == len(owners) - 1, told
    assert sums["groups"]["refused"] == 1, told
    assert sums["groups"]["to_relay"] == 0, told
