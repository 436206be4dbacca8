"""A space that stands for a comma, where a village would be asked about it: 新增执委12人 党员半数; 应到45名 新增执委12人."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core.model import Level
from bot.core.reading import Lexicon, Reading

_BEHIND: Final = re.compile(
    r"(?<=[名个人位]) (?=(?!执委|新增|新选|会改|改联|[啊呃嗯哦额噢]|不|错|改|更正|[0-9]+[名个人位]?(?:$|[\s,。]))[\u4e00-\u9fff0-9])"
)
_IN_FRONT: Final = re.compile(r"(?<=[0-9名个人位天日%]) (?=(?:我们?村|本村)?新[增选]的?执委)")
_TOTAL: Final = re.compile(
    r"新[增选]的?执委(?:人数|一共|总共|共|有|是|了|:)*[0-9一二两三四五六七八九十]{1,3}[名个人位]$"
)
_TURNED: Final = re.compile("不是|不对|[错改误]|更正")


def again(text: str, once: Reading, lexicon: Lexicon, read: Callable[[str], Reading]) -> Reading:
    """The first reading, or the one with commas in such places where that leaves nothing to ask."""
    if not once.questions or " " not in text or _TURNED.search(text):
        return once
    said = _with_commas(text) if lexicon.own.level is Level.VILLAGE else text
    if said == text:
        return once
    found = read(said)
    return found if found.clear and _told(found) else once


def _with_commas(text: str) -> str:
    for found in _BEHIND.finditer(text):
        if _TOTAL.search(text, 0, found.start()):
            text = f"{text[: found.start()]},{text[found.end() :]}"
    return _IN_FRONT.sub(",", text)


def _told(found: Reading) -> bool:
    return any(isinstance(claim.value, int) for claim in found.claims)
