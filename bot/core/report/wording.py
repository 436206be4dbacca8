"""The names and words of counting of a campaign as it wrote them: 家庭走访 and 走访户数 are 走访家庭, 12家 and 12户人家 are 12户.

Only of counts that the tables do not know: what is said in place of 新增执委 they hold themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core import ledger
from bot.core.model import Indicator, IndicatorKind

_N: Final = "[0-9零〇一二两俩三仨四五六七八九十百廿卅几壹贰叁肆伍陆柒捌玖拾]"
_ALSO: Final = {"户": "户|家(?![企公单店商工])", "所": "所|座", "场": "场次?", "件": "件|桩"}
"""Words that count the same things."""
_NOUNS: Final = {"户": ("人家", "家庭", "农户"), "人": ("群众",), "名": ()}
"""What may stand behind the word of counting and says no more than it."""
_OURS: Final = re.compile("执委|会改联|区域化")
_EDGE: Final = r"(?=$|[,。;!:)\s、]|[了吧呢啊的哈哦啦嘛咯喽嘞])"
_WHOLE: Final = 4
"""Characters of a name that is a verb and its thing: 走访家庭."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence, and where each of its characters was in the one that was said."""

    text: str
    where: tuple[int, ...]


def plain(text: str, indicators: tuple[Indicator, ...]) -> Wording | None:
    """The sentence in the words of the campaign; None if it is so already."""
    known = _known(indicators)
    if known is None:
        return None
    said, where = text, tuple(range(len(text)))
    for pattern, names in known:
        out, at, last = "", [], 0
        for found in pattern.finditer(said):
            start, end = found.span(found.lastgroup or 0)
            new = names[found.lastgroup or ""]
            out += said[last:start] + new
            at += [*where[last:start], *(where[min(start + n, end - 1)] for n in range(len(new)))]
            last = end
        said, where = out + said[last:], (*at, *where[last:])
    return None if said == text else Wording(said, where)


@lru_cache(maxsize=64)
def _known(
    indicators: tuple[Indicator, ...],
) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...] | None:
    """Patterns, tried one after another, and what stands for each of their groups."""
    turned: list[tuple[str, str]] = []
    told: list[tuple[str, str]] = []
    for one in indicators:
        names = {ledger.spoken(one), one.name, *one.aliases}
        if one.kind is not IndicatorKind.COUNT or any(_OURS.search(name) for name in names):
            continue
        word = one.unit_word
        things = {n[2:] for n in names if len(n) == _WHOLE} - names | {*_NOUNS.get(word, ())}
        behind = "|".join(map(re.escape, sorted(things))) or "(?!)"
        for name in sorted(names, key=len, reverse=True):
            if len(name) == _WHOLE and not {name[2:], name[2:] + name[:2]} & names:
                turned.append((f"{name[2:]}{name[:2]}(?!{name[2:]})", name))
            turned.append((f"{re.escape(name)}的(?:{behind})(?=[有共是为:数0-9])", name))
            if word:
                told += [(_numbered(name, word), name), (_none(name, word), f"没有{name}")]
        told += [(_counted(word, behind), word)] if word else []
    rows = [_row(some) for some in (turned, told) if some]
    return tuple(rows) or None


def _numbered(name: str, word: str) -> str:
    """走访户数, 走访家庭（户）, 走访完成12户: the name, and what it is counted in."""
    called, counted = re.escape(name), re.escape(word)
    return (
        rf"{called}\s?(?:的?\s?{counted}数量?|\({counted}\))(?=[\s:,0-9零一二两三四五六七八九十为是有共])"
        rf"|{called}完成了?(?={_N}+{counted})"
    )


def _none(name: str, word: str) -> str:
    """一户都没走访."""
    return f"(?<![有剩差])一{re.escape(word)}[都也](?:没有?|未){re.escape(name)}[过了到]?"


def _counted(word: str, behind: str) -> str:
    """12家, 12户人家, 12户家庭."""
    same = _ALSO.get(word, re.escape(word))
    return rf"(?<={_N})\s?(?:(?:{same})(?:的?(?:{behind})){_EDGE}|(?!{re.escape(word)})(?:{same}){_EDGE})"


def _row(some: list[tuple[str, str]]) -> tuple[re.Pattern[str], dict[str, str]]:
    groups = {f"w{n}": name for n, (_, name) in enumerate(some)}
    parts = [f"(?P<w{n}>{said})" for n, (said, _) in enumerate(some)]
    return re.compile("|".join(parts)), groups
