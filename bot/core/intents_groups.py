"""Intents about WeChat groups and the chain of a notice; see `intents`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CloseGroup:
    """关群 星溪姐妹群: a group of hers is not used any more. `words` name it, or ''."""

    words: str


@dataclass(frozen=True, slots=True)
class GroupUse:
    """还用, 不用了, 关了: answers whether groups that lay unused still serve. `words` name one, or ''; `every`: 都不用了."""

    used: bool
    every: bool
    words: str


@dataclass(frozen=True, slots=True)
class NotMyGroup:
    """我不是群主, 星溪姐妹群不是我的: the register is wrong about her. `words` name the group, or ''."""

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
