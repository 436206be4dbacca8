"""Intents about WeChat groups and the chain of a notice; see `intents`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CloseGroup:
    """关群 星溪姐妹群: a group of hers is not used any more. `words` name it, or ''."""

    words: str


@dataclass(frozen=True, slots=True)
class AddLine:
    """加注 12 各村周五前报: her level's line for the groups below. `text` raw; '' takes it away or asks."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """12号报名: what readers in groups signed up for or answered."""

    number: int | None
