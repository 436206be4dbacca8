"""12号报名: what readers in groups signed up for or wrote, as many as one answer holds; 更多 goes on."""

from __future__ import annotations

import json
from typing import Final

from bot import errors
from bot.core import access, intents, wording
from bot.core.plan import Broadcast
from bot.core.reply import Reply, TextReply
from bot.runtime import Runtime
from bot.store import broadcasts, epochs, group_answers
from bot.store.questions import Deed
from handlers.chat import asking, notices
from handlers.chat.message import Member

LISTED: Final = "answers"  # the deed of having been shown some
_AT_ONCE: Final = 20


async def handle(rt: Runtime, message: Member, intent: intents.GroupAnswers) -> Reply:
    """Her own units' answers with names, of everything below only how many."""
    if access.send_post(message.actor) is None:
        raise errors.NotAllowed
    notice = await notices.visible(rt, message, intent.number, groups=True)
    if isinstance(notice, str):
        return message.say(notice)
    return await _show(rt, message, notice, 0)


async def more(rt: Runtime, message: Member, deed: Deed) -> Reply:
    """更多, after she was shown the first of them."""
    async with rt.read() as c:
        notice = await broadcasts.get(c, deed.payload["notice"])
    return await _show(rt, message, notice, deed.payload["shown"])


async def _show(rt: Runtime, message: Member, notice: Broadcast, start: int) -> Reply:
    """One page, whole answers only; a list that she asked for may be longer than what a village is told unasked."""
    home = message.home
    async with rt.read() as c:
        spans = await epochs.spans(c, notice, home)
        if not spans:
            raise errors.NotFound
        whole = (spans[0][1], spans[0][2])
        near = whole if all(hi - lo == 1 for _, lo, hi in spans[1:]) else (whole[0], whole[0] + 1)
        total, known = await group_answers.count(c, notice.id, whole)
        mine, _ = await group_answers.count(c, notice.id, near)
        some = await group_answers.page(c, notice.id, near, start=start, limit=_AT_ONCE)
    key = "relaying.answers" if start == 0 else "relaying.answers_further"
    lines = [rt.words.say(key, title=notice.title, unit=home.short, n=total, known=known)]
    shown = start
    for line in (_said(rt, one) for one in some):
        if len("\n".join([*lines, line])) > wording.LIMIT - _AT_ONCE * 2:  # room for the last line
            break
        lines.append(line)
        shown += 1
    if shown < mine:
        await asking.did(rt, message, LISTED, {"notice": notice.id, "shown": shown})
        lines.append(rt.words.say("relaying.answers_more", n=mine - shown))
    elif total > mine:
        lines.append(rt.words.say("relaying.answers_below", n=total - mine))
    return TextReply("\n".join(lines))


def _said(rt: Runtime, one: group_answers.Answer) -> str:
    words = json.loads(rt.seal.open(one.words_sealed))
    said = [words[name] for name in ("name", "phone", "text") if words.get(name)]
    return rt.words.say("relaying.answer", group=one.group, said=" ".join(said))
