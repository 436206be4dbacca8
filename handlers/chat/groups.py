"""WeChat groups in chat: 转了, 关群, 还用, 我不是群主, 加注 for the groups below, and what readers in groups wrote."""

from __future__ import annotations

import json
from typing import Final

from bot import errors
from bot.actions import register
from bot.core import access, intents, tree, wording
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import group_answers, receipts, relay_lines
from handlers.chat import notices, relay, short
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
_SHOWN: Final = 10  # answers of one list


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
        case intents.GroupAnswers(number=number):
            return await _answers(rt, message, number)


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
    if notice is None or not notice.groups_n or notice.expires_at_ms <= message.now_ms:
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


async def _answers(rt: Runtime, message: Member, number: int | None) -> Reply:
    """Her own units' answers with names, of everything below only how many."""
    if access.send_post(message.actor) is None:
        raise errors.NotAllowed
    notice = await notices.visible(rt, message, number, groups=True)
    if notice is None:
        return message.say(rt.words.say("notice.none_sent"))
    home = message.home
    async with rt.read() as c:
        spans = await receipts.spans(c, notice, home)
        if not spans:
            raise errors.NotFound
        whole = (spans[0][1], spans[0][2])
        near = whole if all(hi - lo == 1 for _, lo, hi in spans[1:]) else (whole[0], whole[0] + 1)
        answers, known = await group_answers.count(c, notice.id, whole)
        some = await group_answers.page(c, notice.id, near, start=0, limit=_SHOWN)
    assert tree.holds([whole], near[0])
    head = rt.words.say(
        "relaying.answers", title=notice.title, unit=home.short, n=answers, known=known
    )
    lines = [_said(rt, one) for one in some]
    if answers > len(some):
        lines.append(rt.words.say("relaying.answers_more", n=answers - len(some)))
    return message.say(wording.whole([head, *lines], message.limit, "\n"))


def _said(rt: Runtime, one: group_answers.Answer) -> str:
    words = json.loads(rt.seal.open(one.words_sealed))
    said = [words[name] for name in ("name", "phone", "text") if words.get(name)]
    return rt.words.say("relaying.answer", group=one.group, said=" ".join(said))
