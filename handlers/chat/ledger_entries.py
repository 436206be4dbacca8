"""台账 of a unit's own figures: what stood before, when and by whom it was said, and the page of its photos.

Names are told to the unit itself and to the level directly above it; others hear which unit said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Final

from bot.actions import photo_page
from bot.core import ledger
from bot.core.ledger import Kind
from bot.core.model import Indicator, Person, Unit
from bot.runtime import Runtime
from bot.store import entries, people
from bot.store.entries import Entry
from handlers.chat import claims
from handlers.chat.message import Member

_MOST: Final = 60
_FRAME: Final = 6  # characters of 之前： and the signs between


async def before(
    rt: Runtime,
    message: Member,
    unit: Unit,
    own: Sequence[Indicator],
    *,
    now: AbstractSet[int],
    photos: bool,
    room: int,
) -> list[str]:
    """What was said of `own` before the entries that hold `now`, the newest first, as room is; a link to photos."""
    said: list[str] = []
    if photos and unit.id != message.home.id:
        url = photo_page.address(rt, unit, message.person.id, message.now)
        said = [rt.words.say("photo.link", url=url)]
        room -= len(said[0]) + 1
    known = {one.id: one for one in own}
    async with rt.read() as c:
        some = await entries.of_unit(c, unit.id, list(known), limit=_MOST)
        some = [one for one in some if one.id not in now]
        who = await people.many(c, {one.person_id for one in some if one.person_id})
    near = any(post.unit.id in (unit.id, unit.parent_id) for post in message.person.posts)
    shown: list[str] = []
    for _, together in groupby(some, key=lambda one: one.source):
        of_one = list(together)
        by = _by(rt, of_one[0], who.get(of_one[0].person_id or 0), near=near)
        row = _row(rt, of_one, known, by)
        room -= len(row) + _FRAME
        if room < 0:
            break
        shown.append(row)
    if shown:
        between = rt.words.say("ledger.before_between")
        said.insert(0, rt.words.say("ledger.before", list=between.join(shown)))
    return said


def _row(rt: Runtime, some: list[Entry], known: dict[int, Indicator], by: str) -> str:
    """What one message put into the ledger."""
    say = rt.words.say
    local = some[0].said_at.astimezone(rt.calendar.zone)
    what = say("value.join").join(_what(rt, one, known[one.indicator_id]) for one in some)
    by = say("ledger.then") + by if by else ""
    return say("ledger.row", month=local.month, day=local.day, what=what, by=by)


def _what(rt: Runtime, one: Entry, indicator: Indicator) -> str:
    if one.value is None:
        return rt.words.say("ledger.undo", indicator=ledger.spoken(indicator))
    return claims.value(rt, indicator, one.value, one.whole)


def _by(rt: Runtime, one: Entry, her: Person | None, *, near: bool) -> str:
    say = rt.words.say
    if one.kind is Kind.FILE:
        return say("ledger.by_file")
    name = her.name if her and near else ""
    key = "by_correction" if one.kind is Kind.CORRECTION else "by"
    if one.on_behalf and key == "by":
        key = "by_behalf"
    unit = her.home.short if her and her.posts else ""
    return say(f"ledger.{key}" if name else f"ledger.{key}_unnamed", name=name, unit=unit)
