"""What came of a 提醒, and how far a notice is of which nobody has to sign yet."""

from __future__ import annotations

from bot.actions import broadcast, remind
from bot.core.model import Unit
from bot.core.plan import Broadcast, Phase
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import broadcasts, receipts
from handlers.chat.message import Member


async def reminded(rt: Runtime, message: Member, done: remind.Reminded, silent: int) -> Reply:
    """How many get it, and why not all: nobody registered there (`silent` units have nobody at all), or three already."""
    reached = 0
    if done.broadcast is not None:
        sums = (await broadcast.tally(rt, done.broadcast.id)).people
        reached = sums.n - sums.unregistered - sums.refused
        silent += sums.unregistered
    said = []
    if reached:
        said.append(rt.words.say("missing.reminded", n=reached))
    elif not done.today:
        said.append(rt.words.say("missing.reminded_nobody"))
    if done.today:
        said.append(rt.words.say("missing.reminded_today", n=done.today))
    if done.spared:
        said.append(rt.words.say("missing.spared", n=done.spared))
    if silent:
        said.append(rt.words.say("missing.unreachable", n=silent))
    return message.say("".join(said))


async def under_way(rt: Runtime, message: Member, notice: Broadcast, unit: Unit) -> str | None:
    """How many of the unit have the notice so far, while it is still on its way to others; None if it is not."""
    if notice.state not in (Phase.READY, Phase.SENDING, Phase.PAUSED):
        return None
    async with rt.read() as c:
        some = await receipts.counts_by_child(c, notice, unit)
        left = (await broadcasts.tally(c, notice)).people.unsent
    people, reached = sum(one.people for one in some), sum(one.reached for one in some)
    if not left or reached >= people:
        return None
    key = "missing.under_way"
    if notice.state is Phase.PAUSED:
        key = "missing.held"
    elif notice.state is Phase.READY and (notice.not_before_ms or 0) > message.now_ms:
        key = "missing.not_begun"
    return rt.words.say(key, n=notice.id, title=notice.title, reached=reached, people=people)
