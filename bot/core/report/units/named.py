"""A village that speaks in the name of another: 念山村主席报，…; 报一下念山的：…; 报送单位：念山. Whose figures are they?

Only her own unit is hers to report. Another that gives its name is told by where the name stands, whether or not it is known; `neighbours` knows those of her county.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.plain import heard
from bot.core.report.words import danger
from bot.core.report.words.vocabulary import WORDS

_START: Final = r"(?:^|(?<=[,;:。!\n\s(—-]))"
_END: Final = r"(?=\s*(?:[,;:。!\n)—]|$))"
_ABOVE: Final = "(?:[\u4e00-\u9fff]{2,3}县)?(?:[\u4e00-\u9fff]{2,3}[乡镇])?"
_NAME: Final = "(?P<name>[\u4e00-\u9fff]{2,3})"
_ROLE: Final = "(?:妇联|妇女|副?主席|主任|书记|支书|干部|干事|文书|会计|委员|[\u4e00-\u9fff][姐嫂]|[小老][\u4e00-\u9fff])"
_TELLS: Final = "(?:报告|上报|汇报|报送|填报|报数?)"
_PAPER: Final = rf"(?:{_TELLS}|填表)?(?:单位|村名)(?:名称)?:?\s*"
_I_AM: Final = "(?:(?:我|俺|咱|阮|本人)们?(?:这里|这边)?(?:现在|如今)?(?:是|叫|代表|管|负责|调到|调去)?|这[里边]?是)"
_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_START}(?:{_I_AM}|{_PAPER})?{_ABOVE}{_NAME}(?:村|社区){_ROLE}*(?:了|的)?{_TELLS}?{_END}",
        rf"{_START}(?:这[里边]是|{_PAPER}){_ABOVE}{_NAME}{_ROLE}*{_END}",
        rf"(?:^|(?<=\n)){_ABOVE}{_NAME}妇联{_TELLS}?(?=[:,\s])",
        rf"{_START}(?![^,]{{0,2}}[进来自入向到去为]){_NAME}妇联{_ROLE}*[。!]*$",
        rf"{_START}(?:这是|报(?:一?下|个)?)?{_NAME}的(?:数据?|数字|情况|报表|人数)?(?=:)",
    )
)
_SIGNS: Final = frozenset("村社妇位是的")
"""Characters of which any such phrase holds one."""


def doubts(told: str, claims: list[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about claims that may be another village's."""
    if lexicon.own.level is not Level.VILLAGE or _SIGNS.isdisjoint(told):
        return []
    places = [
        found.span("name")
        for pattern in _NAMED
        for found in pattern.finditer(told)
        if _may_be_a_place(found["name"])
    ]
    known = lexicon.names.find(heard.put_right(told, lexicon)) if places else ()
    if all(any(m.start < end and start < m.end for m in known) for start, end in places):
        return []
    return [Question(Ask.UNIT, claim.span, claim.indicators) for claim in claims]


def _may_be_a_place(name: str) -> bool:
    """Whether nothing in it is a word of ours or of everyday life."""
    words = any(name[at : at + 2] in WORDS for at in range(len(name) - 1))
    plain = not words and not danger.no_place(name) and _OFFICES.isdisjoint(name)
    return plain and name[0] not in _NO_FIRST


_OFFICES: Final = frozenset("乡镇县市区")
"""呈县妇联: to whom it is told."""
_NO_FIRST: Final = frozenset(
    "我俺咱阮本全各该这那村新老大小整两三几多某别向跟给去在到从和与对由被找"
)
