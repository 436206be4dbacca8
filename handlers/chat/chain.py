"""传到哪了, with a picture if she asks; 哪里没传到: the units it has not come to, and whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot import errors
from bot.actions import chain, tell
from bot.channels import registry
from bot.core import access, chain_chart, intents, tree, wording
from bot.core.chain import Standing
from bot.core.model import Unit
from bot.core.plan import Broadcast, Receipt
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import chains, epochs, units
from handlers.chat import asking, choosing, missing, notices
from handlers.chat.message import Member

_LOOKED: Final = 3000  # units without it that are sorted by those directly below hers
_NAMED: Final = 4  # of them named for each unit below
_OFFICES: Final = 8  # units below in one answer
_VILLAGES: Final = 30  # where each is only itself


async def handle(
    rt: Runtime, message: Member, intent: intents.AskRelay | intents.WhoNotRelayed
) -> Reply:
    """How far the notice she means has come in the unit she means; without a chain its sum."""
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    if isinstance(intent, intents.WhoNotRelayed) and (
        access.send_post(message.actor) is None
        or not tree.holds(access.send_scope(message.actor), meant.unit.lo)
    ):
        raise errors.NotAllowed
    notice = await notices.visible(rt, message, intent.number, groups=True)
    asks = isinstance(intent, intents.AskRelay)
    if isinstance(notice, str):
        return await notices.standing(rt, message, None) if asks else message.say(notice)
    found = await chain.standing(rt, notice, meant.unit)
    if found is None and asks:
        return await notices.standing(rt, message, intent.number)
    if found is None or not found.all.asked:
        return message.say(
            rt.words.say("chain.not_asked", title=notice.title, unit=meant.unit.short)
        )
    if isinstance(intent, intents.WhoNotRelayed):
        return await _missing(rt, message, notice, meant)
    lines = _lines(rt, notice, found)
    if intent.picture:
        lines.append(await _picture(rt, message, notice, found))
    return message.say(wording.whole(lines, message.limit, "\n"), meant.note)


def _lines(rt: Runtime, notice: Broadcast, found: Standing) -> list[str]:
    """The answer in the first line; then by level, what is known how, the time it took, what to ask next."""
    all_ = found.all
    say = rt.words.say
    head = say(
        "chain.head",
        title=notice.title,
        unit=found.unit.short,
        reached=all_.reached,
        asked=all_.asked,
        percent=wording.percent(all_.reached, all_.asked),
    )
    levels = "，".join(
        say("chain.level", level=say(f"chain.{level.word}"), reached=one.reached, asked=one.asked)
        for level, one in found.levels.items()
    )
    lines = [head, say("chain.levels", list=levels)]
    key = "chain.how" if notice.receipt is Receipt.NONE else "chain.how_signed"
    lines.append(
        say(
            key,
            signed=all_.signed,
            relayed=all_.relayed,
            people=f"{found.people:,}",
            readers=f"{found.readers:,}",
        )
    )
    lines.append(chain_chart.took(rt.words, found))
    if all_.not_yet:
        lines.append(say("chain.not_yet", n=all_.not_yet))
    return lines


async def _picture(rt: Runtime, message: Member, notice: Broadcast, found: Standing) -> str:
    if message.follower.account != registry.WECHAT or rt.passive:
        return rt.words.say("figures.no_picture")
    drawn = chain_chart.svg_of(
        rt.words, notice.title, found, local=found.as_of.astimezone(rt.calendar.zone)
    )
    lost = rt.words.say("figures.picture_lost")
    await tell.picture(rt, message.follower.id, drawn, instead=lost)
    return rt.words.say("chain.picture_coming")


async def _missing(
    rt: Runtime, message: Member, notice: Broadcast, meant: choosing.Chosen
) -> Reply:
    """By unit directly below: how many, whom to call there, the first names. 提醒 then goes to the owners of groups."""
    unit = meant.unit
    async with rt.read() as c:
        spans = await epochs.spans(c, notice, unit)
        _, lo, hi = spans[0]
        some, total = await chains.missing(c, notice, (lo, hi), _LOOKED)
        if not total:
            said = rt.words.say("chain.everywhere", title=notice.title, unit=unit.short)
            return message.say(said, meant.note)
        parts = _by_child(unit, await units.children(c, unit.id), some)
        homes = {post.unit.id for post in message.person.posts}
        callers = await chain.whom(rt, c, homes, [child for child, _ in parts])
    payload = {"what": "relayed", "unit": unit.id, "notice": notice.id, "indicator": "", "shown": 0}
    await asking.did(rt, message, missing.LISTED, payload)
    head = rt.words.say("chain.missing", title=notice.title, unit=unit.short, n=total)
    alone = all(names == [child] for child, names in parts)
    most = _VILLAGES if alone else _OFFICES
    lines = [_part(rt, child, names, callers.get(child.id, "")) for child, names in parts[:most]]
    if len(parts) > most or total > len(some):
        other = parts[most if len(parts) > most else 0][0]
        lines.append(rt.words.say("chain.missing_more", unit=other.short))
    lines.append(rt.words.say("chain.offer"))
    return message.say(wording.whole([head, *lines], message.limit, "\n"), meant.note)


def _by_child(
    unit: Unit, children: Sequence[Unit], some: Sequence[Unit]
) -> list[tuple[Unit, list[Unit]]]:
    """The units without it under the child they lie in, the unit itself under itself."""
    found: dict[int, tuple[Unit, list[Unit]]] = {}
    for one in some:
        child = next((c for c in children if c.lo <= one.lo < c.hi), unit)
        found.setdefault(child.id, (child, []))[1].append(one)
    return list(found.values())


def _part(rt: Runtime, child: Unit, some: Sequence[Unit], whom: str) -> str:
    call = rt.words.say("chain.call", who=whom) if whom else rt.words.say("chain.nobody_to_call")
    if len(some) == 1 and some[0].id == child.id:
        return rt.words.say("chain.missing_one", unit=child.short, call=call)
    names = "、".join(one.short for one in some[:_NAMED]) + ("…" if len(some) > _NAMED else "")
    return rt.words.say("chain.missing_in", unit=child.short, n=len(some), call=call, list=names)
