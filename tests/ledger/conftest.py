"""The land of the ledger's tests, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import runtime
from config.settings import Settings
from tests.ledger import land as lands


@pytest.fixture
async def land(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[lands.Land]:
    """A small federation with a campaign that runs since 2 November 2026."""
    settings = Settings(
        database_url=database_url, data_dir=tmp_path, secret_key="of a test", quiet_hours="off"
    )
    async with runtime.opened(settings, redis_url) as rt:
        yield await lands.settle(rt)
