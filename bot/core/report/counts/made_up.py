"""The people a figure is made up of, told beside it: 新增执委12名：主席1，副主席2，委员9; 党员3名，群众7名，合计10名.

A list of sorts of people, each with its number, that come to the figure itself says nothing more of it, and neither does who leads them
(一个主席两个副主席). It is blanked out before the sentence is read; a sum that comes out otherwise, and parts that are units, old members
or not elected yet, are left to be asked about.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.reading import Lexicon
from bot.core.report.plain import blank

_D: Final = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_W: Final = "[名个人位]"
_END: Final = r"(?=\s*(?:[,;。!\n)~]|$))"
_SORT: Final = r"(?:(?![老原旧留连候拟待预上下本次这那周月日号批届轮不没未缺减退辞改错票差补昨今前后新添增选投报反弃废应实共总余剩天年户岁男走现离镇乡县区定考商真假凑示其签漏犹愿意准估算报到]|村(?!干|民|两|医|支|委))[\u4e00-\u9fff]|退[休伍役]|本[地科土村]|辖区|未婚|嫁来){1,6}?"
_GROUP: Final = (
    r"(?<!\d)第?(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})(?:村民)?(?:小?[组队]|片区?|网格)"
)
_PLAIN_ONES: Final = "(?:其[他余]|剩下|余下|普通|一般)的?(?:执委|委员)"
_PART: Final = rf"(?:其中|分别|有|为|是|含|:)*(?:(?:{_GROUP}|{_PLAIN_ONES}|{_SORT})(?:有|为|是|:)?\s*(?:[0-9]{{1,2}}{_W}?|{_D}{_W}))"
_LIST: Final = rf"{_PART}(?:[,、;\s]*(?:和|及|,)?{_PART}){{1,7}}"
_ALL: Final = "(?:合计|共计|总计|一共|总共|共)(?:是|有)?"
_BEHIND: Final = re.compile(
    rf"(?<=执委)(?:一共|总共|总数|人数|共计?|合计|有|是|为|了|:|\s)*(?P<all>{_D}){_W}?(?P<gone>(?:[,:(\n]|。(?=其中))\s*(?:按[^,;。0-9]{{1,4}}分:)?{_LIST}\)?){_END}"
)
_IN_FRONT: Final = re.compile(
    rf"(?<=执委)(?:里面?|中|当中|其中)?(?P<gone>:?\s*{_LIST}[,;、\s]*)(?={_ALL}(?P<all>{_D}){_W}{_END})"
)
_AMONG: Final = re.compile(
    rf"(?<=执委)(?:有|共|:)?(?P<all>{_D}){_W}[,;][^。!\n]{{0,30}}?(?P<gone>(?<=[,;])(?:新增)?执委(?:里面?|中|当中)(?:{_LIST})){_END}"
)
_LEADERS: Final = (
    rf"(?:选举?(?:产生|出)?了?)?(?:(?:副?主席{_D}{_W}?|{_D}{_W}副?主席)[,、;\s]*(?:和|及)?){{2}}"
)
_WITH_LEADERS: Final = re.compile(
    rf"(?:^|(?<=[,。;:!\n]))(?P<gone>{_LEADERS}(?:{_PLAIN_ONES}{_D}{_W}?(?=[,;、。\s]*{_ALL}(?P<all>{_D}){_W}{_END})|(?:(?:执委|委员){_D}{_W}?|{_D}{_W}(?:执委|委员))(?=[,;、。\s]*(?:新[增选]执委{_ALL}|{_ALL}新[增选]执委|{_ALL}(?={_D}{_W}新(?:增|选)?执委))(?P<new>{_D}){_W}(?:新(?:增|选)?执委)?{_END})))"
)
"""主席1名，副主席2名，执委9名，共新增执委12名: it is the twelve that are counted; 共12名 alone may be of all of them."""
_NUMBER: Final = re.compile(
    rf"(?<!第){_D}(?=\s*{_W})|(?<![第\d])[0-9]{{1,2}}(?!\d|(?:村民)?(?:小?[组队]|片|网格))"
)
_ONE: Final = "[一1]"
_FEW: Final = "[一两二三四1-4]"
_LED: Final = re.compile(
    rf"(?P<all>)(?<=[名个人位])(?P<gone>[,:]\s*(?:其中)?(?:有|是|含)?"
    rf"(?:{_ONE}[名个位]|专职)?主席(?:{_ONE}{_W}?)?[、,和\s]*(?:{_FEW}[名个位](?:专职|兼职)?副主席|(?:专职|兼职)?副主席{_FEW}{_W}?)){_END}"
    r"(?!\s*[,、;]?\s*(?:其[余他]|剩|委员|常委|执委))"
)
"""一个主席两个副主席."""


def plainly(text: str, lexicon: Lexicon) -> str:
    """The text without such lists, as long as before."""
    if "执委" not in text:
        return text
    for pattern in (_BEHIND, _IN_FRONT, _AMONG, _LED):
        text = pattern.sub(lambda found: _left(found, lexicon), text)
    if "副" in text:
        text = _WITH_LEADERS.sub(lambda found: _counted(found, lexicon), text)
    return text


def _counted(found: re.Match[str], lexicon: Lexicon) -> str:
    """新增执委 in the place of such a list, if it comes to what is told behind it."""
    left = _left(found, lexicon)
    return "新增执委".ljust(len(left)) if not left.strip() else left


def _left(found: re.Match[str], lexicon: Lexicon) -> str:
    """What was found without the list, if it comes to the figure and names no unit."""
    gone = found["gone"]
    told = sum(numerals.value(one[0]) or 0 for one in _NUMBER.finditer(gone))
    whole = found["all"] or found.groupdict().get("new")
    if whole and told != numerals.value(whole):
        return found[0]
    if lexicon.names.find(gone):
        return found[0]
    start, end = (at - found.start() for at in found.span("gone"))
    return blank.span(found[0], start, end)
