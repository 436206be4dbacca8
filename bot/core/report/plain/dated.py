"""The day of a report beside it, 九蓬村 11/27 新增执委9, 零报告 11.27: no ratio and no number, if it is one of the week behind her."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_D: Final = r"(?P<m>1?[0-9])[/.](?P<d>[0-3]?[0-9])"
_FIRST: Final = re.compile(
    rf"(?P<front>^|[村乡镇区]\s*|\n){_D}(?=\s+(?:新增|会改联|区域化|无新|没有?新|没变|无变|零报告|执委|本周|汇报|周报))"
)
_LAST: Final = re.compile(rf"(?P<front>[周报告了成化样]\s+){_D}(?=\s*$)")
_OF_A_MEETING: Final = re.compile("率|到会|参会|出席|实到|应到|参加")


def without(text: str, today: date | None) -> str:
    """The text without such a day, as long as before."""
    if today is None or not ("/" in text or "." in text) or _OF_A_MEETING.search(text):
        return text
    week = {(day.month, day.day) for day in (today - timedelta(days=n) for n in range(8))}

    def gone(found: re.Match[str]) -> str:
        if (int(found["m"]), int(found["d"])) not in week:
            return found[0]
        return found["front"] + " " * (len(found[0]) - len(found["front"]))

    return _LAST.sub(gone, _FIRST.sub(gone, text))
