"""Sentences about figures that stand already: 附图; 待审, 同意 东山, 都同意, 退回 东山 数不对 from above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.core import intents
from bot.core.intents import Intent
from bot.core.model import Unit
from bot.core.text import Line

_PHOTO: Final = re.compile(
    "(?:我要?|补|再)?(?:附|传|上传|发|补)(?:个|张|一张)?(?:现场)?(?:图片?|照片|相片)(?:吗|了|可以吗)?"
)
_WAITING: Final = re.compile(
    "(?:还?有)?(?:哪些|什么|几个|多少)?(?:数|数据|上报)?(?:待审核?|没审核?|等我?审核?|要审核?)的?(?:数|数据|有哪些|名单)?"
)
_ALL: Final = re.compile("(?:全部?|统统|一律)?都?同意了?|同意(?:全部|所有|以上)(?:的|数)*")
_ONE: Final = re.compile(r"^同意[\s,:，：]*(?P<words>[^\d\s,:，：?？][^?？]{0,60})$")
_BACK: Final = re.compile(
    r"^(?:请)?(?:退回|打回)[\s,:，：]*(?P<words>[^\d\s,:，：?？].{0,200})$", re.DOTALL
)
_NOT_UNITS: Final = re.compile("^(?:发|吧|了|的?通知|去?请假|参加|这个|你|您)")

_GAP: Final = re.compile(r"^[\s,:;!，：；。！]*(?:的数|的|说|因为)?[\s,:;!，：；。！]*")


def read(line: Line) -> Intent | None:
    """What a line says of waiting figures; None for anything else, like the bare 同意 that is for a notice."""
    if _PHOTO.fullmatch(line.key):
        return intents.AttachPhoto()
    if _WAITING.fullmatch(line.key):
        return intents.WaitingFigures()
    if line.key != "同意" and _ALL.fullmatch(line.key):
        return intents.AgreeFigures()
    one = _ONE.match(line.raw.strip())
    if one and not _NOT_UNITS.match(one["words"]):
        return intents.AgreeFigures(one["words"].strip())
    back = _BACK.match(line.raw.strip())
    return intents.ReturnFigures(back["words"].strip()) if back else None


def named(waits: Iterable[Unit], words: str) -> tuple[int | None, str]:
    """The unit (its id) that the words begin with, and the rest; None where none fits, or two of one name do."""
    by_name: dict[str, set[int]] = {}
    for unit in waits:
        for name in (unit.display, unit.name, unit.short, unit.short[:-1]):
            by_name.setdefault(name, set()).add(unit.id)
    fitting = [name for name in by_name if len(name) > 1 and words.startswith(name)]
    if not fitting:
        return None, ""
    name = max(fitting, key=len)
    if len(by_name[name]) > 1:
        return None, ""
    rest = words[len(name) :]
    if not name.endswith("村"):
        rest = rest.removeprefix("村")
    return next(iter(by_name[name])), _GAP.sub("", rest).strip()
