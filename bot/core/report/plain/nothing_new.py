"""A whole clause that says that nothing is new, put as 没有新增: 这盘没得新增的哈, 经核实我村会改联工作无新增情况，实行零报告.

It is composed of what every such clause is composed of: who looked, when, whose, of what, that nothing is new, 零报告 in its place, and an
ending. Where anything else stands in it, or a figure elsewhere in the sentence, it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_SURELY: Final = "(?:仔细|认真|逐一|逐户|再次|又|全面|反复|都|重新|刚刚?|刚才|已经?|我们?|我)"
_LOOKED: Final = (
    f"(?:(?:经|经过|{_SURELY}|[跟和与向问找](?:各|几个|下面)*(?:(?:村民)?小?组长?|村(?:妇联|主席)?))*"
    "(?:核实|核对|核查|核|排查|摸排|清查|自查|查看?|统计|梳理|走访|了解|盘点|清点|问|对)"
    "(?:过|了|完|一下|一圈|一遍|后|之后|下|台账|本子|名册)*,?)"
)
_WEEK: Final = "(?:个?一?(?:周|礼拜|星期)|阵子|[次回期盘趟轮阵]|个月|段时间|几天|七天|半个?月)"
_TIME: Final = (
    f"(?:(?:(?:[从自](?:周一|上周)|周一)(?:开始)?(?=[到至]))?(?:截[至止]到?|到|至|直到)?(?:[这本]{_WEEK}(?:里|内|以来|到现在|到今天|来)?|目前|眼目前|眼下|现阶段|今天|如今|近期|最近|近来|暂时|现在)"
    "(?:来|呀|啊|呢|嘛)?(?:,|为止)?)"
)
_OWN: Final = (
    "(?:(?:我们?|咱们?|俺们?|本|阮|伲|吾)(?:村子?|社区|乡|镇)(?:里|上|这边|这里|这儿)?"
    "|(?:我们?|咱们?|俺们?)(?:这边|这里|这儿|这(?![次回期盘趟轮阵周个礼星一段几七半]))?|[村镇乡]里|社区里?)"
)
_OF: Final = "(?:(?:的|各项|相关|全部|所有)*(?:数据|数字|指标|人数|工作数据)(?:方面|上|情况|这一?块|这边)?|情况)"
_CAMPAIGN: Final = "(?:(?:妇代会改妇联|会改联)(?:工作|数据|各项|方面|情况|指标|相关|这一?块|进展)*)"
_YET: Final = "(?:还(?!是))"
_SO: Final = "(?:都|也|还是|真的?|确实|又|依然|依旧|仍然?|照样|均|全|硬是|实在|反正)"
_NO: Final = "(?:没有得?|没得?|冇得?|莫得|么得|木得|木有|呒没?|冒得|毛得|[暂并]无|无)"
_ANY: Final = "(?:什么|啥[子物个]?|么[子个哩]|乜嘢?|任何|哪样|哪个|半点儿?|一点儿?|半个|一个)"
_ALSO: Final = "(?:也|都|拢|全|才)*"
_NOUN: Final = "(?:人员?|成员|情况|数据|数字?|变化|变动|异动|内容|事项|对象|东西)"
_ADDED: Final = "(?:新增加?|新加|新添|新选|增加|增员)"
_NEW: Final = f"(?:{_ADDED}(?:的?{_NOUN}|的|什么|啥)?|新的?(?:情况|数据|数字|人员|人)|新鲜的)"
_NONE: Final = (
    f"(?:{_NO}{_ANY}?的?(?:要|需要|可|有)?{_NEW}|{_NO}{_ANY}新的"
    f"|{_NO}有?人(?:新增|新加|新进|加入|加进来|进来|选进来)|[没冇莫][加添进增]新?人|没增|{_NO}{_ANY}?(?:可以?|需?要|好|值得)(?:上报|填报|汇报|报送|报)(?:的?(?:新增)?的?{_NOUN})?|{_NO}(?:人员|数据)新增(?:情况)?"
    f"|连?(?:一个|半个|一名|一点儿?|{_ANY})(?:新的?)?人?的?{_ADDED}?的?{_ALSO}{_NO}(?:有)?(?:{_ADDED}[起到]?|[加增添进](?:人|进来)?)"
    f"|连?(?:一个|半个|一名|一点儿?|{_ANY})的?(?:新的|新人|{_ADDED})(?:的|人|情况|数据)?{_ALSO}{_NO})"
)
_TAIL: Final = "[嗷哈哦噢呢呀啊嘛噻咯哩咧嘞喽哒啦呗哟滴捏哇了的唷呦喔呐嗯诶嗨]*"
_LED: Final = "(?:我们?|周(?=报)|就|也|还|都|所以|那|特此?|现|先|照例|继续|依旧|依然|还是|仍是?|给我?|麻烦|[您你]|请|记|[按作做为是]|按照|实行|执行|予以|本周|这周)*"
_ZERO: Final = "(?:[零0]报告|[零0]汇报|[报记填写](?:个|一个|为)?[零0]蛋?|[零0]报|[零0])(?:一下|处理|上报|报送|登记|记录?|报)*吧?"
_END: Final = r"(?=(?:谢谢|辛苦了?|多谢|感谢|麻烦|领导|主席|您)*\s*(?:$|[,。;!~\n]))"
_START: Final = rf"(?:(?:^|(?<=[,。;!:\s村区乡镇]))|(?<![周次拜期从自])(?={_TIME}))(?P<head>(?:{_LOOKED}|{_TIME}|{_OWN}|{_CAMPAIGN}|{_OF}|{_YET}|{_SO})*+)"
_RUN: Final = re.compile(
    rf"{_START}{_NONE}{_TAIL}(?P<zero>(?:[,。;!~\s]+(?={_LED}{_ZERO}{_TAIL}{_END})|(?={_LED}[零0]报)){_LED}{_ZERO}{_TAIL})?{_END}"
)
_TURNED: Final = re.compile(
    rf"{_START}{_LED}(?=[零0]报|报)(?:{_ZERO}){_TAIL}[,。;!~\s]+(?:{_TIME}|{_OWN}|{_OF}|{_SO})*{_NONE}{_TAIL}{_END}"
)
"""实行零报告，无新增."""
_THAN: Final = "(?:[跟和与同较比]上(?:个|一)?(?:周|次|礼拜|星期|回|期)(?:报的|的|比|相比|比较)*,?)"
_CHANGED: Final = "(?:变化|变动|改变)"
_ALIKE: Final = (
    f"(?:(?P<than>{_THAN}(?:{_SO}*{_NO}{_ANY}?的?(?:{_CHANGED}|变|动|[两二]样|不一样|区别|差别|不同)|(?:都|还是|是|完全)*(?:一模一样|一样一样|一个样|保持(?:一致|相同|不变|持平|一样)|完?全?(?:一致|相同|持平|一样))的?))"
    f"|一样(?:一样)?的?[,\\s](?:没有?变化?|没动|不变|无变化)|{_NO}{_ANY}?的?(?:{_CHANGED}|不一样)(?:的|情况)?"
    f"|(?:{_ANY}|一丝)的?(?:{_CHANGED}{_ALSO}{_NO}|{_ALSO}{_NO}(?:变化?|动|变动)))"
)
_AS_LAST: Final = f"(?:就|还|也|我们|请)*(?:按照?|照抄?|照着|维持|沿用|用)上(?:个|一)?(?:周|次|礼拜|星期|回|期)(?:报?的|数据|数字|数|报|填|来|算|记|登记)*(?:就行|就好|即可|就可以|吧)?{_TAIL}"
_LIKE: Final = re.compile(rf"{_START}{_ALIKE}{_TAIL}(?:[,。;!~\s]+{_AS_LAST})?{_END}")
_THEN: Final = re.compile(
    rf"(?P<same>(?:一样|没变化?|无变化|没变动|无变动|没动|不变|照旧|老样子|一致|相同|持平|一个样|那样)的?){_TAIL}[,。;!~\s]+{_AS_LAST}{_END}"
)
_ENDING: Final = re.compile(
    r"(?<=[样变动化旧致平同增告子况加人])[嗷滴呐唷捏呦噢哟]+(?=[,。;!~\s]|$)"
)
"""没变化嗷, 零报告滴: endings of speech."""
_ENDINGS: Final = frozenset("嗷滴呐唷捏呦噢哟")
_TURN: Final = re.compile(
    rf"(?:^|(?<=[,。;!\s村区们里边数据]))[这本][盘趟轮](?=(?:{_OWN}|{_OF}|{_SO})*(?:[没无冇莫跟和与同较不]|一点|一样|老样|照旧|维持|还那样))"
)
"""这盘照旧: this time, as they say in Sichuan."""
_MINE: Final = re.compile(_OWN)
_WHEN: Final = re.compile(_TIME)
_WHOLE: Final = re.compile(_CAMPAIGN)
_STILL: Final = re.compile(_YET)
_NEWS: Final = re.compile(f"新的?(?:情况)?{_TAIL}$")
"""这周没有新情况: as before."""
_ELSEWHERE: Final = re.compile(
    "[0-9一二两三四五六七八九十][名个位人]|执委|改联|区域|完成|新[增选]|[弄搞办做改选][好完成]|[?吗]"
)
"""A figure, or a question, in what is left of the sentence."""


def plain(text: str) -> str:
    """The text with such clauses put plainly."""
    signs = frozenset(text)
    if not _ENDINGS.isdisjoint(signs):
        text = _ENDING.sub("啊", text)
    if not signs.isdisjoint("盘趟轮"):
        text = _TURN.sub("这次", text)
    if not _SIGNS.isdisjoint(signs):
        if "零" in signs or "0" in signs:
            text = _everywhere(_TURNED, lambda found: f"{_led(found['head'])}没有新增,零报告", text)
        text = _everywhere(_RUN, _none, text)
    if not signs.isdisjoint("变动样别同致持"):
        text = _LIKE.sub(lambda found: _same(found) if found["than"] else found[0], text)
        text = _everywhere(_LIKE, _same, text)
    if "上" in signs:
        text = _everywhere(_THEN, lambda found: found["same"], text)
    return text


def _everywhere(pattern: re.Pattern[str], told: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with what such a clause says, if nothing of a figure is beside it."""
    return text if _ELSEWHERE.search(pattern.sub("", text)) else pattern.sub(told, text)


def _same(found: re.Match[str]) -> str:
    """没变化 of all, or 跟上周一样; what is not yet, or only of one figure, stays."""
    head = found["head"]
    if _WHOLE.search(head) or _STILL.search(head):
        return found[0]
    return f"{_led(head)}{'跟上周一样' if found['than'] else '没变化'}"


def _led(head: str) -> str:
    """Whose, and of when."""
    mine = _MINE.search(head)
    return f"{mine[0] if mine else ''}{'本周' if _WHEN.search(head) else ''}"


def _none(found: re.Match[str]) -> str:
    """Whose, when, 没有新增 and 零报告; what is not yet, or only of one figure, is nothing of all if 零报告 says so."""
    head, zero = found["head"], found["zero"]
    if not zero and (_WHOLE.search(head) or _STILL.search(head) or _NEWS.search(found[0])):
        return found[0]
    return f"{_led(head)}没有新增{',零报告' if zero else ''}"


_SIGNS: Final = frozenset("新增加添进报")
