"""What is said about groups: 关群, 还用, 我不是群主, 加注, 报名名单."""

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
_STILL: Final = "(?:还|仍|仍然|一直|都|要|得|继续)*(?:还|在|要|继续)用(?:的|着|得着|得上|呢)*"
_NO_MORE: Final = (
    "(?:已经|早|早就|现在)?(?:不再?用|不要|没用|没人用|关|关闭|关掉|停用|可以关)(?:了|吧|掉)+"
)
_WHOSE: Final = "(?:(?:这个?|那个?|我的?|我们的?|它)?(?:微信)?群)?"
_NAME: Final = r"(?P<name>[^\s,。;:!?]{2,24}群)"
_USED: Final = re.compile(f"^{_WHOSE}(?P<every>都|全)?{_STILL}$|^{_NAME}(?:还|仍|都)*{_STILL}$")
_UNUSED: Final = re.compile(f"^{_WHOSE}(?P<every>都|全部?)?{_NO_MORE}$|^{_NAME}{_NO_MORE}$")
_NOT_MINE: Final = re.compile(
    rf"(?:我|我现在|我已经|已经)?(?:不再?是|不做|不当|不管)(?:这个?|那个?|{_NAME}的?)?(?:微信)?群?(?:的)?群主(?:了|啊|呀|呢)?"
    rf"|(?:这个?|那个?|{_NAME.replace('name', 'other')})?(?:的)?(?:群主|微信群|群)(?:不是我的?|不归我管|不是我管的?)(?:了|啊|呀)?"
    rf"|{_NAME.replace('name', 'third')}(?:不是我的?|不归我管|不是我管的?)(?:了|啊|呀)?"
)
_LINE: Final = re.compile(
    rf"^(?:(?:转发)?加注|附言){_REST}{_REF}?(?P<rest>.*)$|^第?[nN]?(?P<m>\d{{1,9}})号(?:通知)?(?:转发)?加注(?P<more>.*)$",
    re.DOTALL,
)
_ANSWERS: Final = re.compile(
    r"第?n?(\d{1,9})?号?(?:通知)?(?:群里的?)?(?:(?:谁|哪些人?|有谁|有哪些人?)(?:报了?名了?|留了?言了?)|(?:报名|留言)(?:名单|情况|人数|了多少人?|的?有谁|的?有哪些)?)n?(\d{1,9})?"
)


def read(line: Line) -> Intent | None:
    """A command about groups, or None."""
    found = _CLOSE.match(line.text)
    if found:
        return intents.CloseGroup((found["name"] or found["named"] or "").strip())
    answer = _about_hers(line)
    if answer:
        return answer
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


def _about_hers(line: Line) -> Intent | None:
    """Whether a group of hers still serves, or is hers at all."""
    said = line.text.rstrip("。!~ ")
    found = _USED.match(said)
    if found:
        return intents.GroupUse(used=True, every=bool(found["every"]), words=found["name"] or "")
    found = _UNUSED.match(said)
    if found:
        return intents.GroupUse(used=False, every=bool(found["every"]), words=found["name"] or "")
    found = _NOT_MINE.fullmatch(said)
    if found:
        return intents.NotMyGroup(found["name"] or found["other"] or found["third"] or "")
    return None
