"""A unit that was named by mistake: 念山村，哦不是，是九蓬村，新增执委12名; 念山12不对，是富美12，念山的还没问."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.report.corrections.corrected_clauses import Clause, Sort
from bot.core.report.words import corrected_words as words

_ALONE: Final = re.compile(
    "(?:哦|啊|哎|那个|我说的|说的|应该?|其实|实际|更正|改|成|为|就|才|是|对)*(?:的|哈|啊|才对|才是)*"
)
_NOT: Final = re.compile(
    "(?:[哦啊呃哎噢额]+)?(?:那个|这个)?(?:不是|不对|(?:我)?(?:[打写说报弄搞填看])?错)(?:的|了|哈|啊)*"
)
_NOT_BUT: Final = re.compile("(?:[哦啊呃哎噢额]+)?不是,?(?:而|应该?)?是(?:的)?")
"""不是富美是念山."""
_OH: Final = re.compile("[哦噢啊呃哎]不?(?:对|是)*(?=[\u4e00-\u9fff])")
_NOT_YET: Final = re.compile(
    "的?(?:那边|数字?|数据)?(?:我)?(?:还)?(?:没有?|未)(?:去)?(?:问|报|统计|反馈|收到|来|出来|核实)(?:呢|到|上来|过)*"
)
_HERS: Final = re.compile(
    rf"(?:那|这|这个|那个|其实|应该)?{words.N}(?:新增|新选)?的?(?:新?执委)?(?:其实|应该|应当|才)?(?:(?:是|属于?)的(?:[数人]|才对)?|(?<=的)(?:其实|应该|应当|才)?是)[啊哈哦]?"
)
"""12名是富美村的: whose a number is, without the unit."""
_GONE: Final = re.compile(
    "(?:请|麻烦)?(?:把|将)?的?(?:那条|数字?|数据)?(?:请|麻烦|就|先)*(?:不要|别|不用|勿)?(?:记|登记?|算|删|撤|作废|录)(?:掉|除|回|了|入)*(?:吧|哈)?"
)
_KIND: Final = re.compile("^(?:请|麻烦)?(?:把|将)?(?:社区|村|乡|镇|村里|社区那边)(?=的)")


def plainly(text: str, clauses: Sequence[Clause]) -> str:
    """The text with such a unit blanked out, or with the right one in its place, as long as before."""
    if not any(c.placed for c in clauses):
        return text
    out = list(text)
    for n, one in enumerate(clauses):
        if len(one.placed) == 2 and _NOT_BUT.fullmatch(_rest(one)):
            _instead(out, text, clauses, n, n)
        led = one.sort is Sort.RIGHT and one.placed[:1] and _led(one)
        last = clauses[_turns(clauses, n) - 1]
        if _alone(one, _ALONE) or (
            led and (_alone(last, _ALONE) or (_alone(last, _NOT) and "不是" in last.said))
        ):
            _for_the_one_before(out, text, clauses, n)
    _moved(out, clauses)
    _hers(out, text, clauses)
    _not_hers(out, clauses)
    return "".join(out)


def _rest(one: Clause) -> str:
    """A clause without its units."""
    said, start = one.said, one.start
    for a, b in reversed(one.placed):
        said = said[: a - start] + said[b - start :]
    return said


def _alone(one: Clause, around: re.Pattern[str]) -> bool:
    return len(one.placed) == 1 and around.fullmatch(_rest(one)) is not None


def _led(one: Clause) -> bool:
    """九蓬村新增12名, 是九蓬村新增12名: a clause that begins with its unit."""
    return one.said[: one.placed[0][0] - one.start] in ("", "是", "应该是", "应是")


def _turns(clauses: Sequence[Clause], n: int) -> int:
    """Where the words begin that turn what stands before clause `n`; `n` if there are none."""
    at = n
    while at and clauses[at - 1].sort in (Sort.TURN, Sort.WHY) and not clauses[at - 1].placed:
        at -= 1
    return at


def _clear(out: list[str], start: int, end: int) -> None:
    out[start:end] = " " * (end - start)


def _for_the_one_before(out: list[str], text: str, clauses: Sequence[Clause], n: int) -> None:
    """念山村，哦不是，是九蓬村; 念山村12名，说错村了，是富美村."""
    one, at = clauses[n], _turns(clauses, n)
    if not at:
        return
    last = clauses[at - 1]
    if _alone(last, _NOT) and last.units != one.units:
        if _instead(out, text, clauses, n, at - 1):
            return  # 富美12名，不是富美，是念山
        _clear(out, last.start, one.placed[0][0])  # 不是念山，是富美，富美村9名
        if n + 1 < len(clauses) and clauses[n + 1].units & one.units:
            _clear(out, *one.placed[0])
        return
    turned = at != n or one.marked or (_alone(last, _ALONE) and _OH.match(one.said))
    if not turned or len(last.placed) != 1 or last.units == one.units:
        return
    if _alone(last, _ALONE) and not words.SWAPPED.search(text[last.end : one.start]):
        _clear(out, last.start, one.placed[0][0])
    elif last.sort is Sort.RIGHT and last.start == last.placed[0][0]:
        told = text[slice(*one.placed[0])] + text[last.placed[0][1] : last.end]
        if len(told) <= one.end - last.start:
            out[last.start : one.end] = told.ljust(one.end - last.start)


def _instead(out: list[str], text: str, clauses: Sequence[Clause], n: int, wrong: int) -> bool:
    """Put the unit of clause `n` for the one that clause `wrong` takes back, where a value was told of that one in front."""
    one, last = clauses[n], clauses[wrong]
    told = clauses[wrong - 1] if wrong else None
    if told is None or told.sort is not Sort.RIGHT or len(told.placed) != 1 or one.numbers:
        return False
    if told.start != told.placed[0][0] or not told.units & last.units:
        return False
    said = text[slice(*one.placed[-1])] + text[told.placed[0][1] : told.end]
    if len(said) > one.end - told.start:
        return False
    out[told.start : one.end] = said.ljust(one.end - told.start)
    return True


def _moved(out: list[str], clauses: Sequence[Clause]) -> None:
    """念山村新增执委12名，不对，是富美村新增12名: the number is another unit's."""
    for n, one in enumerate(clauses):
        at = _turns(clauses, n)
        if not at or one.sort is not Sort.RIGHT or len(one.placed) != 1 or not one.numbers:
            continue
        last = clauses[at - 1]
        if any(words.SWAPPED.search(c.said) for c in clauses[at:n]):
            continue  # 念山12名，富美9名，报反了，念山9名
        wrong = last.sort is Sort.OLD or (last.sort is Sort.RIGHT and at < n)
        if wrong and last.placed and last.units != one.units and last.numbers == one.numbers:
            kept = () if one.named else last.named
            for m in range(last.start, one.placed[0][0]):
                if not any(a <= m < b for a, b in kept):
                    out[m] = " "


def _hers(out: list[str], text: str, clauses: Sequence[Clause]) -> None:
    """念山村新增执委12名，不对，12名是富美村的: the number is another unit's."""
    for n, one in enumerate(clauses):
        at = _turns(clauses, n)
        if not at or at == n or not one.numbers or not _alone(one, _HERS):
            continue
        last = clauses[at - 1]
        if any(words.SWAPPED.search(c.said) for c in clauses):
            continue
        alike = last.numbers == one.numbers and last.units != one.units
        if alike and last.sort is Sort.RIGHT and len(last.placed) == 1:
            start, end = last.placed[0]
            told = text[slice(*one.placed[0])] + text[last.start : start] + text[end : last.end]
            out[last.start : one.end] = told.ljust(one.end - last.start)


def _not_hers(out: list[str], clauses: Sequence[Clause]) -> None:
    """念山的还没问, 社区的请不要记: what is said of a unit that was named by mistake."""
    wrong = any(c.sort in (Sort.OLD, Sort.TURN) for c in clauses)
    for n, one in enumerate(clauses):
        if not wrong or not n:
            continue
        others = [
            c for c in clauses[:n] if c.sort is Sort.RIGHT and "".join(out[c.start : c.end]).strip()
        ]
        if _KIND.match(one.said) and _GONE.fullmatch(_KIND.sub("", one.said)):
            _clear(out, one.start, one.end)
        if len(one.placed) != 1 or not (_alone(one, _NOT_YET) or _alone(one, _GONE)):
            continue
        named = [c for c in others if c.units & one.units and out[c.placed[0][0]] != " "]
        if not named:
            _clear(out, one.start, one.end)
