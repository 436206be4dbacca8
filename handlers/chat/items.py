"""我的待办: what she has still to give, to sign, to forward, to decide, to answer."""

from __future__ import annotations

from bot.actions import progress
from bot.core import access, intents, ledger, period
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import broadcasts, difficulties, receipts, relays, units
from handlers.chat.message import Member

_MOST = 20


async def handle(rt: Runtime, message: Member, intent: intents.MyItems | intents.Tasks) -> Reply:
    """One line for each kind of thing that waits for her; 任务 only what is to be reported."""
    lines = await _reports(rt, message)
    if isinstance(intent, intents.MyItems):
        lines += await _notices(rt, message)
        lines += await _difficulties(rt, message)
    if not lines:
        return message.say(rt.words.say("items.none"))
    return message.say("\n".join([rt.words.say("items.head", n=len(lines)), *lines]))


async def _reports(rt: Runtime, message: Member) -> list[str]:
    said = []
    for post in message.person.posts:
        if access.report_post(message.actor, post.unit) is None:
            continue
        owed = await progress.owes(rt, post.unit, message.now)
        names = "、".join(ledger.spoken(one.indicator) for one in owed)
        if names:
            said.append(rt.words.say("items.report", unit=post.unit.short, list=names))
    return list(dict.fromkeys(said))


async def _notices(rt: Runtime, message: Member) -> list[str]:
    say, said = rt.words.say, []
    async with rt.write() as c:  # relays.waiting takes a lock
        owed = await receipts.owed(c, message.person.id, period.ms(message.now))
        waiting = await broadcasts.waiting(c, _MOST)
        places = await units.many(c, [one.unit_id for one in waiting])
        found = await relays.waiting(c, message.person.id)
        forward = await broadcasts.get(c, found[0].broadcast_id) if found else None
    if owed:
        first = owed[0].broadcast
        said.append(say("items.sign", count=len(owed), n=first.id, title=first.title))
    if found and forward:
        said.append(say("items.relay", n=forward.id, title=forward.title, groups=len(found[1])))
    for one in waiting:
        unit = places[one.unit_id]
        if access.may_decide(message.actor, author_id=one.author_id, unit=unit):
            said.append(say("items.decide", n=one.id, title=one.title))
    return said


async def _difficulties(rt: Runtime, message: Member) -> list[str]:
    held = [
        post.unit.id
        for post in message.person.posts
        if access.may_answer(message.actor, owner=post.unit)
    ]
    async with rt.read() as c:
        mine = await difficulties.of_person(
            c, message.person.id, (difficulties.State.ANSWERED,), limit=1
        )
        owned = await difficulties.owned(c, held, difficulties.WAITING, limit=_MOST)
    said = []
    if mine:
        said.append(rt.words.say("items.answered", n=mine[0].id, owner=mine[0].owner.display))
    if owned:
        first = owned[0]
        said.append(
            rt.words.say("items.answer", count=len(owned), n=first.id, unit=first.unit.short)
        )
    return said
