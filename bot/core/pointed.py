"""Answers to the point: how many are left, faster or slower than last week, does it keep up with the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.core import course, wording
from bot.core import progress as rules
from bot.core.course import Days, Stone, Week
from bot.core.ledger import Share
from bot.core.model import Level
from bot.core.progress import Progress

_WEEKS: Final = 4  # finished weeks said one by one
_COUNTED: Final = (
    (Level.VILLAGE, re.compile("[几少]个?(?:村|社区)")),
    (Level.TOWNSHIP, re.compile("[几少]个?(?:乡|镇|街道)")),
    (Level.COUNTY, re.compile("[几少]个?(?:县|区)")),
)


def counted(key: str) -> Level | None:
    """The level whose units 几个村 or 多少个乡镇 counts; None where none is named."""
    return next((level for level, asked in _COUNTED if asked.search(key)), None)


def left(words: wording.Words, one: Progress) -> str:
    """The first line, and how many units are not done (of a count: have not reported)."""
    rest = one.expected - one.done
    key = "pointed.left_none" if rest <= 0 else "pointed.left"
    if rules.counts(one.indicator):
        key += "_count"
    return _with(words, one, words.say(key, n=rest, place=_place(words, one)))


def percent(words: wording.Words, one: Progress) -> str:
    """The first line, which says it for units done; of a count the share that has reported."""
    if not rules.counts(one.indicator):
        return rules.first_line(words, one)
    share = wording.percent(one.reported, one.expected)
    return _with(words, one, words.say("pointed.reported", percent=share))


def plan(words: wording.Words, one: Progress) -> str:
    """The first line, the light, and by how many units it is off the plan."""
    if one.light is None or one.wanted is None:
        return _with(words, one, words.say("pointed.no_plan"))
    off = one.done - one.wanted
    key = "pointed.plan_more" if off > 0 else "pointed.plan_less" if off < 0 else "pointed.plan"
    light = words.say(f"progress.{one.light}")
    return _with(words, one, words.say(key, light=light, planned=one.wanted, n=abs(off)))


def stones(words: wording.Words, one: Progress, found: Sequence[Stone], today: date) -> list[str]:
    """The milestones missed, each with its days, and the next one."""
    said = []
    coming: Stone | None = None
    for stone in found:
        if stone.late and stone.reached_on is None:
            said.append(_stone(words, "pointed.stone_missed", one, stone))
        elif stone.reached_on is None and stone.on >= today and coming is None:
            coming = stone
    if coming is not None:
        said.append(_stone(words, "pointed.stone_next", one, coming))
    return said


def trend(words: wording.Words, one: Progress, days: Days, today: date) -> str:
    """The first line, and this week's change against the same days of last week."""
    now, before = same_days(one, days, today)
    key = "faster" if now > before else "slower" if now < before else "as_fast"
    word = one.indicator.unit_word if rules.counts(one.indicator) else ""
    said = words.say(
        f"pointed.{key}", now=now, before=before, word=word or words.say("progress.unit_word")
    )
    return _with(words, one, said)


def same_days(one: Progress, days: Days, today: date) -> tuple[int, int]:
    """What the first line leads with: its change since Monday, and last week from Monday to the same weekday."""
    monday = today - timedelta(days=today.weekday())
    spans = ((monday, today), (monday - timedelta(days=7), today - timedelta(days=7)))
    now, before = (
        sum((change for day, change in days if begin <= day <= end), Share())
        for begin, end in spans
    )
    return _lead(one, now), _lead(one, before)


def weeks(words: wording.Words, one: Progress, found: Sequence[Week]) -> str:
    """The changes of the last finished weeks; '' as long as there are not two."""
    whole = [week for week in found if week.ends.weekday() == 6][-_WEEKS:]
    if len(whole) < 2:
        return ""
    numbers = words.say("pointed.between").join(str(_lead(one, week.change)) for week in whole)
    return words.say("pointed.weeks", n=len(whole), list=numbers)


def _lead(one: Progress, change: Share) -> int:
    return change.value if rules.counts(one.indicator) else change.done


def _stone(words: wording.Words, key: str, one: Progress, stone: course.Stone) -> str:
    return words.say(
        key,
        month=stone.on.month,
        day=stone.on.day,
        target=stone.target,
        late=stone.late,
        short=max(0, stone.target - one.done),
    )


def _with(words: wording.Words, one: Progress, said: str) -> str:
    return rules.first_line(words, one) + words.say("pointed.comma") + said


def _place(words: wording.Words, one: Progress) -> str:
    return words.say(f"place.{one.indicator.level.word}")
