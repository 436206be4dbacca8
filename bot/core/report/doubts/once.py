"""Done that is only spoken of: 完成了告诉你, 书记回来就完成会改联 (once it is done), 完成有点悬, 会改联按完成报, 忙完再弄."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question

_END: Final = re.compile(r"[,。;!:?\n()~…]")
_ME: Final = "(?:我们?|咱们?|就|再|会|也|可以|立[即刻马]|马上|第一时间|及时|直接|一起|一并|一块儿?|和执委|连执委|肯定|一定)"
_YOU: Final = "(?:[你您]们?|领导|主席|大家)"
_TOLD_THEN: Final = (
    f"{_ME}*(?:告诉{_YOU}|给{_YOU}(?:上?报|发|说|讲|打)[^,一]{{0,4}}|[跟和]{_YOU}[说讲]|发(?:给)?{_YOU}(?:照片|名单|材料|图片?|消息)?|报给{_YOU}|[叫喊]{_YOU}|通知{_YOU}|打(?:给)?{_YOU}?电话(?:给{_YOU})?|回复{_YOU}|说一声)"
    f"|{_ME}+(?:上?报|汇报|报告|发[^,]{{0,4}})|报|请(?:大家|各村)?(?:回复|告知|告诉[^,]{{0,3}}|报[^,告]{{0,3}}|举手|联系[^,]{{0,3}})"
)
_THEN: Final = (
    "(?:那|我们?|咱们?|大家)*(?:就|也就|可就)(?:能|可以|算)*(?:轻松|解脱|休息|歇|放心|省心|安心|好|松口气|没事|不用)[^,]{0,4}"
    "|(?:那|该|那该|就)*多好|我?请客|我请[^,]{0,5}|才(?:有|能|会|可以|选|算|好)[^,]*|(?:还|哪)(?:用|要)(?:得着)?[你您]?[^,]{0,4}|有(?:补助|奖|钱|没有)[^,]*|[^,]{0,3}谁出[^,]*"
)
_ONCE: Final = re.compile(f"[了啦]?(?:{_TOLD_THEN}|{_THEN})[吧哈啊呢哦]*")
_AS_A_NOUN: Final = re.compile(
    "(?:有点|有些|比较)?悬|进度(?!.*(?:100|百分|已|全))|度|靠[你您咱大]|报告(?=[在还没要正])|是(?:大事|关键|目标|任务|重点|难)|[很不太真]?(?:容易|简单|重要|难)|记录|表(?=发|[格单]|在|给|怎)|照片(?=[^,]{0,3}[哪怎什])"
    "|的(?=给|请|报|村(?=报|要|请|先)|好处|有(?=[奖补钱])|可以|要|话|先|快|发|标准|意义|必要)|有奖|得(?:很|比较|有点|太)?[慢难]|选代表|(?:执委|候选)?(?:人选|候选人)的?(?:酝酿|推荐|提名|推选|考察|公示|审核)(?:工作)?$"
)
_OF_PAPERS: Final = re.compile(
    "(?:[写填划抄印太]|(?<!上)报|划分)好[了啦]?$|算了$|(?:报表|表格?|[Pp][Pp][Tt]|课件|报告|总结)上?(?:已经?|都|也|写|做|弄|填|的)*(?:完成|[写做弄填搞]好)了?$"
    "|(?:(?<![当恰应妥正])当|按|先[报写填]|能[报写填]|可以[报写填]|该[填写报]|[我就]当)已?完成[了报]*$|(?:挂|签|盖|批)了[^,昨上]{1,3}就[完成办搞弄]+[好了]*$"
)
_UNSETTLED: Final = re.compile(
    "(?:^|[,。;!\\s])选举(?:会)?(?:在|是|要|就|得|放)*(?:下|明|后|月底|年底|周|星期|礼拜)"
)
_AFTER_THAT: Final = re.compile(
    "了?(?:这|那)?(?:几天|阵子?|段时间|一?周|些事|后|以后|之后)*(?:再|就|才|马上|接着)?(?:来|去)?[弄搞办做](?![了过好完成定妥])"
)
"""忙完再弄: what is over by then is another thing."""
_OTHER_WORK: Final = frozenset(("忙完", "办完", "搞完", "弄完", "做完"))
_FIGURE: Final = "(?:妇代会改(?:建)?妇联|[会回]?改妇?联|区域化(?:建设)?|任务|工作|我们?|我村|村里)*"
_COMES: Final = "(?:回来|回村|到家|来人|有空|得空|到齐|点头|同意|签字|盖章|拍板|批复)了?"
_OVER: Final = "[忙收采割摘种插过办吃弄晒开公投换选搞][^,0-9]{0,4}完[^,0-9]{0,3}"
_TAKES: Final = "(?:挂了?牌|挂了牌子?|会开了|开了?会|选了?执委|执委选[好完了]|[章牌][^,0-9]{0,3}[到好来]了?|[牌证批文][^,0-9]{0,3}(?:下来|到手|到位?)了?)"
_IF: Final = re.compile(
    f"(?:^|[^,])(?:(?:{_COMES}|{_OVER}|{_TAKES}){_FIGURE}就(?:可以|能|会|算|都|全部)*|(?:回来|到家|有空|得空)(?:再|马上|来|去)*)$"
)
_IT_TAKES: Final = re.compile(
    f"[^,。;!]{{0,8}}(?:{_COMES}|{_TAKES}),{_FIGURE}就(?:可以|能|会|算|都|全部)*$"
)
"""牌子到了，会改联就完成了."""
_PASSED: Final = re.compile(
    "昨|前天|上[周次个午]|已|早|刚|终于|总算|去年|今天|当[天时场]|那天|[0-9一两二三四五六七八九十半几]+(?:天|个|次|月|号|日|小时)"
)
_LEFT: Final = re.compile(
    "(?:^|[,。;!\\s])(?:就|只|还|现在|目前|光|单)*(?:剩|差|缺)(?:下|了|个|一个|一步)*(?:挂牌|授牌|揭牌|公示|备案|批复|盖章|选举|开大?会|投票|选人)(?:了|环节|这步|没[^,]{1,2})*(?=[,。;!\\s]|$)"
)
_SOME: Final = re.compile("(?:有的|有些|一些|部分|一半|多半|大半)(?:都|也|已经?)*$")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about a completion that is a condition, a noun, or said of papers."""
    found: list[Question] = []
    for claim in claims:
        if claim.value is not Mark.DONE:
            continue
        ask = _of(text, *claim.span)
        found += [Question(ask, claim.span, claim.indicators)] if ask else []
    return found


def _of(text: str, start: int, end: int) -> Ask | None:
    """The reason to ask about 完成 at a place in the text."""
    begin = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    until = _END.search(text, end)
    said, rest = text[begin:end], text[end : until.start() if until else len(text)].strip(" ")
    if _ONCE.fullmatch(rest) or _UNSETTLED.search(text, end):
        return Ask.NOT_DONE
    front, over = text[begin:start], rest[:1] in ("了", "啦") or said[-1] in "了啦"
    noun = not over and _AS_A_NOUN.match(rest)
    papers = _OF_PAPERS.search(said) or _OF_PAPERS.search(said + rest[:1])
    if noun or papers or _SOME.search(front):
        return Ask.UNREAD
    again = text[start:end] in _OTHER_WORK and _AFTER_THAT.match(rest)
    left = "剩" in text and _LEFT.search(text, end)
    return Ask.NOT_DONE if again or left or _supposed(text[:start], front, over=over) else None


def _supposed(before: str, front: str, *, over: bool) -> bool:
    """书记回来就完成会改联, 书记回来完成会改联; 书记回来完成了会改联 is done."""
    then = "就" in front[-4:]
    if (then or not over) and _IF.search(front):
        return _PASSED.search(front) is None
    hit = _IT_TAKES.search(before) if then else None
    return hit is not None and _PASSED.search(hit[0]) is None
