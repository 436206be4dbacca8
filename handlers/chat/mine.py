"""我的资料: what is kept about her, in short; all of it is `yihu people export --person`."""

from __future__ import annotations

from bot.core import wording
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import personal
from handlers.chat.message import Member, Message


async def handle(rt: Runtime, message: Member) -> Reply:
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


def of_a_stranger(rt: Runtime, message: Message) -> Reply:
    """Nothing but the account she writes from."""
    return message.say(rt.words.say("personal.stranger"))
