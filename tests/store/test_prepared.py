"""A prepared statement gives the same values and errors at once, inside a message, as through SQLAlchemy."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import dialect, memory, metas, tables
from bot.store.database import Database, Duplicate
from bot.store.prepared import Into, Statement, bind, binds, several
from config.settings import Settings

_NAMES = ("code", "name", "goal", "starts_on", "ends_on", "more", "made_at_ms")
_campaign, _inbox = tables.campaign.c, tables.inbox.c


def _put(into: Into) -> sa.Executable:
    made = into(tables.campaign).values(binds(*_NAMES))
    return made.on_conflict_do_update(
        index_elements=["code"], set_={"name": made.excluded.name, "more": made.excluded.more}
    ).returning(_campaign.id, _campaign.more)


PUT = Statement(_put)
ADD = Statement(sa.insert(tables.campaign).values(binds(*_NAMES)))
NAMED = Statement(
    sa.select(
        _campaign.code,
        _campaign.name,
        _campaign.more,
        (_campaign.goal == "").label("aimless"),
        (_campaign.made_at_ms + bind("more")).label("later"),
    )
    .where(_campaign.code.in_(several("codes")), _campaign.name.in_(["甲", "乙"]))
    .order_by(_campaign.code)
)


class _Kind(enum.StrEnum):
    TEXT = "Text"
    CLICK = "Click"


KEEP = Statement(
    sa.insert(tables.inbox).values(binds("key", "kind", "reply", "reply_type", "at_ms"))
)
OF_TAPS = Statement(sa.select(_inbox.key, _inbox.reply).where(_inbox.kind == _Kind.CLICK))
REPLY = Statement(sa.select(_inbox.reply).where(_inbox.key == bind("key")))


def _row(code: str, name: str) -> dict[str, object]:
    days = {"starts_on": "2026-11-01", "ends_on": "2026-12-01"}
    return {"code": code, "name": name, "goal": "", "more": {"第": [1]}, "made_at_ms": 7, **days}


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    opened = Database(Settings(database_url=database_url).sql_url)
    yield opened
    await opened.close()


@pytest.fixture(params=[memory.message, contextlib.nullcontext], ids=["message", "plain"])
def way(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[None]]:
    chosen: Callable[[], AbstractContextManager[None]] = request.param
    return chosen


async def test_values_come_as_python_has_them(
    db: Database, way: Callable[[], AbstractContextManager[None]]
):
    with way():
        async with db.write() as c:
            first = await PUT.first(c, _row("a", "丙"))
            again = await PUT.first(c, _row("a", "甲"))
            assert (again.id, again.more) == (first.id, {"第": [1]})
            await ADD.run(c, _row("b", "乙"))
            rows = await NAMED.all(c, {"codes": ["b", "a", "none"], "more": 3})
            assert [tuple(row) for row in rows] == [
                ("a", "甲", {"第": [1]}, True, 10),
                ("b", "乙", {"第": [1]}, True, 10),
            ]
            assert rows[0].aimless is True
            assert await NAMED.scalar(c, {"codes": ["b"], "more": 0}) == "b"
            assert await NAMED.all(c, {"codes": [], "more": 0}) == []
            assert await NAMED.first(c, {"codes": ["none"], "more": 0}) is None


async def test_bytes_and_what_a_member_stands_for_are_written_and_found(
    db: Database, way: Callable[[], AbstractContextManager[None]]
):
    with way():
        async with db.write() as c:
            for number, kind in enumerate(_Kind):
                raw = bytes([0, number, 255])
                row = {"key": raw, "kind": kind, "reply": raw * 3, "reply_type": "", "at_ms": 7}
                await KEEP.run(c, row)
            found = await OF_TAPS.all(c)
            assert [tuple(row) for row in found] == [(b"\0\1\xff", b"\0\1\xff" * 3)]
            assert await REPLY.scalar(c, {"key": b"\0\0\xff"}) == b"\0\0\xff" * 3
            assert await REPLY.scalar(c, {"key": b"\0"}) is None


async def test_a_row_written_twice_is_a_duplicate_and_a_savepoint_undoes_it(
    db: Database, way: Callable[[], AbstractContextManager[None]]
):
    with way():
        async with db.write() as c:
            await ADD.run(c, _row("a", "甲"))
            with pytest.raises(Duplicate):
                async with db.savepoint():
                    await metas.put(c, "gone", "1")
                    await ADD.run(c, _row("a", "乙"))
            assert await metas.get(c, "gone") is None
    async with db.read() as c:
        assert await NAMED.scalar(c, {"codes": ["a"], "more": 0}) == "a"


async def test_an_insert_names_every_column(db: Database):
    forgetful = Statement(
        sa.insert(tables.campaign).values(binds(*[n for n in _NAMES if n != "goal"]))
    )
    with memory.message():
        async with db.write() as c:
            if db.on_sqlite:
                with pytest.raises(AssertionError, match="every column"):
                    await forgetful.run(c, _row("a", "甲"))


@pytest.mark.parametrize(
    "own",
    [dialect.Clock(), dialect.Gate().label("gate"), dialect.Aside(tables.batch.c.no)],
    ids=["clock", "gate", "aside"],
)
async def test_what_the_databases_spell_differently_is_compiled_once(db: Database, own: Any):
    kept: dict[Any, Any] = {}
    for _ in range(2):
        async with db.write() as c:
            one = await c.execution_options(compiled_cache=kept)
            await one.execute(sa.select(tables.batch.c.no, own).limit(1))
    assert len(kept) == 1
