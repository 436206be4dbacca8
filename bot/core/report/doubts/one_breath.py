"""What stands directly in front of a figure, or behind its value, in one breath with it, and makes it something else.

人齐了就新增执委12名 is to come, 今晚大家来投票新增执委12名 a call to a meeting, 大姐村里会改联完成了 another village's, 书记天天催新增执委12名 an order;
新增执委12名大家看好不好 asks, 会改联完成了就能挂牌子 only supposes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question

_IN_FRONT: Final = re.compile(
    # to come
    "(?:最后一步|过一阵子?|过[几两]天|待会儿?|一会儿?|等下|马上|正在|在去)(?:就)?(?:要|在)?(?:开[个一]?会|投票|选举|的路上)*(?:我们?村)?$"
    # a call to the meeting
    "|(?<!感)(?<!感谢)(?<!经)(?:请|欢迎|辛苦|麻烦|各位|姐妹们?|大家)[^,;。!\n了完好到0-9]{0,14}(?:来|到|在)[^,;。!\n了完好到0-9]{0,5}(?:开会|投票|选举|村部|参加)(?:我们?村)?$"
    "|请(?!来|[你您])[^,;。!\n了]{0,12}支持(?:我们?村)?$"
    "|(?:今晚|过年|清明|冬至|国庆|中秋|端午|春节|元旦)[^,;。!\n了]{0,10}(?:来|到|在)[^,;。!\n了]{0,5}(?:开[大小]?会|投票|选举|村部)(?:我们?村)?$"
    # what it is about
    "|(?:内容|议题|议程|目的|(?<!直奔)主题)(?:就)?是?$|任务(?:就)?是$|(?:就是|是|都)为了$|(?:选票|讲话稿|横幅|标语|[你您][发给]的?表格?)上(?:面)?(?:印|写)?[了着]?(?:我们?村|[\u4e00-\u9fff]{2,3}村)?是?$"
    # asked for, felt or agreed, and no more
    "|(?:(?:天天|一直|老是|总是|领导在?|书记在?)(?:催|讲|念叨|要求)(?:着|了)?|(?:鼓励|动员|逼)(?:着|了)?我们|(?:布置|规定|要求)下来)(?:我们?)?(?:村)?$|我(?:感觉|觉得|认为|支持|同意|决定了?|赞成|希望|建议)(?:我们?村)?$|(?:给|让)我们?(?:村)?(?:定了)?$|(?:不同意|不肯)(?:我们?)?(?:村)?$|请示(?:已经?|都)?[打报交送]?(?:上去|上|去)?了?$|(?:叫|让)我[报说]我就[报说]$|商量(?:一下|着)$|保佑$|(?:加油|积极一?点)$|会上?讲的?$|(?<![才刚没])有空(?:就)?(?:开会|投票)?$|^(?!.*(?:昨|上[周午]|前天|那天)).*大家都来$"
    # other meetings than the one that chooses
    "|(?:动员|碰头|支委|两委|班子|党员|筹备|执委|村民小组|预备|组长|工作)大?会(?:都|已经|昨天|今天|也)?(?:开)?(?:[好完]?了|来了)[^,;。!\n]{0,12}$"
    # others' places
    "|(?:大姐|二姐|三姐|[小大]?[姑姨舅婶嫂]妈?|妹妹|姐姐|表姐|婆家|娘家|老家|亲家|(?:[小老]|阿(?!拉))[\u4e00-\u9fff]|[王张李陈林黄吴刘周][姐妹哥嫂婶姨]|(?<!副)(?<!妇联)[\u4e00-\u9fff]主席|你们)(?:家|的)?(?:那个)?[村乡镇](?:里|上|子)[^,;。!\n我]{0,16}$|老家[^,;。!\n我]{0,14}$|你们[村乡镇][^,;。!\n我]{0,14}$|(?:今天|昨天|刚)?去你们[村镇乡][^,;。!\n我]{0,14}$|你们(?:都)?$"
    # once upon a time
    "|一开始$|(?:早几年|早些年|当初|原本|历来|从来|旧年|那些年|有一年|小时候|年轻的?时候|没拆的?时候)[^,;。!\n]{0,16}$"
)
_OTHERS: Final = re.compile(
    "一开始$|(?:村委会?|两委|支部)(?:换届)?(?:大?会)?(?:开完|开|结束)?了?,?$|(?:照片|工作人员|先进(?:个人)?|监票人?|计票人?)(?:我|大家|都|举手|发给[你您]|,)*$"
)
"""照片选了12个."""
_HANGS: Final = re.compile(
    "(?:[了好完齐]|投票|投完票|开[个一]?(?:大|小)?会|晚上?|下午|明天|礼拜|星期|[两几]天|这周(?=早?就[能可会开投选举])|有空|[都来]来?)(?:我们?村|大家|姐妹们)?(?:早)?就(?:能|可以|会)?(?:开[个一]?(?:大)?会|投票|选举|举手|表决)*(?:我们?村)?$"
)
_DECIDED: Final = re.compile(
    "(?:我们?|我村|村里|妇联)(?:一定|肯定|就|也)?(?:会|将会)$|同意(?:我们?村|我社区)$|(?<!选举)(?<!投票)(?<!表决)(?<!大会)(?<!由)(?:决定|打算)(?:要|再|我们?村|给)?$"
)
"""经党支部研究，决定新增执委12名: 研究决定，新增… tells what came of it."""
_FRESH: Final = re.compile("(?:我们?村|本村)?的?是?(?:新增|会改联|改联)")
"""人齐了就新增执委12名: not 就选出执委12名, which is told."""
_BEHIND: Final = re.compile(
    "^[了的]?(?:大家|姐妹们|书记|领导|[您你]们?|请[^,;。]{0,6})?(?:都)?(?:看看?(?:好不好|行不行|怎么样)?$|投票(?:吧)?$|来投票|等(?:着|书记|镇|领导)|在看|不认|不同意|看好不好)"
    "|^了?我看|^了?难[啊呀]|^[^,;。]{0,4}没这么多人|^[^,;。]{0,6}只来了|^(?:名单)?交给书记了他|^(?:今晚|晚上|下午|明天)(?:[一二三四五六七八九十0-9]+点)?[^,;。了]{0,5}(?:投票|开[大小]?会)"
    "|^了(?:大家|我们?|姐妹们|村里)?(?:就|才)(?!选|新增|是|有|一共|共|来报|这样|赶紧|马上|报|上报|没)(?:能|可以|请|跟|给|告诉|挂|有|好|放|睡|会)?|^了我第一个|^了的村|^了(?:选举)?这一?块|^了大家都?等"
)
_WAITS: Final = re.compile(
    "(?:大家|姐妹们|书记|领导|[您你]们?|[镇乡]里|我们)?(?:都|也)*(?:看看?(?:好不好|行不行|怎么样)|投票吧|来投票|等(?:着|书记|开会)[^,;。!\n]{0,4}|在看|不认|不同意)$"
    "|(?:书记|领导|主任|大家|人)(?:来|到|回来|到齐)了?再(?:投票|选|定|开会|说)|(?:最后|结果)只[来到][了]?[0-9一二两三四五六七八九十]|(?:名单)?(?:已经)?交给(?:书记|主任|领导)了,?[他她]在看"
    "|(?:今晚|晚上|下午|明天)(?:[一二三四五六七八九十0-9]+点)?[^,;。了]{0,4}(?:投票|选举)$|(?:今晚|晚上|下午|明天)(?:[一二三四五六七八九十0-9]+点)?[^,;。了]{0,5}开大?会,?大家都来"
    "|(?:大家|我们?|姐妹们)(?:就(?=跟你|给你|告诉你)|才能)"
)
"""新增执委12名，大家看好不好; 会改联完成了，我才能睡好觉: also behind a comma."""
_WILL: Final = re.compile("(?:就|早)会改联")
"""开完会就会改联完成了: will it be, or is it?"""
_ONCE: Final = re.compile(
    "(?:选[完好上举了]|[挂改]完?牌?|公示|批准|[开办]完会?|结束)(?:完|了|好)?(?:之?后|以后)?(?:我们村?|咱)?(?:新增)?(?:执委)?(?:就|才|便)(?:会|能)?(?:有|是)?(?:新增)?(?:执委)?$"
)
"""选完就有12名执委: once they are chosen."""
_SIGNS: Final = frozenset(
    "就早都请来会催讲村上为等看我难没只交晚午明了票决员时历旧年认持励写片进意题容极油商佑空决"
)
_SIGNED: Final = re.compile("^[了的]?[,。\\s]*")
_STOP: Final = re.compile("[。!?\n;]")
_FIGURE: Final = re.compile(
    "(?:我们?村|本村)?(?:的|是|一共|共|总共)*(?:新增|新选|选了|选出|会改联|改联|(?<!新增)(?<!新选)执委)"
)


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about what is told in one breath with what makes it another thing."""
    some = [
        c
        for c in claims
        if c.value is Mark.DONE or (isinstance(c.value, int) and c.value > 0 and not c.named)
    ]
    if not some or _SIGNS.isdisjoint(told):
        return []
    return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in some if _bears(told, c)]


def _bears(told: str, claim: Claim) -> bool:
    front = _STOP.split(told[: claim.span[0]])[-1]
    front = front.rstrip(", ")
    if claim.value is Mark.DONE and _WILL.search(front):
        return True
    if claim.value is not Mark.DONE and _ONCE.search(front):
        return True
    head = next(reversed([*_FIGURE.finditer(front)]), None)
    before = front[: head.start()].rstrip(", ") if head else ""
    before = before[before.rfind(",") + 1 :]
    if head and before:
        fresh = _FRESH.match(head[0]) is not None
        if front.startswith("了", head.end()):
            return False  # 这周就新增了2名执委
        if fresh and (_IN_FRONT.search(before) or _HANGS.search(before)):
            return True
        if fresh and _DECIDED.search(front, 0, head.start()):
            return True
        if not fresh and _OTHERS.search(before):
            return True
    rest = told[claim.span[1] :].lstrip()
    return _BEHIND.search(rest) is not None or _WAITS.match(_SIGNED.sub("", rest)) is not None
