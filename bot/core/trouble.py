"""困难 in words: which kind a text speaks of, and to which level somebody wants one passed on."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from bot.core import text as texts
from bot.core.model import Level


class Kind(StrEnum):
    """缺编制, 缺经费, 缺场所, 缺人员; OTHER is free."""

    POSTS = "posts"
    MONEY = "money"
    PLACE = "place"
    PEOPLE = "people"
    OTHER = "other"


_KINDS: Final = (
    (Kind.POSTS, re.compile("编制|岗位|专职")),
    (Kind.MONEY, re.compile("钱|经费|资金|拨款|补贴|工资|报酬|费用|误工")),
    (
        Kind.PLACE,
        re.compile("场[所地]|地方|办公室|办公楼|会议室|活动室|阵地|房|漏雨|村部(?!说|让|没人)"),
    ),
    (
        Kind.PEOPLE,
        re.compile("人手|没人|缺人|人员|[没少无]有?人|人[不凑]|凑不齐|选不出|不愿|不肯|愿意干"),
    ),
)
_LEVELS: Final = {
    "全国": Level.NATIONAL, "国家": Level.NATIONAL, "省": Level.PROVINCE, "市": Level.CITY, "县": Level.COUNTY, "区": Level.COUNTY,
    "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP, "乡镇": Level.TOWNSHIP, "街道": Level.TOWNSHIP,
}  # fmt: skip
_LEVEL: Final = re.compile(
    f"(?:交?给|到|请)?(?P<level>{'|'.join(sorted(_LEVELS, key=len, reverse=True))})(?:里|级|上)?(?:妇联)?(?:办|处理|解决)?"
)
_ABOVE: Final = re.compile(
    "(?:交?给|到|请)?(?:上面?一?级|上面|上头|领导)?(?:妇联)?(?:办|处理|解决)?"
)


def kind(said: str) -> Kind:
    """The kind the text speaks of: the first that has a word in it."""
    folded = texts.key(said)
    return next((one for one, words in _KINDS if words.search(folded)), Kind.OTHER)


def above(said: str) -> bool:
    """Whether the words after 转交 name nobody in particular: '', 上级, 给上面."""
    return _ABOVE.fullmatch(texts.key(said)) is not None


def level(said: str) -> Level | None:
    """The level that 县里, 市妇联, 给省级 name; None for any other words."""
    found = _LEVEL.fullmatch(texts.key(said))
    return _LEVELS[found["level"]] if found else None
