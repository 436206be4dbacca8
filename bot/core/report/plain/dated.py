"""The day of a report beside it, 九蓬村 11/27 新增执委9, 零报告 11.27: no ratio and no number, if it is one of the week behind her."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import Final

_D: Final = r"(?P<m>1?[0-9])[/.](?P<d>[0-3]?[0-9])"
_FIRST: Final = re.compile(
    rf"(?P<front>^|[村乡镇区]\s*|\n){_D}(?=\s+(?:新增|会改联|区域化|无新|没有?新|没变|无变|零报告|执委|本周|汇报|周报))"
)
_LAST: Final = re.compile(rf"(?P<front>[周报告了成化样]\s+){_D}(?=\s*$)")
_OF_A_MEETING: Final = re.compile("率|到会|参会|出席|实到|应到|参加")


_TEN_DAYS: Final = re.compile(
    "(?<!计划)(?<!预计)(?<!拟)(?<![将定原])于(?:(?P<m>1?[0-9])月份?|本月)(?P<which>[上中下])旬(?=(?:已经?|就|全面|顺利|圆满|如期|全部|按时|提前|成功)*(?:召开|完成|选举|举行|结束|[搞办弄改]好))"
)
_OVER: Final = {"上": 10, "中": 20, "下": 31}
_HALF_A_YEAR: Final = 6


def _past(found: re.Match[str], today: date) -> str:
    """11月中旬 behind her is no plan."""
    ago = (today.month - int(found["m"] or today.month)) % 12
    over = today.day > _OVER[found["which"]] if ago == 0 else ago <= _HALF_A_YEAR
    return " " * len(found[0]) if over else found[0]


def without(text: str, today: date | None) -> str:
    """The text without such a day, as long as before."""
    if today is not None and "旬" in text:
        text = _TEN_DAYS.sub(partial(_past, today=today), text)
    if today is None or not ("/" in text or "." in text) or _OF_A_MEETING.search(text):
        return text
    week = {(day.month, day.day) for day in (today - timedelta(days=n) for n in range(8))}

    def gone(found: re.Match[str]) -> str:
        if (int(found["m"]), int(found["d"])) not in week:
            return found[0]
        return found["front"] + " " * (len(found[0]) - len(found["front"]))

    return _LAST.sub(gone, _FIRST.sub(gone, text))
