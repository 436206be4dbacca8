"""The federation of the dialogues, on each of the two databases."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import runtime
from bot.shared import embedded
from config.settings import Settings
from tests.chat import room as rooms
from tests.conftest import lent, upgrade


def settings_for(database_url: str, data_dir: Path) -> Settings:
    """Two people's consent is wanted from 8 recipients on."""
    return Settings(
        database_url=database_url,
        data_dir=data_dir,
        secret_key="of a test",
        approval_threshold=8,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def furnished_url(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: embedded.Server
) -> Iterator[str]:
    """A database with the federation in it."""

    async def furnish(url: str, folder: Path) -> None:
        async with runtime.opened(settings_for(url, folder), redis_server.url) as rt:
            await rooms.furnish(rt)

    def prepare(url: str) -> None:
        upgrade(url)
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(furnish(url, Path(folder)))

    yield from lent(request, tmp_path, "room", prepare)


@pytest.fixture
async def room(furnished_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[rooms.Room]:
    """A small city with a campaign under way."""
    async with runtime.opened(settings_for(furnished_url, tmp_path), redis_url) as rt:
        made = rooms.Room(rt)
        made.set_clock(rooms.MONDAY)
        yield made
