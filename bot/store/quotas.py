"""What the platform lets an account call in a day or a month: reserved before calling, given back, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core import pace
from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, bind, binds

_quota = tables.quota.c

_KEYED = tuple(_quota[name] == bind(name) for name in ("account", "channel", "period"))
_FRESH = Statement(
    lambda into: (
        into(tables.quota)
        .values(binds("account", "channel", "period") | {"used": 0, "most": sa.null()})
        .on_conflict_do_nothing()
    )
)
_LOCKED = Statement(sa.select(_quota.most, _quota.used).where(*_KEYED).with_for_update())
_TAKE = Statement(
    sa.update(tables.quota)
    .where(*(_quota[name] == bind(f"of_{name}") for name in ("account", "channel", "period")))
    .values(used=_quota.used + bind("calls"))
)


@dataclass(frozen=True, slots=True)
class Key:
    """Whose calls are counted: `period` is a day (2026-11-23) or a month (2026-11)."""

    account: str
    channel: str
    period: str


@dataclass(frozen=True, slots=True)
class Quota:
    """`most` calls, or nobody knows how many; `used` are reserved or made."""

    most: int | None
    used: int

    @property
    def left(self) -> int | None:
        """How many are left for what is urgent; None: nobody knows."""
        return None if self.most is None else max(0, self.most - self.used)


async def get(c: Connection, key: Key) -> Quota | None:
    """What is known of it."""
    row = (await c.execute(sa.select(_quota.most, _quota.used).where(*_of(key)))).first()
    return Quota(row.most, row.used) if row else None


async def asked_at(c: Connection, key: Key) -> int | None:
    """When the platform was last asked about it, in epoch ms."""
    found: int | None = await c.scalar(sa.select(_quota.asked_at_ms).where(*_of(key)))
    return found


async def reserve(c: Connection, keys: Sequence[Key], wanted: int, *, urgent: bool) -> int:
    """Reserve calls of all these periods; how many of `wanted` there are, no more than the tightest allows.

    What is not urgent leaves a part to what is. Rows are locked until the end of the transaction.
    """
    granted = wanted
    for key in sorted(keys, key=lambda one: one.period):
        row = await _locked(c, key)
        granted = min(granted, pace.room(row.most, row.used, urgent=urgent))
    if granted:
        for key in keys:
            await _TAKE.run(c, _named(key, "of_") | {"calls": granted})
    return granted


async def give_back(c: Connection, keys: Sequence[Key], calls: int) -> None:
    """Calls that were reserved and not made, or refused before the platform counted them."""
    if calls <= 0:
        return
    for key in sorted(keys, key=lambda one: one.period):
        await c.execute(
            sa.update(tables.quota)
            .where(*_of(key), _quota.used >= calls)
            .values(used=_quota.used - calls)
        )


async def correct(
    c: Connection, key: Key, *, most: int, used: int, at_ms: int, resting: bool
) -> Quota:
    """Keep what the platform says. While calls are under way its `used` is behind and only raises ours; at rest it is right."""
    before = await _locked(c, key)
    now = Quota(most, used if resting else max(used, before.used))
    await c.execute(
        sa.update(tables.quota)
        .where(*_of(key))
        .values(most=now.most, used=now.used, asked_at_ms=at_ms)
    )
    return now


async def know(c: Connection, key: Key, most: int) -> None:
    """Keep how many there are of what no platform tells."""
    fresh = {"account": key.account, "channel": key.channel, "period": key.period, "used": 0}
    made = insert(c, tables.quota).values(fresh | {"most": most})
    await c.execute(
        made.on_conflict_do_update(
            index_elements=["account", "channel", "period"], set_={"most": most}
        )
    )


async def forget(c: Connection, before: str) -> None:
    """Delete the periods that are older than `before`."""
    await c.execute(sa.delete(tables.quota).where(_quota.period < before))


async def _locked(c: Connection, key: Key) -> Quota:
    row = await _LOCKED.first(c, _named(key))
    if row is None:
        await _FRESH.run(c, _named(key))
        row = await _LOCKED.first(c, _named(key))
    return Quota(row.most, row.used)


def _named(key: Key, before: str = "") -> dict[str, str]:
    return {
        f"{before}account": key.account,
        f"{before}channel": key.channel,
        f"{before}period": key.period,
    }


def _of(key: Key) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _quota.account == key.account,
        _quota.channel == key.channel,
        _quota.period == key.period,
    )
