"""Free sentences about meetings, troubles, and everything people say to a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core import intents, numerals
from bot.core.intents import Intent
from bot.core.text import Line

_SWAP: Final = re.compile(
    "^(?:我?想?(?:跟|和|与|同)(?P<to>.{1,8}?))?(?:换班|换一下班?|调班|换个班|调一下班)$"
)
_DEPUTY: Final = re.compile(
    "(?:去不了|来不了|不能去|请假|有事)?(?:我?(?:请|让|派|叫)(?P<a>.{1,8}?)(?:代会|代我去|代替|替我去?|去)|(?P<b>.{1,8}?)(?:去|代会|代我去|替我去))$"
)
_ABSENT: Final = re.compile(
    "^(?:我)?(?:要|想|有事)?(?:请个?假|去不了|来不了|不能(?:去|来|参加)|参加不了|不参加)"
)
_MEETING: Final = re.compile(
    "有车(?:接|送|坐)|几点(?:开始|开会|到|集合)|在哪(?:里|儿)?(?:开会?|集合|报到)|(?:会议|会)(?:在哪|几点|地点)|管饭|报销(?:吗|车费)|要带(?:什么|啥)"
)


def _meetings(line: Line) -> Intent | None:
    found = _SWAP.match(line.key)
    if found:
        return intents.SwapDuty(found["to"] or "")
    deputy = _DEPUTY.fullmatch(line.key)
    if deputy and (deputy["a"] or (deputy["b"] and _ABSENT.match(line.key))):
        return intents.Deputize(deputy["a"] or deputy["b"])
    if _ABSENT.match(line.key):
        return intents.Absent(line.raw.strip())
    return intents.AskMeeting(line.raw.strip()) if _MEETING.search(line.key) else None


# ---- troubles and talk ------------------------------------------------------------

_LEAVING: Final = re.compile(
    "不(?:干|当|做|担任)(?:主席|执委|妇联|主任|这个)?了|换人了|(?:我)?(?:已经?|早就?)?(?:不是|不当|不再是|不担任|卸任|退休|离职)(?:了|妇联|主席|执委|村)|离任|新主席是"
)
_OTHERS: Final = re.compile(
    "(?:(?<!我们)(?<!咱们)(?<!我俩)[0-9一二两三四五六七八九十几](?:个|名|位)|某个|有个)(?:新|老)?(?:人|执委|委员|姐妹|成员|大姐)?(?:也|都|又|说|已经?)*$"
)
"""有2个不干了, 有个执委不干了: it is not she who leaves."""
_COMPLAINT: Final = re.compile(
    "又要报|别(?:再)?催|烦死|烦人|麻烦死|(?:早就?|已经?|上(?:个?礼拜|周|个?月|次)|昨天|前天)(?:都|就)?(?:已经?)?报过|报过了|报(?:了)?[几三两好四五]+(?:遍|次|回)|重复报|半夜(?:还)?(?:发|吵)|(?:大晚上|[这那]么晚|三更半夜|半夜三更|深更半夜|凌晨|深夜)了?(?:还|又|也)(?:在|要)?(?:发|吵|催|打扰)|大晚上发|没完没了|形式主义|天天(?:报|发|填)|老是(?:报|发|要)|太多了吧|累死"
)
_CANNOT_USE: Final = re.compile(
    "不会(?:弄|用|搞|操作|打字|填|报|玩)|(?:字|字体)(?:太|有点|好)小|看不清|不懂(?:怎么|咋)?(?:弄|用|搞)?$|怎么(?:弄|搞|操作|填)"
)
_SERVICE: Final = re.compile(
    "两癌|筛查|低保|贷款|维权|离婚|抚养|婚姻|调解|月嫂|家政|就业|培训班|体检|补贴|救助|法律|(?:在哪|怎么(?!办$)|如何|去哪).{0,6}(?:办|做|领|申请)"
)
_DIFFICULTY: Final = re.compile(
    "(?:没有?|没得|缺|缺少|冇|无|少)(?:地方|场地|场所|办公|会议室|钱|经费|资金|编制|人员|人手|人(?:愿|肯|来|干|报|想|参|当|去|做)|电脑|设备|工资|补贴|房)|(?:经费|钱|工资|补贴|资金|拨款)(?:还)?(?:没|不够|不足|紧张|下不来|没到|没有)|凑不齐|选不出|人手不够|人不够|(?:漏雨|断电|没网|停电)"
    "|没人(?:愿|肯|干|来|报|想|参)|不愿意(?:干|当|做)|(?:咋|怎么)办$|有困难|开不了会|地方开会|推不动|做不通"
)
_GREETING: Final = re.compile(
    "(?:(?:大家|主席|领导|各位|姐妹们?)?(?:你|您|大家)?好|(?:大家|各位|姐妹们?|主席|领导)?(?:早上|上午|中午|下午|晚上)好|早|早安|晚安|在吗|在不在|在不|有人(?:在)?(?:吗|么|不)|hi|hello|哈喽|嗨|新年好|周末愉快|(?:祝|祝愿)?(?:大家|各位|姐妹们?|主席|领导|您|你们?|我们)*(?:节日|三八节?|妇女节|新年|元旦|春节|中秋节?|国庆节?|端午节?|元宵节?|[0-9]{4}年?)?(?:快乐|安康|愉快))+(?:呀|啊|哦|主席|领导)*"
)
_THANKS: Final = re.compile(
    "(?:(?:谢谢|感谢|多谢|谢|辛苦)(?:了|啦|[您你]们|您|你|大家|各位|主席|领导|姐)*|[您你]辛苦了?|客气了?|不客气|麻烦[您你]?了|[让叫]?[您你]?费心了)+(?:啊|呀|哈|啦|喽|咯|哦|哟)*"
)
_TALK: Final = re.compile(
    "(?:你|您)?(?:是)?(?:真人|机器人|人工智能|活人|机器)(?:吗|还是.*|啊|吧)?$|你是谁|你叫(?:什么|啥)|哈哈+|呵呵+|嘻嘻+|吃了吗"
)


def _people(line: Line) -> Intent | None:
    key = line.key
    table: tuple[tuple[bool, Callable[[], Intent]], ...] = (
        (_THANKS.fullmatch(key) is not None, intents.Thanks),
        (_GREETING.fullmatch(key) is not None, intents.Greeting),
        (_TALK.fullmatch(key) is not None, intents.SmallTalk),
        (_leaving(key), lambda: intents.LeavingPost(line.raw.strip())),
        (_COMPLAINT.search(key) is not None, lambda: intents.Complaint(line.raw.strip())),
        (_trouble(key), lambda: intents.Difficulty(line.raw.strip())),
        (_SERVICE.search(key) is not None, lambda: intents.UnknownService(line.raw.strip())),
        (
            _CANNOT_USE.search(key) is not None and not numerals.certain(line.text),
            intents.CannotUse,
        ),
    )
    return next((make() for holds, make in table if holds), None)


def _leaving(key: str) -> bool:
    found = _LEAVING.search(key)
    return found is not None and not _OTHERS.search(key, 0, found.start())


def _trouble(key: str) -> bool:
    if _CANNOT_USE.search(key):
        key = re.sub("(?:咋|怎么)办$", "", key)  # 我不会弄，怎么办 is no trouble of the village
    return _DIFFICULTY.search(key) is not None and not re.search(
        "^(?:暂时|目前|现在|我们?村?|都)*(?:没有?|无)(?:什么|啥)?(?:困难|问题)(?:了|的)?$|没有?(?:人)?(?:新增|变化)|没人新增",
        key,
    )


def read(line: Line) -> Intent | None:
    """Meetings, troubles, complaints, courtesies, or None."""
    return _meetings(line) or _people(line)
