"""What is said beside the right value of a wrong one that was told before: 呸，嘴瓢了，执委11个; 执委9名，原报8名错误.

A clause is known by its words: it is made of nothing but such as take back, with numbers that are not the right one.
In front of the value it must say that something was wrong; behind it also of what, a number or what was sent before,
since 执委12名，打错了 takes back nobody knows what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.core import numerals
from bot.core.report.corrections.put_right_words import OF_BEFORE, REST, SORRY
from bot.core.report.plain.made_of import wholly
from bot.core.report.words.corrected_words import firm

_D: Final = "(?:[0-9]+|[零一二两三四五六七八九十廿卅百俩仨]+)"
_NUMBER: Final = re.compile(
    rf"一[下遍条次看查数共时会样致直起]|第一|[上前这那]一|两[遍次]|一?个(?=[0-9零])|(?P<n>{_D})(?![\u4e00-\u9fff]{{1,2}}(?:村|社区))(?P<w>\s*[名个人位]人?)?"
)
_CLAUSE: Final = re.compile(r"[^,。;!\n()~]+")
_APART: Final = re.compile(r"\.{2,}|-{2,}|(?<=[更改正报新填发后明]):")
_WORDS: Final = REST | OF_BEFORE | {"#"}
_OLD_ONES: Final = re.compile(
    "(?:刚才?|我)*把(?:老|旧|上届|上一届|连任|留任)的?(?:执委|委员|成员|的)?们?(?:也|都|给)*[算报数写加](?:进去|进来|在内|上)了?"
)
_EARLIER: Final = re.compile("[前刚原]|上[面条一]|早先")
_SENT: Final = re.compile("[刚报发写填说打]|上[面条]")
"""前面的错了 may be the first of two numbers."""
_SIGNS: Final = frozenset("错误漏少不非岔滑混反瓢抖串✗呸作重")
_LESS: Final = re.compile("[漏少]")
_FORMER: Final = re.compile(
    "收回|(?:前面|上面|刚才|刚刚|前报|原数|前数|上条|所报|之前|早前)[^,]*(?:改|更|取消|废|删)|别看"
    "|重新(?:上报|统计|填)|重报|重发|重填|更正|更改|订正|补正|勘误|改[^,]{0,3}数据|改后"
)
"""Of what was sent before, and not of what comes: 过后再改, 帮我取消."""
_WRONGLY: Final = re.compile(
    "[错误岔滑抖混串反✗呸]|不[对准]|(?:前面|刚才|刚刚|之前)[^,]*不算|(?:不应?是|非)#|眼花|[口嘴发]快|[唔冇][啱系]|[说报讲打写]差|作废|重复?算|两遍"
)
_NEITHER: Final = re.compile(
    "快了|.*(?:是不是|不是我|上面说|[记讲说拿]不准|算不|还是|[她他]|听说|主席|有[#一]|第|[前后](?:一?个|#)).*|[多少漏重]了|错过了?|.*(?:[再加减掉]|先(?!前)|(?<!不)应|实|(?<!刚)才).*"
)
_MENDING: Final = re.compile("改|[更纠订修]正|准|就是|共|应")
_LACKING: Final = re.compile("[漏少忘缺落多重]")
_ALL: Final = re.compile("[共总合实是只就]")
_GONE: Final = re.compile(
    "#[^#]*(?:[错误废]|不[对准])|(?:[误错][报写填打说记]?成?|[报写填打说记看听认念点按]成了?|不应?是|非)#"
)
_VALUED: Final = re.compile("[0-9一二两三四五六七八九十零俩仨]|完|好|成|没|未|否|一样|变|毕|束")


@dataclass(frozen=True)
class Part:
    """A clause that is made of such words, or is not."""

    start: int
    end: int
    said: str
    """Its words, with # for a number."""
    numbers: tuple[int, ...]
    counted: bool
    """Whether one is of persons: 2名, 一个人."""

    @property
    def known(self) -> bool:
        """Whether it says nothing else."""
        if _NEITHER.fullmatch(self.said):
            return False
        if _OLD_ONES.fullmatch(self.said):
            return True
        return wholly(self.said, _WORDS) and (self.wrong or "执委" not in self.said)

    @property
    def wrong(self) -> bool:
        """Whether it says that something was wrong."""
        by = bool(self.numbers) or "自己" in self.said
        by = by and _LACKING.search(self.said) is not None
        return by or _WRONGLY.search(self.said) is not None or "把" in self.said


def parts_of(text: str) -> list[Part]:
    """The clauses of a text."""
    found = []
    for one in _CLAUSE.finditer(_APART.sub(lambda m: "," * len(m[0]), text)):
        numbers = [m for m in _NUMBER.finditer(one[0]) if m["n"]]
        said = re.sub("[\\s\"'、]", "", _NUMBER.sub(lambda m: "#" if m["n"] else m[0], one[0]))
        values = tuple(numerals.value(m["n"]) or 0 for m in numbers)
        if said:
            start = one.start() + len(one[0]) - len(one[0].lstrip())
            counted = any(m["w"] or m["n"] in ("俩", "仨") for m in numbers)
            found.append(Part(start, one.start() + len(one[0].rstrip()), said, values, counted))
    return found


def _about(text: str) -> tuple[list[Part], list[Part], list[Part]]:
    """What is said in front of the value, the value, and what is said behind it; nothing, if none of it takes back."""
    parts = parts_of(text)
    kept = [n for n, one in enumerate(parts) if not one.known]
    if not kept or len(kept) == len(parts):
        return [], [], []
    return parts[: kept[0]], parts[kept[0] : kept[-1] + 1], parts[kept[-1] + 1 :]


def without(text: str) -> str:
    """The text with nothing left but what is right; as it is, if anything else is said beside it."""
    front, right, behind = _about(text)
    if not right or _VALUED.search(text, right[0].start, right[-1].end) is None:
        return text
    start, end = right[0].start, behind[0].start if behind else len(text)
    led = _leads(front, right) and "\n" not in text[:start]  # 发错了⏎新增执委12名 may be quoted
    if behind and not _follow(behind, right, led=led):
        return text
    told = text[start if led else 0 : end].rstrip(" ,;(\n。!~-." if behind else "")
    return firm(told) if led and "应" in told else told


def unfit(text: str) -> re.Match[str] | None:
    """打错了3名，新增执委3名: is it the number that was wrong? 9名，刚才少了个0: there is none in it."""
    if _SIGNS.isdisjoint(text):
        return None
    front, right, behind = _about(text)
    values = {n for part in right for n in part.numbers}
    off = [
        one
        for one in front
        if one.counted and one.wrong and "多" not in one.said and values == set(one.numbers)
    ]
    told = [one for one in behind if one.numbers]
    if len(told) == len(values) == 1 and not told[0].counted and _digit_off(told[0], right):
        off += told
    return _NUMBER.search(text, off[0].start) if off else None


def _digit_off(one: Part, right: list[Part]) -> bool:
    lacks = _LESS.search(one.said) is not None and one.numbers[-1] < 10
    return lacks and not _fits(one, right)


def _fits(one: Part, right: list[Part]) -> bool:
    """Whether the numbers a clause tells can be those that were wrong, or by how much."""
    values = {n for part in right for n in part.numbers}
    if one.numbers and not values:
        return False
    if _LACKING.search(one.said):
        if not one.numbers:
            return re.search("[多重]|自己", one.said) is not None
        by = one.numbers[-1]
        if one.counted:
            sure = any(_ALL.search(part.said) for part in right)
            return (sure or "重" in one.said) and all(by < n for n in values)
        more = "多" in one.said
        return len(values) == 1 and (more or str(by) in str(max(values)))  # 漏打个7
    return values.isdisjoint(one.numbers) and not (one.numbers and _MENDING.search(one.said))


def _most(right: list[Part]) -> int:
    return max((n for part in right for n in part.numbers), default=0)


def _leads(front: list[Part], right: list[Part]) -> bool:
    """Whether the clauses in front of it say that something was wrong."""
    said = any(one.wrong or _FORMER.search(one.said) for one in front)
    said = said or (any(one.said in SORRY for one in front) and "应" in right[0].said)
    return said and all(_fits(one, right) for one in front)


def _follow(behind: list[Part], right: list[Part], *, led: bool) -> bool:
    """Whether those behind it do, and of what: 前面的错了, 不是八名; not 打错了, nor 打错了，是13名."""
    told, several = False, sum(len(part.numbers) for part in right) > 1
    for one in behind:
        earlier = _EARLIER.search(one.said) is not None
        if one.numbers:
            lacking = _LACKING.search(one.said)
            gone = _GONE.search(one.said) is not None and not lacking
            gone = gone or (earlier and (led or lacking is not None))
            some = one.counted and one.said[0] == "#" and min(one.numbers) < _most(right)
            if some and "成" not in one.said:
                return False  # 9名，3名写错
            if not gone or (lacking and one.counted) or not _fits(one, right):
                return False
        elif not one.wrong:
            continue
        elif not earlier or _LACKING.search(one.said) or (several and not _SENT.search(one.said)):
            return False
        told = True
    return told
