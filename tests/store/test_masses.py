"""Who had how many mass messages this month, counted from the batches themselves."""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa

from bot.core import packing
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.store import masses, tables
from bot.store.database import Connection, Database
from config.settings import Settings

MONTH_MS = 1_793_462_400_000
BEFORE, NOW = MONTH_MS // 1000 - 60, MONTH_MS // 1000 + 60


async def _unit(c: Connection) -> int:
    row: dict[str, object] = {
        "code": "1",
        "name": "n",
        "display": "n",
        "level": 1,
        "kind": "regional",
    }
    row |= {"short": "n", "stem": "n", "sort": 0, "lo": 0, "hi": 1}
    return int(
        (await c.scalars(sa.insert(tables.unit).values(row).returning(tables.unit.c.id))).one()
    )


async def _batch(
    c: Connection, unit: int, phase: Phase, members: dict[int, tuple[State, int]], **more: object
) -> None:
    broadcast = {
        "unit_id": unit, "kind": "news", "title": "t", "body": "b", "joint": "", "receipt": "none",
        "audience": {}, "purpose": "notice", "expires_at_ms": 0, "body_hash": b"h", "state": phase,
        "made_at_ms": 0, "urgent": False, "people_n": 0, "groups_n": 0, "state_ver": 0, "stop_reason": "",
    }  # fmt: skip
    done = {"done_at_ms": more.pop("done_at_ms", None)}
    made = sa.insert(tables.broadcast).values(**broadcast, **done).returning(tables.broadcast.c.id)
    n = len(members)
    states, called = zip(*members.values(), strict=True)
    batch = {
        "broadcast_id": (await c.scalars(made)).one(), "no": 1, "channel": "mass", "turn": 1, "n": n,
        "lo": 0, "hi": n, "state": "closed", "owner": "", "fence": 0, "attempts": 0,
        "members": np.array(list(members), packing.MEMBERS).tobytes(),
        "places": np.arange(n, dtype=packing.PLACES).tobytes(),
        "states": np.array(states, packing.STATES).tobytes(),
        "msgids": np.zeros(n, packing.MSGIDS).tobytes(),
        "called": np.array(called, packing.CALLED).tobytes(),
    }  # fmt: skip
    await c.execute(sa.insert(tables.batch).values(batch | more))


async def _had(c: Connection) -> dict[int, int]:
    people, times = await masses.had(c, since_ms=MONTH_MS)
    return dict(zip(people.tolist(), times.tolist(), strict=True))


async def test_what_was_sent_this_month_or_will_be_counts_and_nothing_else(database_url: str):
    db = Database(Settings(database_url=database_url).sql_url)
    async with db.write() as c:
        assert await _had(c) == {}
        unit = await _unit(c)
        accepted, waiting = (State.ACCEPTED, NOW), (State.PENDING, 0)
        await _batch(
            c, unit, Phase.DONE, {1: accepted, 2: (State.REFUSED, NOW)}, done_at_ms=MONTH_MS
        )
        await _batch(c, unit, Phase.SENDING, {1: waiting, 2: (State.UNKNOWN, NOW), 3: waiting})
        await _batch(c, unit, Phase.STOPPED, {1: accepted, 3: waiting})
        await _batch(c, unit, Phase.SENDING, {3: (State.DELIVERED, BEFORE)})
        await _batch(c, unit, Phase.DONE, {3: accepted}, done_at_ms=MONTH_MS - 1)
        await _batch(c, unit, Phase.SENDING, {3: accepted}, channel="template")
        assert await _had(c) == {1: 3, 2: 1, 3: 1}
    await db.close()
