"""Whether a line may be a report, or plainly is one although it says other things besides; `report.grammar.read` decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.core import ledger, numerals
from bot.core import text as texts
from bot.core.model import Indicator
from bot.core.report.plain import by_ear, by_sound, heard, latin, none_said, notes
from bot.core.report.tokens import numbers
from bot.core.report.words import dialect, sounds, step_words, vocabulary
from bot.core.report.words.vocabulary import NUMERIC, WORDS, Kind
from bot.core.text import Line

_N: Final = (
    r"(?:(?<![0-9.])[0-9]+(?![0-9.]*\s*[月日号点时年周:%/])"
    r"|(?<![周期拜第零一二三四五六七八九十百])[零一二三四五六七八九十百两俩仨廿卅壹贰叁肆伍陆柒捌玖拾]+(?=[名个人位\s,。;!]|$))"
)
_DOUBT: Final = re.compile(
    "[?吗谁哪咋]|(?<![什那怎这])么|多少|怎么|什么|(?<![十好0-9])几[个名人]|[不没]?了没|了没有"
)
_DEED: Final = f"(?:新增|新选|选了|选出|增加)了?(?:的|女|有)?{_N}[名个位人]"
_DONE: Final = "[^,。;!\n没未不无别]{0,8}?(?:完成(?!情况|率|后|时|标准|的|多少)|搞定|[办改弄搞做][好完妥]|结束(?=了|$|[,。!])|(?:已经?|都|也|全部?)完毕(?=了|$|[,。!])|✓)"
_REPORTED: Final = re.compile(
    "改联|[改转变](?:[成为建组]了?)?妇联|[整弄搞换改变][了咗]?[成做为作]妇联|改[建组]为妇联|(?:升级|升格|换|变更|过渡|更名|改名)[成为]了?妇联|改(?:建|组|设)?(?:为|成)?妇女联合会|完成|完城|完工|[改弄搞整办做建选]好|[建盖]起来|[改弄搞整办做选]完|搞定|搞掂|弄妥|办妥|基本|差不多|快了|快好了|没进展|没有进展"
    "|无进展|没动|老样子|[跟和同与]上[周个]|新增|新选|选了|选出|选举会?|换届|增选|✓"
    "|第?[一二三四五1-5]步|牌子?(?:也|都|已经?)?挂|下(?:个?礼拜|周|个?星期|个?月|旬)|正在|还[没冇呒冒莫]|尚未|未完|没完|特此报告|走完"
)
_ZERO: Final = re.compile(
    "[一-鿿]{0,6}?(?:没有|没得|冇得?|暂?无|没|莫得|木有|么得)(?:了|的|哦|啊|呢|新增|增加)?(?:谢谢|辛苦了?)?"
)
"""东山没有, 这个礼拜没得: whether it is none of ours is seen when it is read."""
_AS_BEFORE: Final = re.compile(
    f"{numbers.AS_BEFORE}|{numbers.SAME_AS}|{numbers.NO_NEW}|{heard.LIKE_BEFORE}"
)
_STEP_DONE: Final = re.compile("|".join(step_words.DONE_STEPS.values()))
_SHORT: Final = 16
_ANYTHING: Final = re.compile("啥|(?<!为)什么[^,]{0,3}(?=[都也]没)")
"""什么都没变: no question."""
_QUIET: Final = {Kind.SAME, Kind.ZERO}


def words_of(indicators: Sequence[Indicator]) -> list[str]:
    """Every name and alias by which people speak of the indicators."""
    return [word for one in indicators for word in (one.name, ledger.spoken(one), *one.aliases)]


def steps_of(indicators: Sequence[Indicator]) -> list[str]:
    """Every step that the stages among them go through."""
    return [step for one in indicators for step in one.steps]


def possible(line: Line, words: Sequence[str]) -> bool:
    """Whether the line may be a report at all; `words` are what the campaign's figures and steps are called."""
    if _possible(line, words):
        return True
    said = by_sound.plainly(line.text, words)
    return said != line.text and _possible(texts.line(said), words)


def _possible(line: Line, words: Sequence[str]) -> bool:
    if any(word and word in line.text for word in [*words, *_also(words)]):
        return True
    if (
        _REPORTED.search(line.key)
        or _STEP_DONE.search(line.text)
        or _ZERO.fullmatch(line.key)
        or _unchanged(line)
    ):
        return True
    return any(n.kind is not numerals.Kind.ORDINAL for n in numerals.find(line.text))


_SENTENCES: Final = re.compile("[。;!\n]|(?<=\\?)")


def sure(line: Line, words: Sequence[str], steps: Sequence[str]) -> bool:
    """Whether a clause of the line gives a figure its value, so that thanks and complaints beside it are no matter."""
    pattern = _pattern(tuple(words), tuple(steps))
    for sentence in _SENTENCES.split(line.text):
        if any(pattern.search(one) and not _DOUBT.search(one) for one in sentence.split(",")):
            return True
        if _LATER.search(sentence) and any(word in sentence for word in words):
            return True
    return _unchanged(line) or len(_TICKS.findall(line.text)) > 1


_TICKS: Final = re.compile("[✓✗×]")
"""石屯村✓ 西津村✗: a form that is filled in."""
_LATER: Final = re.compile(f"[报说记][^,?]{{0,4}},[^,?]{{0,3}}{_N}[名个位人]$")
"""执委的数也报一下，9个."""


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...], steps: tuple[str, ...]) -> re.Pattern[str]:
    known = sorted({word for word in words if word and word not in steps}, key=len, reverse=True)
    figure = "|".join(map(sounds.pattern_of, known)) or "(?!)"
    step = "|".join(re.escape(one) for one in [*steps, *_also(steps)]) or "(?!)"
    return re.compile(
        rf"(?:{figure})(?:(?!情况|进度|通知)[^\d]){{0,8}}{_N}|{_N}\s*[名个位人]?\s*(?:新|女)?(?:{figure})|{_DEED}|(?:{figure}){_DONE}|完成了?(?:{figure})了?$|(?:没来得及|没顾上|还没|还未|尚未|没空|没时间)(?:搞|弄|办|做)?(?:{figure})"
        rf"|(?:{figure})(?:工作)?(?:现在|目前|已经?|还是|仍是|仍然是|停在|还在|是|为|[:到在了进\s])*(?:{step})|(?:已经?|到|在)(?:{step})|(?:{step})(?:这一?步|阶段|已?(?:完成?|开|报|批|挂|好)|(?:都|也|已经?)?(?:做|搞|弄|办)?(?:完成|完|好|过)?了|[过了])"
        rf"|(?:进度|推进)(?:到|:)?(?:{step}|第?[1-9一二三四五]步)"
    )


def _also(steps: Sequence[str]) -> list[str]:
    return [one for step in steps for one in step_words.STEPS.get(step, ())]


def _unchanged(line: Line) -> bool:
    """A short line that says that nothing is new, however: 照旧, 没添人, 数字不变."""
    text = none_said.plain(dialect.plain(line.text))
    text = notes.plainly(by_ear.plain(latin.written(text, ())))
    if _AS_BEFORE.search(text):
        return True
    if min(len(line.key), len(text)) > _SHORT or _DOUBT.search(_ANYTHING.sub("", text)):
        return False
    for at in range(len(text)):
        reach = vocabulary.REACH.get(text[at], 0)
        for end in range(min(len(text), at + reach), at + 1, -1):
            kind = WORDS.get(text[at:end]) or NUMERIC.get(text[at:end])
            if kind is not None:
                if kind in _QUIET:
                    return True
                break
    return False
