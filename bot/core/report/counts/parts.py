"""Numbers that are parts of one said before, or the whole that it is a part of: 其中党员5名, 总数17名其中新增12名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question
from bot.core.report.aside import measured
from bot.core.report.clauses.said import Collected, Raw, Sort
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_OF_MANY: Final = re.compile(
    "党|团员|大专|本科|学历|文化|高中|初中|岁|年轻|最[大小]|民族|平均|后|兼|代表|干部|返乡|连任|大学"
)
"""Words for what a person may be besides her trade, so that parts may overlap."""

_AT_WORK: Final = "(?:机关|企业|学校|单位|站所|两新|卫生院)"
_EITHER: Final = re.compile(f"男.*女|女.*男|{_AT_WORK}.*{_AT_WORK}")
"""Of two such parts nobody is in both: 其中机关6人，企业5人."""
_OF_BODIES: Final = re.compile("(?:机关|组织|企业|单位|学校|两新|站所)的?(?:干部|代表)")
"""机关干部, 两新组织代表: whom a body sends is of no other."""


_PERSONS: Final = (
    r"(?:的|有|是|:|\s)*(?P<{}>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}})[名个位人]?"
)
_PAIR: Final = re.compile(
    f"党员{_PERSONS.format('a')}[,、;和\\s]+(?:非党员?|不是党员的?){_PERSONS.format('b')}(?=[,、;。!)\\s]|$)"
    f"|已婚{_PERSONS.format('c')}[,、;和\\s]+未婚{_PERSONS.format('d')}|本[村地]的?{_PERSONS.format('e')}[,、;和\\s]+(?:外[村地]|嫁来)[^,;。!\n0-9]{{0,4}}{_PERSONS.format('f')}"
)
"""党员5名，非党员9名: two kinds of which everybody is one."""


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """A question where two such kinds come to more than the only number there is."""
    counted = [c for c in claims if isinstance(c.value, int)]
    if (fewer := measured.OUT_OF.search(told)) and measured.fewer(fewer):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    found = _PAIR.search(told, counted[0].span[0]) if len(counted) == 1 else None
    if found is None:
        return []
    both = sum(numerals.value(one) or 0 for one in found.groups() if one)
    return [Question(Ask.VALUES, c.span, c.indicators) for c in counted if both > int(str(c.value))]


def weigh(said: Collected, tokens: list[Token]) -> None:
    """Ask where the parts are more than the whole: 12名，其中教师5名、村医3名、个体户6名."""
    part = next((t for t in tokens if t.kind is Kind.PART), None)
    whole = [
        r for r in said.claims if isinstance(r.value, int) and part and r.span[1] <= part.start
    ]
    if part is None or not whole or not isinstance(whole[-1].value, int):
        return
    end = min((t.start for t in tokens if t.start > part.start and t.text in "。;!\n"), default=-1)
    inside = [t for t in tokens if t.start > part.start and (end < 0 or t.start < end)]
    parts = [
        t
        for t in inside
        if t.kind is Kind.NUMBER
        and t in said.others
        and not _there(inside, t)
        and not _names_a_group(inside, t)
    ]
    words = "".join(t.text for t in inside)
    if any(t.counted and t.number > whole[-1].value for t in parts):
        said.questions.append(Question(Ask.VALUES, whole[-1].span))  # 8名，其中党员9名
        return
    words = _OF_BODIES.sub("机关", words)
    apart = len(parts) == 2 and _EITHER.search(words) is not None
    apart = apart or (len(parts) > 2 and not _OF_MANY.search(words))
    if apart and sum(t.number for t in parts) > whole[-1].value:
        said.questions.append(Question(Ask.VALUES, whole[-1].span))


_AT_MEETING: Final = frozenset({Kind.PRESENT, Kind.EXPECTED, Kind.ABSENT})


def _there(inside: list[Token], number: Token) -> bool:
    """到会代表42人: a number of those who were there."""
    since = max(
        (t.end for t in inside if t.kind is Kind.BREAK and t.end <= number.start), default=0
    )
    return any(t.kind in _AT_MEETING and since <= t.start < number.start for t in inside)


_GROUP: Final = re.compile("[村居]?(?:民)?(?:小?组|片|网格|小?队|栋|号楼|区(?!域))")


def _names_a_group(inside: list[Token], number: Token) -> bool:
    """其中1组5名、2组6名: which group it is."""
    behind = next((t for t in inside if t.start >= number.end), None)
    return not number.counted and behind is not None and _GROUP.match(behind.text) is not None


def holds_the_new(total: Raw, rivals: list[Raw]) -> bool:
    """执委总数17名，其中新增12名: the new ones are a part of it."""
    new = [r for r in rivals if r.sort is Sort.ADDED and r.span > total.span]
    return bool(new) and more(total, new[0])


def adds_up(total: Raw, some: list[Raw], others: list[Token]) -> bool:
    """班子3人 执委11人 合计14人: a total of other people too, which may be the figure."""
    beside = sum(t.number for t in others if t.kind is Kind.NUMBER)
    told = sum(r.value for r in some if isinstance(r.value, int))
    return beside > 0 and told + beside == total.value


def more(one: Raw, other: Raw) -> bool:
    """Whether the first is a number, and the larger one."""
    both = (one.value, other.value)
    return isinstance(both[0], int) and isinstance(both[1], int) and both[0] > both[1]


def part_of_one(token: Token, claims: list[Raw], tokens: list[Token]) -> bool:
    """念山村12名，其中党员5名: a part of what was counted before it, though no figure is named."""
    return token.kind is Kind.NUMBER and any(
        isinstance(raw.value, int)
        and bool(raw.counted)
        and raw.value >= token.number
        and any(t.kind is Kind.PART and raw.span[1] <= t.start < token.start for t in tokens)
        for raw in claims
    )
