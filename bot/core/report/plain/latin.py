"""A figure written in letters: hgl完成, 新增zw11人, xinzeng执委8名."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import product
from typing import Final

from bot.core import unitlike

_LETTERS: Final = re.compile("(?<![A-Za-z])[A-Za-z]{2,32}(?: [a-z]{2,8}){0,5}(?![A-Za-z])")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_COUNTED: Final = re.compile(
    "(?<=[0-9])\\s?(?P<said>ge|ming|ren|wei)(?![A-Za-z]|\\s*次)", re.IGNORECASE
)
_ENDS: Final = re.compile("(?<=完成|[弄搞办做改选整][好完])(?:le|la|lo)(?![A-Za-z])", re.IGNORECASE)
_PERSONS: Final = {"ge": "个", "ming": "名", "ren": "人", "wei": "位"}
"""12ge, 12ming."""
_ALSO: Final = (
    "新增",
    "新选",
    "执委",
    "改联",
    "完成",
    "已完成",
    "已经",
    "上周",
    "一样",
    "变化",
    "没有",
    "完成了",
)
"""Words of reports that are spelled as often as the names of figures."""
_READINGS: Final = 8  # of one word, where characters are read in several ways


_LETTER: Final = re.compile("[A-Za-z]")


def _halves() -> dict[str, str]:
    """会改lian, 执w, x增: words of which a part is written in letters."""
    found: dict[str, str] = {}
    for word in ("会改联", "改联", "区域化", "执委", "新增", "完成", "已经"):
        for parts in product(*((char, *unitlike.sounds(char)[0], _initial(char)) for char in word)):
            said = "".join(parts)
            if said != word and not said.isascii():
                found[said] = word
    return found


def _initial(word: str) -> str:
    return "".join(min(one)[0] for one in unitlike.sounds(word))


_HALVES: Final = _halves()
_MIXED: Final = re.compile(
    f"(?<![A-Za-z])(?:{'|'.join(sorted(_HALVES, key=len, reverse=True))})(?![A-Za-z])",
    re.IGNORECASE,
)


def mixed(text: str) -> str:
    """The text with such words in place of theirs, as long as before."""
    if not _LETTER.search(text):
        return text
    return _MIXED.sub(lambda m: _HALVES[m[0].lower()].ljust(len(m[0])), text)


def written(text: str, names: tuple[str, ...]) -> str:
    """The text with the words in place of their letters, as long as before; the initials only of what figures are called."""
    text = mixed(text)
    if not _LETTERS.search(text):
        return text
    words, alone = _words(names), not _HAN.search(text)

    def word(found: re.Match[str]) -> str:
        letters = found[0].replace(" ", "").lower()
        said = words.get(letters) or _spelled(letters, words)
        if alone and len(said.rstrip()) < _SURE:
            return found[0]  # ZW 9 may be anything
        return (said or found[0]).ljust(len(found[0]))

    text = _ENDS.sub("了 ", text)
    text = _COUNTED.sub(lambda m: _PERSONS[m["said"].lower()].ljust(len(m[0])), text)
    return _LETTERS.sub(word, text)


_SURE: Final = 4
"""Letters, and characters of what they stand for, that are no chance: xzzw 12."""


def _spelled(letters: str, words: dict[str, str]) -> str:
    """Several words, one after the other: yijing wancheng."""
    for end in range(len(letters) - _SURE, _SURE - 1, -1):
        rest = letters[end:]
        if letters[:end] in words and (last := words.get(rest) or _spelled(rest, words)):
            return words[letters[:end]].rstrip() + last
    return ""


@lru_cache(maxsize=16)
def _words(said: tuple[str, ...]) -> dict[str, str]:
    often = Counter(said)
    names = sorted(often, key=lambda name: (-often[name], name))  # xzzw is 新增执委, not 乡镇执委
    found: dict[str, str] = {}
    for word in (name for name in names if len(name) > 1 and name.isalpha()):
        found.setdefault(_initial(word), word)
    for word in (*names, *_ALSO):
        for sounds in list(product(*unitlike.sounds(word)))[:_READINGS]:
            spelled = "".join(sounds)
            if spelled.isascii() and spelled.isalpha():
                found[spelled] = word.ljust(len(spelled))
    return found
