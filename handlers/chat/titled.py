"""Items without their number: 妇女之家3个 of a statistic, 实施方案交了 of a document, 办好了 of what she just looked at."""

from __future__ import annotations

from typing import Final

from bot.actions import item
from bot.core import intent_items, text
from bot.core import item as rules
from bot.core.item import Kind, Part, State
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, item_lines
from handlers.chat.asking import Asked
from handlers.chat.message import Member

_LEAST: Final = 3  # characters of a title that mean it


async def asked(rt: Runtime, message: Member, said: intent_items.Said | None) -> Reply | None:
    """Ask whether it is that statistic's number, or that task or document is done or under way; `said`: her line's deed.

    None where not exactly one title of hers is in the line, and for what she says is not done (会改联没完成).
    """
    if said is not None and said[1] == "undone":
        return None
    some = await item.mine(rt, message.actor)
    if said is not None:
        what, how = said
        named = [one for one in some if _of_title(one, what)]
        if len(named) != 1:
            return None
        state = State.DONE if how == "done" else State.DOING
        return await _ask(
            rt, message, item_lines.is_it(rt, named[0].item, state, message.line.raw.strip())
        )
    for part in some:
        value = rules.titled(part.item.title, message.line.key)
        if part.item.kind is not Kind.STATISTIC or value is None:
            continue
        return await _ask(rt, message, item_lines.is_number(rt, part.item, value))
    return None


async def _ask(rt: Runtime, message: Member, asked: Asked) -> Reply:
    return message.say(asked.sentence, await asking.ask(rt, message, asked))


def _of_title(part: Part, what: str) -> bool:
    """Whether these words are (a part of) the title of something to be done or handed in."""
    return (
        part.item.kind is not Kind.STATISTIC
        and len(what) >= _LEAST
        and what in text.key(part.item.title)
    )
