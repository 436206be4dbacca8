"""The codes that let new members in: given to the chair when she reports a number of them, and shown again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.actions import enrol, invitation, tell
from bot.actions.enter import Noted
from bot.core import invite, ledger, newcomer
from bot.core.model import Indicator, Level, Person, Role, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import admissions, cells, newcomers, people
from bot.store.admissions import Admission
from bot.store.database import Connection
from config import newcomers as rules

_DAY_MS: Final = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Roll:
    """「报12人、登记9人」 of one unit, everything below it included."""

    unit: Unit
    indicator: Indicator
    reported: int
    registered: int


def lets_in(indicator: Indicator) -> bool:
    """Whether a report of the indicator lets as many members register themselves."""
    return newcomer.lets_in(indicator, rules.load().names)


async def offer(rt: Runtime, follower_id: int, reporter: Person, items: Sequence[Noted]) -> bool:
    """After a report: send the code to the unit's chair, once for each number that is higher than before.

    A unit without a registered chair: to whoever reported (`follower_id` is her account). True if the
    reporter gets one herself.
    """
    hers = False
    for item in items:
        if not item.value or item.stale or not lets_in(item.indicator):
            continue
        async with rt.write() as c:
            known = await _good(rt, c, item.unit, item.indicator)
            if item.value <= max(known.announced, await newcomers.count(c, known.id)):
                continue
            await admissions.announce(c, known.id, item.value)
            chairs = [
                one.id
                for one in await people.holders(c, item.unit.id, [Role.CHAIR])
                if await people.registered(c, one.id)
            ]
            for person_id in chairs or [reporter.id]:
                if person_id == reporter.id:
                    roll = Roll(item.unit, item.indicator, item.value, 0)
                    await _shown(rt, follower_id, roll, known)
                    hers = True
                else:  # perhaps she has not written for long, and only words reach her then
                    await tell.person(rt, person_id, _words(rt, item.unit, item.value, known))
    return hers


async def show(rt: Runtime, follower_id: int, roll: Roll) -> None:
    """Send a picture of the unit's code to somebody who has just written; a fresh code if it has expired.

    An account that cannot make QR codes, or may only answer, sends the code in words.
    """
    async with rt.write() as c:
        known = await _good(rt, c, roll.unit, roll.indicator)
        await _shown(rt, follower_id, roll, known)


async def _shown(rt: Runtime, follower_id: int, roll: Roll, known: Admission) -> None:
    words = _words(rt, roll.unit, roll.reported, known)
    if rt.passive:
        await tell.follower(rt, follower_id, words)
    else:
        await tell.picture(rt, follower_id, invitation.recipe(known), instead=words)


async def _good(rt: Runtime, c: Connection, unit: Unit, indicator: Indicator) -> Admission:
    """The unit's code, made if there is none that is good."""
    known = await admissions.of(c, indicator.id, unit.id)
    at_ms = rt.now_ms()
    if known is not None and known.expires_at_ms > at_ms:
        return known
    code = invite.new_open()
    return await admissions.put(
        c,
        indicator.id,
        unit.id,
        digest=rt.seal.digest("open code", code),
        sealed=rt.seal.seal(code),
        at_ms=at_ms,
        expires_at_ms=at_ms + rules.load().days * _DAY_MS,
    )


def _words(rt: Runtime, unit: Unit, number: int, known: Admission) -> str:
    code = rt.seal.open(known.code_sealed)
    address = enrol.url(rt, code)
    return rt.words.say("joining.code", unit=unit.short, n=number, code=code, url=address)


async def rolls(rt: Runtime, indicator: Indicator, some: Sequence[Unit]) -> dict[int, int]:
    """How many registered themselves in each of these units and below, by unit id."""
    async with rt.read() as c:
        return await newcomers.counts(c, indicator.id, some)


async def came(rt: Runtime, indicator: Indicator, some: Sequence[Unit]) -> dict[int, int]:
    """`rolls` of those units for which it is worth counting each time figures are shown: cities and below."""
    small = [unit for unit in some if unit.level >= Level.CITY and unit.lo >= 0]
    return await rolls(rt, indicator, small) if small and lets_in(indicator) else {}


async def own(rt: Runtime, unit: Unit, indicators: Sequence[Indicator]) -> list[Roll]:
    """What the unit itself has reported of those that let members in, and how many came."""
    found = []
    async with rt.read() as c:
        for indicator in indicators:
            if indicator.level is not unit.level or not lets_in(indicator):
                continue
            key = (indicator.id, unit.id)
            held = (await cells.held(c, [key])).get(key)
            there = (await newcomers.counts(c, indicator.id, [unit]))[unit.id]
            found.append(Roll(unit, indicator, (held and held.value) or 0, there))
    return found


async def short_of(rt: Runtime, unit: Unit, indicator: Indicator, *, limit: int) -> list[Roll]:
    """The units below that reported more than have come, in tree order; of the first `limit` with a value."""
    async with rt.read() as c:
        lines = await cells.lines(
            c, [indicator.id], [(unit.lo, unit.hi)], after=(-1, 0), limit=limit
        )
        there = await newcomers.counts(c, indicator.id, [line.unit for line in lines])
    return [
        Roll(line.unit, indicator, line.cell.value, there[line.unit.id])
        for line in lines
        if line.cell.value > there[line.unit.id]
    ]


async def lines(rt: Runtime, shown: Sequence[Progress]) -> list[str]:
    """「新增执委报12人、登记9人」 beside figures, once there is something to say."""
    found = []
    names = Counter(ledger.spoken(one.indicator) for one in shown)
    for one in shown:
        number = (await came(rt, one.indicator, [one.unit])).get(one.unit.id)
        if number is not None and (one.total.value or number):
            twice = names[ledger.spoken(one.indicator)] > 1
            roll = Roll(one.unit, one.indicator, one.total.value, number)
            found.append(said(rt, roll, whole_name=twice))
    return found


def said(rt: Runtime, roll: Roll, *, whole_name: bool = False) -> str:
    """「新增执委报12人、登记9人」; `whole_name`: beside another of the same short name."""
    name = roll.indicator.name if whole_name else ledger.spoken(roll.indicator)
    return rt.words.say(
        "joining.roll", indicator=name, reported=roll.reported, registered=roll.registered
    )
