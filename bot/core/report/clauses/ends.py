"""What a clause and the whole sentence end: what reaches no further, and what was named and got no value."""

from __future__ import annotations

import re

from bot.core.reading import Ask, Question
from bot.core.report.clauses.said import COUNTED, Raw, Sort, names
from bot.core.report.clauses.walk import Walk

_WHY = re.compile(
    "[说写打报填看抄输发弄搞记数算念听加登录点想统计].{0,2}[错反混岔串]|[笔手口]误|手[滑快抖]|花|糊涂|漏"
)
"""Behind a number that was mended it only says why: 不是14名，是13名，看错了."""
_AGAIN = re.compile(
    "[,。][啊哦噢呃哎]*(?:不对|不是|[说写打报]?错了)+,[^,。;!\n]*?[0-9一二三四五六七八九十][名个人位]?,[说写打报填]错了?[啊哈呀]*[。!~]*$"
)
"""8名，不对，9名，打错了: which of the two?"""
_IS = re.compile("[,\\s](?:系|是|都是|均为|全是|为)新?$")


def of_clause(walk: Walk) -> None:
    """What does not reach beyond the break of the clause."""
    end = walk.here.end
    if end not in (":", "("):
        walk.sort = Sort.PLAIN
    if end and end in "。;!\n?":
        walk.headed_units()
        walk.part = walk.reported = walk.cited = False
        walk.planned = walk.ordered = walk.earlier = walk.conditional = False
        walk.foreign = None
        walk.headed = []
    if end and end in "。;!?":
        walk.lonely = None
        walk.out.idle += walk.waiting
        walk.waiting.clear()
    if end == ")":
        walk.part = False


def of_all(walk: Walk) -> None:
    """What was named and got no value; what was taken back and not said again."""
    walk.headed_units()
    walk.out.idle += walk.waiting
    explained = walk.mended and _WHY.search(walk.slip) and not _AGAIN.search(walk.text)
    if walk.mending and walk.out.claims and not explained:
        last = walk.out.claims.pop()
        walk.out.void.append((last, Ask.VALUES))
        walk.out.questions.append(Question(Ask.VALUES, last.span))
    _said_behind(walk)
    strangers = any(place.depth > 0 for places in walk.units for place in places)
    if not walk.used and strangers and len(walk.units) == 1 and len(walk.out.claims) == 1:
        _behind_it(walk, walk.out.claims[0])
    if not walk.used and walk.out.claims and strangers:
        for token in walk.unit_tokens:
            walk.ask(Ask.UNIT, token)


def _said_behind(walk: Walk) -> None:
    """新进5，系执委; 12名念山 9名富美，都是新增执委: the figure in a clause of its own behind the numbers."""
    bare = [r for r in walk.out.claims if isinstance(r.value, int) and not r.indicators]
    idle = [token for token in walk.out.idle if names(token, COUNTED)]
    if not bare or len(idle) != 1 or not _IS.search(walk.text[: idle[0].start]):
        return
    for raw in bare:
        raw.indicators, raw.firm = idle[0].indicators, True
    walk.out.idle.remove(idle[0])
    doubts = [Question(Ask.UNREAD, raw.span) for raw in bare]
    walk.out.questions = [q for q in walk.out.questions if q not in doubts]


def _behind_it(walk: Walk, only: Raw) -> None:
    """11名执委——念山; 6，富美村的新增执委: the unit, and the figure, behind the number."""
    more = any(other.start >= walk.unit_tokens[0].end for other in walk.out.others)
    if more or only.places or not isinstance(only.value, int):
        return
    only.places, only.named, walk.used = walk.units[0], True, True
    idle = [token for token in walk.out.idle if names(token, COUNTED)]
    if not only.indicators and idle:
        only.indicators, only.firm = idle[-1].indicators, True
        walk.out.idle = []
