"""What is done, told alone beside a clause that says what it still waits for: 会改联完成了，书记回来选; 大会还没开，会改联完成了; …，15号前.

Where a number is told as well, `awaited` asks about that. A mere meeting (周五开会) or another thing's day (周五前交表) leaves what is done as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.doubts import ahead, awaited

_ELECTION: Final = re.compile("选|投|表决|换届|妇女|妇代|大会")
"""周五开会 may be any meeting, once it is done."""


_BY: Final = re.compile(
    f"(?:{ahead.DATE.pattern}|(?P<month>[0-9一二三四五六七八九十]{{1,3}})月底?|{ahead.WHEN}|月底|年底|年|春节|元旦|过年)(?:之|以)?[前内](?:(?:全部|都)?(?:[搞弄办做选忙][完好定成]|完成|到位|结束))?"
)
"""15号前, 春节前完成: by when it shall be."""


def _by(said: str, today: date | None) -> bool:
    """Whether a clause says by when it shall be, and that day is to come."""
    found = _BY.fullmatch(said)
    if found is None:
        return False
    if found["month"]:
        n = numerals.value(found["month"])
        return ahead.month_ahead(found["month"], today) or bool(today and today.month == n)
    dated = ahead.DATE.match(said)
    return not (dated and today) or ahead.lies_ahead(dated[1], dated[2], today, ahead.NEXT)


_STILL: Final = re.compile(
    "|".join(
        (
            "(?:但是?|不过|可是|只是|应该|也|就|马上)*快了",
            "(?:我们|我村|正|目前)*即将(?:召开)?(?:妇女代表大会|选举大?会|选举|投票|换届|完成)|(?:今晚|今天(?:下午|晚上)|明天|明晚|后天)(?:我们|村里)*(?:召?开)(?:个)?(?:选举|换届|妇女代表|妇代)+大?会",
            f"(?:{ahead.DAY}|{ahead.WHEN})[前内](?:要|得|必须)(?:选|完成|[弄搞办][好完]?)的?|(?:我们|我村)*(?:打算|准备|计划|预计)(?:{ahead.DAY}|{ahead.WHEN})(?:再|才)?(?:[弄搞办][好完]?|完成)的?",
            "(?:根本|也|都|实在|现在)*(?:不可能|没法|无法)(?:完成|[弄搞办]好)|(?:完|弄|搞|办)不成|完成不了",
            "(?:还|都|也|正|目前)*(?:在)?(?:研究|找人|做(?:思想)?工作|动员|商量|(?:陆续)?增选)中|(?:正|还)在(?:想办法|找人)|(?:我|我们)?(?:会|一定)?(?:尽量|力争)(?:完成|吧)?|(?:再)?给我(?:们)?(?:几天(?:时间)?|一?点?时间)|(?:我们?)?马上(?:去)?落实",
            "(?:但是?|不过|可是|就|只|还)*(?:还)?[差缺剩](?:下)?[一二两三四五六七八九十几0-9]+个(?:村|自然村|小组|村民小组|片区|组)(?:没[^,]{0,2}|还没[^,]{0,2})?",
        )
    )
)
"""What nothing is told of but that it has not come to its end."""


def _waits(said: str, rest: str, today: date | None) -> bool:
    """Whether a clause beside what is done says that it waits for something; `rest`: all that is told besides."""
    until = _ELECTION.search(said) is not None and awaited.until(said, today)
    unheld = awaited.UNHELD.fullmatch(said) is not None or awaited.blocked(said, rest)
    still = awaited.undecided(said) or _STILL.fullmatch(said) is not None
    return until or unheld or still or _by(said, today)


def doubts(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about what is done, where no number is told with it."""
    told = [c for c in claims if c.value is Mark.DONE]
    if not told or len(told) < len(claims):
        return []
    first, last = min(c.span[0] for c in told), max(c.span[1] for c in told)
    before = ""
    for start, end, said in ahead.pieces(text, last):
        if start < last and end > first:
            continue
        waits = _waits(said.rstrip("吧呢啊哈呀哦"), text[:first] + "," + text[last:], today)
        if waits and not ahead.OF_ANOTHER.search(before):
            return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in told]
        before = said
    return []
