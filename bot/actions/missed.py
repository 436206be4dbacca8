"""Who registers while a notice runs gets it: what was sent before is told with the answer that registers her."""

from __future__ import annotations

from typing import Final

from bot.core.plan import Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import broadcasts, passives, relays
from bot.store.database import Connection

_SENT: Final = (Phase.SENDING, Phase.DONE)
_NOT_SENT: Final = (Phase.READY, Phase.PAUSED)
_NAMED: Final = 3  # notices in one line


async def told(rt: Runtime, c: Connection, person_id: int) -> str:
    """The lines that name what she missed, from now on hers; empty if that is nothing. Part of the transaction.

    In a notice that is not sent yet she stands among those it will be sent to.
    """
    at_ms = rt.now_ms()
    for waiting in await passives.notices(
        c, person_id, at_ms, state=State.UNREGISTERED, phases=_NOT_SENT
    ):
        await passives.give(c, waiting, before=State.UNREGISTERED, after=State.PENDING)
    await relays.late(c, person_id, at_ms, _NOT_SENT, State.PENDING)
    lines = [await _notices(rt, c, person_id, at_ms), await _groups(rt, c, person_id, at_ms)]
    return "\n".join(line for line in lines if line)


async def _notices(rt: Runtime, c: Connection, person_id: int, at_ms: int) -> str:
    given = [
        await broadcasts.get(c, waiting.broadcast_id)
        for waiting in await passives.notices(c, person_id, at_ms, state=State.UNREGISTERED)
        if await passives.give(c, waiting, before=State.UNREGISTERED)
    ]
    if not given:
        return ""
    titles = [rt.words.say("missed.one", n=one.id, title=one.title) for one in given[-_NAMED:]]
    listed = rt.words.say("broadcast.separator").join(titles)
    return rt.words.say("missed.notices", count=len(given), list=listed, n=given[-1].id)


async def _groups(rt: Runtime, c: Connection, person_id: int, at_ms: int) -> str:
    found = await relays.late(c, person_id, at_ms, _SENT, State.TO_RELAY)
    if not found:
        return ""
    held, positions = found[0]
    notice = await broadcasts.get(c, held.broadcast_id)
    return rt.words.say("passive.relay", n=notice.id, title=notice.title, groups=len(positions))
