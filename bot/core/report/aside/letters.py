"""How letters begin and end: 现将我村会改联情况报送如下，请查收：, 以上就是我村的情况, 感谢领导一直以来的关心, 现予上报，妥否请批示.

A clause wholly made of words of letters (`words.letter_words`) says nothing of a figure and is blanked out, whatever their order; with one word more
(以上是去年的情况, 请领导批准) it stays, and is judged as it was. What names a figure is a heading only where the figure is told behind it.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import IndicatorKind, Level
from bot.core.reading import Lexicon
from bot.core.report.aside import labels, opening
from bot.core.report.plain import blank
from bot.core.report.plain.made_of import wholly
from bot.core.report.words.letter_words import (
    AHEAD,
    EXCUSED,
    EXCUSES,
    OTHERS,
    PROMISED,
    SIGN,
    WORDS,
)

_CLAUSE: Final = re.compile(r"[^,;:。!?\n()\[\]【】~…]+")
_LEAST: Final = 3
_FIGURE: Final = re.compile("会改联|妇代会改妇?联|新增执委|新选执委|执委|区域化(?:建设)?")
_HEADING: Final = frozenset(
    str.split(
        "\x01 新增 开展 进展 推进 人数 建设 关于 对于 至于 问 问的 说的 要的 让报的 周报 月报"
        " 小结 总结 台账 进度 记录 现就 作 作如下 函 复函"
    )
)
_TOLD: Final = re.compile("新[增选]|执委|会改|改联|区域化|选举产生|选出|产生了?[0-9]")
_HEAD_SIGN: Final = re.compile("进度|台账|情况|数据|工作|报[告送上表]|汇报|如下|进展|说明|呈报|报$")


def _hers(said: str, lexicon: Lexicon) -> str:
    """The clause with every mention of her own unit as one sign."""
    for mention in reversed(lexicon.names.find(said)):
        if all(place.key == lexicon.own.key for place in mention.places):
            said = f"{said[: mention.start]}\x00{said[mention.end :]}"
    return _OURS.sub("\x00", said) if lexicon.own.level is Level.VILLAGE else said


_OURS: Final = re.compile("(?:[我本全]|我们)(?:村|社区)(?:妇联|里)?")


def without(text: str, lexicon: Lexicon) -> str:
    """The text without such clauses, as long as before."""
    if any(i.kind is IndicatorKind.STAGE for i in lexicon.indicators):
        return text  # 备案报上去了 is a figure there
    if opening.DID.search(text) and not opening.PLANNED.search(text) and not _APPLIES.search(text):
        text = opening.CLOSED.sub(blank.match, text)
    if not _TOLD_BY.isdisjoint(text):
        text = opening.sourced(text, lexicon)
    text = labels.without(text, lexicon)
    for needs, pattern in _LINES:
        text = pattern.sub(blank.match, text) if needs in text else text
    for label in _OF_HER.finditer(text) if ":" in text else ():
        named = _hers(label["name"].strip(), lexicon)
        if _HER_NAME.fullmatch(named):
            text = blank.span(text, *label.span())
    last = max((found.end() for found in _TOLD.finditer(text)), default=0)
    promises = last > 0 or (_WILL.search(text) is not None and _DIGIT.search(text) is None)
    for found in _CLAUSE.finditer(text):
        stop = text[found.end() : found.end() + 1]
        if stop not in ("?", "(") and _is_one(text, found, (last, promises), lexicon):
            end = found.end() + (stop in (":", ",") and bool(stop))
            text = blank.span(text, found.start(), end)
    return text


def _is_one(text: str, found: re.Match[str], ends: tuple[int, bool], lexicon: Lexicon) -> bool:
    """Whether a clause is only of a letter; `ends`: where the last figure is named, and whether promises may follow."""
    last, promises = ends
    said = found[0].strip()
    if len(said) < _LEAST:
        return False
    front = found.end() < last
    named = _FIGURE.sub("\x01", said)
    own = _hers(named, lexicon)
    if front and lexicon.own.level is not Level.VILLAGE and (_OFFICE.search(said) or "\x00" in own):
        return False
    if OTHERS.search(said) or _kept(text, found, front=front):
        return False
    if "\x01" in named:
        heading = _is_heading(text, found) if front else _SUMMED.match(said) is not None
        return heading and not _STATED.search(named) and wholly(own, WORDS | _HEADING)
    if SIGN.search(said) and not (front and _HOPED.search(said)) and wholly(own, WORDS):
        return True
    if EXCUSED.search(said) and wholly(own, EXCUSES):
        return True
    return promises and not front and PROMISED.search(said) is not None and wholly(own, AHEAD)


_HOPED: Final = re.compile("期[待盼]|希望|盼")
_IF: Final = re.compile(r"(?:如果?|若|要是)[^,;。!\n]{1,12},\s*$")
_SUMMED: Final = re.compile("(?:以上|上述|这就是|这是)(?=.*(?:情况|数据|汇报|报告|内容))")
_DIGIT: Final = re.compile("[0-9]")


def _kept(text: str, found: re.Match[str], *, front: bool) -> bool:
    """Whether what follows hangs on the clause: a list, a number that takes the place of another, the value of a label."""
    end = found.end()
    if _takes_back(text, found) or (front and _LISTED.match(text, end)):
        return True
    if _IF.search(text, 0, found.start()):
        return True
    said = found[0].strip()
    if front and _NOW.match(said) and _SOURCE.search(text, 0, found.start()):
        return True
    labelled = text[end : end + 1] == ":" and not _AS_FOLLOWS.search(said)
    return labelled and text[end + 1 : end + 2] != "\n" and _NEXT.match(text, end + 1) is None


def _is_heading(text: str, found: re.Match[str]) -> bool:
    """Whether a clause that names a figure is only a heading of what follows."""
    said, end = found[0].strip(), found.end()
    told = _TOLD.search(text, end)
    if not _HEAD_SIGN.search(said) or told is None or _STATED.search(text, end, told.start()):
        return False  # 会改联工作在镇党委的关心指导下，现已圆满完成，选举产生执委10名
    if _STATED.search(said):
        return False
    return _AS_ASKED.match(said) is None or _NEXT.match(text, end) is not None


def _takes_back(text: str, found: re.Match[str]) -> bool:
    """新增执委12名，不好意思，是13名: an apology between two numbers is of the first."""
    return (
        _SORRY.search(found[0]) is not None
        and _NUMBER.search(text, 0, found.start()) is not None
        and _IS.match(text, found.end()) is not None
    )


_SORRY: Final = re.compile("不好意思|对不[起住]|抱歉|歉|失误|疏忽|大意|粗心")
_IS: Final = re.compile(r"[,:。!\s]*[^,;。!\n]{0,8}?(?:是|应|错|改|更正|[0-9])")
_NUMBER: Final = re.compile("[0-9一二两三四五六七八九十]\\s*[名个人位]?|完成|村")
_LISTED: Final = re.compile(r"[:,\s]*(?:[一1](?:[、.]|是)|[(]1[)])")
_NOW: Final = re.compile("现|特|兹")
_AS_FOLLOWS: Final = re.compile("如下|[现兹]将|下面|以下")
_SOURCE: Final = re.compile("要求|通知|按照?|根据|依据|遵照|依照|为了?|贯彻")
_STATED: Final = re.compile("完成(?!情况|进展)|结束|完毕|好了|完了|顺利")
_WILL: Final = re.compile("今后|以后|一定|再接再厉|继续|不负|辜负")


_TOLD_BY: Final = frozenset("据按依遵")
_AS_ASKED: Final = re.compile("关于|对于|至于")
_NEXT: Final = re.compile(rf",?[^,;:。!\n0-9]{{0,12}}?(?:{_TOLD.pattern})")
_APPLIES: Final = re.compile("申请|增[补设加]|设立|调整|请示(?![。!\\s]*$)|请求|批准")
_OFFICE: Final = re.compile("[我本全][乡镇县]|各村")
_START: Final = r"(?:^|(?<=[,;。!\n]))\s*"
_END: Final = r"(?=\s*(?:[,;。!\n]|$))"
_OF_HER: Final = re.compile(
    rf"{_START}(?:单位全称|单位名称|盖章单位|制表单位|填表单位|上报单位|制表|填报村|行政村|村别|村居|村级|村名|盖章|签章|落款|报告单位|汇报单位|呈报单位|发文单位|发自|来自):(?P<name>[^,;:。!\n0-9]{{2,16}}){_END}"
)
_HER_NAME: Final = re.compile("\x00(?:村|社区)?(?:妇联|妇女联合会)?")
_PAPERS: Final = "(?:(?:新任|新增|妇联|会议|选举|现场|执委|全体)*(?:名单|花名册|照片|会议记录|签到表|登记表|报告单)[、和及]?)+"
_ABOVE_HER: Final = "[^,;:。!\n0-9村]{1,16}"
_LINES: Final = tuple(
    (needs, re.compile(f"{_START}{pattern}{_END}"))
    for needs, pattern in (
        ("附", rf"附件?(?:[一二三1-3])?:?{_PAPERS}(?:各?[0-9一二三四五]{{1,2}}(?:份|张|页|套))?"),
        ("属", rf"所属(?:乡镇|街道|县市?|[乡镇县])(?:\(街道\))?:{_ABOVE_HER}"),
        ("在", rf"所在(?:乡镇|街道|县市?|[乡镇县])(?:\(街道\))?:{_ABOVE_HER}"),
        (
            "送",
            rf"(?:主送|抄送|报送|呈送)(?:单位|机关|对象)?:{_ABOVE_HER}(?:妇联|党委|政府|组织部|办公室|领导)",
        ),
        ("无", "(?:其[他它])?(?:需要)?(?:说明|反映|特殊情况|备注)的?(?:情况|事项|问题)?:(?:暂)?无"),
        (
            "否",
            "是否(?:已|完成|经|进行)*(?:挂牌|公示|备案|归档|建群|存档|上墙|换牌|审核|报备):(?:是|√|已(?:挂牌|公示|备案|归档|完成|存档|审核|报备))",
        ),
        ("款", "落款:(?:我村|本村)?(?:妇联|妇女联合会)?"),
        ("文", "(?:正文|内容|标题)"),
        ("上", "敬上|谨上|拜上"),
        ("呈", "谨呈"),
        (
            "为",
            "为(?:了|切实|进一步|更好地?|扎实)*(?:做好|抓好|搞好|推进|推动|开展|落实)(?:会改联|妇代会改妇联)(?:工作|改革)*(?=,)",
        ),
        ("镇", "(?:乡镇|乡镇\\(街道\\)|上级单位):[^,;:。!\\n0-9村]{1,10}(?:镇|乡|街道)(?:妇联)?"),
        (
            "人",
            "(?:经手|经办|报告|汇报|上报|发送)人:(?:妇联)?(?:村?(?:副?主席|文书|会计|支?书记?|主任|干事))",
        ),
        ("章", "(?:盖章|签章|公章|签字):已(?:盖|签)(?:章|字)?"),
        (
            "无",
            "(?:工作|主要|特色|经验)*(?:亮点|做法|特色|邮箱|传真|[^,;:。!\\n0-9执增改选]{0,6}(?:事项|建议|问题|困难|需求)):(?:暂)?无",
        ),
        (
            "式",
            "(?:表决|选举|投票|会议|报送|召开)(?:方式|形式):(?![^,;。!\\n]*[未拟待没])[^,;:。!\\n0-9]{2,8}",
        ),
        ("统", "统计(?:口径|范围):(?:本村|全村|我村)"),
        ("期", "(?:周期|报告期|统计周期|报送周期|期数):第?[0-9]{1,2}[周期]"),
        ("牌", "(?:牌子|挂牌|挂牌情况):已(?:经)?(?:挂牌|挂上|挂好|挂)"),
        ("步", "下一?步(?:工作|打算|计划|安排)*:[^,;:。!\\n0-9执增改选]{2,16}(?=\\n|$)"),
    )
)
