"""收到: signing notices; and what the platform says afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import errors
from bot.core import link, period
from bot.core.model import Person
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import broadcasts, finishes, receipts


@dataclass(frozen=True, slots=True)
class Signed:
    """The notice that was signed, and those that still wait for her, newest first."""

    broadcast: Broadcast
    more: tuple[Broadcast, ...]


async def sign(rt: Runtime, person: Person, number: int | None, at: datetime) -> Signed | None:
    """Sign her newest notice that asks for it, reached her, is unsigned and not over; None if there is none.

    With a number, that notice; signing it again changes nothing. NotFound when it was never hers.
    """
    async with rt.write() as c:
        owed = await receipts.owed(c, person.id, period.ms(at))
        if number is None:
            if not owed:
                return None
            chosen = owed[0]
        else:
            mine = await receipts.received(c, person.id, number)
            if mine is None:
                raise errors.NotFound
            chosen = mine
        await receipts.add(c, chosen, kind="signed", person_id=person.id, at_ms=period.ms(at))
        left = tuple(o.broadcast for o in owed if o.broadcast.id != chosen.broadcast.id)
        return Signed(chosen.broadcast, left)


async def signs_for_report(rt: Runtime, person: Person, at: datetime) -> Broadcast | None:
    """A report signs her newest notice that is owed, as she has evidently read it; the notice, if any."""
    async with rt.write() as c:
        owed = await receipts.owed(c, person.id, period.ms(at))
        if not owed:
            return None
        await receipts.add(c, owed[0], kind="answered", person_id=person.id, at_ms=period.ms(at))
        return owed[0].broadcast


async def opened(rt: Runtime, person_id: int, n: int, at: datetime) -> Broadcast:
    """She opens notice `n` to read it; NotFound unless it was sent to her."""
    async with rt.write() as c:
        mine = await receipts.received(c, person_id, n)
        if mine is None:
            raise errors.NotFound
        await receipts.add(c, mine, kind="opened", person_id=person_id, at_ms=period.ms(at))
        return mine.broadcast


def address(rt: Runtime, n: int, person_id: int) -> str | None:
    """The page of notice `n` for one reader; None without a public address."""
    base = rt.settings.public_url.rstrip("/")
    return f"{base}/t/{link.token(rt.seal, n, person_id)}" if base else None


async def read_link(rt: Runtime, token: str, at: datetime) -> tuple[Broadcast, int]:
    """The notice behind a link and its reader's person id; NotFound for a token we did not make or one that is over."""
    found = link.read(rt.seal, token)
    if found is None:
        raise errors.NotFound
    async with rt.read() as c:
        broadcast = await broadcasts.get(c, found[0])
    if broadcast.expires_at_ms <= period.ms(at):
        raise errors.NotFound
    return broadcast, found[1]


async def finished(
    rt: Runtime, openid_digest: bytes, msgid: int, status: str, at: datetime
) -> None:
    """TEMPLATESENDJOBFINISH: keep it for the worker to match; a repeat changes nothing."""
    await all_finished(rt, [finishes.Arrived(msgid, openid_digest, status, period.ms(at))])


async def all_finished(rt: Runtime, some: Sequence[finishes.Arrived]) -> None:
    """As `finished`, for many in one transaction: after a broadcast they come by the thousand."""
    async with rt.write() as c:
        await finishes.add(c, some)
        rt.wake(wake.WORK)
