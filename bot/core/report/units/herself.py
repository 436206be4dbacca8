"""A village that names itself before it tells anything: 念山村：…, 我是念山村的，…. What follows is read as if she had not."""

from __future__ import annotations

import re
from typing import Final

from bot.core import unitnames
from bot.core.model import Level
from bot.core.reading import Lexicon

_HEAD: Final = re.compile(
    r"(?:我们?(?:这里|这边)?是)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:妇联)?的?[:,\s]+(?=\S)"
)


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with her own name at its head blanked, if a figure is named behind it (`called` finds them)."""
    if lexicon.own.level is not Level.VILLAGE:
        return text
    found = _HEAD.match(text)
    own = unitnames.short(lexicon.own.name, lexicon.own.level)
    if found is None or found["name"] != own or not called.search(text, found.end()):
        return text
    return " " * found.end() + text[found.end() :]
