"""我的资料 and 全文: what is kept about her, in short (all of it is `yihu people export --person`), and what she was told on cards."""

from __future__ import annotations

from typing import Final

from bot.core import intents, wording
from bot.core.reply import Reply, TextReply
from bot.runtime import Runtime
from bot.store import outbox, personal
from handlers.chat.message import Member, Message

_LETTERS: Final = 3  # shown at once, the newest first


async def handle(
    rt: Runtime, message: Member, intent: intents.MyData | intents.WholeLetters
) -> Reply:
    """What is kept about her, or for her."""
    if isinstance(intent, intents.WholeLetters):
        return await _letters(rt, message)
    return await _data(rt, message)


async def _data(rt: Runtime, message: Member) -> Reply:
    """Her name and telephone as only she recognises them, where she holds posts, how much she has said."""
    async with rt.read() as c:
        head = await personal.head(c, message.person.key)
        reports, difficulties = await personal.counts(c, message.person.id)
    phone = rt.seal.open(head.phone_sealed) if head and head.phone_sealed else ""
    sentence = rt.words.say(
        "personal.short",
        name=wording.masked(message.person.name),
        posts=rt.words.say("personal.joint").join(
            f"{post.unit.display}{post.title}" for post in message.person.posts
        ),
        phone=rt.words.say("personal.ends", digits=phone[-4:]) if phone else rt.words.say("personal.none"),
        reports=reports,
        difficulties=difficulties,
    )  # fmt: skip
    return message.say(sentence, rt.words.say("personal.whole"))


async def _letters(rt: Runtime, message: Member) -> Reply:
    """Whole what cards held only the beginning of."""
    async with rt.read() as c:
        texts = await outbox.cut(c, message.person.id, _LETTERS)
    if not texts:
        return message.say(rt.words.say("letter.none"))
    return TextReply(wording.whole(texts, wording.LIMIT, joint="\n\n"))


def of_a_stranger(rt: Runtime, message: Message) -> Reply:
    """Nothing but the account she writes from."""
    return message.say(rt.words.say("personal.stranger"))
