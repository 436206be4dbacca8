"""Items without their number: 妇女之家3个 of a statistic, 实施方案交了 of a document, 办好了 of what she just looked at."""

from __future__ import annotations

from typing import Final

from bot.actions import item
from bot.core import intent_items, text
from bot.core import item as rules
from bot.core.intents import Open
from bot.core.intents_items import Deed
from bot.core.item import Kind, Part, State
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, item_lines
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "item"
_LEAST: Final = 3  # characters of a title that mean it


async def asked(rt: Runtime, message: Member) -> Reply | None:
    """Ask whether it is that statistic's number, or that task or document; None where no title of hers is in the line."""
    some = await item.mine(rt, message.actor)
    said = intent_items.deed(message.line)
    if said is not None:
        what, how = said
        named = [one for one in some if _of_title(one, what)]
        return await _is_it(rt, message, named[0], how) if len(named) == 1 else None
    for part in some:
        value = rules.titled(part.item.title, message.line.key)
        if part.item.kind is not Kind.STATISTIC or value is None:
            continue
        sentence = rt.words.say("items.is_number", value=value, **item_lines.named(rt, part.item))
        data = {"number": part.item.id, "state": State.DONE.value, "text": "", "value": value}
        question = Asked(Open.READBACK, ABOUT, data, sentence, sentence)
        return message.say(sentence, await asking.ask(rt, message, question))
    return None


def _of_title(part: Part, what: str) -> bool:
    """Whether these words are (a part of) the title of something to be done or handed in."""
    return (
        part.item.kind is not Kind.STATISTIC
        and len(what) >= _LEAST
        and what in text.key(part.item.title)
    )


async def _is_it(rt: Runtime, message: Member, part: Part, how: Deed) -> Reply | None:
    if how == "undone":
        return None
    words = message.line.raw.strip()
    state = State.DONE if how == "done" else State.DOING
    data = {"number": part.item.id, "state": state.value, "text": words}
    key = "items.is_done" if how == "done" else "items.is_doing"
    sentence = rt.words.say(key, said=words, **item_lines.named(rt, part.item))
    note = await asking.ask(rt, message, Asked(Open.YESNO, ABOUT, data, words, sentence))
    return message.say(sentence, note)
