"""One sandbox process for the tests of a module, started over for each test; a bot for those that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox import echo
from tests.sandbox import platform as platforms


@pytest.fixture(scope="module")
def started() -> Iterator[platforms.Platform]:
    with platforms.running() as found:
        yield found


@pytest.fixture
def platform(started: platforms.Platform) -> platforms.Platform:
    """A sandbox that remembers nothing of the test before, and has no bot to push to."""
    started.control("target", url="")
    started.control("reset")
    return started


@pytest.fixture
def bot(platform: platforms.Platform) -> Iterator[echo.Bot]:
    """A bot that answers `success` until told otherwise; the sandbox pushes to it."""
    with echo.running() as found:
        platform.control("target", url=found.url)
        platform.control("latency", outcome_ms=0, push_retry_ms=0)
        yield found
        platform.control("target", url="")
