"""A made-up country for measurements: units of six levels in tree order, and groups with registered owners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from bot.core.changes import Progress
from bot.core.model import Level
from bot.store import slices, tables
from bot.store.database import Connection

_BELOW: Final = (32, 11, 8, 12, 15)  # units below one of each level: 507,000 villages in all
_ROWS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Nation:
    """How many groups, spread over villages and townships, and how an openid is sealed and found again."""

    groups: int
    seal: Callable[[str], bytes]
    digest: Callable[[str], bytes]


def _units() -> Iterator[tuple[int, int, int, int]]:
    """(place, end, level, parent's place or -1) in tree order."""
    sizes = [1]
    for below in reversed(_BELOW):
        sizes.append(sizes[-1] * below + 1)
    sizes.reverse()

    def walk(place: int, level: int, parent: int) -> Iterator[tuple[int, int, int, int]]:
        yield place, place + sizes[level], level + 1, parent
        if level < len(_BELOW):
            for at in range(_BELOW[level]):
                yield from walk(place + 1 + at * sizes[level + 1], level + 1, place)

    yield from walk(0, 0, -1)


async def fill(c: Connection, nation: Nation, progress: Progress) -> int:
    """Fill an empty database; how many units there are. The id of a unit is its place and one."""
    await c.execute(sa.insert(tables.org_epoch).values(id=1, made_at_ms=0))
    every = list(_units())
    done = 0
    for some in slices.cut(every, _ROWS):
        progress("filling units", done, len(every))
        rows = [_unit(*one) for one in some]
        await c.execute(sa.insert(tables.unit), rows)
        spans = [{"epoch": 1, "unit_id": r["id"], "lo": r["lo"], "hi": r["hi"]} for r in rows]
        await c.execute(sa.insert(tables.unit_span), spans)
        done += len(rows)
    homes = [lo + 1 for lo, _, level, _ in every if level >= Level.TOWNSHIP]
    await _owners(c, nation, homes, progress)
    return len(every)


async def _owners(c: Connection, nation: Nation, homes: list[int], progress: Progress) -> None:
    """One registered owner for each of these units, and the groups dealt out among them."""
    for first in range(0, len(homes), _ROWS):
        progress("filling people", first, len(homes))
        ids = homes[first : first + _ROWS]
        keys = [f"o{n:027}" for n in ids]
        people = [{"id": n, "key": f"p{n:08}", "name": f"P{n:08}"} for n in ids]
        await c.execute(sa.insert(tables.person), people)
        followers = [
            {
                "id": n,
                "account": "wechat",
                "openid_digest": nation.digest(key),
                "openid_sealed": nation.seal(key),
                "window_left": 0,
                "wrong_codes": 0,
            }
            for n, key in zip(ids, keys, strict=True)
        ]
        await c.execute(sa.insert(tables.follower), followers)
        bound = [{"person_id": n, "follower_id": n, "bound_at_ms": 0} for n in ids]
        await c.execute(sa.insert(tables.binding), bound)
    for first in range(0, nation.groups, _ROWS):
        progress("filling groups", first, nation.groups)
        numbers = range(first, min(first + _ROWS, nation.groups))
        rows = [
            {
                "id": n + 1,
                "key": f"g{n:07}",
                "name": f"G{n:07}",
                "unit_id": homes[n % len(homes)],
                "kind": "relay",
                "owner_person_id": homes[n % len(homes)],
                "member_count": 200,
            }
            for n in numbers
        ]
        await c.execute(sa.insert(tables.wechat_group), rows)
    if c.dialect.name == "postgresql":
        await c.execute(sa.text("ANALYZE"))


def _unit(lo: int, hi: int, level: int, parent: int) -> dict[str, Any]:
    name = f"u{lo:07}"
    return {
        "id": lo + 1,
        "code": name,
        "name": name,
        "display": name,
        "short": name,
        "stem": name,
        "level": level,
        "kind": "regional",
        "parent_id": parent + 1 if parent >= 0 else None,
        "sort": lo,
        "lo": lo,
        "hi": hi,
    }
