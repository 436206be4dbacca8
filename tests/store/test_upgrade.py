"""A database with figures in it goes forward: stages get their steps, the past stays where it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command

from bot.store import recount, tables, upgrades
from bot.store.database import Database
from config.settings import Settings

BEFORE = [
    "INSERT INTO org_epoch (id, made_at_ms) VALUES (1, 0)",
    *(
        "INSERT INTO unit (id, code, name, display, short, stem, level, kind, parent_id, sort, lo, hi, ended_at_ms)"
        f" VALUES ({n}, 'u{n}', 'u', 'u', 'u', 'u', {level}, 'regional', {above}, 0, {lo}, {hi}, {ended})"
        for n, level, above, lo, hi, ended in (
            (1, 1, "NULL", 0, 3, "NULL"), (2, 5, 1, 1, 3, "NULL"), (3, 6, 2, 2, 3, "NULL"),
            (4, 6, 2, -1, -1, 5),
        )
    ),
    ("INSERT INTO campaign (id, code, name, goal, starts_on, ends_on, more, made_at_ms)"
    " VALUES (1, 'c', 'c', '', '2026-01-01', '2026-12-31', '{}', 0)"),
    ("INSERT INTO indicator (id, campaign_id, code, name, aliases, kind, level, unit_word, mode, steps, sort, by_list)"
    " VALUES (1, 1, 'i', 'i', '[]', 'stage', 6, '', 'total', '[\"a\", \"b\"]', 0, false)"),
    "INSERT INTO expectation (indicator_id, epoch, unit_id, n) VALUES (1, 1, 2, 1), (1, 1, 1, 1)",
    *(
        "INSERT INTO entry (id, campaign_id, indicator_id, unit_id, value, said, kind, reason, on_behalf, source,"
        " part, said_at_ms, made_at_ms, at_ms, day, late)"
        f" VALUES ({n}, 1, 1, {unit}, {value}, {value}, 'report', '', false, :source, {n}, {n}, {n}, {n}, {day}, false)"
        for n, unit, value, day in ((1, 3, 1, 10), (2, 3, 2, 11), (3, 4, 1, 10))
    ),
    "INSERT INTO cell (indicator_id, unit_id, value, entry_id, as_of_ms) VALUES (1, 3, 2, 2, 2), (1, 4, 1, 3, 3)",
    *(
        "INSERT INTO tally (indicator_id, unit_id, day, shard, reported, done, value)"
        f" VALUES (1, {unit}, 10, 0, 1, 0, 1), (1, {unit}, 11, 0, 0, 1, 1)"
        for unit in (1, 2, 3)
    ),
]  # fmt: skip


async def test_a_database_with_figures_goes_forward(empty_database_url: str):
    db = Database(Settings(database_url=empty_database_url).sql_url)
    async with db.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(upgrades.config_for(sync), "0005"))
        for statement in BEFORE:
            given = {"source": b"s" * 32} if ":source" in statement else {}
            await connection.execute(sa.text(statement), given)
        await connection.run_sync(lambda sync: command.upgrade(upgrades.config_for(sync), "0013"))
        await connection.execute(sa.text("UPDATE indicator SET approval = 5"))
        await connection.execute(sa.text("UPDATE cell SET waiting = 'submitted' WHERE unit_id = 3"))
    await upgrades.upgrade(db)
    async with db.write() as c:
        (asked,) = await c.scalars(sa.select(tables.indicator.c.approvals))
        assert asked == [5], "one level that agrees is the first of one"
        cell = tables.cell.c
        turns = await c.execute(sa.select(cell.unit_id, cell.awaits).order_by(cell.unit_id))
        assert [tuple(row) for row in turns] == [(3, 5), (4, None)]
        await c.execute(sa.update(tables.cell).values(waiting=None))
        assert await recount.differences(c, limit=9) == []
        await recount.rebuild(c)
        steps = sa.text(
            "SELECT unit_id, step, SUM(n) FROM tally_step GROUP BY unit_id, step HAVING SUM(n) <> 0 ORDER BY 1, 2"
        )
        assert [tuple(map(int, row)) for row in await c.execute(steps)] == [
            (1, 2, 1), (2, 2, 1), (3, 2, 1),
        ]  # fmt: skip
        past = sa.text("SELECT unit_id, day, n FROM expectation_change ORDER BY unit_id")
        assert [tuple(row) for row in await c.execute(past)] == [(1, 0, 1), (2, 0, 1)]
        assert await recount.differences(c, limit=9) == []
    await db.close()
