"""Everybody who follows the account: her sealed openid, her window for answers, her wrong codes."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from bot.core.frozen import frozen
from bot.core.seal import Sealer
from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Into, Statement, bind, binds

# How long and how often we may answer by customer-service message.
# developers.weixin.qq.com/doc/service/guide/product/customer_service.html, read 2026-11-20.
SAID_MS: Final = 48 * 3600 * 1000
SAID_LEFT: Final = 5
ACTED_MS: Final = 60 * 1000
ACTED_LEFT: Final = 3

WRONG_CODES: Final = 5
WRONG_MS: Final = 10 * 60 * 1000

_follower = tables.follower.c


@frozen
class Follower:
    """One WeChat account that follows one of ours; times in epoch ms.

    `window_left` customer-service messages may be sent until `window_ends_ms`.
    """

    id: int
    account: str
    openid_digest: bytes
    heard_at_ms: int | None
    window_left: int
    window_ends_ms: int | None
    human_until_ms: int | None
    wrong_codes: int
    wrong_since_ms: int | None
    blocked_until_ms: int | None


_COLUMNS = tuple(_follower[name] for name in Follower.__dataclass_fields__)
_NAMES: Final = ("account", "openid_digest", "openid_sealed")
# Who was met under an older key, or left and came back, is sealed anew; the digest is what she was found by, and to
# write it again would cost its index a page.
_ANEW: Final = ("account", "openid_sealed")
_WINDOW: Final = ("window_left", "window_ends_ms")


def _heard(into: Into) -> sa.Executable:
    made = into(tables.follower).values(
        binds(*_NAMES, *_WINDOW, "heard_at_ms") | {"wrong_codes": 0}
    )
    now = {name: made.excluded[name] for name in (*_ANEW, *_WINDOW, "heard_at_ms")}
    return made.on_conflict_do_update(index_elements=["openid_digest"], set_=now).returning(
        *_COLUMNS
    )


def _acted(into: Into) -> sa.Executable:
    made = into(tables.follower).values(binds(*_NAMES, *_WINDOW) | {"wrong_codes": 0})
    new = made.excluded
    shorter = sa.or_(
        _follower.window_ends_ms.is_(None),
        _follower.window_ends_ms < new.window_ends_ms,
        _follower.window_left <= 0,
    )
    now: dict[str, sa.ColumnElement[Any]] = {name: new[name] for name in _ANEW}
    now |= {name: sa.case((shorter, new[name]), else_=_follower[name]) for name in _WINDOW}
    return made.on_conflict_do_update(index_elements=["openid_digest"], set_=now).returning(
        *_COLUMNS
    )


# The same lock as writing to it takes: messages of one person wait for each other.
_KNOWN = Statement(
    sa.select(*_COLUMNS, _follower.openid_sealed)
    .where(_follower.openid_digest == bind("openid_digest"))
    .with_for_update(key_share=True)
)
_HEARD = Statement(_heard)
_ACTED = Statement(_acted)


def _of(row: Any) -> Follower:
    return Follower(*row)


async def heard(c: Connection, seal: Sealer, account: str, openid: str, at_ms: int) -> Follower:
    """She wrote something: get or make her, and open the long window for answers."""
    names = await _named(c, seal, account, openid)
    window = {"window_left": SAID_LEFT, "window_ends_ms": at_ms + SAID_MS}
    return _of(await _HEARD.first(c, {**names, **window, "heard_at_ms": at_ms}))


async def acted(c: Connection, seal: Sealer, account: str, openid: str, at_ms: int) -> Follower:
    """She tapped the menu, scanned or subscribed: get or make her, and open the short window.

    A longer window that still allows messages stays as it is.
    """
    digest, ends_ms = await _digest(c, seal, openid), at_ms + ACTED_MS
    row = await _KNOWN.first(c, {"openid_digest": digest})
    if row is not None and row.account == account and seal.newest(row.openid_sealed):
        known = _of(row[:-1])
        if known.window_left > 0 and (known.window_ends_ms or 0) >= ends_ms:
            return known  # most who tap a menu have written within two days: nothing changes
    names = {"account": account, "openid_digest": digest, "openid_sealed": seal.seal(openid)}
    window = {"window_left": ACTED_LEFT, "window_ends_ms": ends_ms}
    return _of(await _ACTED.first(c, {**names, **window}))


async def met(c: Connection, seal: Sealer, account: str, openid: str) -> int:
    """She did something that opens no window, such as agreeing to a notice: get or make her; her id."""
    names = await _named(c, seal, account, openid)
    made = insert(c, tables.follower).values(**names, window_left=0, wrong_codes=0)
    again = made.on_conflict_do_update(index_elements=["openid_digest"], set_=names)
    return int((await c.scalars(again.returning(_follower.id))).one())


async def subscribed(c: Connection, follower_id: int, at_ms: int) -> None:
    """She follows the account since now."""
    await c.execute(
        sa.update(tables.follower).where(_follower.id == follower_id).values(followed_at_ms=at_ms)
    )


async def _named(c: Connection, seal: Sealer, account: str, openid: str) -> dict[str, str | bytes]:
    """What is written of her, sealed anew."""
    digest = await _digest(c, seal, openid)
    return {"account": account, "openid_digest": digest, "openid_sealed": seal.seal(openid)}


async def _digest(c: Connection, seal: Sealer, openid: str) -> bytes:
    """What we know her by. Who was met under an older key is found again under the newest."""
    newest, *older = seal.digests("openid", openid)
    if older:
        known = sa.exists().where(tables.follower.alias().c.openid_digest == newest)
        await c.execute(
            sa.update(tables.follower)
            .where(_follower.openid_digest.in_(older), ~known)
            .values(openid_digest=newest)
        )
    return newest


async def by_id(c: Connection, follower_id: int) -> Follower | None:
    """The follower; None once she has gone."""
    row = (await c.execute(sa.select(*_COLUMNS).where(_follower.id == follower_id))).first()
    return _of(row) if row else None


async def of_person(c: Connection, person_id: int) -> Follower | None:
    """The account a person is registered with."""
    row = (
        await c.execute(
            sa.select(*_COLUMNS)
            .join(tables.binding, tables.binding.c.follower_id == _follower.id)
            .where(tables.binding.c.person_id == person_id)
        )
    ).first()
    return _of(row) if row else None


async def openid(c: Connection, seal: Sealer, follower_id: int) -> str | None:
    """Her openid in the clear, for one call to the platform; None once she has gone."""
    sealed = await c.scalar(sa.select(_follower.openid_sealed).where(_follower.id == follower_id))
    return seal.open(sealed) if sealed else None


async def spend(c: Connection, follower_id: int, at_ms: int) -> bool:
    """Take one customer-service message from her window; False if it is closed or used up."""
    taken = await c.scalar(
        sa.update(tables.follower)
        .where(
            _follower.id == follower_id,
            _follower.window_ends_ms > at_ms,
            _follower.window_left > 0,
        )
        .values(window_left=_follower.window_left - 1)
        .returning(_follower.id)
    )
    return taken is not None


async def human_until(c: Connection, follower_id: int, until_ms: int | None) -> None:
    """Her messages go to a human until then; None ends it."""
    await c.execute(
        sa.update(tables.follower)
        .where(_follower.id == follower_id)
        .values(human_until_ms=until_ms)
    )


async def wrong_code(c: Connection, follower_id: int, at_ms: int) -> int | None:
    """Count a wrong code; the fifth within ten minutes blocks: until when, in epoch ms."""
    fresh = sa.or_(_follower.wrong_since_ms.is_(None), _follower.wrong_since_ms <= at_ms - WRONG_MS)
    row = (
        await c.execute(
            sa.update(tables.follower)
            .where(_follower.id == follower_id)
            .values(
                wrong_codes=sa.case((fresh, 1), else_=_follower.wrong_codes + 1),
                wrong_since_ms=sa.case((fresh, at_ms), else_=_follower.wrong_since_ms),
            )
            .returning(_follower.wrong_codes)
        )
    ).first()
    if row is None or row.wrong_codes < WRONG_CODES:
        return None
    await c.execute(
        sa.update(tables.follower)
        .where(_follower.id == follower_id)
        .values(wrong_codes=0, wrong_since_ms=None, blocked_until_ms=at_ms + WRONG_MS)
    )
    return at_ms + WRONG_MS


async def right_code(c: Connection, follower_id: int) -> None:
    """Forget the wrong codes before a right one."""
    await c.execute(
        sa.update(tables.follower)
        .where(_follower.id == follower_id)
        .values(wrong_codes=0, wrong_since_ms=None)
    )


async def forget(c: Connection, openid_digest: bytes) -> None:
    """She no longer follows: her registration, her openid and what was still open go.

    Only while wrong codes are being counted a bare row stays, or leaving and coming back would
    start the count again.
    """
    row = (
        await c.execute(
            sa.select(_follower.id, _follower.wrong_codes, _follower.blocked_until_ms).where(
                _follower.openid_digest == openid_digest
            )
        )
    ).first()
    if row is None:
        return
    hers = (tables.binding, tables.question, tables.last_deed, tables.outbox, tables.consent)
    for table in hers:
        await c.execute(sa.delete(table).where(table.c.follower_id == row.id))
    if row.wrong_codes == 0 and row.blocked_until_ms is None:
        await c.execute(sa.delete(tables.follower).where(_follower.id == row.id))
        return
    await c.execute(
        sa.update(tables.follower)
        .where(_follower.id == row.id)
        .values(
            openid_sealed=b"",
            followed_at_ms=None,
            heard_at_ms=None,
            window_left=0,
            window_ends_ms=None,
            human_until_ms=None,
        )
    )
