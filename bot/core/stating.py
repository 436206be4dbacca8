"""全乡新增执委30名: the sum that a unit says for all below it; compared with what they say, never added to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import ledger, numerals, text
from bot.core.model import Indicator, IndicatorKind, Unit

_ALL: Final = "全(?:乡|镇|街道|县|区|市|省|国)|各村|各乡镇|各县"
_SUM: Final = "合计|总计|共计|一共|总共|共"
_SHAPE: Final = (
    rf"(?P<who>{{own}}|{_ALL})?(?:{_SUM})?(?P<what>{{names}})(?:{_SUM}|数|了|为|是|完成|已|:)*"
    r"(?P<value>[0-9]+|[〇零一二三四五六七八九十百千万两]+){word}(?:了)?"
)


def read(said: str, indicators: Sequence[Indicator], own: Unit) -> tuple[Indicator, int] | None:
    """The indicator of a lower level and the sum, when the whole line says just that; None for anything else."""
    line = re.sub(r"[\s,。!]+", "", text.fold(said))
    for one in indicators:
        if one.level <= own.level or one.kind not in (
            IndicatorKind.COUNT,
            IndicatorKind.COMPLETION,
        ):
            continue
        names = sorted({one.name, ledger.spoken(one), *one.aliases}, key=len, reverse=True)
        shape = _SHAPE.format(
            own="|".join(map(re.escape, {text.fold(own.short), text.fold(own.name)})),
            names="|".join(re.escape(text.fold(name)) for name in names),
            word=f"(?:{re.escape(one.unit_word)}|个|名|人)?",
        )
        found = re.fullmatch(shape, line)
        if found is None or not (found["who"] or re.search(_SUM, line)):
            continue
        value = int(found["value"]) if found["value"].isdigit() else numerals.value(found["value"])
        if value is not None:
            return one, value
    return None
