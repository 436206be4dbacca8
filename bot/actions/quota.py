"""Quotas of the platform: a ration for each batch before its calls, and what the platform itself says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from bot import errors
from bot.channels import account, mass, subscribe, template
from bot.core import pace
from bot.core.outcome import Kind
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import batches, broadcasts, quotas
from bot.store.database import Connection
from bot.store.quotas import Key

EVERY_S: Final = 30.0
USED_UP: Final = f"{Kind.QUOTA} used up"  # why a broadcast rests; the next day it goes on by itself
_PATHS: Final = {"template": template.PATH, "mass": mass.PATH, "subscribe": subscribe.PATH}
_CHANNELS: Final = {"relay": "template"}  # the owner gets a card
_APP: Final = (
    "wecom_app"  # counted in people, by us alone: the corp's accounts are told in the settings
)
_BY_MONTH: Final = ("mass",)
_UNCOUNTED: Final = (Kind.TOKEN, Kind.QUOTA)  # refused before the platform counted the call
_FRESH_MS: Final = 60_000
_IDLE_S: Final = 3600
_ASKED: Final = "yihu:quota:asked"
_DAY: Final = 10  # characters of a key's period that is a day
_WORTH: Final = 100  # calls found again for which a broadcast does not wait until tomorrow

_log = structlog.get_logger()


@dataclass(slots=True)
class Ration:
    """Calls that a batch may make: `granted` of those `wanted`, in quotas that are counted under `keys`."""

    keys: tuple[Key, ...]
    wanted: int
    granted: int
    counted: int = 0

    @property
    def short(self) -> bool:
        """Whether the quota ends before the batch."""
        return self.granted < self.wanted

    def note(self, kind: Kind, calls: int) -> None:
        """So many calls (or people, where those are counted) were answered so."""
        self.counted += calls if kind not in _UNCOUNTED else 0

    async def settle(self, c: Connection) -> None:
        """Give back what the batch did not use; once."""
        await quotas.give_back(c, self.keys, self.granted - self.counted)


async def ration(rt: Runtime, c: Connection, channel: str, calls: int, *, urgent: bool) -> Ration:
    """Reserve calls for a batch, in the transaction that begins it; as many as there are.

    A worker that dies keeps its ration; `look` finds it again.
    """
    keys = await _known(rt, c, channel)
    granted = await quotas.reserve(c, keys, calls, urgent=urgent) if keys else calls
    return Ration(keys, calls, granted)


def keys_of(rt: Runtime, channel: str, at: datetime) -> tuple[Key, ...]:
    """The quotas that a call at this time counts in; none for a channel that has none."""
    channel = carrier(channel)
    day = rt.calendar.day(at).isoformat()
    if channel == _APP and by_people(rt, channel):
        app = f"{rt.settings.wecom_corp_id}:{rt.settings.wecom_agent_id}"
        return (Key(app[:64], channel, day),)
    if channel not in _PATHS or rt.passive:
        return ()
    periods = (day, day[:7]) if channel in _BY_MONTH else (day,)
    return tuple(Key(rt.settings.wechat_app_id, channel, period) for period in periods)


def carrier(channel: str) -> str:
    """The channel whose calls a batch's channel makes."""
    return _CHANNELS.get(channel, channel)


def by_people(rt: Runtime, channel: str) -> bool:
    """Whether this channel's quota counts people instead of calls."""
    found = rt.channels.sending.get(channel)
    return found is not None and found.limits.people_per_day is not None


async def _known(rt: Runtime, c: Connection, channel: str) -> tuple[Key, ...]:
    """As `keys_of` now; a quota that only we count is written down first."""
    keys = keys_of(rt, channel, rt.now())
    most = rt.channels.sending[channel].limits.people_per_day if by_people(rt, channel) else None
    if most is not None:
        for key in keys:
            await quotas.know(c, key, most.value)
    return keys


async def left(rt: Runtime, c: Connection, channel: str, *, urgent: bool) -> int | None:
    """How many people may still be sent to today by a channel; None when nobody knows."""
    channel = carrier(channel)
    limits = rt.channels.sending[channel].limits
    most = limits.people_per_day or (limits.per_day if channel in _BY_MONTH else None)
    found: int | None = None
    for key in keys_of(rt, channel, rt.now()):
        kept = await quotas.get(c, key)
        # Nobody has asked yet: of the scarce ones we believe what the vendor says in general.
        known = kept.most if kept and kept.most is not None else most.value if most else None
        if known is not None and len(key.period) == _DAY:
            room = pace.room(known, kept.used if kept else 0, urgent=urgent)
            found = room if found is None else min(found, room)
    each = 1 if limits.people_per_day else limits.people.value
    return None if found is None else found * each


async def look(rt: Runtime) -> None:
    """Ask the platform for its figures while something is being sent or rests for them; go on if it has calls left.

    With nothing to send it is asked once an hour, so that a preview knows what is left.
    """
    async with rt.read() as c:
        under_way = bool(await broadcasts.sending(c))
        resting = await broadcasts.paused_for(c, USED_UP)
    if rt.passive or not (under_way or resting or await _stale(rt)):
        return
    for channel, path in _PATHS.items():
        if channel in rt.channels.sending and await _ask(rt, channel, path):
            await _go_on(rt, [one for one in resting if one.stop_reason == reason(channel)])


async def fresh(rt: Runtime) -> None:
    """Ask the platform now, where the figures are older than a minute. Not inside a transaction."""
    for channel, path in _PATHS.items():
        if channel in rt.channels.sending and not rt.passive:
            async with rt.read() as c:
                known = await quotas.asked_at(c, keys_of(rt, channel, rt.now())[0])
            if known is None or known + _FRESH_MS <= rt.now_ms():
                await _ask(rt, channel, path)


async def _stale(rt: Runtime) -> bool:
    """Whether an hour has passed since any process asked."""
    if not rt.settings.wechat_app_id:
        return False
    return bool(await rt.redis.set(_ASKED, "1", ex=_IDLE_S, nx=True))


def reason(channel: str) -> str:
    """Why a broadcast rests whose channel has no calls left today."""
    return f"{USED_UP}: {carrier(channel)}"


async def _ask(rt: Runtime, channel: str, path: str) -> bool:
    """Correct one quota by what the platform says; whether it has calls worth going on for."""
    try:
        said = await account.quota(rt.channels.mp, path)
    except errors.YihuError as error:
        _log.warning("quota.not_told", channel=channel, why=str(error))
        return False
    (key, *_) = keys_of(rt, channel, rt.now())
    async with rt.write() as c:
        at_rest = not await batches.owners(c)
        now = await quotas.correct(
            c, key, most=said.limit, used=said.used, at_ms=rt.now_ms(), resting=at_rest
        )
    return pace.room(now.most, now.used, urgent=False) >= _WORTH


async def _go_on(rt: Runtime, resting: list[Broadcast]) -> None:
    async with rt.write() as c:
        for broadcast in resting:
            await broadcasts.hold(c, broadcast, rt.now_ms())
            _log.info("broadcast.quota_found", n=broadcast.id)
