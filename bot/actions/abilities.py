"""What the account may do, asked of the platform once a day and kept for all processes."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass

import structlog

from bot import errors
from bot.channels import account
from bot.runtime import Runtime
from bot.store import database, metas

EVERY_S = 600.0  # between looks at what is kept
_GOOD_S = 24 * 3600
_META = "abilities"

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
