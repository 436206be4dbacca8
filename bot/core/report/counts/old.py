"""Old members beside a number: 执委15人，老的5人 may be ten new ones. Only what is called new beside the old stands as it is.

新增执委12名，老执委5名 are two numbers, each with its name. Where the number is not called new (执委15人), where the old are told to be among
the new (其中, 含, 连任 in brackets), where some are told to be new, or all of them to be old, how many are new is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question

_N: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_C: Final = "(?:[名个位]人?|人)"
_WHO: Final = "(?:的|留下来?|妇代会|妇联|执委|委员|成员|班子|人马|面孔|[连留续]任)*"
_IS: Final = "(?:也|就|只|才|还|有|是|为|占|共|了|:|\\s)*"
_OVER: Final = f"(?:{_C}|(?=[,;。!)、\\s]|$))"
_GONE: Final = "(?![^,;。!\n]{0,4}(?:退|辞|离|走|卸|不(?!算)|没))"
_OLD: Final = re.compile(
    f"(?:老|旧|原(?:来|有|先|任)?|上一?届|以前|之前|[连留续]任|留用|留下来?|保留|续聘|继续(?:干|当|做)){_WHO}{_IS}(?P<n>{_N}){_OVER}{_GONE}"
    f"|(?P<m>{_N})(?:{_C}(?:都)?(?:是|为|属于?)?)?(?:上届[连留续]?任?的?)?(?:老(?=的|执委|委员|成员|人马|面孔|[0-9,;。!)、\\s]|$|{_N}新)|原(?:来|有|任)(?=的?(?:执委|委员|成员|人)?(?:[,;。!)、\\s]|$))|[连留续]任|(?:去年|以前|本来|早|老早)就(?:有|在|是))的?(?:执委|委员|成员)?{_GONE}"
)
"""老执委5名, 5名是连任的, 5老7新: so many who were there before."""
_OLD_SIGNS: Final = frozenset("老旧原届前任留续就")
_THIS_TIME: Final = re.compile("[这本此今]一?[次回届年]|现[在有]?|改联|换届")
"""原来执委五个这次选了十二个."""
_AMONG: Final = re.compile(
    "(?:其中|里面|里头|当中|内含|含有?|包[括含]|连|除去|扣[除掉去]|减[去掉]|去掉)[^,;。!\n]{0,4}$"
)
_COUNTED_IN: Final = re.compile("(?:也|都|一起|一块|全)*(?:算|计|加)(?:进|上|在|了)")
"""原来的5个也算进去了."""
_STAYED: Final = re.compile(
    "老(?:的|执委|委员|成员|人马)(?:都|全|也)+(?:留|在|没[换动]|继续|选上|连任)"
)
_KEPT_IN: Final = re.compile(r"\(\s*(?:老|[连留续]任)")
"""新增执委17人（连任5人）."""
_NEW: Final = re.compile("[新增添补]|\\S(?:加上|又)")
_HEADED: Final = re.compile("新(?:增加?|选|当选|添|任)?(?:的|了)?执委[^。!\n]*$")
"""新增执委：念山12（原11）: called new by what stands before it."""
_MENDED: Final = re.compile("更正|更改|修改|修正|改[为成正报一下]|[错误]|订正")
_SOME_NEW: Final = re.compile(
    f"(?:新(?:人|面孔|成员|鲜血液|的|增的?(?=占))|换新|新(?={_N})){_IS}(?P<n>{_N}){_OVER}|(?P<m>{_N})新(?=[,;。!)、\\s]|$)"
)
_SOME_OF_THEM: Final = re.compile(
    f"(?<!新)(?<!新增)(?<!新选)执委(?:里|中|当中)[面头]?(?:就|只|才)?(?:有|是)?{_N}[名个位]?(?:人|是)?新(?!疆)"
)
"""12个执委里5个新人."""
_PART: Final = "(?:[0-9]{1,2}%|一?小?大?半|[一二三四五六七八九]成|[二三四五六七八九十]分之[一二三四五六七八九]|大?多数|半数|少数|大?部分|不少|一些|几个)"
_PART_NEW: Final = re.compile(
    f"(?:{_PART}|其余|剩下|余下|其他)的?(?:人|都|也|才|就|是|为|属于)*新(?:的|人|面孔|手|增|选)"
    f"|新(?:人|面孔|的|增的|选的|增(?=占))(?:都|也|才|就|只|占|有|是|了)*{_PART}"
)
"""一半是新的, 新增的占三分之一."""
_GROWN: Final = re.compile(
    f"(?:比|较)(?:原|上一?届|以前|之前|去年|往年|[换改选会]|前|老|妇代会)[^,;。!\n]{{0,6}}?(?:多|增|添|扩)(?:加|长|出|了)*{_N}{_C}|增长了?{_N}{_C}"
)
_REACHED: Final = re.compile(
    f"(?:扩(?:大|充|编|展)?|增(?:加|补|选|添)?|添|新增执委)(?:到|至)了?(?P<n>{_N})"
)
_ALL_OLD: Final = re.compile(
    "(?:她们|这些|人)?(?:全[员部都体]|都|均)(?:是|为|属于)?(?:[连留续]任|老(?:的|执委|委员|成员|人马|面孔)|原(?:来|班)(?:的|人马)?|上一?届的?)(?:的|了)*"
    "|(?:老的|老执委|现有|原有|旧|原班人马|[连留续]任)(?:的|了)*|老"
    "|(?:她们|这些|都|是|全)*(?:本来|原来|原本|以前|之前|早|老早)(?:就|都|已经?)+(?:有|在|是)的?(?:了)*"
)
_SIGNS: Final = _OLD_SIGNS | frozenset("占换余剩他半成分比较长到至本现班")
_CLAUSE: Final = re.compile(r"[^,;:。!?\n()~…]+")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers of whom some, or nobody knows how many, were there before."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or (_SIGNS.isdisjoint(text) and "新" not in text):
        return []
    starts = [_clause(text, claim)[0] for claim in told]
    found = []
    for n, claim in enumerate(told):
        until = starts[n + 1] if n + 1 < len(told) and starts[n + 1] > starts[n] else len(text)
        if _old_in(text, claim, (starts[n] if n else 0, until)):
            found.append(Question(Ask.UNREAD, claim.span, claim.indicators))
    return found


def _old_in(text: str, claim: Claim, where: tuple[int, int]) -> bool:
    """Whether what stands beside a claim, to the clause of the next one, tells of old ones."""
    number = int(str(claim.value))
    own = text[slice(*_clause(text, claim))]
    headed = _HEADED.search(text[: claim.span[0]]) is not None
    new = headed or _NEW.search(own) is not None or _MENDED.search(text) is not None
    at, text = claim.span[1] - where[0], text[slice(*where)]
    if not _OLD_SIGNS.isdisjoint(text) and _counted_old(text, (at, number), new=new):
        return True
    if any(_less(m, number) for m in _SOME_NEW.finditer(text)) or _PART_NEW.search(text):
        return True
    if _SOME_OF_THEM.search(text) and not re.search("新[增选当]", text):
        return True
    if not _SIGNS.isdisjoint(text):
        if any(_value(m["n"]) == number for m in _REACHED.finditer(text)):
            return True
        grown = _GROWN.search(text)
        if grown is not None and (not new or grown[0].startswith("增长")):
            return True
        behind = _CLAUSE.finditer(text, min(at, len(text)))
        return any(_ALL_OLD.fullmatch(m[0].strip()) for m in behind)
    return False


def _counted_old(text: str, told: tuple[int, int], *, new: bool) -> bool:
    """Whether some are told to be old ones who may be among the number that ends at a place; `new`: it is called new itself."""
    at, number = told
    for found in _OLD.finditer(text):
        contrast = _THIS_TIME.search(text, found.end(), at)
        if _value(found["n"] or found["m"]) in (0, number) or contrast:
            continue
        among = _AMONG.search(text[: found.start()]) or _COUNTED_IN.match(text, found.end())
        if among or not new or _KEPT_IN.match(text, max(0, found.start() - 1)):
            return not _without(text[: found.start()])
    return not new and _STAYED.search(text) is not None


_WITHOUT: Final = re.compile("不(?:含|包[括含]|连|计|算)[^,;。!\n]{0,4}$")


def _without(before: str) -> bool:
    """不含老执委5人."""
    return _WITHOUT.search(before) is not None


def _clause(text: str, claim: Claim) -> tuple[int, int]:
    """Where the clause that a claim stands in begins and ends."""
    at = min(claim.span[0], len(text))
    before = max((m.end() for m in _STOP.finditer(text, 0, at)), default=0)
    behind = _STOP.search(text, at)
    return before, behind.start() if behind else len(text)


_STOP: Final = re.compile(r"[,;。!?\n()]")


def _less(found: re.Match[str], number: int) -> bool:
    return 0 < _value(found["n"] or found["m"]) < number


def _value(said: str) -> int:
    return numerals.value(said) or 0
