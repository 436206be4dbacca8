"""What the platform lets an account call in a day or a month: reserved before calling, given back, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core import pace
from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

_quota = tables.quota.c


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
            await c.execute(
                sa.update(tables.quota).where(*_of(key)).values(used=_quota.used + granted)
            )
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
    fresh = {"account": key.account, "channel": key.channel, "period": key.period, "used": 0}
    await c.execute(insert(c, tables.quota).values(fresh).on_conflict_do_nothing())
    row = (
        await c.execute(sa.select(_quota.most, _quota.used).where(*_of(key)).with_for_update())
    ).one()
    return Quota(row.most, row.used)


def _of(key: Key) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _quota.account == key.account,
        _quota.channel == key.channel,
        _quota.period == key.period,
    )
