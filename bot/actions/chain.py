"""传到哪了: how far a notice has come in a unit and below; the same for chat, API and picture."""

from __future__ import annotations

from bot import errors
from bot.core import chain
from bot.core.chain import Standing
from bot.core.model import Level, Unit
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import chains, receipts


async def standing(rt: Runtime, notice: Broadcast, unit: Unit) -> Standing | None:
    """How it stands in the unit as the tree was when the audience was frozen; None for a notice that keeps no chain.

    Raises NotFound for a unit that was not there then.
    """
    async with rt.read() as c:
        if not await chains.kept(c, notice.id):
            return None
        spans = await receipts.spans(c, notice, unit)
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
