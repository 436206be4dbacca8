"""New members who register themselves: which reports let them in, and what is a name."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from bot.core import intent, intents, ledger, text
from bot.core.model import Indicator, IndicatorKind

_BEFORE: Final = re.compile(
    "^(?:您好|你好)?[,，。!！ ]*(?:我(?:的)?(?:名字|姓名)?(?:是|叫)|名字(?:是|叫)?|姓名(?:是)?|我叫|叫)?[:： ]*"
)
_AFTER: Final = re.compile("[。.!！,， ]*(?:谢谢(?:您|你)?)?[。.!！ ]*$")
_NAME: Final = re.compile(
    r"[\u3400-\u9fff]{2,6}|[\u3400-\u9fff]{1,10}(?:·[\u3400-\u9fff]{1,10}){1,3}"
)
_NO_NAME: Final = re.compile(
    "执委|主席|干事|妇联|登记|绑定|名字|姓名|什么|怎么|不知道|没有|完成|[村乡镇县]$"
)
_AS_A_NAME: Final = intents.Unclear | intents.HowToBind | intents.Report


def lets_in(indicator: Indicator, names: Collection[str]) -> bool:
    """Whether a report of it lets as many members register; `names` are those a file need not say it of."""
    if indicator.registers is not None:
        return indicator.registers == "member"
    return indicator.kind is IndicatorKind.COUNT and ledger.spoken(indicator) in names


def name(said: str) -> str | None:
    """Her name in what she answered to 「您叫什么名字」; None if it is none."""
    plain = " ".join(said.replace("•", "·").replace("・", "·").split())
    inner = _AFTER.sub("", _BEFORE.sub("", plain)).replace(" ", "")
    if not _NAME.fullmatch(inner) or _NO_NAME.search(inner):
        return None
    meant = intent.read(text.line(inner), danger_words=())
    return inner if isinstance(meant, _AS_A_NAME) else None
