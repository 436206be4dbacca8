"""What stands over a report, or in front of it, and makes it another one: 下周计划：⏎…, 念山村：⏎…, 代报，…, 你们村…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import unitlike, unitnames
from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question

# ---- a heading over lines ----------------------------------------------------------------------------------

_HEADING: Final = re.compile(
    r"(?:^|[\n。])\s*(?P<said>[^\n。:]{1,24}?)\s*(?::|如下|——|--)?\s*(?=\n)"
)
_TO_COME: Final = re.compile(
    "计划|打算|安排(?!落实)|任务|下(?:一?步|一?个?阶段|个?[周月]|半年|个?星期|个?礼拜)|方案|目标|待办|[未没]完成|正在进行|拟|候选|请示|会议(?:精神|内容|要求)"
)
_PLANNED: Final = re.compile(
    r"^\s*(?P<said>[^,。;:\n]{0,20}(?:方案|(?:任务|名额|指标|目标)(?:数?(?:分解|分配|下达)|清单)|工作计划))(?:表|如下|\(草案\)|\(征求意见稿\))*:"
)
"""任务分解：富美村新增执委12名: a plan stands over it in the same line."""
_BEFORE: Final = re.compile(
    "(?<!与)(?<!比)上(?:届|[个一]?[周月次])|去年|前年|以前|原[来有先]|现有|历史|[旧老](?:数据|执委|的)|作废|取消|删|格式|模板|样[例本表]|示例|不知道|不确定|群里说|[吗?]$"
)
_OTHERS: Final = re.compile(
    "各村|全[乡镇县市](?!域)|村级|村里|隔壁|邻村|别的|兄弟|[代替帮托转](?!表)[^,]{0,6}[报发]|^转|让我报|发来"
)
_WRONG: Final = re.compile("[报发写填打]错|错的")
_RESULT: Final = re.compile(
    "落实|(?:完成|执行|推进|进展|办理|开展)情况|汇报|总结|已|本周(?!以)|这周|进度"
)


def doubts(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about the claims whose heading is a plan's, another time's or another unit's, or that are told for somebody else."""
    told = [c for c in claims if c.value is not Mark.NOT]
    if not told:
        return []
    found = _under_headings(text, told, lexicon) if "\n" in text else []
    planned = _PLANNED.match(text) if ":" in text else None
    if planned and not _RESULT.search(planned["said"]):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in told]
    if not found and ":" in text and _of_those_above(text, told, lexicon):
        return [Question(Ask.UNIT, c.span, c.indicators) for c in told]
    if not found and lexicon.own.level is Level.VILLAGE:
        ask = _of_another(text, told, lexicon)
        found = [Question(Ask.UNIT, c.span, c.indicators) for c in told] if ask else []
    return found


_PAPER: Final = re.compile(
    r"^\s*(?P<said>[^,。;:\n]{1,24}?)(?:工作|最新|本周|每周|第[0-9一二三四五六七八九十]+期|\([^()]*\))*(?:简报|[周月日快]报|通报|进[展度]|情况|小结|总结|统计|汇总|报表|数据|信息)(?:如下|情况|表)*\s*:"
)
_ABOVE: Final = {
    Level.VILLAGE: re.compile("各村|全[乡镇县市]|(?:[县市乡镇]|街道)(?:里|级|[妇夫]联|妇女联合会)?(?:会改联|区域化|的|妇女|改革|建设)*$"),
    Level.TOWNSHIP: re.compile("各乡镇?|全[县市]|[县市](?:里|级|[妇夫]联|妇女联合会)?(?:会改联|区域化|的|妇女|改革|建设)*$"),
}  # fmt: skip
_TOLD_TO: Final = re.compile("^(?:报告?|致|呈|向|给|汇报|回)|[给向]")


def _of_those_above(text: str, told: Sequence[Claim], lexicon: Lexicon) -> bool:
    """县妇联工作简报：新增执委9名; 各村进展：新增执委12名, by a village: what others tell, and not of her."""
    found, above = _PAPER.match(text), _ABOVE.get(lexicon.own.level)
    if found is None or above is None or any(c.named for c in told):
        return False
    said = found["said"]
    return above.search(said) is not None and _TOLD_TO.search(said) is None


def _under_headings(text: str, told: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    headings = [
        (m.end(), m["said"].strip())
        for m in _HEADING.finditer(text)
        if not any(c.span[0] < m.end() and m.start() < c.span[1] for c in told)
    ]
    found: list[Question] = []
    for claim in told:
        above = [said for end, said in headings if end <= claim.span[0]]
        ask = _heading(above[-1], claim, lexicon, first=len(above) == 1) if above else None
        if ask is not None:
            found.append(Question(ask, claim.span, claim.indicators))
    return found


def _heading(said: str, claim: Claim, lexicon: Lexicon, *, first: bool) -> Ask | None:
    if _RESULT.search(said):
        return None
    if _TO_COME.search(said):
        return Ask.NOT_DONE
    if _BEFORE.search(said) or (first and _WRONG.search(said)):
        return Ask.EARLIER
    if not claim.named and (_OTHERS.search(said) or _stranger(said, lexicon)):
        return Ask.UNIT
    return None


# ---- somebody else's -----------------------------------------------------------------------------------------

_PLACE: Final = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,5}?(?:村|社区|镇|乡))(?:妇联|妇代会|的?(?:数据?|情况|如下))*$"
)
_GENERAL: Final = re.compile(
    "^(?:我们?|咱们?|俺们?|阮|本|这|该|全|各|每|哪|两|几|[一二三四五六七八九十0-9]+个?|行政|新|农|山|乡|下|上|进|到|在|是|和|与|个|级|城|老|回|向|报|镇|县|市)*(?:村|社区|镇|乡)$"
)


def _stranger(said: str, lexicon: Lexicon) -> bool:
    """Whether it ends with the name of a place that is neither hers nor above hers nor below."""
    found = _PLACE.search(said)
    return found is not None and not _ours(found["name"], lexicon)


def _ours(name: str, lexicon: Lexicon) -> bool:
    if _GENERAL.match(name) or lexicon.names.find(name):
        return True
    own = unitnames.short(lexicon.own.name, lexicon.own.level)
    return own[:2] == name[:2] or unitlike.sounds_the_same(name, own)


_N: Final = "(?P<name>[\u4e00-\u9fff]{2,4}?)"
_NO_NAME: Final = re.compile(
    "[夫妇新老来当做想就要没是余都农我你您她他咱俺本该各每全县乡镇市省街区]|^(?:村里|这个|那个|新任|新的|现任|上级|领导|主席|书记|妇女|尊敬|报告|汇报|一个|咱们|村|社区)"
)
_FOR_OTHERS: Final = re.compile(
    rf"(?:^|[,。\s])(?:我)?(?:代报|借[^,。:]{{0,8}}(?:手机|号)[^,。:]{{0,4}}报(?:一下)?|帮(?:姐妹|人|人家|别人|朋友)报(?:一下)?)\s*(?:[,:。]|$)|代报零报告|(?:^|[,。:\s]){_N}(?:村|社区)?(?:的|那边|这边)?(?:大姐|姐妹|嫂子|主席|主任)?(?:[让托叫](?:我|俺)[代替帮]?报(?:一下|的)?|发来(?:的|了)?)\s*(?:[:,。\s]|$)"
)
_YOURS: Final = re.compile(
    "(?:^|[,。\\s:@])(?:你们?|你|该)(?:[村社镇乡]区?|那边|那里|们)?(?=新增|新选|的?执委|会改联|区域化|改联)|(?:我们?|我)(?:没有?|未)报过?(?=[^,。]*(?:新增|执委|会改联|完成))|(?:^|[,。\\s])你们?(?:们)?(?:写|打|登记|登|记|给我[们]?[登记写报])的?(?:了|是)*(?=[^,。]*(?:新增|执委|会改联|完成))"
)
_OTHER_BODIES: Final = re.compile(
    "(?:企业|合作社|商会|公司|工厂|学校|协会|老人会|两新组织)妇联[,:\\s]*(?:新增|新选)?(?:的)?执委|(?:老人会|商会|合作社)(?:新增|新选)执委"
)


def _of_another(text: str, told: Sequence[Claim], lexicon: Lexicon) -> bool:
    if any(c.named for c in told):
        return False
    if "报" in text or "发来" in text:
        proxy = _FOR_OTHERS.search(text)
        name = (proxy["name"] or "念") if proxy else ""
        if proxy and (proxy["name"] is None or not (_NO_NAME.search(name) or _ours(name, lexicon))):
            return True
    return _YOURS.search(text) is not None or _OTHER_BODIES.search(text) is not None
