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
_BY_MONTH: Final = ("mass",)
_UNCOUNTED: Final = (Kind.TOKEN, Kind.QUOTA)  # refused before the platform counted the call
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

    def note(self, kind: Kind) -> None:
        """A call was answered so."""
        self.counted += kind not in _UNCOUNTED

    async def settle(self, c: Connection) -> None:
        """Give back what the batch did not use; once."""
        await quotas.give_back(c, self.keys, self.granted - self.counted)


async def ration(rt: Runtime, c: Connection, channel: str, calls: int, *, urgent: bool) -> Ration:
    """Reserve calls for a batch, in the transaction that begins it; as many as there are.

    A worker that dies keeps its ration; `look` finds it again.
    """
    keys = () if rt.passive else keys_of(rt, channel, rt.now())
    granted = await quotas.reserve(c, keys, calls, urgent=urgent) if keys else calls
    return Ration(keys, calls, granted)


def keys_of(rt: Runtime, channel: str, at: datetime) -> tuple[Key, ...]:
    """The quotas that a call at this time counts in; none for a channel that has none."""
    channel = _CHANNELS.get(channel, channel)
    if channel not in _PATHS:
        return ()
    day = rt.calendar.day(at).isoformat()
    periods = (day, day[:7]) if channel in _BY_MONTH else (day,)
    return tuple(Key(rt.settings.wechat_app_id, channel, period) for period in periods)


async def look(rt: Runtime) -> None:
    """Ask the platform for its figures while something is being sent or rests for them; go on if it has calls left."""
    async with rt.read() as c:
        under_way = bool(await broadcasts.sending(c))
        resting = await broadcasts.paused_for(c, USED_UP)
    if rt.passive or not (under_way or resting):
        return
    for channel, path in _PATHS.items():
        if channel in rt.channels.sending and await _ask(rt, channel, path):
            await _go_on(rt, [one for one in resting if one.stop_reason == reason(channel)])


def reason(channel: str) -> str:
    """Why a broadcast rests whose channel has no calls left today."""
    return f"{USED_UP}: {_CHANNELS.get(channel, channel)}"


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
