"""People who are reached by five different channels, and what the platforms tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import runtime
from bot.actions import quota
from bot.core import inbound
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.sandbox.options import DEFAULTS
from bot.store import doubts, members, quotas, tables
from tests.delivery import land as lands
from tests.delivery.conftest import settings_for
from tests.delivery.land import Land, openid
from tests.sandbox.platform import Platform

CHANNELS = ("template", "custom", "subscribe", "wecom_app", "mass")
SENDS = ("template/send", "custom/send", "subscribe/bizsend", "message/send", "mass/send")


@pytest.fixture
async def rt(
    database_url: str, redis_url: str, platform: Platform, tmp_path: Path
) -> AsyncIterator[Runtime]:
    """The program with every channel set up, on each of the two databases."""
    settings = settings_for(
        database_url,
        platform.url,
        tmp_path,
        wechat_subscribe_template_id=DEFAULTS["subscription_id"],
        wecom_corp_id=DEFAULTS["corp_id"],
        wecom_agent_id=DEFAULTS["agent_id"],
        wecom_secret=DEFAULTS["corp_secret"],
    )
    async with runtime.opened(settings, redis_url) as opened:
        yield opened


@pytest.fixture
async def land(rt: Runtime, platform: Platform) -> Land:
    """Twenty villages; the chair of every tenth has no account."""
    return await lands.settle(rt, platform, villages=20, unregistered=10)


def from_platform(what: inbound.What) -> inbound.Inbound:
    return inbound.Inbound("wechat", "oMass", "gh", datetime.now(UTC), b"k", what)


def chair(number: int) -> str:
    return f"v{number:04}-chair"


async def member(land: Land, key: str, *, known: bool = True) -> str:
    """She is a member of the corp, as far as we were told; `known`: and WeCom knows her too."""
    userid = f"u-{key}"
    if known:
        land.platform.control("members", members=[{"userid": userid}])
    seal = land.rt.seal
    new = members.New(land.persons[key], seal.digest("openid", userid), seal.seal(userid))
    async with land.rt.write() as c:
        await members.put(c, [new], 0)
    return userid


async def agrees(land: Land, key: str, *, really: bool = True) -> None:
    """She has agreed to one more notice; not `really`: the platform knows nothing of it."""
    template = DEFAULTS["subscription_id"]
    if really:
        land.platform.control("consent", openid=openid(key), template_id=template)
    async with land.rt.write() as c:
        await c.execute(
            sa.insert(tables.consent).values(
                follower_id=await _follower(land, key),
                template_id=template,
                remaining=1,
                said_at_ms=0,
            )
        )


async def speaks(land: Land, key: str, *, really: bool = True) -> None:
    """Her window for answers is open; not `really`: the platform sees that otherwise."""
    if really:
        land.platform.control("say", openid=openid(key), text="在吗")
    async with land.rt.write() as c:
        await c.execute(
            sa.update(tables.follower)
            .where(tables.follower.c.id == await _follower(land, key))
            .values(window_left=5, window_ends_ms=land.rt.now_ms() + 3_600_000)
        )


async def _follower(land: Land, key: str) -> int:
    async with land.rt.read() as c:
        found = await c.scalar(
            sa.select(tables.binding.c.follower_id).where(
                tables.binding.c.person_id == land.persons[key]
            )
        )
    assert found is not None
    return int(found)


async def templates_left(land: Land, calls: int) -> None:
    """So many template messages may be sent today by what is not urgent."""
    most = calls + (calls >= 20)  # a twentieth stays for what is urgent
    land.platform.control("quota", endpoint="template/send", limit=most)
    async with land.rt.write() as c:
        for key in quota.keys_of(land.rt, "template", land.rt.now()):
            await quotas.correct(c, key, most=most, used=0, at_ms=0, resting=True)


def received(land: Land) -> dict[str, Counter[str]]:
    """How many copies each got, by channel, as the platforms tell it; letters to single persons are none."""
    found: dict[str, Counter[str]] = {}
    for channel, endpoint in zip(CHANNELS, SENDS, strict=True):
        copies: Counter[str] = Counter()
        for item in land.platform.see(f"ledger?endpoint={endpoint}&accepted=1&limit=1000")[
            "entries"
        ]:
            if lands.is_letter(item):
                continue
            many = (
                land.platform.see(f"ledger/people?seq={item['seq']}")["people"]
                if item["people"]
                else []
            )
            copies.update(many or [item["who"]])
        found[channel] = copies
    return found


async def counted(land: Land, n: int) -> dict[str, int]:
    """How many the program says were taken, by channel."""
    found = {channel: await land.states(n, channel) for channel in CHANNELS}
    return {
        channel: sum(state == State.ACCEPTED for state in states.values())
        for channel, states in found.items()
    }


async def adds_up(land: Land, n: int) -> Counter[str]:
    """The platforms' ledgers and ours agree, channel by channel; whom nobody reached twice."""
    told, ours = received(land), await counted(land, n)
    assert {channel: copies.total() for channel, copies in told.items()} == ours
    tally = (await land.tally(n)).people
    assert tally.whole
    assert tally.accepted == sum(ours.values())
    everybody: Counter[str] = Counter()
    for copies in told.values():
        everybody.update(copies)
    assert set(everybody.values()) <= {1}
    return everybody


async def no_mass_messages(land: Land) -> None:
    async with land.rt.write() as c:
        for key in quota.keys_of(land.rt, "mass", land.rt.now()):
            await quotas.correct(c, key, most=0, used=0, at_ms=0, resting=True)


async def every_channel(land: Land) -> None:
    """Three members of the corp, two windows, a consent, six templates; the other ten by a mass message."""
    for number in (0, 1, 2):
        await member(land, chair(number))
    await speaks(land, chair(3))
    await speaks(land, chair(4))
    await agrees(land, chair(5))
    await templates_left(land, 6)


async def in_the_air(land: Land) -> bool:
    """Whether calls have been made that are not answered yet."""
    async with land.rt.read() as c:
        return await doubts.flying(c, 1) > 0


async def landed(land: Land) -> bool:
    """Whether no call is under way."""
    return not await in_the_air(land)
