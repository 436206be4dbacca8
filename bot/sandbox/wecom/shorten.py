"""What WeCom cuts off without a word: app texts, and titles and descriptions of links.

Source: "发送应用消息" (document/path/90236) and "群机器人配置说明" (91770), read 2026. It cuts between characters here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LINK_BYTES = {"title": 128, "description": 512}


def content(data: Mapping[str, Any], text_bytes: Mapping[str, int]) -> dict[str, Any]:
    """The part of a request that holds its words, as it arrives; `text_bytes` by kind. Empty when nothing is cut."""
    kind = str(data.get("msgtype"))
    given = data.get(kind)
    if not isinstance(given, dict):
        return {}
    if kind == "news" and isinstance(given.get("articles"), list):
        return {kind: given | {"articles": [_cut(one, _LINK_BYTES) for one in given["articles"]]}}
    return {kind: _cut(given, {"content": text_bytes[kind]})} if kind in text_bytes else {}


def _cut(given: Any, most: Mapping[str, int]) -> Any:
    if not isinstance(given, dict):
        return given
    return given | {
        name: given[name].encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
        for name, size in most.items()
        if isinstance(given.get(name), str)
    }
