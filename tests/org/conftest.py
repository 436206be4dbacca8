"""A runtime on each database, and files to import."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot import runtime
from bot.actions import transfer
from bot.core.changes import Changes
from config.settings import Settings

UNITS = """code,name,level,parent_code
0,全国,national,
35,福建省,province,0
3507,南平市,city,35
350725,政和县,county,3507
350725101,星溪乡,township,350725
350725101001,东山村委会,village,350725101
350725101002,西山村委会,village,350725101
350725102,石屯镇,township,350725
350725102001,石屯社区居委会,village,350725102
"""
PEOPLE = """person_id,name,phone,unit_code,role,title
p1,甲一,13800000001,350725101001,chair,主席
p2,乙二,,350725101,staff,干事
p2,乙二,,350725101001,member,执委
root,丙三,,0,admin,管理员
"""


@pytest.fixture
async def rt(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[runtime.Runtime]:
    """The program on an empty database."""
    settings = Settings(database_url=database_url, data_dir=tmp_path, secret_key="for tests only")
    async with runtime.opened(settings, redis_url) as opened:
        yield opened


Load = Callable[..., Awaitable[Changes]]


@pytest.fixture
def load(rt: runtime.Runtime, tmp_path: Path) -> Load:
    """How a test imports a text as a file, called by its kind."""

    async def run(kind: str, text: str | bytes, *, name: str = "", **how: bool) -> Changes:
        ending = "yaml" if kind == "campaign" else "csv"
        path = tmp_path / (name or f"{kind}.{ending}")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        check, prune = how.get("check", False), how.get("prune", False)
        return await transfer.load(rt, kind, path, check=check, prune=prune)

    return run


@pytest.fixture
async def federation(load: Load) -> None:
    """One county with two townships and a few people."""
    await load("units", UNITS)
    await load("people", PEOPLE)
