"""The federation of the dialogues, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import runtime
from config.settings import Settings
from tests.chat import room as rooms


@pytest.fixture
async def room(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[rooms.Room]:
    """A small city with a campaign under way; two people's consent is wanted from 8 recipients on."""
    settings = Settings(
        database_url=database_url,
        data_dir=tmp_path,
        secret_key="of a test",
        approval_threshold=8,
    )
    async with runtime.opened(settings, redis_url) as rt:
        yield await rooms.furnish(rt, tmp_path)
