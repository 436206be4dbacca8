"""A runtime on each database, talking to a sandbox that runs as a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import runtime
from bot.runtime import Runtime
from bot.sandbox.options import DEFAULTS
from config.settings import Settings
from tests.sandbox.platform import Platform, running


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A WeChat of this test's own."""
    with running() as found:
        yield found


def settings_for(database_url: str, platform_url: str, data_dir: Path, **more: object) -> Settings:
    values: dict[str, object] = {
        "data_dir": data_dir,
        "database_url": database_url,
        "secret_key": "of a test",
        "quiet_hours": "off",
        "wechat_app_id": DEFAULTS["app_id"],
        "wechat_app_secret": DEFAULTS["app_secret"],
        "wechat_api_base": platform_url,
        "wecom_api_base": platform_url,
        "wechat_template_id": DEFAULTS["template_id"],
        "window": 16,
    }
    return Settings.model_validate(values | more)


@pytest.fixture
async def rt(
    database_url: str, redis_url: str, platform: Platform, tmp_path: Path
) -> AsyncIterator[Runtime]:
    """The program on each of the two databases."""
    settings = settings_for(database_url, platform.url, tmp_path)
    async with runtime.opened(settings, redis_url) as opened:
        yield opened
