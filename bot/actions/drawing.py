"""Draw a kept picture and give it to the platform, which remembers it for three days."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot import errors, picture
from bot.actions import invitation
from bot.channels import account
from bot.runtime import Runtime
from bot.store import pictures

# Temporary media hold for 3 days and may be sent again: `account.upload_image`. Two hours are left for clocks.
_HOLDS_MS: Final = 70 * 3600 * 1000

_log = structlog.get_logger()


async def media_id(rt: Runtime, key: bytes) -> str | None:
    """The platform's name for the picture, uploaded now if it has to be; None when there is none to be had.

    TryLater and Unclear when asking again may help.
    """
    async with rt.read() as c:
        kept = await pictures.get(c, key, at_ms=rt.now_ms())
    if kept is None:
        return None
    if kept.media_id is not None:
        return kept.media_id
    try:
        svg = kept.svg
        if svg.startswith(invitation.SCENE):
            svg = await invitation.drawn(rt, svg)
        file = await asyncio.to_thread(picture.png, svg)
        made = await account.upload_image(
            rt.channels.mp, name="chart.png", kind="image/png", file=file
        )
    except (ValueError, errors.TextRefused, errors.NotFound, errors.Misconfigured) as error:
        _log.warning("picture.refused", key=key.hex()[:8], error=str(error))
        return None
    async with rt.write() as c:
        await pictures.uploaded(c, key, made, until_ms=rt.now_ms() + _HOLDS_MS)
    return made
