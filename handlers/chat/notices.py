"""12号通知: its text for whom it was sent to, its sum for those who may see it."""

from __future__ import annotations

from typing import Final

from bot import errors
from bot.actions import broadcast, confirm, letters, quota
from bot.actions.letters import Group
from bot.core import wording
from bot.core.plan import Broadcast, Receipt
from bot.core.receipt import State
from bot.core.reply import Reply, TextReply
from bot.runtime import Runtime
from bot.store import amendments, broadcasts, groups, receipts, relays, units
from handlers.chat.message import Member

_RECENT: Final = 20
_NOTICES: Final = ("notice",)  # a reminder is not what she asks of


async def shown(rt: Runtime, message: Member, n: int) -> Reply:
    """The sum for its senders, the text for its recipients, one and the same sentence for everybody else."""
    try:
        return await standing(rt, message, n)
    except errors.NotFound:
        pass
    forward = await _to_forward(rt, message, n)
    if forward is not None:
        return forward
    try:
        return await text(rt, message, n)
    except errors.NotFound:
        return message.say(rt.words.say("notice.no_such", n=n))


async def standing(rt: Runtime, message: Member, n: int | None) -> Reply:
    """How far notice `n` (else the newest of hers) has come: the sum, and how many signed.

    Raises NotFound for a notice that was not sent from inside her scope.
    """
    async with rt.read() as c:
        if n is None:
            homes = [post.unit.id for post in message.person.posts]
            some = await broadcasts.recent(c, homes, 1, purposes=_NOTICES)
            if not some:
                return message.say(rt.words.say("notice.none_sent"))
            notice = some[0]
        else:
            notice = await broadcasts.get(c, n)
        unit = await units.by_id(c, notice.unit_id)
        if unit is None or not message.actor.sees(unit):
            raise errors.NotFound
        signed = 0
        if notice.receipt is not Receipt.NONE:
            counts = await receipts.counts_by_child(c, notice, unit)
            signed = sum(one.signed for one in counts)
        later = await amendments.after(c, notice.id)
    sums = broadcast.sum_line(rt, notice.id, await broadcast.tally(rt, notice.id))
    state = rt.words.say(f"broadcast.state_{notice.state}")
    lines = [sums, rt.words.say("notice.state", title=notice.title, state=state)]
    if notice.receipt is not Receipt.NONE:
        lines.append(rt.words.say("notice.signed", signed=signed, n=notice.id))
    if later is not None:
        lines.append(rt.words.say("notice.amended", n=notice.id, later=later))
    if notice.stop_reason.startswith(quota.USED_UP):
        lines.append(rt.words.say("notice.rests"))
    # The sum is figures that must add up: it is never cut, not even for a village.
    return TextReply(wording.shorten("\n".join(lines), wording.LIMIT))


async def text(rt: Runtime, message: Member, n: int) -> Reply:
    """The notice as it was written, which may be longer than our own sentences; she has opened it.

    Raises NotFound for one that was not sent to her.
    """
    notice = await confirm.opened(rt, message.person.id, n, message.at)
    said = await letters.read(rt, notice)
    lines = [said.text().text]
    if notice.receipt is not Receipt.NONE:
        lines.append(rt.words.say(f"notice.please_{notice.receipt}", n=notice.id))
    return TextReply("\n".join(lines))


async def _to_forward(rt: Runtime, message: Member, n: int) -> Reply | None:
    """The text ready to forward, for an owner who was asked to; which of her groups still wait for it, if any do."""
    async with rt.write() as c:
        found = await relays.asked(c, message.person.id, n)
    if found is None:
        return None
    held, positions = found
    waiting = [at for at in positions if held.arrays.states[at] == State.TO_RELAY]
    mine = [(int(held.members[at]), int(held.places[at])) for at in waiting or positions]
    async with rt.read() as c:
        notice = await broadcasts.get(c, n)
        known = await groups.many(c, [member for member, _ in mine])
    hers = [Group(one, known[one].name, place) for one, place in mine if one in known]
    if not hers:
        return None
    said = await letters.read(rt, notice)
    if waiting:
        return TextReply(said.relay_text(message.person.id, hers).text)
    done = rt.words.say("notice.forwarded", n=len(hers))
    return TextReply(
        wording.whole([said.group_text(hers[0]).text, done], wording.LIMIT, joint="\n\n")
    )


async def visible(rt: Runtime, message: Member, n: int | None, *, groups: bool) -> Broadcast | str:
    """The notice whose receipts inside her scope she may ask about: sent from her own line of units or below.

    Without a number the newest that asks for a receipt (with `groups`: that went to groups); if there is none the
    sentence that her unit has sent none yet, or none of that kind. Raises NoNotice for a foreign one.
    """
    async with rt.read() as c:
        line = [message.home, *reversed(await units.ancestors(c, message.home))]
        if n is None:
            ids = {unit.id for unit in line}
            homes = {post.unit.id for post in message.person.posts}
            some = await broadcasts.recent(c, sorted(ids | homes), _RECENT, purposes=_NOTICES)
            some = [one for one in some if one.epoch]
            fits = [one for one in some if one.groups_n or not groups]
            fits = [one for one in fits if groups or one.receipt is not Receipt.NONE]
            found = next((one for one in fits if one.unit_id in ids), None)
            hers = next((one for one in some if one.unit_id in homes), None)
            return found or _none(rt, hers, groups=groups)
        try:
            notice = await broadcasts.get(c, await amendments.after(c, n) or n)
        except errors.NotFound as error:
            raise errors.NoNotice(n) from error
        unit = await units.by_id(c, notice.unit_id)
    if unit is None or not (message.actor.sees(unit) or unit in line):
        raise errors.NoNotice(n)
    return notice


def _none(rt: Runtime, newest: Broadcast | None, *, groups: bool) -> str:
    """Nothing was sent yet, or the newest asked for no receipt (`groups`: went to none)."""
    if newest is None:
        return rt.words.say("notice.none_sent")
    key = "notice.none_to_groups" if groups else "notice.none_to_sign"
    return rt.words.say(key, title=newest.title, n=newest.id)
