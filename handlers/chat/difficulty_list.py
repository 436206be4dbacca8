"""困难台账: how many stand how, of which kind, below which units, and the newest that wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.core import intents, wording
from bot.core.model import Level, Unit
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import difficulties, difficulty_lists, units
from bot.store.difficulties import Difficulty, State
from bot.store.difficulty_lists import Count
from handlers.chat import choosing, dates
from handlers.chat.message import Member

_OPEN: Final = (State.OPEN, State.UNSOLVED, State.ANSWERED, State.SOLVED)
_AT_ONCE: Final = 8  # named in one answer
_SHORT: Final = 14  # characters of a difficulty in a list


async def handle(rt: Runtime, message: Member, intent: intents.DifficultyList) -> Reply:
    """The list of one unit of hers: a village sees its own, an office the sums of everything below."""
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    unit = meant.unit
    today = rt.calendar.day(message.now)
    async with rt.read() as c:
        counts = await difficulty_lists.counts(c, (unit.lo, unit.hi), today)
        below = await units.children(c, unit.id)
        newest = await difficulty_lists.page(c, (unit.lo, unit.hi), _OPEN, limit=_AT_ONCE)
    if not any(one.state in _OPEN for one in counts):
        return message.say(rt.words.say("difficulty.list_none", unit=unit.short))
    lines = [_head(rt, unit, counts)]
    if unit.level is not Level.VILLAGE:
        lines += _sums(rt, counts, below)
    return message.say("\n".join(lines + _fitting(rt, message, lines, newest)), meant.note)


def _head(rt: Runtime, unit: Unit, counts: Sequence[Count]) -> str:
    """Waiting, overdue, answered, solved, closed: states with nothing in them are left out."""
    by_state: Counter[str] = Counter()
    for one in counts:
        by_state["waiting" if one.state in difficulties.WAITING else one.state.value] += one.n
    overdue = sum(one.overdue for one in counts)
    parts = [
        rt.words.say(f"difficulty.list_{name}", n=by_state[name])
        for name in ("waiting", "answered", "solved", "closed")
        if by_state[name]
    ]
    if overdue:
        parts.insert(1, rt.words.say("difficulty.list_overdue", n=overdue))
    all_ = sum(by_state.values())
    join = rt.words.say("value.join")
    return rt.words.say("difficulty.list_head", unit=unit.short, n=all_, parts=join.join(parts))


def _sums(rt: Runtime, counts: Sequence[Count], below: Sequence[Unit]) -> list[str]:
    """By kind, then by the units directly below in the official order; of what is not closed."""
    unsettled = [one for one in counts if one.state is not State.CLOSED]
    kinds: Counter[str] = Counter()
    for one in unsettled:
        kinds[one.kind.value] += one.n
    comma = rt.words.say("analysis.comma")
    named = [
        f"{rt.words.say(f'difficulty.kind_{kind}')}{n}"
        for kind, n in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    ]
    lines = [rt.words.say("difficulty.list_kinds", list=comma.join(named))]
    children = [
        (child.short, sum(one.n for one in unsettled if child.lo <= one.lo < child.hi))
        for child in below
    ]
    held = [f"{name}{n}" for name, n in children if n]
    if held:
        lines.append(rt.words.say("difficulty.list_children", list=comma.join(held)))
    return lines


def _fitting(
    rt: Runtime, message: Member, before: Sequence[str], newest: Sequence[Difficulty]
) -> list[str]:
    """As many of the newest as the answer has room for."""
    room = message.limit - sum(len(line) + 1 for line in before)
    said = []
    for one in newest:
        why = "_why" if one.reason and one.state in difficulties.WAITING else ""
        line = rt.words.say(
            f"difficulty.row_{one.state}{why}",
            reason=wording.shorten(one.reason, _SHORT),
            n=one.id,
            unit=one.unit.short,
            text=wording.shorten(one.text, _SHORT),
            owner=one.owner.short,
            by=dates.promised(rt, one.due_on, message.now),
        )
        room -= len(line) + 1
        if room < 0:
            break
        said.append(line)
    return said
