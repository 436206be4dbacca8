"""What the account may do, asked of the platform once a day and kept for all processes."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog

from bot import errors
from bot.channels import account
from bot.core import period
from bot.runtime import Runtime
from bot.store import database, metas

EVERY_S = 600.0  # between looks at what is kept
_GOOD_S = 24 * 3600
_META = "abilities"
_CERTIFICATION = "certification"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Abilities:
    """Whether the account has template messages; `asked_s` is when we asked (epoch seconds, real time)."""

    templates: bool
    asked_s: int


async def ask(rt: Runtime) -> Abilities:
    """Ask the platform and keep the answer; raises what the platform's refusal means."""
    found = Abilities(await account.may_send_templates(rt.channels.mp), int(time.time()))
    async with rt.write() as c:
        await metas.put(c, _META, json.dumps(asdict(found)))
    _settle(rt, found)
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """The last event the platform pushed about the account's certification, and when."""

    event: str
    at: datetime


async def certified(rt: Runtime, standing: Standing) -> None:
    """Keep what the platform said; the last word counts."""
    async with rt.write() as c:
        kept = {"event": standing.event, "at_ms": period.ms(standing.at)}
        await metas.put(c, _CERTIFICATION, json.dumps(kept))


async def certification(rt: Runtime) -> Standing | None:
    """How the certification stands, as far as the platform ever said."""
    async with rt.read() as c:
        raw = await metas.get(c, _CERTIFICATION)
    if raw is None:
        return None
    kept = json.loads(raw)
    return Standing(kept["event"], period.at(kept["at_ms"]))


async def watch(rt: Runtime) -> None:
    """Keep `rt.passive` true to what the account may do, as long as the process runs."""
    while True:
        try:
            await _look(rt)
        except (errors.YihuError, *database.Unavailable) as error:
            _log.warning("abilities.unknown", why=str(error).partition("\n")[0])
        await asyncio.sleep(EVERY_S)


async def _look(rt: Runtime) -> None:
    async with rt.read() as c:
        kept = await metas.get(c, _META)
    known = Abilities(**json.loads(kept)) if kept else None
    if known is not None:
        _settle(rt, known)
    if not rt.settings.wechat_app_id or rt.settings.wechat_account != "auto":
        return
    if known is None or known.asked_s + _GOOD_S < time.time():
        await ask(rt)


def _settle(rt: Runtime, found: Abilities) -> None:
    if rt.settings.wechat_account == "auto":
        rt.passive = not found.templates
