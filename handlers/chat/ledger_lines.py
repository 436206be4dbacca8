"""台账: each figure with who said it and when; items with n of m, and how many difficulties are not settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.actions import photo_page
from bot.core import ledger, progress, wording
from bot.core.model import Indicator, Level, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import cells, difficulty_lists, item_parts, own_ledger
from bot.store.difficulties import State
from bot.store.own_ledger import Standing
from handlers.chat import claims, item_lines, ledger_entries
from handlers.chat.message import Member

_MORE: Final = 28  # characters of the line that says how many are left, with a name of usual length
_AS_OF: Final = 14  # characters of 截至12月31日24时


async def figures(
    rt: Runtime, message: Member, unit: Unit, shown: Sequence[Progress], *, room: int
) -> list[str]:
    """A line for each: of the unit's own level what stands, who said it and when; of those below the sum.

    Beside a sum, up to a county's, how many came late; behind what is the unit's own, what stood before, and its photos.
    """
    own = [one.indicator.id for one in shown if one.indicator.level is unit.level]
    sums = [one.indicator.id for one in shown if one.indicator.level is not unit.level]
    late: dict[int, int] = {}
    async with rt.read() as c:
        standing = await own_ledger.of(c, unit.id, own)
        if unit.level >= Level.COUNTY and sums:
            late = await cells.late(c, sums, (unit.lo, unit.hi))
    photos = photo_page.counted(await photo_page.of(rt, unit, message.now)) if own else {}
    rows = []
    for one in shown:
        if one.indicator.id in sums:
            n = late.get(one.indicator.id, 0)
            tail = rt.words.say("ledger.late_units", n=n) if n else ""
            rows.append(_Row(one.indicator, progress.first_line(rt.words, one) + tail, None))
        else:
            found = standing.get(one.indicator.id)
            rows.append(_row(rt, message, unit, one.indicator, found, photos=photos))
    lines = _lines(rt, unit, rows, room - _AS_OF)
    room -= sum(len(line) + 1 for line in lines) + _AS_OF
    if own:
        now = {one.entry_id for one in standing.values()}
        lines += await ledger_entries.before(
            rt,
            message,
            unit,
            [one.indicator for one in shown if one.indicator.id in own],
            now=now,
            photos=bool(photos),
            room=room,
        )
    return [*lines, rt.words.say("ledger.how")] if sums else lines


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands of a figure and what is said of it (when, by whom); None of a sum, which is a whole line."""

    indicator: Indicator
    what: str
    how: str | None


def _lines(rt: Runtime, unit: Unit, rows: Sequence[_Row], room: int) -> list[str]:
    """A line for each row; where these find no room, one for all that was said alike; then as many as do."""
    found: list[tuple[list[_Row], str]] = []
    for alone in (True, False):
        found = _told(rt, rows, alone=alone)
        first = found[0][0][0]
        if first.how is not None:
            found[0] = (found[0][0], f"{unit.short} {found[0][1]}")
        if sum(len(line) + 1 for _, line in found) <= room:
            return [line for _, line in found]
    left: list[_Row] = []
    while found and sum(len(line) + 1 for _, line in found) + _MORE > room:
        left += found.pop()[0]
    name = ledger.spoken(left[-1].indicator)
    return [*(line for _, line in found), rt.words.say("ledger.more", n=len(left), name=name)]


def _told(rt: Runtime, rows: Sequence[_Row], *, alone: bool) -> list[tuple[list[_Row], str]]:
    """The lines with the rows that they are of; with `alone` each row has its own."""
    together: dict[tuple[str, int] | str, list[_Row]] = {}
    for row in rows:
        key = (row.how or "", row.indicator.id) if alone or row.how is None else row.how
        together.setdefault(key, []).append(row)
    join = rt.words.say("value.join")
    return [
        (some, join.join(row.what for row in some) + (some[0].how or ""))
        for some in together.values()
    ]


def _row(
    rt: Runtime,
    message: Member,
    unit: Unit,
    indicator: Indicator,
    found: Standing | None,
    *,
    photos: Mapping[int, int],
) -> _Row:
    """What stands of a figure that the unit reports itself."""
    if found is None:
        said = rt.words.say("ledger.silent", indicator=ledger.spoken(indicator))
        return _Row(indicator, said, "")
    close = {unit.id, unit.parent_id} & {post.unit.id for post in message.person.posts}
    name = found.name if close else wording.masked(found.name)
    at = found.said_at.astimezone(rt.calendar.zone)
    marks = [found.on_behalf and "ledger.on_behalf", found.late and "ledger.late"]
    how = rt.words.say(
        "ledger.stands",
        month=at.month,
        day=at.day,
        name=name,
        how="".join(rt.words.say(mark) for mark in marks if mark) or rt.words.say("ledger.said"),
        more=_state(rt, found, photos.get(found.entry_id, 0)),
    )
    return _Row(indicator, claims.value(rt, indicator, found.value, found.whole), how)


def _state(rt: Runtime, found: Standing, photos: int) -> str:
    """Whether it waits for a level or was sent back, and its photos."""
    said = ""
    if found.waiting == ledger.RETURNED:
        said = rt.words.say("ledger.returned")
    elif found.awaits:
        said = rt.words.say("ledger.waits", level=rt.words.say(f"place.{found.awaits.word}"))
    return said + (rt.words.say("ledger.photos", n=photos) if photos else "")


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
