"""One sandbox for a module, started over for each test, and the program's channels on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from redis.asyncio import Redis

from bot.channels.base import Call, Message, Outcome
from bot.channels.registry import Channels
from bot.sandbox.options import DEFAULTS
from config.settings import Settings
from tests.channels.kit.ways import WAYS, Way
from tests.channels.platform import SEAL
from tests.sandbox import platform as platforms

Send = Callable[..., Awaitable[list[Outcome]]]


@pytest.fixture(scope="module")
def started() -> Iterator[platforms.Platform]:
    with platforms.running() as found:
        yield found


@pytest.fixture
def platform(started: platforms.Platform) -> platforms.Platform:
    started.control("reset")
    return started


@pytest.fixture
def settings(platform: platforms.Platform) -> Settings:
    return Settings(
        wechat_api_base=platform.url,
        wechat_app_id=DEFAULTS["app_id"],
        wechat_app_secret=DEFAULTS["app_secret"],
        wechat_template_id=DEFAULTS["template_id"],
        wechat_subscribe_template_id=DEFAULTS["subscription_id"],
        wecom_api_base=platform.url,
        wecom_corp_id=DEFAULTS["corp_id"],
        wecom_agent_id=DEFAULTS["agent_id"],
        wecom_secret=DEFAULTS["corp_secret"],
        wecom_seats=1000,
    )


@pytest.fixture
async def channels(settings: Settings, redis: Redis) -> AsyncIterator[Channels]:
    opened = Channels(settings, redis, SEAL)
    yield opened
    await opened.close()


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def way(request: pytest.FixtureRequest, platform: platforms.Platform) -> Way:
    """Each channel in turn, its people known to the platform."""
    chosen: Way = request.param
    chosen.ready(platform)
    return chosen


@pytest.fixture
def send(channels: Channels, way: Way) -> Send:
    """Makes a call on the way; to its good ones, with its message, under the id n12.1 unless told otherwise."""

    async def once(
        to: tuple[str, ...] | None = None, *, message: Message | None = None, key: str = "n12.1"
    ) -> list[Outcome]:
        people = way.good if to is None else to
        outcomes = await channels.sending[way.name].send(Call(key, people, message or way.message))
        assert len(outcomes) == len(people)
        return outcomes

    return once
