"""A number that is only a share of what there is, or of something else: the first of several batches, one group's, so many groups.

新增执委第一批5名 is not all of them, 4个组各3名 are neither four nor three, and 执委12个，剩下9个 says that some have gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question

_N: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_C: Final = "(?:[名个位]人?|人)"
_END: Final = r"(?=[啊哈呢吧了的]*(?:[,;。!?)\s]|$))"
_FIGURE: Final = "(?:新增?的?执委|新选的?执委|执委)"
_GROUP: Final = "(?:村民小组|小组|组|自然村|片区|片|网格|生产队|队|屯子)"

_OF_SEVERAL: Final = re.compile(
    f"(?:第[一二三四五1-5]|首|头|(?<![0-9一二三四五六七八九十第这])[二三四])(?:批|轮|拨|{_GROUP})次?(?:的|先|共|选|举|产生|报|增|补|新|执委|有|是|为|了|出|:|\\s)*?(?P<n>{_N})(?={_C}|$|[,;。!\\s])"
)
"""第一批5名, 第一批新增执委5名, 第一轮选出5名; 第一轮就选出12名 are all."""
_FIRST: Final = re.compile(
    f"(?<![原优事首])先(?:选|定|推|增|补|报)(?:了|出|上|好|举|选)*{_FIGURE}?(?P<n>{_N}){_C}(?!.*(?:然后|接着|后来|还[要想]|计划|打算|准备|[,;。\\s](?:再|后|才)(?!选|补|增|报)))"
)
_REST: Final = re.compile(
    f"(?:剩下?|其余|余下|其他|剩余)的?(?:还有|还剩|还|就|只|有)*(?P<n>{_N}){_C}?(?:执委)?{_END}"
)
_MY_GROUP: Final = re.compile(
    f"(?:我们?|咱们?|俺们?)这?(?:小?组|片区?|网格|自然村)(?:里|这边|这里|的|也)*(?:一共|共|总共)?(?:新增|新选|选|增|执委|出)"
    f"|(?:我|咱|俺)家(?:里|就|也|这次)*(?:有|新增|新选|选|出|了)*(?:的|新)*(?:执委)?{_N}{_C}"
    f"|(?:我|咱|俺)们?(?:负责|分管|联系|包|带|管)的(?:{_GROUP}|片)?的?(?:新增|新选|选|执委)"
)
"""我们组新增执委3名: how many are there in the whole village?"""
_COUNTED_AS: Final = re.compile(
    "个?(?:村民小组|小组|组(?!长|员|织|成|建)|自然村|片区?(?!长|警)|网格(?!员|长)|点(?!长|名|位|[0-9])|轮|成(?![立员功])|拨|批(?!准|复))(?:各|每|一|出|都|均|$|[,;。!\\s])"
    "|(?:[名个位]人?|人)(?:一[组队班票]|(?:一|[二两三四五六七八九十])个?[票户册岗群])(?![0-9一二三四五六七八九十])"
)
"""4个组, 3人一组: what the number counts, directly behind it."""
_OF_GROUPS: Final = re.compile(
    f"(?:各|每一?个?){_GROUP}(?:各|都|均|有|出|选|了|推|是|至少)*(?P<n>{_N}){_C}"
    f"|(?P<l>一)个?{_GROUP}(?:各|出|推|选|就|都|有|了)*(?P<m>{_N}){_C}?{_END}|人手一"
    f"|(?:来自|分布|分成?|分别来自|覆盖)(?:在|于|到|成)?(?P<k>{_N})个{_GROUP}{_END}"
)
_AND_OTHERS: Final = re.compile(
    f"(?:{_N}{_C}|[,;。])\\s*(?:外加|另加|还有|再加|和|以及|及|跟)(?:我|我自己|本人|(?:(?:正|副)?主席)+|书记|(?:小|阿)(?![学组孩时区会事姨婆妈公嬷])[\u4e00-\u9fff])(?:自己|本人|[1一]{_C})?(?:没算|没加|不算)?{_END}"
)
"""新增执委12人外加主席: thirteen?"""
_NICK: Final = "(?:小|阿)(?![学组孩时区会事声心卖姨婆妈公嬷])[\u4e00-\u9fff]{1,2}?"
_LEFT: Final = re.compile(
    f"{_NICK}(?:姐|妹)?(?:也|又|还|已经?|刚|在|说|要|想|她|突然|后来)*(?:退[出了]?(?!休|伍|役|下来)|辞|不(?:干|当|想|愿|做|肯)|(?:还在|在|要)?考虑|犹豫|反悔|变卦)"
    f"|(?<=[,;。\\s])(?:又|都|全|全都|全部|也都|后来又?)(?:跑|退|走|辞|撂)(?:了|光|掉)+{_END}|(?<=[,;。\\s])(?:跑|退|走|辞)(?:掉|出|了)*(?:一?大?小?半|大部分|几个|不少){_END}"
    f"|(?:[一二三四五六七八九十]+|[0-9]+)(?:小?组|片区?|网格|队)(?:的|还|都|也|那边)*(?:没有?|未)(?:报|选|弄|交|齐|好|定)"
)
"""小陈退出了, 又退了, 二组的还没报: not all of them stay, or not all are in."""
_FORGOT: Final = re.compile(f"(?:忘|漏)了?(?:算|写|报|加|记|掉)?了?{_NICK}{_END}")
_MENDED: Final = re.compile("应|改(?!联|选)|更正|(?:共|就|才)是|现为")
_FIT: Final = "(?:同意|来|到|到位|报名|批准?|批复|(?:审[批核])?通过|合格|有效|愿意|签字|签了字|录用|缺|差|不?符合|超龄|不合格)"
_ONLY: Final = re.compile(
    f"(?<=[,;。\\s]){_FIT}(?:的|有|了|是|共|只有|就|才)*(?P<n>{_N}){_C}{_END}|(?<=[,;。\\s])(?:有|就|才|只有)?(?P<m>{_N}){_C}(?:是|为|都)?(?:超龄|愿意|肯[干当]|签字|通过|不?合格|有效|无效|[没未][过批到]|同意|批准|到位)(?:了|的)*{_END}"
)
"""新增执委15人，批准13人."""
_MEETING: Final = re.compile("代表|到会|应到|实到|参会|出席|票")
_NOT_YET: Final = re.compile(f"其中(?:拟|待|候|暂|代|[未没])[^,;。!\n0-9]{{0,3}}{_N}{_C}")
_ADDED: Final = re.compile(
    f"(?:上次|上周|之前|前面|前次|上回|早上|昨天)(?:已|经|报|的|过|了)+(?P<n>{_N}){_C}?[,、;\\s]*(?:加起来|一共|总共|合计|共|合起来|累计)(?:是|有)?(?P<t>{_N})"
)


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers that may be no whole, or of no persons."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    for claim in told:
        ask = _ask(text, claim, alone=len(told) == 1)
        if ask is not None:
            return [Question(ask, c.span, c.indicators) for c in told]
    return []


_BATCH: Final = frozenset("批轮拨组片队格村户票手岗点成册群")
_OTHERS: Final = frozenset("我席记小阿都又跑走退辞组片格队")
_LEFT_SIGNS: Final = frozenset("剩余其")
_FITTING: Final = frozenset("意来到报批准过格效愿签录缺差符龄")


def _ask(text: str, claim: Claim, *, alone: bool) -> Ask | None:
    number = int(str(claim.value))
    if _grouped(text, claim, number) or _left_or_joined(text, claim.span[0]):
        return Ask.UNREAD
    if "正式" in text and "候补" in text and _with_substitutes(text, number):
        return Ask.VALUES
    if alone and not _LEFT_SIGNS.isdisjoint(text) and _rest(text, claim, number):
        return Ask.VALUES
    if not _FITTING.isdisjoint(text) and _fewer(text, number):
        return Ask.VALUES
    added = _ADDED.search(text)
    if added is not None and _value(added["t"]) == number + _value(added["n"]):
        return Ask.ADDITION
    return None


def _grouped(text: str, claim: Claim, number: int) -> bool:
    """Whether it is the number of one batch or group, or of so many groups."""
    if "先" in text and _same(_FIRST, text, number):
        return True
    if ("家" in text or "的" in text) and _MY_GROUP.search(text):
        return True
    return not _BATCH.isdisjoint(text) and bool(
        _same(_OF_SEVERAL, text, number)
        or _MY_GROUP.search(text)
        or _same(_OF_GROUPS, text, number)
        or _COUNTED_AS.match(text, _behind(text, claim))
    )


def _left_or_joined(text: str, at: int) -> bool:
    """Whether some have left, are not in yet, or others are told beside them."""
    if not _OTHERS.isdisjoint(text) and (_AND_OTHERS.search(text, at) or _LEFT.search(text, at)):
        return True
    if ("漏" in text or "忘" in text) and _FORGOT.search(text, at) and not _MENDED.search(text):
        return True
    return "其中" in text and _NOT_YET.search(text) is not None


def _same(pattern: re.Pattern[str], text: str, number: int) -> bool:
    """Whether it is found of the number, or of no number."""
    for found in pattern.finditer(text):
        values = [_value(one) for one in found.groups() if one]
        if not values or number in values:
            return True
    return False


def _behind(text: str, claim: Claim) -> int:
    """Where the number of a claim ends, or the text, if it does not stand there."""
    told = _NUMBER.match(text, *claim.span) if claim.span[0] < len(text) else None
    return told.end() if told and _value(told[0]) == claim.value else len(text)


_NUMBER: Final = re.compile(_N)


def _rest(text: str, claim: Claim, number: int) -> bool:
    """新增执委5名，其余7名; 12名，党员5名，其余7名 are its parts."""
    start = min(claim.span[1], len(text))
    found = _REST.search(text, start)
    if found is None or _value(found["n"]) == number:
        return False
    return _NUMBER.search(text, start, found.start()) is None


_SUBSTITUTES: Final = re.compile(f"(?:候补|正式)(?:执委|委员|的|有|是|为)*({_N})")


def _with_substitutes(text: str, number: int) -> bool:
    """新增执委12名，候补5名，正式7名: together they are the number."""
    return sum(_value(m[1]) for m in _SUBSTITUTES.finditer(text)) == number


def _fewer(text: str, number: int) -> bool:
    if _MEETING.search(text):
        return False
    return any(0 < _value(m["n"] or m["m"]) < number for m in _ONLY.finditer(text))


def _value(said: str) -> int:
    return numerals.value(said) or 0
