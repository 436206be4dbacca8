"""What an office writes over the list of its villages in words that say nothing of any: 我乡所辖各村推进有序：富美村…; 现将辖区村会改联进展上报：….

All its words are known ones, so none of it can make the numbers below it planned, old, or another's; only the names of figures in it
count, and those stay. A heading with any other word (各村计划新增执委：…) is read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core import numerals
from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report.plain import blank
from bot.core.unitnames import Mention

_OWN: Final = "\x01"
_VILLAGES: Final = (
    "(?:(?:下面|底下|所属|所辖|下辖|下属|[乡镇]属|管辖|辖区?内?|辖内|全部|所有|有关|相关|部分|各|的|几个|这)+(?P<many>[0-9一二两三四五六七八九十]+个?)?(?:行政)?村(?:居|级|里|一级|社区)?"
    "|(?P<bare>[0-9一二两三四五六七八九十]+个?)(?:行政)?村|(?:行政)?村(?:居|级|里|一级))(?:主席|妇女主任|妇联)*"
)
_FIGURES: Final = "(?:妇代会改(?:建)?(?:妇联)?|会?改联|新[增选]的?执委|执委新增|执委|新[增选])"
_WHO: Final = f"(?:(?:我们?|咱们?|本|全){{0,2}}(?:乡|镇|街道)(?:里|级|妇联)?|{_OWN}+(?:妇联)?|妇联)"
_OPENS: Final = "(?:按照|根据|按|依照)(?:县妇联|上级|通知|文件|工作|您的?|的|相关)*(?:要求|通知|安排|部署)|现在|现(?=[将把就上报汇呈])|将|把|就|关于|以下|下面|目前|截[至止]?(?:目前|现在|今[天日])|到目前(?:为止)?|本周|这周|今[天日]|先|再|我来?|这里|[向给]?(?:您|主席|领导|县里|县妇联)|收到|好的?|请|刚[才刚]?"
_TELLS: Final = "(?:汇总|汇报|上报|呈报|通报|报告|报送|反馈|统计|填报|报|整理|发|审核|查收|审阅|收)(?:上来|过来|齐|好|完毕|完|来|给|一下|个|下|上|了)*"
_SPEAKS: Final = (
    "工作|任务(?=完成|落实|推进|进展)|(?:基本)?情况|总体|整体|(?:完成|落实|推进|开展|推动|实施|进行)(?=情况|进度|进展|数|的?如下)|[进近]展|进度|推进|推动|开展|[铺推]开|启动|数据?|数字|人数|名单|名册|花名册|明细|清单|列表|一览表?|报表|台账|表格?|统计表"
    "|[战捷简周日月快速专]报|[战成结]果|动态|播报|小结|总结|概况|简况|(?:频传|连连|不断|来了)(?=[,:])|喜报|如下|[见下]表|具体|详细|详情|分别|依次|简要|逐村|[按分]村|出炉|记录|登记表?|(?:每周|每日|每月)(?:一报)?|一周|阶段性?|最[新近]|近期|本月|当前|上午|下午"
)
_WELL: Final = "有序|有力|顺利|良好|稳步|扎实|积极|平稳|正常|较好|很好|稳中有进|态势|势头|有条不紊|蹄疾步稳|全面|深入|持续|稳妥|高效|全力|喜人|可喜|不错|理想|热烈|火热|如火如荼|走深走实|见效|抓得紧|干劲足|行动迅速|很|参差(?:不齐)?|不一|已经?|都|均|全部?|齐|也|了|的|和|与|及|以及|中|是|为|有"
_DAY: Final = r"\(?(?:截[至止]?到?)?(?:[0-9]{4}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号]?)?(?:第[一二三四五]周)?|[0-9]{1,2}[./][0-9]{1,2}|(?:本月)?第[一二三四五0-9]{1,2}周|目前|今[天日])\)?"
_WORDS: Final = re.compile(
    rf"{_VILLAGES}|{_FIGURES}|{_WHO}|{_OPENS}|{_TELLS}|{_SPEAKS}|{_WELL}|{_DAY}|[\s,:\[\]]"
)
_THEIRS: Final = re.compile(_VILLAGES)
_FIGURE: Final = re.compile(_FIGURES)
_COUNTED: Final = re.compile("执委|新[增选]")
_SURVEY: Final = re.compile(f"(?:{_TELLS}|{_SPEAKS})[\\s,:是为]*$")
_SAID: Final = re.compile("[都均全已]经?部?(?:会?改联|妇代会改(?:建)?(?:妇联)?)[\\s:]*$")
"""三村均已改联：富美、念山、九蓬: what is told of them, and no heading."""
_FIRST: Final = re.compile(r"(?:[(\[]?[1一][、.)\]:,]|一是)\s*$")
_BEGINS: Final = re.compile(r"(?:^|(?<=[,。;!:\n]))\s*")
_CLAUSE: Final = re.compile("[^,;。!\n]*")
_ENDS: Final = (":", "\n", ",", "是", "为")


def without(text: str, lexicon: Lexicon) -> str:
    """The text of an office without such a heading, as long as before: the figures it names stay if the list names none."""
    if lexicon.own.level is Level.VILLAGE or not _FIGURE.search(text):
        return text
    names = lexicon.names.find(text)
    first = next((m for m in names if any(p.depth > 0 for p in m.places)), None)
    if first is None:
        return text
    front = _FIRST.sub("", _written(text, names, first.start))
    start = next((m.end() for m in _BEGINS.finditer(front) if _says_nothing(front[m.end() :])), -1)
    if start < 0 or not _as_many(front[start:], names) or _to_come(front, lexicon.today):
        return text
    head, end = front[start:], len(front)
    listed = _CLAUSE.match(text, first.end)
    figures = list(_FIGURE.finditer(head))
    named = listed is not None and _FIGURE.search(listed[0])
    if named or (_COUNTED.search(text, end) and not _COUNTED.search(head)):
        return blank.span(text, start, end)  # 各村会改联：富美12，念山9，均为新增执委
    kept = list(" " * len(head))
    for figure in figures:
        kept[figure.start() : figure.end()] = figure[0]
    if figures:
        kept[-1] = ":"
    return text[:start] + "".join(kept) + text[end:]


def _written(text: str, names: Sequence[Mention], until: int) -> str:
    """The text in front of the first village, with signs for the name of her own unit."""
    for mention in names:
        if mention.end <= until and mention.places[0].depth == 0:
            size = mention.end - mention.start
            text = text[: mention.start] + _OWN * size + text[mention.end :]
    return text[:until]


def _says_nothing(head: str) -> bool:
    """Whether these words are a heading, and all of them known ones."""
    if not head.rstrip(" ").endswith(_ENDS) or _WORDS.sub("", head) or _SAID.search(head):
        return False
    return bool(_THEIRS.search(head)) or bool(_FIGURE.search(head) and _SURVEY.search(head))


def _as_many(head: str, names: Sequence[Mention]) -> bool:
    """两个村 over two of them."""
    told = {
        numerals.value(many.rstrip("个"))
        for m in _THEIRS.finditer(head)
        if (many := m["many"] or m["bare"])
    }
    below = {m.places for m in names if any(p.depth > 0 for p in m.places)}
    return told <= {len(below)}


_DATE: Final = re.compile("(?P<month>[0-9]{1,2})[月./](?P<day>[0-9]{1,2})")
_SOON: Final = range(1, 90)


def _to_come(head: str, today: date | None) -> bool:
    """截至12月20日, in November: a day that is still to come."""
    found = _DATE.search(head)
    if (
        today is None
        or found is None
        or not (1 <= int(found["month"]) <= 12 and 1 <= int(found["day"]) <= 28)
    ):
        return False
    day = date(today.year, int(found["month"]), int(found["day"]))
    return (day - today).days in _SOON
