"""A notice copied above her own line, and the head of a list that goes round: 请各村于今天上报会改联完成情况。⏎富美村：会改联完成，新增执委12名."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report.plain import blank

_HEAD: Final = re.compile(
    "请报|督促各村|请(?:各|大家|按|及时|今天|于|在|务必)|各[村位](?:主席|妇联)?(?:请|注意|今天|于|务必|:)|通知|接龙|(?:统计|汇总|登记|反馈|上报|情况)表?$|今[天日](?:下班|中午|下午)?前"
)
_VALUE: Final = re.compile(
    "[0-9一二两三四五六七八九十]+\\s*[名个人位]|(?<!是否)(?:已|全部|顺利)*完成(?!情况|进展|进度|数|率|与否|时间|任务|的)|新增执委\\s*:?\\s*[0-9]"
)
_ANOTHER: Final = re.compile(
    "培训|报名|参会|到会|出席|材料|动员|代表(?!大会)|志愿|党员|计划|[拟候]|预[计备]|任务(?!完成)|名额|指标|目标|[样例]|去年|上[周月次届]|安排|不少于|至少|隔壁|转(?!发)|代报|帮"
)
"""What makes another thing of the lines below it: a plan, an example, another's."""
_LABEL: Final = re.compile(
    "\\s*(?:[0-9]{1,2}[.、)]\\s*|(?:村名?|单位|填报单位|报送单位|名称)\\s*:\\s*)?"
)
_OURS: Final = re.compile("[我本](?:村|社区)")


_NAMED: Final = re.compile("会改联|妇代会改|执委|区域化|数据")
_ROUND: Final = re.compile(r"\n\s*[0-9]{1,2}[.、)]")
"""The lines of a list that goes round: with more than hers, whose are they?"""


def without(text: str, lexicon: Lexicon) -> str:
    """The text without such lines, as long as before."""
    end = text.find("\n")
    while end > 0 and not _hers(text, end + 1, lexicon):
        end = text.find("\n", end + 1)
    if end <= 0:
        return text
    above = text[:end]
    if _VALUE.search(above) or _ANOTHER.search(above) or not _VALUE.search(text, end):
        return text
    if "接龙" in above and len(_ROUND.findall(text, end)) > 1:
        return text
    if "接龙" not in above and not _NAMED.search(above):
        return text
    if not all(_HEAD.search(line.strip(" 。:;")) for line in above.split("\n") if line.strip()):
        return text
    return blank.span(text, 0, end)


def _hers(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether a line begins with her own village, or with one that she reports for."""
    label = _LABEL.match(text, start)
    at = label.end() if label else start
    village = lexicon.own.level is Level.VILLAGE
    if village and _OURS.match(text, at):
        return True
    for found in lexicon.names.find(text[at : at + 12]):
        if found.start == 0:
            return all(p.depth == 0 if village else p.depth >= 0 for p in found.places)
    return False
