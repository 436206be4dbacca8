"""An office says behind a number that it is of its own level: 执委新增14个，也是镇里的; 新增执委16名，这是乡本级的数据."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report.plain import blank

_OWN: Final = re.compile(
    r"(?<=[,;。:])\s*(?:(?:这|那|此|以上|上面|上述|也|都|全部?|均|就|个|些)*(?:是|为|属于?)(?:指)?|)(?:我们?|咱们?|本)?(?P<body>乡镇?|镇|街道)(?:里|上|级|本级|妇联|妇联本级|自己|这边)*(?:的(?:数据?|数字|情况|执委|人数)?|(?<=级)(?:数据?|数字|执委))[啊哈哦呢]?(?=\s*(?:[,;。!\n)~]|$))"
)
_STOPS: Final = re.compile("[;。\n]")


def without(text: str, lexicon: Lexicon) -> str:
    """The text without such words, as long as before; behind a village's number they stay, and are asked about."""
    if lexicon.own.level is not Level.TOWNSHIP or not ("的" in text or "级" in text):
        return text
    for found in list(_OWN.finditer(text)):
        if found["body"] != "乡镇" and not lexicon.own.name.endswith(found["body"]):
            continue
        sentence = _STOPS.split(text[: found.start()].rstrip(";。"))[-1]
        if not any(p.depth > 0 for m in lexicon.names.find(sentence) for p in m.places):
            text = blank.span(text, *found.span())
    return text
