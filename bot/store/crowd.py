"""Made-up people by the million, for measurements: units in a row, each with as many registered people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from bot.core.changes import Progress
from bot.core.receipt import State
from bot.store import rolls, slices, tables
from bot.store.database import Connection

ROOT: Final = "u000001"
EACH: Final = 1000  # people of one unit
_ROWS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people, and how an openid is sealed and found again."""

    people: int
    seal: Callable[[str], bytes]
    digest: Callable[[str], bytes]


async def fill(c: Connection, crowd: Crowd, progress: Progress) -> int:
    """Fill an empty database: a root with children, `EACH` people in every child; the root's id."""
    await c.execute(sa.insert(tables.org_epoch).values(id=1, made_at_ms=0))
    children = -(-crowd.people // EACH)
    rows = [_unit(1, None, 0, children + 1)]
    rows += [_unit(at + 2, 1, at + 1, at + 2) for at in range(children)]
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(sa.insert(tables.unit), some)
        spans = [{"epoch": 1, "unit_id": r["id"], "lo": r["lo"], "hi": r["hi"]} for r in some]
        await c.execute(sa.insert(tables.unit_span), spans)
    for first in range(0, crowd.people, _ROWS):
        progress("filling people", first, crowd.people)
        numbers = range(first + 1, min(first + _ROWS, crowd.people) + 1)
        for table, some in _rows(crowd, numbers):
            await c.execute(sa.insert(table), some)
    if c.dialect.name == "postgresql":
        await c.execute(sa.text("ANALYZE"))
    return 1


def _unit(number: int, parent: int | None, lo: int, hi: int) -> dict[str, Any]:
    name = f"u{number:06}"
    return {
        "id": number,
        "code": name,
        "name": name,
        "display": name,
        "short": name,
        "stem": name,
        "level": 5 if parent is None else 6,
        "kind": "regional",
        "parent_id": parent,
        "sort": number,
        "lo": lo,
        "hi": hi,
    }


def _rows(crowd: Crowd, numbers: range) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
    keys = [f"o{number:027}" for number in numbers]
    yield tables.person, [{"id": n, "key": f"p{n:08}", "name": f"P{n:08}"} for n in numbers]
    yield (
        tables.post,
        [
            {
                "person_id": n,
                "unit_id": (n - 1) // EACH + 2,
                "role": "chair",
                "title": "",
                "kind": "",
                "term": "",
            }
            for n in numbers
        ],
    )
    yield (
        tables.follower,
        [
            {
                "id": n,
                "account": "wechat",
                "openid_digest": crowd.digest(key),
                "openid_sealed": crowd.seal(key),
                "window_left": 0,
                "wrong_codes": 0,
            }
            for n, key in zip(numbers, keys, strict=True)
        ],
    )
    bound = [{"person_id": n, "follower_id": n, "bound_at_ms": 0} for n in numbers]
    yield tables.binding, bound


async def answer(c: Connection, broadcast_id: int) -> None:
    """Have everybody reached, and every other one signed."""
    batch = tables.batch.c
    of = batch.broadcast_id == broadcast_id
    rows = (await c.execute(sa.select(batch.no, batch.n).where(of))).all()
    await c.execute(
        sa.update(tables.batch)
        .where(of, batch.no == sa.bindparam("b_no"))
        .values(state="closed", states=sa.bindparam("b_states")),
        [{"b_no": row.no, "b_states": bytes([State.DELIVERED]) * row.n} for row in rows],
    )
    marks = [
        {"broadcast_id": broadcast_id, "no": row.no, "marks": (b"\0\2" * row.n)[: row.n]}
        for row in rows
    ]
    await c.execute(sa.insert(tables.mark), marks)
    for row in rows:
        await rolls.touch(c, broadcast_id, row.no)
