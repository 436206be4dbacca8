"""Where SQLite begins to look for what is asked of a few units: its plan without statistics is that of any ledger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.core.model import Unit
from bot.store import cells, passives, receipts, weekly_figures
from bot.store.database import Connection
from tests.ledger.land import Land

pytestmark = pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
Ask = Callable[[Connection, Land, Unit], Awaitable[object]]


async def _cells(c: Connection, land: Land, unit: Unit) -> object:
    ids = [land.indicator(code).id for code in ("reform", "members")]
    return await cells.lines(c, ids, [(unit.lo, unit.hi)], after=(-1, 0), limit=10)


async def _heard(c: Connection, land: Land, unit: Unit) -> object:
    since, until = land.at(0), land.at(7)
    indicator = land.indicator("reform")
    place = (unit.lo, unit.hi)
    return await weekly_figures.heard(c, indicator, place, since=since, until=until)


async def _owed(c: Connection, land: Land, unit: Unit) -> object:
    return await receipts.owed(c, land.people[unit.code].id, 0)


async def _waiting(c: Connection, land: Land, unit: Unit) -> object:
    return await passives.notices(c, land.people[unit.code].id, 0)


async def _silent(c: Connection, land: Land, unit: Unit) -> object:
    return await cells.silent(c, land.indicator("reform"), (unit.lo, unit.hi), limit=10)


async def _owing(c: Connection, land: Land, unit: Unit) -> object:
    place, since, until = (unit.lo, unit.hi), land.at(0), land.at(7)
    return await cells.owing(c, land.indicator("reform"), place, since=since, until=until)


@pytest.mark.parametrize(
    ("ask", "first", "then"),
    [
        (_cells, "unit", "cell"),
        (_heard, "unit", "cell"),
        (_silent, "unit", "cell"),
        (_owing, "unit", "entry"),
        (_owed, "post", "unit_span"),
        (_waiting, "post", "unit_span"),
    ],
)
async def test_what_is_asked_of_few_looks_at_few(land: Land, ask: Ask, first: str, then: str):
    heard: list[tuple[str, Any]] = []
    async with land.rt.read() as c:
        assert c.sync_connection
        sa.event.listen(
            c.sync_connection,
            "before_cursor_execute",
            lambda _c, _cursor, text, given, *_: heard.append((text, given)),
        )
        await ask(c, land, land.units["c0"])
        text, given = heard[-1]
        plan = await c.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)
        steps = [row.detail for row in plan]
    order = [name for step in steps if (name := step.split()[1]) in (first, then)]
    assert order[:2] == [first, then], steps
    assert not [step for step in steps if step.startswith(("SCAN unit", "SCAN cell", "SCAN entry"))]
