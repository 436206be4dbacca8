"""A platform that answers as told, and our side of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.channels.http import DEADLINE_S, Http
from bot.channels.mp import Mp
from bot.channels.tokens import Tokens
from tests.channels import platform as platforms


@pytest.fixture
async def platform() -> AsyncIterator[platforms.Platform]:
    async with platforms.running() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    http = Http(connections=8, deadline_s=DEADLINE_S)
    yield http
    await http.close()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def mp(platform: platforms.Platform, http: Http, redis: Redis) -> Mp:
    tokens = Tokens(
        http, redis, platforms.SEAL, base=platform.url, app_id="wx1", secret=platforms.SECRET
    )
    return Mp(http, tokens, base=platform.url)
