"""A notice written in one message: the kind's word first, then 标题： 内容： 范围： … → a draft of raw values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.core import text as texts
from bot.core.model import Level, Role

_FIELDS: Final = {
    "标题": "title", "题目": "title", "主题": "title",
    "内容": "content", "正文": "content",
    "范围": "scope",
    "对象": "audience", "接收人": "audience", "发给": "audience",
    "截止": "deadline", "截止时间": "deadline", "截止日期": "deadline", "期限": "deadline",
    "回执": "receipt", "回执要求": "receipt",
    "发送时间": "send_at", "定时": "send_at",
    "紧急": "urgent", "是否紧急": "urgent",
    "联合": "joint", "联合发文": "joint", "联合单位": "joint",
    "標題": "title", "題目": "title", "主題": "title",
    "內容": "content",
    "範圍": "scope", "范圍": "scope",
    "對象": "audience", "發給": "audience",
    "截止時間": "deadline",
    "回執": "receipt", "回執要求": "receipt",
    "發送時間": "send_at", "定時": "send_at",
    "緊急": "urgent", "是否緊急": "urgent",
    "聯合": "joint", "聯合發文": "joint", "聯合單位": "joint",
}  # fmt: skip
_NAMES: Final = "|".join(sorted(_FIELDS, key=len, reverse=True))
_FIELD: Final = re.compile(
    rf"(?:^|(?<=[\s,，;；。]))\s*(?P<name>{_NAMES})\s*[:：]\s*", re.MULTILINE
)
_LOOSE: Final = re.compile(rf"^\s*(?P<name>{_NAMES})[ \t]+(?=\S)", re.MULTILINE)


SIGNUPS: Final = ("活动", "学习")
"""The kinds that readers in groups sign up for."""

FIGURES: Final = "通报"
"""The kind that shows a level's figures to all of that level: only the level above may send it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What she wrote, each value raw and stripped, '' where nothing was written; `twice` names repeated fields.

    `loose` is text before the first field: the content when there is no 内容.
    """

    kind: str
    title: str = ""
    content: str = ""
    scope: str = ""
    audience: str = ""
    deadline: str = ""
    receipt: str = ""
    send_at: str = ""
    urgent: str = ""
    joint: str = ""
    loose: str = ""
    twice: tuple[str, ...] = field(default=())

    @property
    def written(self) -> dict[str, str]:
        """The fields she wrote, by their names."""
        return {
            name: said for name in dict.fromkeys(_FIELDS.values()) if (said := getattr(self, name))
        }


def field_of(label: str) -> str:
    """The field of `Draft` that a label names: `scope` for 范围; KeyError for a word that is no label."""
    return _FIELDS[label]


def read(kind: str, body: str) -> Draft:
    """Read the raw `body` that follows the kind's word (see `intents.NewBroadcast`). Never raises.

    A field begins a line, or follows a space or comma on the same line; 内容 may run over several lines.
    """
    marks = [*_FIELD.finditer(body)]
    taken = {mark.start() for mark in marks}
    marks += [
        m
        for m in _LOOSE.finditer(body)
        if m.start() not in taken and not _FIELD.match(body, m.start())
    ]
    marks.sort(key=lambda mark: mark.start())
    values: dict[str, str] = {}
    twice: list[str] = []
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        name = _FIELDS[mark["name"]]
        if name in values:
            twice.append(mark["name"])
        values.setdefault(name, body[mark.end() : end].strip(" \t\r\n"))
    loose = body[: marks[0].start()].strip() if marks else body.strip()
    return Draft(kind=kind, loose=loose, twice=tuple(twice), **_tidy(values))


def _tidy(values: dict[str, str]) -> dict[str, str]:
    """One-line fields lose the comma or semicolon that led to the next field."""
    return {
        name: value if name == "content" else value.rstrip(" ,，;；。")
        for name, value in values.items()
    }


# ---- the values ---------------------------------------------------------------------------------------------


def names(scope: str) -> tuple[str, ...]:
    """范围: unit names or codes separated by 、，, folded; empty means the author's own unit.

    和 separates nothing: it stands inside names (政和县, 和平村).
    """
    said = re.split(r"[、,;\n]|\s+", texts.fold(scope))
    return tuple(
        dict.fromkeys(name for name in said if name and name not in ("默认", "本级", "无"))
    )


class Receipt(StrEnum):
    """What is asked back."""

    SIGN = "sign"  # 签收
    AWARE = "aware"  # 知晓: nothing
    REPLY = "reply"  # 回复


_RECEIPTS: Final = {"签收": Receipt.SIGN, "要": Receipt.SIGN, "是": Receipt.SIGN, "是的": Receipt.SIGN, "需要": Receipt.SIGN, "知晓": Receipt.AWARE, "不要": Receipt.AWARE, "不需要": Receipt.AWARE, "无": Receipt.AWARE, "否": Receipt.AWARE, "回复": Receipt.REPLY, "答复": Receipt.REPLY}  # fmt: skip


def receipt(said: str) -> Receipt | None:
    """回执; None when the word is not one of ours (the caller has a default for '')."""
    return _RECEIPTS.get(texts.key(said))


def yes(said: str) -> bool | None:
    """紧急: 是/否; '' is no; None when it is neither."""
    word = texts.key(said)
    if word in ("", "否", "不", "不是", "不用", "无", "不紧急", "不急", "一般", "平件"):
        return False
    return (
        True if word in ("是", "是的", "紧急", "急", "加急", "特急", "要", "对", "对的") else None
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One item of 对象: this level and this role; None is any."""

    level: Level | None
    role: Role | None


@dataclass(frozen=True, slots=True)
class Audience:
    """对象: any of the items (all of them: `everybody`), and the groups when `groups`. `unread` was not understood."""

    items: tuple[Item, ...] = ()
    everybody: bool = False
    groups: bool = False
    unread: tuple[str, ...] = ()


_LEVELS: Final = {
    "国家": Level.NATIONAL, "全国": Level.NATIONAL, "省": Level.PROVINCE, "市": Level.CITY, "县": Level.COUNTY, "县区": Level.COUNTY,
    "区": Level.COUNTY, "县市区": Level.COUNTY, "乡镇": Level.TOWNSHIP, "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP, "街道": Level.TOWNSHIP,
    "乡镇街道": Level.TOWNSHIP, "村": Level.VILLAGE, "社区": Level.VILLAGE, "村社区": Level.VILLAGE, "村居": Level.VILLAGE,
}  # fmt: skip
_ROLES: Final = {
    "主席": Role.CHAIR, "副主席": Role.DEPUTY, "执委": Role.MEMBER, "委员": Role.MEMBER, "干事": Role.STAFF, "专干": Role.STAFF,
    "管理员": Role.ADMIN, "妇女主任": Role.CHAIR,
}  # fmt: skip
_ITEM: Final = re.compile(
    rf"(?:各|全体|所有)?(?P<level>{'|'.join(sorted(_LEVELS, key=len, reverse=True))})?(?:级)?(?:妇联)?(?:的)?(?:全体|所有)?"
    rf"(?P<role>{'|'.join(sorted(_ROLES, key=len, reverse=True))})?"
)
_ALL: Final = ("全体", "所有人", "全部", "大家", "全体人员", "所有", "默认")
_GROUPS: Final = ("群", "微信群", "工作群", "各群", "所有群", "姐妹群")


def audience(said: str) -> Audience:
    """对象: items separated by 、 (村主席、乡镇干事), 全体 (also when nothing is said), 群. Never raises."""
    words = [
        w
        for w in re.split(r"[、,;和\n]|\s+", texts.fold(said).replace("(", "").replace(")", ""))
        if w
    ]
    if not words:
        return Audience(everybody=True)
    items: list[Item] = []
    unread: list[str] = []
    for word in words:
        if word in _ALL or word in _GROUPS:
            continue
        found = _ITEM.fullmatch(word)
        if found and (found["level"] or found["role"]):
            level, role = found["level"], found["role"]
            items.append(Item(_LEVELS[level] if level else None, _ROLES[role] if role else None))
        else:
            unread.append(word)
    return Audience(
        items=tuple(dict.fromkeys(items)),
        everybody=any(word in _ALL for word in words),
        groups=any(word in _GROUPS for word in words),
        unread=tuple(unread),
    )
