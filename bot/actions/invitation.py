"""The picture of a unit's code for its new members: kept as a recipe, drawn by the worker from the platform's code.

Only the platform makes a QR code that brings its scene along, and no platform is called inside a transaction.
"""

from __future__ import annotations

from typing import Final

import segno

from bot import errors
from bot.channels import account
from bot.core import qrpicture
from bot.runtime import Runtime
from bot.store import admissions, units
from bot.store.admissions import Admission

SCENE: Final = "scene:"


def recipe(known: Admission) -> str:
    """What is kept in place of the drawing; another code of the unit is another recipe."""
    return f"{SCENE}{known.id}:{known.expires_at_ms}"


async def drawn(rt: Runtime, written: str) -> str:
    """The SVG of a recipe. Raises NotFound when the code has been replaced or has expired, and what `create_qr` raises."""
    admission_id, until_ms = map(int, written.removeprefix(SCENE).split(":"))
    async with rt.read() as c:
        known = await admissions.by_id(c, admission_id)
        unit = await units.by_id(c, known.unit_id) if known else None
    left_s = (until_ms - rt.now_ms()) // 1000
    if known is None or unit is None or known.expires_at_ms != until_ms or left_s <= 0:
        raise errors.NotFound
    code = rt.seal.open(known.code_sealed)
    made = await account.create_qr(rt.channels.mp, code, seconds=min(left_s, account.LONGEST_QR_S))
    say = rt.words.say
    return qrpicture.draw(
        segno.make(made.url, error="m", micro=False).matrix,
        title=say("joining.picture", unit=unit.display),
        below=[say("joining.picture_how"), say("joining.picture_code", code=code)],
    )
