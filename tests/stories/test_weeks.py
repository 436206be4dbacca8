"""A campaign week by week: figures, lights, missing lists and forecast equal a count made apart from the program."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import runtime
from bot.runtime import Runtime
from bot.store import recount
from config.settings import Settings
from tests.stories.abacus import days
from tests.stories.play import ZHENGHE
from tests.stories.weeks import LIGHTS, Story, Word, furnish, moment

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SEEDS = {
    "code": "seeds", "start": "2017-05-15", "end": "2017-08-31", "phases": [],
    "milestones": [{"date": "2017-06-30", "fraction": "1/3"}, {"date": "2017-08-31", "fraction": 1}],
}  # fmt: skip
DONE = date(2017, 7, 31)


@pytest.fixture
async def rt(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    """The program's inside on each of the two databases."""
    settings = Settings(
        database_url=database_url, data_dir=tmp_path, secret_key="of a story", quiet_hours="off"
    )
    async with runtime.opened(settings, redis_url) as opened:
        yield opened


def sqlite(rt: Runtime) -> bool:
    """Whether the story may be long."""
    return rt.db.engine.dialect.name == "sqlite"


async def live(story: Story, words: list[Word], last: date) -> None:
    """Week by week until `last`: what is said, and on Friday what the analysis makes of it.

    On PostgreSQL, where everything takes many ways to the server and back, on every third Friday.
    """
    words = sorted(words, key=lambda word: word.heard)
    for day in days(story.starts, last):
        if day.isoweekday() != 5 or (not sqlite(story.rt) and (last - day).days // 7 % 3):
            continue
        due, left = moment(day, 16, 7), []
        await story.tell([word for word in words if word.heard < due])
        words = left = [word for word in words if word.heard >= due]
        await story.friday(day)
    assert not left
    async with story.rt.read() as c:
        assert await recount.differences(c, limit=5) == []


async def nanping(rt: Runtime, room: Path, only: str, *, silent: float = 0.04) -> None:
    """Townships of different zeal: some ahead, some behind and catching up; this part of all never says anything."""
    story = await furnish(rt, room, only)
    dice, words = story.dice, []
    zeal = {
        unit.code: dice.choice((0.6, 1.5, 2.5, 4.0, 6.0))
        for unit in story.federation.at("township")
    }
    for unit in [*story.federation.at("township"), *story.federation.at("village")]:
        if dice.random() < silent:
            continue
        pace = zeal.get(unit.code) or zeal.get(unit.parent) or 1.0
        day = story.starts + timedelta(days=int(86 * dice.random() ** (1 / pace)))
        if day.isoweekday() > 5 and dice.random() < 0.8:
            day -= timedelta(days=2)
        at = moment(max(day, story.starts), dice.randint(8, 20), dice.randint(0, 59))
        words += story.words(unit.code, at, late=dice.random() < 0.05)
    await live(story, words, story.starts + timedelta(days=101))
    assert not sqlite(rt) or {*LIGHTS, "open", "too_early"} <= set(story.seen), story.seen


async def seeds(rt: Runtime, room: Path, only: str, shares: dict[str, int]) -> None:
    """The seeds' year: due on 31 August, done on 31 July, and seen in time."""
    story = await furnish(rt, room, only, SEEDS, shares=shares)
    words, length = [], (DONE - story.starts).days
    for one in story.abacus.indicators("0")[:2]:
        asked = list(story.abacus.expected(one, "0"))
        story.dice.shuffle(asked)
        for n, code in enumerate(asked, 1):
            day = story.starts + timedelta(days=math.ceil(length * (n / len(asked)) ** (1 / 1.6)))
            at = moment(day, story.dice.randint(8, 15), story.dice.randint(0, 59))
            words += story.words(code, at, plainly=day > DONE - timedelta(days=14))
    assert max(word.at for word in words).date() == DONE
    stranger = next(
        unit.code
        for unit in story.federation.at("village")
        if unit.code not in set(story.abacus.expected(story.abacus.indicators("0")[1], "0"))
        and story.federation.speaker(unit.code)
    )
    answer = await story.say(
        story.federation.speaker(stranger), "会改联完成，新增执委9名", moment(story.starts, 10)
    )
    assert "记上了" not in answer, answer
    await live(story, words, DONE + timedelta(days=4))
    for indicator, fridays in story.outlooks.items():
        assert fridays[date(2017, 8, 4)] == ("done", DONE, None, None, None)
        for friday in (date(2017, 7, 7), date(2017, 7, 14), date(2017, 7, 21)):
            standing, _, earliest, likely, latest = fridays[friday]
            assert standing == "open"
            assert len(story.abacus.expected(story.indicator(indicator), "0")) < 40 or (
                earliest <= DONE <= latest and likely < date(2017, 8, 31)
            ), (indicator, friday, fridays[friday])


async def test_every_friday_of_one_county_is_what_was_said(rt: Runtime, tmp_path: Path):
    await nanping(rt, tmp_path, ZHENGHE, silent=0.04 if sqlite(rt) else 0.6)


@SQLITE
async def test_a_fixed_list_finishes_a_month_early_and_the_forecast_sees_it(
    rt: Runtime, tmp_path: Path
):
    await seeds(rt, tmp_path, ZHENGHE, {"township": 9, "village": 112})


@pytest.mark.chaos
@SQLITE
async def test_every_friday_of_nanping_is_what_was_said(rt: Runtime, tmp_path: Path):
    await nanping(rt, tmp_path, "")


@pytest.mark.chaos
@SQLITE
async def test_the_seeds_year_with_its_129_townships_and_1841_villages(rt: Runtime, tmp_path: Path):
    await seeds(rt, tmp_path, "", {"township": 129, "village": 1841})
