"""Commands about groups: 关群, 加注, 报名名单."""

from __future__ import annotations

import re
from typing import Final

from bot.core import intent_orders, intents
from bot.core.intents import Intent
from bot.core.text import Line

_REST, _REF = intent_orders.REST, intent_orders.REF
_CLOSE: Final = re.compile(
    r"^(?:关闭?|撤销?|注销|停用)(?:掉|了)?(?:微信)?群(?:了|吧)?(?:[\s:,。]+(?P<name>.+))?$|^(?:关闭|注销|停用)(?P<named>\S{2,24}群)$"
)
_LINE: Final = re.compile(
    rf"^(?:(?:转发)?加注|附言){_REST}{_REF}?(?P<rest>.*)$|^第?[nN]?(?P<m>\d{{1,9}})号(?:通知)?(?:转发)?加注(?P<more>.*)$",
    re.DOTALL,
)
_ANSWERS: Final = re.compile(
    r"第?n?(\d{1,9})?号?(?:通知)?(?:群里的?)?(?:报名|留言)(?:名单|情况|人数|了多少人?|的?有谁|的?有哪些)?n?(\d{1,9})?"
)


def read(line: Line) -> Intent | None:
    """A command about groups, or None."""
    found = _CLOSE.match(line.text)
    if found:
        return intents.CloseGroup((found["name"] or found["named"] or "").strip())
    found = _LINE.match(line.text)
    if found:
        number = found["n"] or found["m"]
        rest = "rest" if found["rest"] is not None else "more"
        text = intent_orders.after(line.raw.strip(), line.text[: found.start(rest)])
        return intents.AddLine(int(number) if number else None, text.lstrip(" ：:，,。\n"))
    found = _ANSWERS.fullmatch(line.key)
    if found and line.key not in ("报名", "留言"):
        number = found[1] or found[2]
        return intents.GroupAnswers(int(number) if number else None)
    return None
