"""A village that names itself before it tells anything: 念山村：…, 我是念山村的，…. What follows is read as if she had not."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from bot.core import unitnames
from bot.core.model import Level
from bot.core.reading import Lexicon

_HEAD: Final = re.compile(
    r"(?:我们?(?:这里|这边)?是)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:妇联)?的?[:,\s]+(?=\S)"
)
_ONLY: Final = re.compile(
    r"(?P<ours>(?:我们?|本|咱们?|俺们?)村)?[1一]个(?:行政)?村(?:[,\s]*(?:\(|(?:就|也)?是)(?:我们?|本|咱们?)?(?P<name>村|[\u4e00-\u9fff]{2,6}?)(?:妇联)?[)]?(?=[,。;!\s]|$))?"
)
_MEMBER: Final = re.compile(
    r"(?:^|(?<=[,。!\s]))(?:我们?|这里)是(?:咱们?|我们)?社区妇联的(?=[,。!\s])"
)
"""完成会改联1个村，就是我们富美村: how many villages she has."""


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with her own name at its head blanked, if a figure is named behind it (`called` finds them)."""
    if lexicon.own.level is not Level.VILLAGE:
        return text
    own = unitnames.short(lexicon.own.name, lexicon.own.level)
    if "个" in text and "改联" in text:
        text = _ONLY.sub(partial(_hers, ("村", own, lexicon.own.name)), text)
    if "联的" in text and "社区" in lexicon.own.name:
        text = _MEMBER.sub(lambda m: " " * len(m[0]), text)
    found = _HEAD.match(text)
    if found is None or found["name"] != own or not called.search(text, found.end()):
        return text
    return " " * found.end() + text[found.end() :]


def _hers(own: tuple[str, ...], found: re.Match[str]) -> str:
    """Spaces where the one village is her own; a clause that names no other stays."""
    if found["name"] in own:
        return " " * len(found[0])
    keep = found[0] if found["ours"] is None else found["ours"]
    return keep.ljust(len(found[0])) if found["name"] is None else found[0]
