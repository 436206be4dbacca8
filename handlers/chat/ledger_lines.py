"""台账: each figure with who said it and when; items with n of m, and how many difficulties are not settled."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import ledger, progress, wording
from bot.core.model import Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import difficulty_lists, item_parts, own_ledger
from bot.store.difficulties import State
from bot.store.own_ledger import Standing
from handlers.chat import claims, item_lines
from handlers.chat.message import Member


async def figures(rt: Runtime, message: Member, unit: Unit, shown: Sequence[Progress]) -> list[str]:
    """A line for each: of the unit's own level what stands, who said it and when; of those below the sum."""
    own = [one.indicator for one in shown if one.indicator.level is unit.level]
    async with rt.read() as c:
        standing = await own_ledger.of(c, unit.id, [one.id for one in own])
    lines = []
    for one in shown:
        if one.indicator.level is not unit.level:
            lines.append(progress.first_line(rt.words, one))
            continue
        found = standing.get(one.indicator.id)
        said = _stands(rt, message, unit, found, one) if found else _silent(rt, one)
        lines.append(said if lines else f"{unit.short} {said}")
    return lines


def _silent(rt: Runtime, one: Progress) -> str:
    return rt.words.say("ledger.silent", indicator=ledger.spoken(one.indicator))


def _stands(rt: Runtime, message: Member, unit: Unit, found: Standing, one: Progress) -> str:
    close = {unit.id, unit.parent_id} & {post.unit.id for post in message.person.posts}
    name = found.name if close else wording.masked(found.name)
    at = found.said_at.astimezone(rt.calendar.zone)
    marks = [found.on_behalf and "ledger.on_behalf", found.late and "ledger.late"]
    return rt.words.say(
        "ledger.stands",
        what=claims.value(rt, one.indicator, found.value, found.whole),
        month=at.month,
        day=at.day,
        name=name,
        how="".join(rt.words.say(mark) for mark in marks if mark) or rt.words.say("ledger.said"),
    )


async def of(rt: Runtime, message: Member, unit: Unit, before: Sequence[str]) -> list[str]:
    """One line for each item of the unit with all below, then the difficulties; as many as fit behind `before`."""
    place = (unit.lo, unit.hi)
    async with rt.read() as c:
        sums = await item_parts.sums(c, place)
        counts = await difficulty_lists.counts(c, place, rt.calendar.day(message.now))
    lines = [
        rt.words.say(
            "items.ledger", done=one.done, asked=one.asked, **item_lines.named(rt, one.item)
        )
        for one in sums
    ]
    open_ = sum(one.n for one in counts if one.state is not State.CLOSED)
    if open_:
        lines.insert(0, rt.words.say("items.ledger_difficulties", n=open_))
    room = message.limit - sum(len(line) + 1 for line in before)
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    return shown
