"""Names that were meant but not written so: pinyin, homophones, one wrong character. Always guesses, told as such."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from bot.core import text as texts
from bot.core import unitnames
from bot.core.model import Level
from bot.core.unitnames import Place

MOST: Final = 9
"""Units to choose from; more than these are no guess any more."""

_LATIN: Final = re.compile(r"[a-zü'\-]+[0-5]?(?:[a-zü'\-]+[0-5]?)*")
_TAIL: Final = re.compile(
    f"{unitnames.ORGANISATION}$|(?<=村)(?:民?委员?会|委)$|(?:居民委员会|居委会)$"
)
_MERGED: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("h", "f"), ("l", "n"))
_CONTRAST: Final = frozenset(
    "东南西北中上下左右前后里内外大小老新旧高低长短一二三四五六七八九十百千万"
)
"""Characters by which neighbours are told apart: one in the place of another is no slip (上洋, 下洋)."""
_KINDS: Final = ("社区", "街道", "村", "镇", "乡", "县", "市", "区")
_LOOKS: Final = (
    "东车乐 西酉四 土士上 末未木本术 天夫无元 大太犬丈 千干于午牛 人入八 己已巳 日曰目白 田由甲申电 山出 石右古 水永冰"
    " 王玉主壬 乌鸟岛马 大夫 厂广 川州洲 月用 丹舟 五王 刀力万方 口回田 溪漠 坑杭抗炕 坂板版坡 村材杜 洋样详 墩敦 垱档挡 埠阜"
    " 岭铃玲领 源原塬 浦蒲埔 湖胡 岩岸 峡侠狭 沙砂纱 洲州 坪平评苹 塘糖搪 桥侨娇 埂梗 垄拢笼 陂坡波 际标 徐除 陈阵 官宫 富當 墓慕幕"
    " 政故攻 和知 建健 顺须 昌冒 邵召 武式 夷姨 光先 泽择 松柏公 瓯欧 延廷 阳阴 星里 熊态 镇真 屯电 铁轶 杨扬场 岭岑 遂逐 杉彬 苏芬"
)
_LOOK: Final = {
    ch: frozenset().union(*(set(group) for group in _LOOKS.split() if ch in group))
    for ch in set(_LOOKS) - {" "}
}


def like(words: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places whose names are nearest to `words`, and equally near, shallowest first; () for none or too many.

    Nearest is the same pinyin without tones (dongshan, 正和县), then the same with the pairs merged that speech
    confuses (zh/z, ng/n, h/f, l/n), then one slip: a character that looks alike, two exchanged, one doubled, and
    in names of three characters and more one that is missing, one too many or another one.
    """
    said = texts.fold(words).replace(" ", "")
    latin = _spelled(said)
    if latin:
        return _best((_latin_rank(latin, place), place) for place in places)
    said = _TAIL.sub("", said)
    if len(said) < 2:
        return ()
    return _best((_rank(said, place), place) for place in places)


def sounds_the_same(said: str, name: str) -> bool:
    """Whether both are read alike without tones, and no character by which neighbours are told apart stands for another."""
    return len(said) == len(name) and _near(said, name) == _ALIKE


def sounds_nearly(said: str, name: str) -> bool:
    """As `sounds_the_same`, or with one character that is confused with the right one: 自愿者 for 志愿者."""
    near = _near(said, name) if len(said) == len(name) else 0
    one = sum(a != b for a, b in zip(said, name, strict=False)) == 1
    return near == _ALIKE or (near == _CONFUSED and one)


_ALIKE: Final = 1
_CONFUSED: Final = 2


def _best(ranked: Iterable[tuple[int, Place]]) -> tuple[Place, ...]:
    found: dict[int, dict[str, Place]] = {}
    for rank, place in ranked:
        if rank:
            found.setdefault(rank, {})[place.key] = place
    if not found:
        return ()
    best = sorted(found[min(found)].values(), key=lambda p: (p.depth < 0, p.depth, p.key))
    return tuple(best) if len(best) <= MOST else ()


def _rank(said: str, place: Place) -> int:
    """1 for the same sound, 2 for one that is confused with it, 3 for one slip, 0 for neither."""
    ranks = [rank for form in _forms(place.name, place.level) if (rank := _near(said, form))]
    return min(ranks, default=0)


@lru_cache(maxsize=16_384)
def _forms(name: str, level: Level) -> tuple[str, ...]:
    """What is compared of a unit: its short name and that without its kind, folded."""
    plain, less = unitnames.short(name, level), unitnames.bare(name, level)
    return tuple(dict.fromkeys(texts.fold(one) for one in (plain, less)))


def _near(said: str, name: str) -> int:
    if len(said) == len(name):
        wrong = [i for i in range(len(name)) if said[i] != name[i]]
        if any(said[i] in _CONTRAST and name[i] in _CONTRAST for i in wrong):
            return 0
        heard, right = sounds(said), sounds(name)
        if all(heard[i] & right[i] for i in wrong):
            return _ALIKE
        if all(_rough(heard[i]) & _rough(right[i]) for i in wrong):
            return _CONFUSED
    return 3 if abs(len(said) - len(name)) <= 1 and _slip(said, name) else 0


def _slip(said: str, name: str) -> bool:
    """One slip of the thumb, in the part of the name that is not its kind."""
    for kind in _KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            if not said.endswith(kind):
                return False
            said, name = said.removesuffix(kind), name.removesuffix(kind)
            break
    if len(said) == len(name):
        return _another(said, name)
    longer, shorter = (said, name) if len(said) > len(name) else (name, said)
    at = [i for i in range(len(longer)) if longer[:i] + longer[i + 1 :] == shorter]
    if not at or len(shorter) < 2:
        return False
    doubled = longer is said and len(at) > 1
    return doubled or (len(name) >= 3 and longer[at[0]] not in _CONTRAST)


def _another(said: str, stem: str) -> bool:
    """A character that looks like the right one, any other one in a long name, or two exchanged."""
    wrong = [i for i in range(len(stem)) if said[i] != stem[i]]
    if len(wrong) == 1:
        i = wrong[0]
        return said[i] in _LOOK.get(stem[i], ()) or len(stem) >= 3
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    return said[wrong[0]] == stem[wrong[1]] and said[wrong[1]] == stem[wrong[0]]


# ---- pinyin ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def sounds(name: str) -> tuple[frozenset[str], ...]:
    """How each character is read in this name and alone, without tones."""
    import pypinyin  # noqa: PLC0415  # its tables cost every start half a second; a typo is rare

    inside = pypinyin.lazy_pinyin(name)
    if len(inside) != len(name):  # something that is no character among them
        inside = [*name]
    return tuple(frozenset((one, _alone(ch))) for one, ch in zip(inside, name, strict=True))


@lru_cache(maxsize=16_384)
def _alone(ch: str) -> str:
    import pypinyin  # noqa: PLC0415  # see `sounds`

    return pypinyin.lazy_pinyin(ch)[0]


def is_word(said: str) -> bool:
    """Whether it stands in the dictionary of words that knows how they are read."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  # see `sounds`

    return said in PHRASES_DICT


@lru_cache(maxsize=4096)
def _rough(readings: frozenset[str]) -> frozenset[str]:
    """The readings with the pairs merged that are confused."""
    return frozenset(_merge(one) for one in readings)


def _merge(sound: str) -> str:
    for one, other in _MERGED:
        sound = sound.replace(one, other)
    return sound


def _spelled(said: str) -> str:
    """`said` as small letters without tones if it is pinyin, else ''."""
    plain = unicodedata.normalize("NFKD", said.lower().replace("ü", "v"))
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    if len(plain) < 4 or not plain.isascii() or not _LATIN.fullmatch(plain):
        return ""
    return re.sub("[^a-z]", "", plain)


def _latin_rank(latin: str, place: Place) -> int:
    rough = _merge(latin)
    ranks = []
    for form in _forms(place.name, place.level):
        read = sounds(form)
        if _spells(latin, read):
            ranks.append(1)
        elif _spells(rough, tuple(_rough(one) for one in read)):
            ranks.append(2)
    return min(ranks, default=0)


def _spells(latin: str, read: Sequence[frozenset[str]]) -> bool:
    """Whether the letters are the readings, one after the other."""
    if not read:
        return not latin
    return any(
        latin.startswith(sound) and _spells(latin[len(sound) :], read[1:]) for sound in read[0]
    )
