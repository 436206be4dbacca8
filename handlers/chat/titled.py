"""A number said with the title of a statistic that she owes: 妇女之家3个, without 统计3 before it."""

from __future__ import annotations

import re
from typing import Final

from bot.actions import item
from bot.core import numerals
from bot.core.intents import Open
from bot.core.item import Kind, State
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, item_lines
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "item"
_COUNTED: Final = re.compile("(?:的?(?:个数|人数|数量|总数|数))$")
_NUMBER: Final = re.compile(
    "(?:的?(?:个数|人数|数量|总数|数))?[是有:：为]{0,2}(?P<n>[0-9零〇一二三四五六七八九十百千万两]+)(?:个|名|人|户|件|次|场|处|所|位)?"
)
_LEAST: Final = 3  # characters of a title that mean it


async def asked(rt: Runtime, message: Member) -> Reply | None:
    """Ask whether it is that statistic's number; None where the line is not a title of hers and one number."""
    key = message.line.key
    for part in await item.mine(rt, message.actor):
        stem = _COUNTED.sub("", part.item.title)
        if part.item.kind is not Kind.STATISTIC or len(stem) < _LEAST or stem not in key:
            continue
        before, _, behind = key.partition(stem)
        found = _NUMBER.fullmatch(behind or before)
        value = numerals.value(found["n"]) if found else None
        if value is None:
            continue
        sentence = rt.words.say("items.is_number", value=value, **item_lines.named(rt, part.item))
        data = {"number": part.item.id, "state": State.DONE.value, "text": "", "value": value}
        question = Asked(Open.READBACK, ABOUT, data, sentence, sentence)
        return message.say(sentence, await asking.ask(rt, message, question))
    return None
