"""A whole campaign, from the first report to the last, as the people of the federation live it."""

from __future__ import annotations

import asyncio
import math
import random
from datetime import date, datetime, timedelta

import pytest

from tests.stories.federation import Book
from tests.stories.ground import ZONE
from tests.stories.play import FIRST_DAY, ZHENGHE, Play, week
from tests.stories.stage import Stage


@pytest.mark.slow
async def test_every_unit_reports_over_the_weeks_and_every_level_sees_the_true_count(
    stage: Stage,
) -> None:
    only = "" if stage.engine == "sqlite" else ZHENGHE
    federation = await stage.start("web", "worker", now=moment(FIRST_DAY, 9), only=only)
    play = Play(stage, federation, Book(federation), random.Random(2))
    waiting = [*federation.at("township"), *federation.at("village")]
    play.dice.shuffle(waiting)
    third, weeks = len(waiting) // 3, []
    for number, share in enumerate((third, third, len(waiting) - 2 * third)):
        day = FIRST_DAY + timedelta(weeks=number)
        await stage.at(moment(day + timedelta(days=1), 9))
        await play.hold([play.talk_of(waiting.pop()) for _ in range(share)])
        await play.everybody_sees_the_count(villages=8)
        weeks.append((week(day), play.book.kept()))
    assert not waiting
    nation = play.book.share(play.indicator("village", "completion"), "0")
    assert nation[0] == nation[3] == len(federation.at("village"))
    token = await stage.token("0", "staff")
    for period, book in weeks:
        await play.the_interface_tells_the_count(book, period, token)
    await play.every_value_is_in_the_ledger(token)
    assert "agree" in await asyncio.to_thread(stage.yihu, "ledger", "verify")


async def test_a_report_that_arrives_twice_or_late_counts_once_and_the_newest_word_stands(
    stage: Stage,
) -> None:
    federation = await stage.start("web", "worker", now=moment(FIRST_DAY, 9), only=ZHENGHE)
    play = Play(stage, federation, Book(federation), random.Random(3))
    village = next(unit for unit in federation.at("village") if federation.speaker(unit.code))
    openid = federation.speaker(village.code)
    await stage.at(moment(FIRST_DAY + timedelta(days=9), 9))

    first = await stage.says(openid, "会改联完成，新增执委12名")
    again = await stage.control("repeat", {"openid": openid, "times": 3, "together": True})
    assert first.startswith("记上了")
    assert {result["text"] for result in again["results"]} == {first}
    assert len({result["raw"] for result in again["results"]}) == 1
    play.book.put(village.code, {"会改联": 1, "新增执委·村": 12} and play_said(play, 12))
    await play.everybody_sees_the_count(villages=2)

    # What she sent last week and the platform delivers only now is older than what she said today.
    sent = moment(FIRST_DAY + timedelta(days=2), 9)
    late = {
        "ToUserName": "gh_0123456789ab", "FromUserName": openid, "MsgType": "text",
        "CreateTime": int(sent.timestamp()), "MsgId": 77, "Content": "新增执委9名",
    }  # fmt: skip
    await stage.control("push", {"openid": openid, "fields": late})
    await play.everybody_sees_the_count(villages=2)
    cells = await stage.rows("SELECT count(*) AS n FROM cell")
    assert cells[0]["n"] == 2


def play_said(play: Play, number: int) -> dict[str, int]:
    done, count = play.indicator("village", "completion"), play.indicator("village", "count")
    return {done["code"]: 1, count["code"]: number}


async def test_milestones_tell_the_leaders_when_a_third_is_reached_and_when_all_is(
    stage: Stage,
) -> None:
    federation = await stage.start("web", "worker", now=moment(FIRST_DAY, 9), only=ZHENGHE)
    play = Play(stage, federation, Book(federation), random.Random(4))
    chair = federation.speaker(ZHENGHE)
    stones = sorted(federation.campaign["milestones"], key=lambda one: federation.day(one["date"]))
    units = [*federation.at("village"), *federation.at("township")]
    for stone, share in zip(stones, (1 / 3, 1), strict=True):
        day = federation.day(stone["date"]) - timedelta(days=3)
        assert day > FIRST_DAY
        await stage.at(moment(day, 9))
        for level in ("village", "township"):
            waiting = [unit for unit in units if unit.level == level]
            wanted = math.ceil(len(federation.at(level)) * share)
            some = waiting[: wanted - len(federation.at(level)) + len(waiting)]
            await play.hold([play.talk_of(unit) for unit in some])
            units = [unit for unit in units if unit not in some]
        before = len(await stage.sees(chair))
        due = ("milestones", "--at", moment(day + timedelta(days=1), 8, 37).isoformat())
        await stage.at(moment(day + timedelta(days=1), 8, 38))
        assert "already done" not in await asyncio.to_thread(stage.yihu, "job", "run", *due)

        async def told(before: int = before) -> bool:
            new = (await stage.sees(chair))[before:]
            if any("“全文”" in line for line in new):  # the card holds the beginning
                new.append(await stage.says(chair, "全文"))
            return any("已达到" in line for line in new)

        await stage.eventually(told, f"the chair hears that {stone['fraction']} is reached")
        once = await stage.sees(chair)
        assert "already done" in await asyncio.to_thread(stage.yihu, "job", "run", *due)
        assert await stage.sees(chair) == once


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
