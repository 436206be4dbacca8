"""The fields of a template message: our words cut to what each key of WeChat may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core import wording

# Characters per key kind: "订阅通知/模板消息参数值内容限制" of WeChat's documentation, read 2026-11-23.
_LONGEST = {"thing": 20, "name": 10, "phrase": 5, "character_string": 32, "const": 20}
_KEY = re.compile(r"([a-z_]+?)_?\d+")
_OTHER = 200
_LINE: Final = _LONGEST["thing"]
_PAUSE: Final = frozenset("，。；：、！？》）”… ")
_ASIDE: Final = re.compile("^（[^）]*）[：，]?")


def fill(fields: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Template key to finished value: one line, never empty, never too long for its kind of key."""
    return {key: _fitting(key, words[word]) for key, word in fields.items()}


def _fitting(key: str, value: str) -> str:
    kind = _KEY.fullmatch(key)
    longest = _LONGEST.get(kind[1], _OTHER) if kind else _OTHER
    return wording.shorten(" ".join(value.split()) or "—", longest)


def parted(text: str, tail: str) -> tuple[str, str, bool]:
    """A text on two keys of a card, and whether all of it is there; else it ends with `tail`, which says where the rest is.

    It is parted where a reader would pause, in no case inside a number. What stands in brackets behind the first
    line makes room for what follows.
    """
    first, rest = _part(" ".join(text.split()), _LINE)
    if len(rest) <= _LINE:
        return first, rest, True
    rest = _ASIDE.sub("", rest)
    return first, _part(rest, _LINE - len(tail))[0].rstrip("，、 ") + tail, False


def _part(flat: str, room: int) -> tuple[str, str]:
    if len(flat) <= room:
        return flat, ""
    for at in range(room, room // 2, -1):
        if flat[at - 1] in _PAUSE:
            return flat[:at], flat[at:]
    aside = flat.rfind("（", room // 4, room + 1)
    if aside > 0:
        return flat[:aside], flat[aside:]
    at = room
    while at > 1 and flat[at - 1].isascii() and flat[at].isascii():
        at -= 1
    return flat[:at], flat[at:]


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A time as the keys `time…` want it: 2026年12月1日 18:00."""
    local = at.astimezone(zone)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
