"""台账 beside the figures: items with n of m, and how many difficulties are not settled."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Unit
from bot.runtime import Runtime
from bot.store import difficulty_lists, item_parts
from bot.store.difficulties import State
from handlers.chat import item_lines
from handlers.chat.message import Member


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
