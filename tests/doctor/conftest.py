"""A program that is set up for a sandbox of its own."""

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
def platform() -> Iterator[Platform]:
    with running("--target", "http://127.0.0.1:9/wechat") as found:
        yield found


def settings(platform_url: str, home: Path, **more: object) -> Settings:
    values: dict[str, object] = {
        "data_dir": home,
        "secret_key": "a long text of a test",
        "public_url": "https://example.org",
        "wechat_app_id": DEFAULTS["app_id"],
        "wechat_app_secret": DEFAULTS["app_secret"],
        "wechat_token": DEFAULTS["token"],
        "wechat_aes_key": DEFAULTS["aes_key"],
        "wechat_api_base": platform_url,
        "wechat_template_id": DEFAULTS["template_id"],
    }
    return Settings.model_validate(values | more)


@pytest.fixture
async def rt(
    database_url: str, redis_url: str, platform: Platform, tmp_path: Path
) -> AsyncIterator[Runtime]:
    made = settings(platform.url, tmp_path, database_url=database_url)
    async with runtime.opened(made, redis_url) as opened:
        yield opened
