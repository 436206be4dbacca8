"""The land of the ledger's tests, on each of the two databases."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import runtime
from bot.shared import embedded
from config.settings import Settings
from tests.conftest import lent, upgrade
from tests.ledger import land as lands


def settings_for(database_url: str, data_dir: Path) -> Settings:
    return Settings(
        database_url=database_url, data_dir=data_dir, secret_key="of a test", quiet_hours="off"
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def settled_url(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: embedded.Server
) -> Iterator[str]:
    """A database with the land in it."""

    async def settle(url: str, folder: Path) -> None:
        async with runtime.opened(settings_for(url, folder), redis_server.url) as rt:
            await lands.settle(rt)

    def prepare(url: str) -> None:
        upgrade(url)
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(settle(url, Path(folder)))

    yield from lent(request, tmp_path, "land", prepare)


@pytest.fixture
async def land(settled_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[lands.Land]:
    """A small federation with a campaign that runs since 2 November 2026."""
    async with runtime.opened(settings_for(settled_url, tmp_path), redis_url) as rt:
        yield await lands.look(rt)
