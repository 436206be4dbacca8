"""A stage for each story, its processes ended with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path, empty_database_url: str, redis_url: str) -> AsyncIterator[Stage]:
    """A stage that nobody has opened yet: give it settings and `start` it."""
    room = tmp_path / "room"
    room.mkdir()
    play = Stage(room, empty_database_url, redis_url)
    try:
        yield play
    finally:
        await play.close()
