"""新增执委报错了, 刚才报错了, 数字不对: what she reported is wrong, perhaps which figure, and no number that is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import intents, numerals, short
from bot.core.text import Line

_WRONG: Final = re.compile(
    "(?P<about>.{0,24}?)(?P<verb>[报填写说输记算]|搞|弄)?(?:得|的)?(?:错|不对|有误|不准确?)(?:了|啦|的|掉)*"
)
_SIGN: Final = re.compile("错|不对|有误|不准")
_LOOSE: Final = re.compile(
    "(?:我们?|咱们?|俺们?|本)(?:村|社区|乡|镇|街道|妇联|这边)*里?|上周|上星期|本周|这周|人数|刚才?|刚刚|之前|前面|上面|上午|昨[天晚]|今[天早]|这[次个条]|那[次个条]|数字?|数据|数目|报|填|的|是|有|都|好像|把|给"
)
_NOT: Final = re.compile(
    "(?:没有?|未|不会?|是否|不是|对|[拿吃])$"
)  # 会改联没错, 是不是报错了, 对不对
_FIGURE: Final = re.compile("数|报")
_STATE: Final = re.compile("完成|[办弄搞改做][好完]|没|未")
_REST: Final = 8  # characters of a unit's name beside the figure


def read(line: Line, indicators: Sequence[str]) -> intents.Correct | None:
    """A line that says no more than that; which figure it names, and of whom, is for the caller to look up."""
    if not _SIGN.search(line.key) or "?" in line.text:
        return None
    found = _WRONG.fullmatch(short.plain(line.key))
    if found is None:
        return None
    about = found["about"]
    if _NOT.search(about):
        return None
    left = rest(about, indicators)
    named = any(word and word in about for word in indicators)
    if named and _STATE.search(left):
        return None  # 会改联完成，打错了: a report, and what of it is wrong?
    if numerals.find(about) or len(left) > _REST or (left and not named):
        return None
    if named:
        return intents.Correct(about)
    return intents.Correct("") if found["verb"] or _FIGURE.search(about) else None


def denies(line: Line, indicators: Sequence[str]) -> intents.Deny | None:
    """新增执委不对, 数字错了 to a report that is read back: that one is wrong; of another unit it is no answer."""
    found = read(line, indicators)
    return intents.Deny() if found and not rest(found.text, indicators) else None


def rest(about: str, words: Sequence[str]) -> str:
    """What is left of `about` without these words and without such as say nothing (刚才的, 数字)."""
    for word in sorted(words, key=len, reverse=True):
        about = about.replace(word, "") if word else about
    return _LOOSE.sub("", about)
