"""What only sounds like one of our names is written as ours: 年山村 where 念山村 is known, 正和县新西乡九蓬村.

Speech input writes the sound of a name, hurried thumbs take the first character offered. A word is put right only where its length is
that of the name, every character sounds the same without tones, and one unit of hers alone sounds so; the text stays as long as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from bot.core import text as texts
from bot.core import unitlike, unitnames
from bot.core.reading import Lexicon
from bot.core.report.words.vocabulary import WORDS
from bot.core.unitnames import Mention, Place

_KIND: Final = re.compile("村|社区|街道|[乡镇县市区]")
_BARE: Final = re.compile(
    "(?:^|(?<=[\\s,。;:!?、和及与替帮代])|(?<=我是)|(?<=我们)|(?<=这里是)|(?<=这边是)|(?<=还有)|(?<=另外))[\u4e00-\u9fff]{2}"
    "(?=的?(?:妇联|新[增选]|选[了出]|会改联|改联|区域化|执委|没有?新)|(?:也|都|已经?)*(?:完成|[弄搞办改]好)|[: ]{0,2}[0-9]{1,2}(?:[名个人位]|[,;、。 \n]|$)|[一二两三四五六七八九十]{1,3}[名个位]|的(?=[,。 ]|会改|新增|执委))"
)
"""Where a name without its kind may stand: 年山新增执委12名."""
_NO_NAME: Final = frozenset("我本全各俺咱")
"""In front of 村 these make no name: 本村, 各村."""
_ANOTHER: Final = frozenset("上下大小新老前后东南西北中内外")
"""In front of a name these make another one of it: 上念山村."""
_ZERO: Final = re.compile(
    "(?<![司命指号法政])[令灵凌玲龄零0〇][报抱暴豹][告高搞](?=$|[,。;!~\\s哈啊])"
)


_DONE: Final = re.compile(
    r"(?<=[联化年作已经都也])[万玩晚碗挽宛宪宗丸婉顽完][成城程呈诚承乘](?=[了啦]|$|[,。;!\s]|新)"
)
"""会改联万成了."""

LIKE_BEFORE: Final = "[更根哏跟]上(?:个?(?:周|礼拜|星期|次|月)|[走州舟粥洲邹])(?=(?:的|报的)?(?:一样|一洋|一致|相同|持平))"
"""更上周一样, 跟上走一样."""
_LIKE: Final = re.compile(LIKE_BEFORE)


def _as_before(found: re.Match[str]) -> str:
    when = found[0][2:]
    return "跟上" + ("周" if when in "走州舟粥洲邹" else when)


_NAMES: Final = re.compile("(?<=[0-9一二三四五六七八九十多来余几])[明民](?=$|[,。;!\\s吧哈啊])")
_MAYBE: Final = re.compile("(?<=[名个位人])[把巴](?=$|[,。;!\\s])")
"""12明, 12名把."""
_SLIPS: Final = frozenset("明民把巴")


def put_right(text: str, lexicon: Lexicon) -> str:
    """The text with names that are not ours but sound like one written as ours."""
    places = lexicon.names.places
    text = _ZERO.sub("零报告", text) if "告" in text or "报" in text else text
    if not _SLIPS.isdisjoint(text):
        text = _MAYBE.sub("吧", _NAMES.sub("名", text))
    text = _LIKE.sub(_as_before, text) if "上" in text else text
    text = _DONE.sub("完成", text)
    if _KIND.search(text) or _BARE.search(text):
        known = lexicon.names.find(text)
        meant = [*_whole(text, places, known), *_short(text, places, known)]
        for start, name in meant:
            text = text[:start] + name + text[start + len(name) :]
        text = above(text, places, lexicon.names.find(text) if meant else known)
    return text


# ---- names with their kind -------------------------------------------------------------------------------


def _whole(
    text: str, places: Sequence[Place], known: Sequence[Mention]
) -> Iterator[tuple[int, str]]:
    """年山村: windows that end in the kind of a name, and sound like it."""
    for found in _KIND.finditer(text):
        if text[found.start() - 1 : found.start()] in _NO_NAME or not _free(*found.span(), known):
            continue
        meant: dict[int, set[str]] = {}
        for place in places:
            name = _named(place)
            start = found.end() - len(name)
            if start < 0 or not name.endswith(found[0]) or len(name) - len(found[0]) < 2:
                continue
            if _sounds_like(text[start : found.end()], name) and _free(start, found.end(), known):
                meant.setdefault(start, set()).add(name)
        for start, names in meant.items():
            if len(names) == 1 and text[max(0, start - 1) : start] not in _ANOTHER:
                yield start, names.pop()


def _short(
    text: str, places: Sequence[Place], known: Sequence[Mention]
) -> Iterator[tuple[int, str]]:
    """年山新增12名: two characters where a name may stand, one of them the right one."""
    for found in _BARE.finditer(text):
        said = found[0]
        if said in WORDS or not _free(*found.span(), known):
            continue
        bare = [_bare(place) for place in places]
        meant = [name for name in bare if set(said) & set(name) and _sounds_like(said, name)]
        if len(meant) == 1:
            yield found.start(), meant[0]


def _free(start: int, end: int, known: Sequence[Mention]) -> bool:
    return all(one.end <= start or end <= one.start for one in known)


def _sounds_like(said: str, name: str) -> bool:
    """Whether it is another word of the same sounds."""
    if said == name or len(said) != len(name) or not _HAN.fullmatch(said):
        return False
    return unitlike.sounds_the_same(said, name)


_HAN: Final = re.compile("[\u4e00-\u9fff]+")


@lru_cache(maxsize=4096)
def _named(place: Place) -> str:
    return texts.fold(unitnames.short(place.name, place.level))


@lru_cache(maxsize=4096)
def _bare(place: Place) -> str:
    return texts.fold(unitnames.bare(place.name, place.level))


# ---- the units above -------------------------------------------------------------------------------------


def above(text: str, places: Sequence[Place], known: Sequence[Mention]) -> str:
    """正和县新西乡九蓬村: right in front of a unit of hers stands the one above it, however it is written."""
    for mention in known:
        start, place = mention.start, mention.places[0]
        while _HAN.fullmatch(text[start - 1 : start]) and (
            over := _over(text[:start], place, places)
        ):
            name = _named(over)
            start, place = start - len(name), over
            text = text[:start] + name + text[start + len(name) :]
    return text


def _over(before: str, place: Place, places: Sequence[Place]) -> Place | None:
    """The unit above one, if what stands in front of it is its name, or one like it."""
    above = [one for one in places if one.depth == place.depth - 1]
    above = [one for one in above if one.key == place.parent] or above
    for one in above:
        if before.endswith(_named(one)):
            return one
    like = [
        one
        for one in above
        if before[-1] == _named(one)[-1]
        and len(before) >= len(_named(one))
        and unitlike.like(before[-len(_named(one)) :], [one])
    ]
    return like[0] if len(like) == 1 else None
