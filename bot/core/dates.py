"""Date phrases of deadlines and sending times: 12月1日18点, 下周三, 明早8点, 月底前 → a local moment."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.core import numerals
from bot.core import text as texts

LAST_MINUTE: Final = time(23, 59)
"""A day named without an hour lasts until then."""

_D: Final = "[0-9零〇一二三四五六七八九十廿卅两]"
_WEEKDAYS: Final = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    **{str(i + 1): i for i in range(6)},
}
_TODAY: Final = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "当天": 0,
    "今": 0,
    "明天": 1,
    "明日": 1,
    "明": 1,
    "后天": 2,
    "大后天": 3,
}
_PARTS: Final = {
    "凌晨": time(6),
    "早上": time(9),
    "清早": time(9),
    "早": time(9),
    "上午": time(12),
    "中午": time(12),
    "下午": time(18),
    "傍晚": time(19),
    "晚上": LAST_MINUTE,
    "晚": LAST_MINUTE,
    "夜里": LAST_MINUTE,
}
_LATE: Final = ("下午", "傍晚", "晚上", "晚", "夜里")

_CLOCK: Final = re.compile(
    rf"(?P<part>凌晨|早上|清早|早|上午|中午|下午|傍晚|晚上|晚|夜里)?(?:(?P<h>{_D}{{1,3}})(?:[点时]钟?(?:(?P<m>{_D}{{1,3}})分?|(?P<half>半)|整|(?P<quarter>[一三])刻)?|:(?P<mm>[0-9]{{2}})(?::00)?))?"
)
_OVER: Final = re.compile(r"(?:之前|以前|前|截止|为止|止|之内|以内|内)$")
_BEFORE: Final = re.compile(r"^(?:在|于|请在|截止到?|截至|定在|到|至)")


def read(said: str, now: datetime) -> datetime | None:
    """The moment that `said` names, seen from the aware local `now`, in the zone of `now`; None if it names none.

    A day without an hour is its last minute; a part of a day is its end. The past is returned as such: to
    refuse it is the caller's business. Anything left over that was not understood makes it None.
    """
    phrase = re.sub(r"[\s,]", "", re.sub(r"(?<=[0-9])\s+(?=[0-9])", "T", texts.fold(said)))
    phrase = (
        _OVER.sub("", _BEFORE.sub("", phrase))
        if not re.search("[天周时钟月]内$", phrase)
        else phrase[:-1] + "后"
    )
    if not phrase:
        return None
    span = _span(phrase, now)
    if span is not None:
        return span
    for pattern, make in _DAYS:
        found = pattern.match(phrase)
        if found:
            day = _safely(make, found, now)
            at = _clock(phrase[found.end() :], day, now) if day else None
            if at is not None:
                return at
    return _clock(phrase, now.date(), now) if not re.fullmatch("[0-9]+", phrase) else None


def _safely(
    make: Callable[[re.Match[str], datetime], date | None], found: re.Match[str], now: datetime
) -> date | None:
    try:
        return make(found, now)
    except (ValueError, OverflowError):  # 2月30日, the year 10000
        return None


def _clock(rest: str, day: date, now: datetime) -> datetime | None:
    """`day` at the hour that `rest` names; its last minute if `rest` is empty."""
    if rest in ("下班", "下班时"):
        return datetime.combine(day, time(18), now.tzinfo)
    found = _CLOCK.fullmatch(rest)
    if not found or (not rest and day is None):
        return None
    if found["h"] is None:
        at = _PARTS[found["part"]] if found["part"] else LAST_MINUTE
        return datetime.combine(day, at, now.tzinfo)
    hour, minute = numerals.value(found["h"]), _minute(found)
    if hour is None or minute is None:
        return None
    if found["part"] in _LATE and hour < 12:
        hour += 12
    if found["part"] == "中午" and hour < 3:
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return datetime.combine(day, time(), now.tzinfo) + timedelta(hours=hour, minutes=minute)


def _minute(found: re.Match[str]) -> int | None:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 if found["quarter"] == "一" else 45
    said = found["m"] or found["mm"]
    return (
        int(said)
        if said and said.isascii()
        else numerals.value(said.removeprefix("零"))
        if said
        else 0
    )


_SPANS: Final = {
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "个小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "周": timedelta(weeks=1),
    "个星期": timedelta(weeks=1),
    "个礼拜": timedelta(weeks=1),
}


def _span(phrase: str, now: datetime) -> datetime | None:
    """三天后, 2小时后, 半小时后."""
    if re.fullmatch("半个?小时(?:之后|以后|后)", phrase):
        return now + timedelta(minutes=30)
    found = re.fullmatch(
        rf"(?P<n>{_D}{{1,4}})(?P<unit>分钟|个?小时|天|日|周|个星期|个礼拜)(?:之后|以后|后)", phrase
    )
    count = numerals.value(found["n"]) if found else None
    if not found or count is None:
        return None
    later = now + _SPANS[found["unit"]] * min(count, 10_000)
    return (
        later
        if "时" in found["unit"] or "分" in found["unit"]
        else datetime.combine(later.date(), LAST_MINUTE, now.tzinfo)
    )


def _number(said: str) -> int:
    value = numerals.value(said) if len(said) < 4 else int(said) if said.isascii() else None
    if value is None:
        raise ValueError(f"not a number: {said}")
    return value


def _full(found: re.Match[str], _now: datetime) -> date:
    return date(_number(found[1]), _number(found[2]), _number(found[3]))


def _month_day(found: re.Match[str], now: datetime) -> date:
    """Without a year: this one, or the next when that day is more than half a year past."""
    month, day = _number(found[1]), _number(found[2])
    this = date(now.year, month, day) if not (month == 2 and day == 29) else _leap_day(now.year)
    return this if now.date() - this <= timedelta(days=180) else date(now.year + 1, month, day)


def _leap_day(year: int) -> date:
    return date(year, 2, 29)


def _day_of_month(found: re.Match[str], now: datetime) -> date:
    """The next day of that number; 下月5号 is next month's, 本月5号 this month's even when it is past."""
    which, day = found[1] or "", _number(found[2])
    past = not which and day < now.day
    return _month_after(now.date(), 1 if which.startswith("下") or past else 0).replace(day=day)


def _month_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _last_of_month(found: re.Match[str], now: datetime) -> date:
    which = found[1] or ""
    if which.startswith("下"):
        first = _month_after(now.date(), 1)
    elif which and which[0] not in "本这":
        month = _number(which)
        first = date(now.year + (month < now.month), month, 1)
    else:
        first = _month_after(now.date(), 0)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _year_end(found: re.Match[str], now: datetime) -> date:
    return date(now.year + (found[1] == "明"), 12, 31)


def _weekday(found: re.Match[str], now: datetime) -> date:
    """周五: the next one, today included; 本周五: this week's; 下周五: next week's; 下周: its last day."""
    which, name = found[1] or "", found[2]
    if not which and not name:
        raise ValueError("a week without a day")
    monday = now.date() - timedelta(days=now.weekday())
    day = monday + timedelta(days=_WEEKDAYS[name] if name else 6, weeks=which.count("下"))
    return day + timedelta(weeks=1) if not which and day < now.date() else day


def _relative(found: re.Match[str], now: datetime) -> date:
    return now.date() + timedelta(days=_TODAY[found[0]])


_WEEK: Final = "(?:周|星期|礼拜)"
_DAYS: Final[
    tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], date | None]], ...]
] = (
    (
        re.compile(rf"([0-9]{{4}})[-/.年]({_D}{{1,3}})[-/.月]({_D}{{1,3}})[日号]?T?(?![0-9]{{3}})"),
        _full,
    ),
    (re.compile(rf"({_D}{{1,3}})月({_D}{{1,3}})[日号]?"), _month_day),
    (re.compile(r"([0-9]{1,2})[/]([0-9]{1,2})(?![0-9])T?"), _month_day),
    (
        re.compile(rf"(本月?|这个?月|下个?月|本|这|下|{_D}{{1,3}})?月?(?:月?底|月末)"),
        _last_of_month,
    ),
    (re.compile("(今|明|本)?年(?:底|末)"), _year_end),
    (re.compile(rf"(本月|这个?月|下个?月)?({_D}{{1,3}})[日号]"), _day_of_month),
    (
        re.compile(rf"(本|这个?|下下个?|下个?)?{_WEEK}([一二三四五六日天1-6])?(?:晚(?=上))?"),
        _weekday,
    ),
    (re.compile("大后天|前天|昨天|昨日|今天|今日|当天|明天|明日|后天|今|明"), _relative),
)
