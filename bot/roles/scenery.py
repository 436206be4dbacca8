"""What the demo tells the sandbox: units, followers, groups, and who waits with a code on a slip of paper.

The page draws its picture from this.
"""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Final

from bot.actions import enrol
from bot.roles import federation
from bot.roles.playground import Sandbox
from bot.runtime import Runtime
from bot.store import invites

_CODE_DAYS: Final = 365
# File -> the control address it is for; in this order.
_FILES: Final = {
    "units.json": "units",
    "people.json": "people",
    "groups.json": "groups",
    "circles.json": "groups",
}


def tell(rooms: Path, sandbox: Sandbox) -> None:
    """Let the sandbox know the files of `federation.write`; at every start."""
    for name, where in _FILES.items():
        sandbox.control(where, json.loads((rooms / name).read_text("utf-8")))


async def hand_out(rt: Runtime, sandbox: Sandbox, today: date) -> None:
    """Give everybody who is not registered a code, as from the township above her; only at the first start.

    The sandbox remembers who has used hers.
    """
    made = federation.make(today)
    waiting = {row["person_id"]: row for row in made.people if not row["openid"]}
    async with rt.read() as c:
        guests = await invites.guests(c, [], [], keys=list(waiting))
    slips = {one.person_key: one.code for one in await enrol.invite(rt, guests, _CODE_DAYS)}
    units = {unit["code"]: unit for unit in made.units}
    people = [
        {
            "openid": federation.openid(key),
            "name": row["name"],
            "unit": federation.shown(units[row["unit_code"]]),
            "code": row["unit_code"],
            "role": row["title"],
            "follows": False,
            "slip": rt.words.say("demo.slip", code=slips[key]),
        }
        for key, row in waiting.items()
        if key in slips
    ]
    await asyncio.to_thread(sandbox.control, "people", {"people": people})
