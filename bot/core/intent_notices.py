"""Free sentences that send a notice or tell that one was forwarded."""

from __future__ import annotations

import re
from typing import Final

from bot.core import intent_orders, intents, numerals
from bot.core import short as shorts
from bot.core import text as texts
from bot.core.intents import Intent
from bot.core.text import Line

KINDS: Final = ("通知", "精神", "部署", "动态", "进展", "困难", "通报", "学习", "活动")
_SEND_KIND: Final = re.compile(
    r"^(?:我?要|请|帮我)?(?:发布?|下发|新建|拟|写|群发)(?:一?[个条份]|一下)?(?P<kind>通知|精神|部署|动态|进展|通报|学习|活动)(?P<rest>.*)$",
    re.DOTALL,
)
_KIND_ONLY: Final = re.compile(
    r"(?:发布?|下发|新建|拟|写|群发)?(?:一?[个条份]|一下)?(?P<kind>通知|精神|部署|通报|学习|活动)(?:通知)?"
)
_KIND_ALONE: Final = re.compile(
    r"^(?P<kind>通知|精神|部署|通报|学习|活动)(?:通知)?(?P<rest>[\s:,].*)?$", re.DOTALL
)
_KIND_FORM: Final = re.compile(
    r"^(?P<kind>通知|精神|部署|动态|进展|困难|通报|学习|活动)(?:通知)?(?=\s*[:\n ]?\s*(?:标题|内容|范围|对象|截止)\s*[:：])",
    re.DOTALL,
)
_NOTIFY: Final = re.compile(
    r"^通知(?:一下)?(?=(?:各|全|所有|大家|全体|下面|村|乡)[^?]*$)", re.DOTALL
)
_FIGURES: Final = re.compile(
    "通报(?:一下|下)?(?:全[县市省区乡镇]|本[县市省区乡镇]|各.{1,8}?)?(?:的|目前|本周|工作)?"
    "(?:完成情况|推进情况|工作情况|进度|进展|情况|数字|数据)"
)
_FORWARD: Final = re.compile(
    "^把?(?:这个|这份)?(?:文件|通知|材料)?(?:都)?(?:转|发|传达?)(?:下去|到各?村|给各?村|给大家)"
)


def read(line: Line) -> Intent | None:
    """A notice to be sent, or None."""
    if found := _KIND_ONLY.fullmatch(line.key):  # 部署！ and 【发通知】
        return intents.NewBroadcast(found["kind"], "")
    for pattern in (_SEND_KIND, _KIND_FORM, _KIND_ALONE):
        found = pattern.match(line.text)
        if found:
            rest = found.groupdict().get("rest") or ""
            if rest and shorts.read(texts.line(rest)).sign:
                return None  # 通知 收到
            head = found[0].removesuffix(rest)
            return intents.NewBroadcast(found["kind"], intent_orders.after(line.raw, head))
    if _FIGURES.fullmatch(line.key):
        return intents.NewBroadcast("通报", "")
    found = _NOTIFY.match(line.text)
    if found:
        return intents.NewBroadcast("通知", intent_orders.after(line.raw, found[0]))
    asked = re.search("[?]|没有?$|吗$", line.text)
    return intents.NewBroadcast("通知", "") if _FORWARD.match(line.key) and not asked else None


# ---- forwarding ------------------------------------------------------------

_CANNOT_RELAY: Final = re.compile(
    "转不了|转不出|转发不了|发不了群|没(?:法|办法|有)?转|没转|不在群|没有?群|群解散|未转"
)
_RELAYED: Final = re.compile(
    "^(?:已经?|都|全部?|我|刚|刚刚|文件|通知)*(?:转发?|转达|传达|转好)(?:到|给|了|完|过|好)+|^已转发?|(?:群里?|姐妹群|村民群|工作群)(?:里|内|中)?(?:都|也|已经?|全部?)*(?:发|转)(?:了|过|完|好|到位)"
    "|(?:发|转)(?:到|进|在)了?.{0,8}群(?:里)?(?:了|$)|个群(?:都|全)?(?:发|转)(?:了|完|好)"
)
_GROUPS: Final = re.compile(
    r"(?P<n>[0-9零一二三四五六七八九十百两]+)\s*个?\s*(?:微信|姐妹|村民)?群"
)
_PEOPLE: Final = re.compile(
    r"(?P<hedge>大概|大约|约|近|差不多)?\s*(?P<n>[0-9零一二三四五六七八九十百千两]+)\s*(?P<more>多|来|余|几|把)?\s*(?:个|名)?\s*(?:人|位|姐妹|群众)"
)


def relayed(line: Line) -> Intent | None:
    """Proof that a text was forwarded, or why it cannot be, or None."""
    if re.search("[?]|吗$|请|下去$", line.text):
        return None
    if _CANNOT_RELAY.search(line.key):
        return intents.CannotRelay(line.raw.strip(), _reference(line.key))
    if not _RELAYED.search(line.key):
        return None
    groups, people = _GROUPS.search(line.text), _PEOPLE.search(line.text)
    return intents.Relayed(
        groups=numerals.value(groups["n"]) if groups else None,
        people=numerals.value(people["n"]) if people else None,
        approximate=bool(people and (people["hedge"] or people["more"])),
        number=_reference(line.key),
    )


def _reference(key: str) -> int | None:
    found = re.search("n(\\d{1,9})|(\\d{1,9})号", key)
    return int(found[1] or found[2]) if found else None
