"""The answers that the account gave by itself before us, as the back office has them: read, kept, found again.

WeChat gives none of them any more once the callback is switched on. Pictures, voices and films are
left out: their media ids end after three days. Fields:
developers.weixin.qq.com/doc/subscription/api/notify/autoreplies, a copy read in November 2026.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from bot.core import text, wording
from bot.core.reply import NewsReply, Reply, TextReply

FOLLOW: Final = "add_friend_autoreply_info"
DEFAULT: Final = "message_default_autoreply_info"
KEYWORDS: Final = "keyword_autoreply_info"
_LOST: Final = frozenset({"img", "voice", "video"})


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword; `whole` if it must be all that is said. `key` is folded like what people type."""

    said: str
    key: str
    whole: bool

    def hits(self, line: text.Line) -> bool:
        """Whether the line says it."""
        if not self.key:  # nothing but signs or a face: as it stands
            return self.said == line.raw.strip() if self.whole else self.said in line.raw
        return self.key == line.key if self.whole else self.key in line.key


@dataclass(frozen=True, slots=True)
class Rule:
    """Some keywords and the answers to any of them; `every` gives all of them at once, else one by chance."""

    keywords: tuple[Keyword, ...]
    answers: tuple[TextReply | NewsReply, ...]
    every: bool

    def answer(self, draw: bytes) -> Reply:
        """The answer; `draw` chooses among several and is the same for every repeat of a push."""
        if not self.every:
            return self.answers[int.from_bytes(draw[-4:]) % len(self.answers)]
        words = [one.text for one in self.answers if isinstance(one, TextReply)]
        if not words:
            return self.answers[0]
        return TextReply(wording.whole(words, wording.LIMIT, "\n\n"))


@dataclass(frozen=True, slots=True)
class Autoreplies:
    """What the account said to a new follower, to any message, to keywords; `lost` answers could not be kept."""

    follow: str = ""
    default: str = ""
    rules: tuple[Rule, ...] = ()
    lost: int = 0

    def __bool__(self) -> bool:
        return bool(self.follow or self.default or self.rules or self.lost)

    def answer(self, line: text.Line, draw: bytes) -> Reply | None:
        """What the first rule with a keyword in the line answers."""
        for rule in self.rules:
            if any(keyword.hits(line) for keyword in rule.keywords):
                return rule.answer(draw)
        return None


def merged(kept: str, told: Mapping[str, Any]) -> str:
    """What to keep: each part that the platform says is in use, over what was kept of it.

    A part that is off stays as it was kept, for the callback itself switches all of them off.
    """
    parts = dict(json.loads(kept)) if kept else {}
    if told.get("is_add_friend_reply_open") and isinstance(told.get(FOLLOW), Mapping):
        parts[FOLLOW] = told[FOLLOW]
    if told.get("is_autoreply_open") and isinstance(told.get(DEFAULT), Mapping):
        parts[DEFAULT] = told[DEFAULT]
    if _rules_of(told):
        parts[KEYWORDS] = told[KEYWORDS]
    return json.dumps(parts, ensure_ascii=False, sort_keys=True) if parts else ""


@lru_cache(maxsize=2)
def read(kept: str) -> Autoreplies:
    """What was kept, made ready to answer; whatever has another form than the documented one is passed over."""
    parts = json.loads(kept) if kept else {}
    follow, default = (_simple(parts.get(name)) for name in (FOLLOW, DEFAULT))
    lost = sum(_is_lost(parts.get(name)) for name in (FOLLOW, DEFAULT))
    rules = []
    for each in _rules_of(parts):
        given = _list(each, "reply_list_info")
        lost += sum(_is_lost(one) for one in given)
        answers = tuple(found for one in given for found in _answers(one))
        keywords = tuple(
            Keyword(said, text.line(said).key, one.get("match_mode") == "equal")
            for one in _list(each, "keyword_list_info")
            if (said := _said(one.get("content")))
        )
        if answers and keywords:
            rules.append(Rule(keywords, answers, every=each.get("reply_mode") == "reply_all"))
    return Autoreplies(follow, default, tuple(rules), lost)


def _rules_of(parts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _list(parts.get(KEYWORDS), "list")


def _list(holder: object, name: str) -> list[Mapping[str, Any]]:
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _said(value: object) -> str:
    return wording.shorten(value.strip(), wording.LIMIT) if isinstance(value, str) else ""


def _simple(info: object) -> str:
    return _said(info.get("content")) if _kind(info) == "text" and isinstance(info, Mapping) else ""


def _kind(info: object) -> object:
    return info.get("type") if isinstance(info, Mapping) else None


def _is_lost(info: object) -> bool:
    return _kind(info) in _LOST


def _answers(info: Mapping[str, Any]) -> list[TextReply | NewsReply]:
    """Words, or the first article: a passive answer takes no second one."""
    if words := _simple(info):
        return [TextReply(words)]
    articles = _list(info.get("news_info"), "list") if _kind(info) == "news" else []
    for one in articles[:1]:
        names = ("title", "digest", "cover_url", "content_url")
        title, digest, cover, address = (_said(one.get(name)) for name in names)
        if title and address:
            return [NewsReply(title, digest, cover, address)]
    return []
