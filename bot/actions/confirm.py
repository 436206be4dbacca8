"""收到: signing notices; and what the platform says afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import errors
from bot.core import link, period
from bot.core.model import Person
from bot.core.plan import Broadcast
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import batch_states, broadcasts, finishes, receipts
from bot.store.database import Connection
from bot.store.receipts import Received


@dataclass(frozen=True, slots=True)
class Signed:
    """The notice that was signed, and those that still wait for her, newest first."""

    broadcast: Broadcast
    more: tuple[Broadcast, ...]


async def sign(rt: Runtime, person: Person, number: int | None, at: datetime) -> Signed | None:
    """Sign her newest notice that asks for it, reached her, is unsigned and not over; None if there is none.

    Without any the newest that may have reached her. With a number, that notice; signing it again changes
    nothing. NotFound when it was never hers.
    """
    at_ms = period.ms(at)
    async with rt.write() as c:
        owed = await receipts.owed(c, person.id, at_ms)
        if number is None:
            hers = owed or await receipts.owed(c, person.id, at_ms, states=receipts.DOUBTFUL)
            if not hers:
                return None
            chosen = hers[0]
        else:
            chosen = await _received(c, person.id, number)
        await _keep(c, chosen, kind="signed", person_id=person.id, at_ms=at_ms)
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
        mine = await _received(c, person_id, n)
        await _keep(c, mine, kind="opened", person_id=person_id, at_ms=period.ms(at))
        return mine.broadcast


async def _received(c: Connection, person_id: int, n: int) -> Received:
    mine = await receipts.received(c, person_id, n)
    if mine is None:
        raise errors.NotFound
    return mine


async def _keep(c: Connection, mine: Received, *, kind: str, person_id: int, at_ms: int) -> None:
    """Keep her receipt. Of somebody who was unknown it is known now that she has it.

    While her call is under way the outcome is its sender's to write; that looks for receipts at the end.
    """
    if not mine.sure:
        held = await batch_states.one(c, mine.broadcast.id, mine.no)
        if held is not None and held.arrays.states[mine.position] == State.UNKNOWN:
            held.arrays.states[mine.position] = State.DELIVERED
            await batch_states.put(c, held, reopen=False)
    await receipts.add(c, mine, kind=kind, person_id=person_id, at_ms=at_ms)


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
