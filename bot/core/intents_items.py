"""Intents about numbered items (tasks, documents, statistics) and the list of difficulties; see `intents`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Deed = Literal["show", "done", "doing", "undone", "back", "close", "missing", "say"]


@dataclass(frozen=True, slots=True)
class Item:
    """任务3, 3 办好了, 3号 下周报, 统计5 12, 退回 3 照片不清, 任务3谁没办.

    `text` is what she wrote beside the number, raw; `named` when she said the word 任务, 文件 or 统计: without
    it the line may be a report. "say": any other words, which mean what the item's kind makes of them.
    """

    deed: Deed
    number: int
    text: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class AttachPhoto:
    """附图: a photo of what she has just reported is to come."""


@dataclass(frozen=True, slots=True)
class WaitingFigures:
    """待审: the figures of those below that she has to agree to."""


@dataclass(frozen=True, slots=True)
class AgreeFigures:
    """同意 东山, 都同意 (then `words` is empty)."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFigures:
    """退回 东山 数不对: unit and reason as she wrote them."""

    words: str


@dataclass(frozen=True, slots=True)
class DifficultyList:
    """困难台账, 困难清单 星溪乡, 还有几个没解决."""

    unit_words: str = ""
