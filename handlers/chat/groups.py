"""WeChat groups in chat: 转了, 关群, 还用, 我不是群主, 加注 for the groups below, and what readers in groups wrote."""

from __future__ import annotations

from typing import Final

from bot import errors
from bot.actions import register
from bot.core import access, intents
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import relay_lines
from handlers.chat import answers, notices, relay, short
from handlers.chat.asking import Standing
from handlers.chat.message import Member

Intent = (
    intents.Relayed
    | intents.CannotRelay
    | intents.CloseGroup
    | intents.GroupUse
    | intents.NotMyGroup
    | intents.AddLine
    | intents.GroupAnswers
)

LINE: Final = 100  # characters of a line that a level adds


async def handle(rt: Runtime, message: Member, was: Standing | None, intent: Intent) -> Reply:
    """转了 and 转不了; end or keep a group of hers, keep her level's line, or show what came back from the groups."""
    match intent:
        case intents.Relayed() | intents.CannotRelay():
            return await relay.handle(rt, message, intent)
        case intents.NotMyGroup():
            return await relay.not_hers(rt, message, intent)
        case intents.GroupUse():
            return await _in_use(rt, message, was, intent)
        case intents.CloseGroup(words=words):
            closed = await register.close(rt, message.person, words)
            if not closed:
                return message.say(rt.words.say("register.closed_which"))
            names = rt.words.say("broadcast.separator").join(closed)
            return message.say(rt.words.say("register.closed", list=names))
        case intents.AddLine():
            return await _line(rt, message, intent)
        case intents.GroupAnswers():
            return await answers.handle(rt, message, intent)


async def _in_use(
    rt: Runtime, message: Member, was: Standing | None, intent: intents.GroupUse
) -> Reply:
    """The answer to whether her groups still serve; unasked, 不用了 is what it is anywhere else."""
    said = await register.used_or_not(rt, message.person, intent, message.at)
    names = rt.words.say("broadcast.separator").join(said.done or said.of)
    if said.done:
        key = "register.kept" if intent.used else "register.closed"
        return message.say(rt.words.say(key, list=names))
    if said.of:
        return message.say(rt.words.say("register.which_unused", n=len(said.of), list=names))
    if intent.words:
        return message.say(rt.words.say("register.closed_which"))
    if intent.used:
        return message.say(rt.words.say("register.not_asked"))
    return await short.handle(rt, message, was, intents.DropIt())


async def _line(rt: Runtime, message: Member, intent: intents.AddLine) -> Reply:
    post = access.send_post(message.actor)
    if post is None:
        raise errors.NotAllowed
    notice = await notices.visible(rt, message, intent.number, groups=True)
    if isinstance(notice, str) or not notice.groups_n or notice.expires_at_ms <= message.now_ms:
        return message.say(rt.words.say("relaying.no_line_here"))
    if len(intent.text) > LINE:
        return message.say(rt.words.say("relaying.line_long", most=LINE))
    async with rt.write() as c:
        kept = await relay_lines.put(
            c, notice, post.unit, intent.text, by=message.person.id, at_ms=message.now_ms
        )
    if not kept:
        return message.say(rt.words.say("relaying.no_line_here"))
    key = "relaying.line" if intent.text else "relaying.line_gone"
    said = rt.words.say(
        key, n=notice.id, title=notice.title, unit=post.unit.display, text=intent.text
    )
    return message.say(said)
