"""传到哪了: how far a notice has come in a unit and below; the same for chat, API and picture."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot import errors
from bot.core import chain, wording
from bot.core.chain import Standing
from bot.core.model import Level, Unit
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import chains, epochs, reminders
from bot.store.database import Connection


async def standing(rt: Runtime, notice: Broadcast, unit: Unit) -> Standing | None:
    """How it stands in the unit as the tree was when the audience was frozen; None for a notice that keeps no chain.

    Raises NotFound for a unit that was not there then.
    """
    async with rt.read() as c:
        if not await chains.kept(c, notice.id):
            return None
        spans = await epochs.spans(c, notice, unit)
        if not spans or spans[0][0].id != unit.id:
            raise errors.NotFound
        _, lo, hi = spans[0]
        part = await chains.part(c, notice.id, (lo, hi))
    # What has come here from elsewhere since then is not of this chain.
    children = [(one, at, end) for one, at, end in spans[1:] if lo <= at and end <= hi]
    levels, each = chain.counted(part, [(at, end) for _, at, end in children])
    below = [(one, count) for (one, _, _), count in zip(children, each, strict=True)]
    timed = max(levels, default=Level.VILLAGE)
    asked = levels[timed].asked if levels else 0
    return Standing(
        unit,
        levels,
        part.people,
        part.readers,
        timed,
        chain.took(part, timed, asked),
        tuple((one, count) for one, count in below if count.asked),
        rt.now(),
    )


async def whom(
    rt: Runtime, c: Connection, homes: Collection[int], offices: Sequence[Unit]
) -> dict[int, str]:
    """By unit id whom to call: her name and number in full for her own unit and the level directly above only.

    `homes` are the ids of the units that the one who asks belongs to.
    """
    speakers = await reminders.speakers(c, [office.id for office in offices])
    known = await chains.contacts(c, list(speakers.values()))
    said: dict[int, str] = {}
    for office in offices:
        person = known.get(speakers.get(office.id, 0))
        if person is None:
            continue
        name, sealed = person
        near = office.id in homes or office.parent_id in homes
        phone = rt.seal.open(sealed) if near and sealed else ""
        said[office.id] = (name if near else wording.masked(name)) + phone
    return said
