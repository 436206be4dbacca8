"""A federation for questions of who may do what where: every role in a township and in a village, and places around them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot import runtime
from bot.core.model import Unit
from bot.runtime import Runtime
from bot.store import tables, units
from config.settings import Settings
from tests.chat import room as rooms

# 松源村 is about to leave 星溪乡, 星村 to join it, 废村 to end; 吉阳镇 in another county is led by 星溪乡.
_BEFORE = """code,name,level,parent_code
0,全国,national,
3507,南平市,city,0
A,政和县,county,3507
T,星溪乡,township,A
V,东山村委会,village,T
W,西山村委会,village,T
MO,松源村委会,village,T
E,废村村委会,village,T
S,石屯镇,township,A
S1,石屯村委会,village,S
MI,星村村委会,village,S
B,建瓯市,county,3507
R,吉阳镇,township,B
R1,南平村委会,village,R
"""
AFTER = _BEFORE.replace("MO,松源村委会,village,T", "MO,松源村委会,village,S").replace(
    "MI,星村村委会,village,S", "MI,星村村委会,village,T"
)
ROLES = ("chair", "deputy", "staff", "member", "admin")
LEADERS = ("chair", "deputy", "staff")
HERS = ("own", "below", "area", "in the area", "moved here")
_OFFICES = {"A": ROLES, "T": ROLES, "S": ("chair", "admin"), "V": ROLES}
_SINGLE = (("root", "0", "admin"), ("w", "W", "chair"), ("r1", "R1", "chair"), ("e", "E", "chair"))


def _people() -> str:
    rows = [(f"{unit}-{role}", unit, role) for unit, some in _OFFICES.items() for role in some]
    lines = [
        f"{key},某某某,,{unit},{role},任职,openid-{key}" for key, unit, role in [*rows, *_SINGLE]
    ]
    return "\n".join(["person_id,name,phone,unit_code,role,title,openid", *lines, ""])


async def furnish(rt: Runtime) -> rooms.Room:
    """Import, give the area, then import again with two villages moved and one ended."""
    room = rooms.Room(rt)
    room.set_clock(rooms.MONDAY)
    await room.load("units", _BEFORE)
    await room.load("people", _people())
    await room.load("campaign", rooms.CAMPAIGN)
    async with rt.write() as c:
        lead, area = await units.by_code(c, "T"), await units.by_code(c, "R")
        assert lead
        assert area
        await c.execute(sa.insert(tables.grant).values(holder_unit_id=lead.id, unit_id=area.id))
    gone = AFTER.replace("E,废村村委会,village,T\n", "")
    await room.load("units", gone, prune=True)
    return room


async def units_now(rt: Runtime) -> dict[str, Unit]:
    """The units of today by their codes."""
    async with rt.read() as c:
        return {unit.code: unit for unit in await units.inside(c, 0, 2**31 - 1)}


EVERYBODY = [f"{unit}-{role}" for unit in ("A", "T", "V") for role in ROLES] + ["S-chair", "S-admin", "root", "w"]  # fmt: skip
DECIDES = {
    "T-staff": {"T-chair", "T-admin", "A-chair", "A-admin", "root"},
    "T-chair": {"T-admin", "A-chair", "A-admin", "root"},
    "V-chair": {"V-admin", "T-chair", "T-admin", "A-chair", "A-admin", "root"},
}
"""Author of a notice → who says 同意 or 不同意."""


@contextlib.asynccontextmanager
async def opened(database_url: str, redis_url: str, folder: Path) -> AsyncIterator[rooms.Room]:
    """The offices; every notice to more than one waits for a second person."""
    settings = Settings(
        database_url=database_url, data_dir=folder, secret_key="of a test", approval_threshold=1
    )
    async with runtime.opened(settings, redis_url) as rt:
        yield await furnish(rt)


async def draft(room: rooms.Room, author: str, n: int = 1) -> None:
    """A notice of hers that waits for 同意, number `n`."""
    await room.say(author, "部署\n标题：一\n内容：二\n对象：全体")
    assert f"{n}号通知《一》交上去了" in await room.say(author, "确认发送")


_counted = {"n": 0}


async def statements(room: rooms.Room) -> int:
    """How many statements the database has been asked so far."""
    engine = room.rt.db.engine.sync_engine
    if not sa.event.contains(engine, "before_cursor_execute", _count):
        sa.event.listen(engine, "before_cursor_execute", _count)
    return _counted["n"]


def _count(*_: Any) -> None:
    _counted["n"] += 1
