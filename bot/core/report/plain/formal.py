"""Official prose beside figures told in full: a message that would be asked about for words nobody knows is read once more without its background.

In a letter or a report (特此报告, 现将…如下, 我村…, 圆满…) a clause is background if it holds none of a closed class of signs that bear on a figure:
a number that is not of votes, days or papers, a figure's name or a word for it, another's name, denial, limit and degree, plan and
condition, hearsay, another time, contrast, correction. The standard phrases of such letters that hold a sign (无异议, 不当之处) are known whole.
The second reading is taken if nothing is left to ask in it and it says nothing that the first did not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Reading
from bot.core.report.aside import bearing, opening
from bot.core.report.doubts.held_back import HELD_BACK
from bot.core.report.plain import blank
from bot.core.report.words.formal_signs import HARMLESS, PEOPLE, PLACE, PLAINLY, SIGNS
from bot.core.report.words.formal_words import WORDS

_CLAUSE: Final = re.compile(r"[^,;。!?\n()~…]+")
_LONG: Final = 25

_MARKS: Final = re.compile(
    "特此|特向|遵嘱|另附|花名册|专此|谨|兹|予以?|敬[请上呈告]|恳请|为荷|此致|呈|函[复告]|请(?:审|查|批|备|登|核|收|知|存|验|指|[县乡镇领上])"
    "|现[将就把]|如下|如上|上报|报送|汇报|报告|简报|通报|小结|填报|情况|事项|关于|附件|喜报|公告|以上|上述|属实"
    "|根据|按照|遵照|依据|依照|鉴于|为(?:了|切实|进一步|贯彻|深入|增强)|在[^,。]{2,24}[下中],|经(?=[^,。]{2,24},)|选举产生|召开|举行|会议|大会|宣布|表决|出席|列席|主持|审议"
    "|我(?=[村乡镇县]|社区)|本(?=[村乡镇届次周]|社区)|该(?=[村乡镇])|圆满|顺利|全面|如期|按时|按期|正式|均|业已|共计|合计|其中|下一?步|下阶段|今后|目前|截[至止]|至此|于|系|皆|俱|并|[一二三]是|[(一二三]+[)、]|[^,。\n]:"
)
_CHAT: Final = re.compile("[啊呢吧啦嘛哦呀嘞唉哎嗯哟咯噢俺咱咋啥?]|哈哈")
_ENOUGH: Final = 4


def again(
    text: str,
    once: Reading,
    lexicon: Lexicon,
    called: re.Pattern[str],
    read: Callable[[str], Reading],
) -> Reading:
    """The first reading, or the one without the background where that leaves nothing to ask."""
    if once.clear or not once.claims or not formal(text):
        return once
    said = _without(text, lexicon, called)
    blanked = [said[q.span[0] : q.span[1]].strip() == "" for q in once.questions]
    unread = (q.ask is Ask.UNREAD for q in once.questions)
    if said == text or not all(gone or one for gone, one in zip(blanked, unread, strict=True)):
        return once
    found = read(said)
    told = {(c.units, c.indicators, c.value) for c in once.claims}
    kept = all(
        (c.units, c.indicators, c.value) in told and _named(c, text, called) for c in found.claims
    )
    return found if found.clear and kept else once


def formal(text: str) -> bool:
    """Whether a message is official prose."""
    if len(text) < _LONG or _CHAT.search(text):
        return False
    return len(set(_MARKS.findall(text)) | _words(text)) >= _ENOUGH


def _words(text: str) -> set[str]:
    return {said for said in _cut(text) if len(said) > 1}


def _named(claim: Claim, text: str, called: re.Pattern[str]) -> bool:
    """Whether a figure's name stands in the clause of its value."""
    start, end = claim.span
    near = next((f[0] for f in _CLAUSE.finditer(text) if f.start() <= start < f.end()), "")
    return called.search(near) is not None or called.search(text[start:end]) is not None


def _without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    office = lexicon.own.level is not Level.VILLAGE
    summed = _FINISHED.search(text) is None
    for found in _CLAUSE.finditer(text):
        said = found[0].strip()
        if summed and _SUMMED.fullmatch(said):
            text = blank.span(text, *found.span())
        said = said[opening.hers(said, lexicon) :]
        said = _OURS.sub("", said) if office else said
        said = PEOPLE.sub("", said)
        if called.search(said) or _another(said, lexicon):
            continue
        if background(said):
            text = blank.span(text, *found.span())
    return text


_OURS: Final = re.compile("[我本][乡镇]")
_FINISHED: Final = re.compile("改联|改妇联|区域化|改建")
_SUMMED: Final = re.compile(
    "(?:以上|上述)(?:各项|几项|所有|全部)?(?:的?工作|任务|事项|活动)(?:都|也|均|已经?|全部?|现|圆满|顺利)*完成"
    "|(?:这|以上)?[三四五六七八3-8][件项](?:事情?|工作|任务|活动)(?:都|也|均|已经?|全部?|现|圆满|顺利)*完成"
)
"""三件事都已圆满完成, where no figure that may be done is named."""


def _another(said: str, lexicon: Lexicon) -> bool:
    """Whether a clause names a unit, or what may be one."""
    near, named = lexicon.elsewhere, lexicon.names.find(said)
    return bool(
        any(place.depth for one in named for place in one.places)
        or (near and near.find(said))
        or PLACE.search(said) is not None
    )


_HAN: Final = re.compile("[一-鿿]")


@lru_cache(maxsize=4096)
def background(said: str) -> bool:
    """Whether a clause of official prose holds no sign of bearing on a figure."""
    if said in _LEADS:
        return True
    if PLAINLY.search(said) or HELD_BACK.search(said):
        return False
    left = residue(said)
    bears = SIGNS.search(left) or bearing.BEARS.search(left)
    return bears is None and len(_HAN.findall(said)) > 2


_LEADS: Final = frozenset(("在此", "另悉", "会上", "会后", "期间", "至此", "同时"))
"""What only leads to the next clause."""
_LONGEST: Final = 8


def residue(said: str) -> str:
    """What is left of a clause without its standard phrases, and without the words in which a sign is no sign."""
    cut = _cut(HARMLESS.sub(" ", said))
    return "".join(one if len(one) == 1 else "\x00" for one in cut)


def _cut(said: str) -> Iterator[str]:
    """The longest words of the table, one after the other, and what stands between them by character."""
    at = 0
    while at < len(said):
        ends = range(min(len(said), at + _LONGEST), at + 1, -1)
        end = next((end for end in ends if said[at:end] in WORDS), at + 1)
        yield said[at:end]
        at = end
