"""A number said with the title of a statistic that she owes: 妇女之家3个, without 统计3 before it."""

from __future__ import annotations

from typing import Final

from bot.actions import item
from bot.core import item as rules
from bot.core.intents import Open
from bot.core.item import Kind, State
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, item_lines
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "item"


async def asked(rt: Runtime, message: Member) -> Reply | None:
    """Ask whether it is that statistic's number; None where the line is not a title of hers and one number."""
    for part in await item.mine(rt, message.actor):
        value = rules.titled(part.item.title, message.line.key)
        if part.item.kind is not Kind.STATISTIC or value is None:
            continue
        sentence = rt.words.say("items.is_number", value=value, **item_lines.named(rt, part.item))
        data = {"number": part.item.id, "state": State.DONE.value, "text": "", "value": value}
        question = Asked(Open.READBACK, ABOUT, data, sentence, sentence)
        return message.say(sentence, await asking.ask(rt, message, question))
    return None
