"""Days of the past that a question about figures names (7月21日, 上周五, 昨天), and 各乡镇 for what is below."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.core import numerals
from bot.core.model import Level

_WEEKDAYS: Final = "一二三四五六日天"
_DAYS: Final = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_DAY: Final = re.compile(
    r"(?<![0-9])(?:截[至止]到?|到|在)?\s*(?P<said>"
    r"(?:(?P<y>20[0-9]{2})[年\-./])?(?P<m>1[0-2]|0?[1-9])(?:月|[\-./])(?P<d>3[01]|[12][0-9]|0?[1-9])(?:[日号]|(?![0-9.]))"
    r"|(?P<only>3[01]|[12][0-9]|[1-9])[日号](?!通知|困难)"
    rf"|(?P<back>上上|上)(?:个?(?:周|星期|礼拜)(?P<weekday>[{_WEEKDAYS}末](?!样))?)"
    r"|(?P<whole>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月[份底末]?(?![0-9一二三四五六七八九十])|(?P<month>上个?月)[底末]?|(?P<near>今[天日]|昨[天日]|前天)"
    r")(?:为止|止|底)?"
)
_COMPARED: Final = re.compile(r"[比跟和同与]\s*(?:上|昨|前)")
_BELOW: Final = re.compile(
    "(?:下面|下属)?(?:各个?|每个?)(?:县市区?|县[(（]?市区[)）]?|乡镇|村社区|(?P<one>省|市|县|区|街道|乡|镇|村|社区)|(?P<any>单位|组织|地))"
)
_LEVELS: Final = {
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "街道": Level.TOWNSHIP,
    "乡": Level.TOWNSHIP,
    "镇": Level.TOWNSHIP,
    "村": Level.VILLAGE,
    "社区": Level.VILLAGE,
}
ANY_BELOW: Final = "below"
"""各单位: whatever stands directly below."""


def cut(text: str) -> tuple[str, str]:
    """The text without the day it names, and the day's words; ('text', '') when it names none or compares."""
    found = _DAY.search(text)
    if found is None or _COMPARED.search(text):
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}", found["said"].strip()


def read(words: str, today: date) -> date | None:
    """The day that `words` (of `cut`) mean, seen from `today`: the newest such day not after it; None for no day."""
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    try:
        return _day(found, today)
    except ValueError:
        return None  # 2月30日


def below(unit_words: str) -> tuple[str, str]:
    """The words without 各乡镇, and which level that is: its English word, `ANY_BELOW`, or ''."""
    found = _BELOW.search(unit_words)
    if found is None:
        return unit_words, ""
    rest = unit_words[: found.start()] + unit_words[found.end() :]
    if found["any"]:
        return rest, ANY_BELOW
    said = found[0]
    if "乡镇" in said:
        level = Level.TOWNSHIP
    elif "县" in said:
        level = Level.COUNTY
    elif "村" in said:
        level = Level.VILLAGE
    else:
        level = _LEVELS[found["one"]]
    return rest, level.word


def _day(found: re.Match[str], today: date) -> date:
    if found["near"]:
        return today - timedelta(days=_DAYS[found["near"]])
    if found["whole"]:
        return _end_of(numerals.value(found["whole"]) or 1, today)
    if found["month"]:
        return today.replace(day=1) - timedelta(days=1)
    if found["back"]:
        monday = today - timedelta(days=today.weekday() + 7 * len(found["back"]))
        said = found["weekday"] or "日"
        return monday + timedelta(days=min(6, _WEEKDAYS.index("日" if said == "末" else said)))
    if found["only"]:
        return _newest(today, None, int(found["only"]))
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    return _newest(today, int(found["m"]), int(found["d"]))


def _end_of(month: int, today: date) -> date:
    """The last day of the newest month of this number that has begun; `today` inside of it."""
    year = today.year - (month > today.month)
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(today, following - timedelta(days=1))


def _newest(today: date, month: int | None, day: int) -> date:
    """The newest day with this month (any, if None) and day of the month that is not after today."""
    for back in range(13 if month is None else 5):
        if month is None:
            year, at = divmod(today.year * 12 + today.month - 1 - back, 12)
            at += 1
        else:
            year, at = today.year - back, month
        try:
            found = date(year, at, day)
        except ValueError:
            continue  # 31号 of a short month, 29 February
        if found <= today:
            return found
    raise ValueError
