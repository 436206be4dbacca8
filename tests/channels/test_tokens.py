"""The access token: fetched once by one process, renewed in time, never in a loop."""

from __future__ import annotations

import asyncio
import base64
import time
from unittest import mock

import pytest
from aiohttp import web
from redis.asyncio import Redis

from bot import errors
from bot.channels import tokens as module
from bot.channels.http import Http
from bot.channels.tokens import Tokens
from bot.core.seal import Sealer
from tests.channels import platform as platforms
from tests.channels.platform import SEAL, SECRET, says


@pytest.fixture
def another(platform, http, redis):
    """Makes what another process would have: the same Redis, nothing else in common."""
    return lambda: Tokens(http, redis, SEAL, base=platform.url, app_id="wx1", secret=SECRET)


@pytest.fixture
async def alone(platform, http):
    """A process whose Redis is away."""
    client = Redis.from_url("redis://127.0.0.1:1")
    yield Tokens(http, client, SEAL, base=platform.url, app_id="wx1", secret=SECRET)
    await client.aclose()


async def test_forty_callers_of_four_processes_fetch_one_token(platform, another):
    slow = platforms.numbered_tokens(lasts=7200)

    async def token(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.1)
        return await slow(request)

    platform.token = token
    processes = [another() for _ in range(4)]
    found = await asyncio.gather(*(each.get() for each in processes for _ in range(10)))
    assert set(found) == {f"{SECRET}-1"}
    assert len(platform.tokens) == 1
    assert platform.tokens[0].body == {
        "grant_type": "client_credential",
        "appid": "wx1",
        "secret": SECRET,
    }


async def test_without_redis_forty_callers_of_one_process_fetch_one_token(platform, alone):
    assert set(await asyncio.gather(*(alone.get() for _ in range(40)))) == {f"{SECRET}-1"}
    assert len(platform.tokens) == 1
    assert await alone.renew(f"{SECRET}-1") == f"{SECRET}-2"
    assert await alone.renew(f"{SECRET}-2") is None, "not a second time in 30 seconds"


async def test_a_redis_that_hangs_is_as_good_as_away(platform, http):
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    client = Redis.from_url(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with mock.patch.object(module, "_REDIS_S", 0.1):
        hung = Tokens(http, client, SEAL, base=platform.url, app_id="wx1", secret=SECRET)
        assert await hung.get() == f"{SECRET}-1"
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_a_token_is_renewed_before_its_end_and_the_old_one_serves_meanwhile(
    platform, another
):
    tokens = another()
    await tokens.get()
    start = time.time()
    with mock.patch.object(time, "time", return_value=start + 7200 - 241):
        assert await tokens.get() == f"{SECRET}-1"
    with mock.patch.object(time, "time", return_value=start + 7200 - 100):
        platform.token = says("down", status=503)
        assert await tokens.get() == f"{SECRET}-1", "still good while the platform is away"
    with (
        mock.patch.object(time, "time", return_value=start + 7300),
        pytest.raises(errors.TryLater),
    ):
        await tokens.get()


async def test_a_short_lived_token_is_used_for_half_its_life(platform, another):
    platform.token = platforms.numbered_tokens(lasts=60)
    tokens = another()
    assert await tokens.get() == await tokens.get() == f"{SECRET}-1"
    with mock.patch.object(time, "time", return_value=time.time() + 31):
        assert await tokens.get() == f"{SECRET}-2"


async def test_what_another_process_renewed_is_taken_without_asking(platform, another):
    first, second = another(), another()
    old = await first.get()
    assert await second.get() == old
    new = await first.renew(old)
    assert new == f"{SECRET}-2"
    assert await second.renew(old) == new
    assert await first.renew(old) == new
    assert len(platform.tokens) == 2


async def test_all_processes_together_renew_once_in_thirty_seconds(platform, another):
    processes = [another() for _ in range(4)]
    spoiled = await processes[0].get()
    for _ in range(5):
        found = await asyncio.gather(*(each.renew(spoiled) for each in processes))
        assert set(found) == {f"{SECRET}-2"}
    assert set(await asyncio.gather(*(each.renew(f"{SECRET}-2") for each in processes))) == {None}
    assert len(platform.tokens) == 2


async def test_a_platform_that_insists_on_its_token_gives_no_other(platform, another):
    platform.token = says({"access_token": "same", "expires_in": 7200})
    tokens = another()
    assert await tokens.renew(await tokens.get()) is None


async def test_nobody_ever_forces_a_refresh(platform, another):
    tokens = another()
    await tokens.renew(await tokens.get())
    assert all("force_refresh" not in asked.body for asked in platform.tokens)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says({"errcode": 40001, "errmsg": "invalid credential"}), errors.Misconfigured),
        (says({"errcode": 40125, "errmsg": "invalid appsecret"}), errors.Misconfigured),
        (says({"errcode": 40164, "errmsg": "invalid ip 1.2.3.4"}), errors.Misconfigured),
        (says({"errcode": 45009, "errmsg": "quota"}), errors.TryLater),
        (says({"errcode": 45011, "errmsg": "minute"}), errors.TryLater),
        (says({"errcode": -1, "errmsg": "busy"}), errors.TryLater),
        (says("<html>"), errors.TryLater),
        (says({"access_token": "", "expires_in": 7200}), errors.TryLater),
        (says({"access_token": 5, "expires_in": 7200}), errors.TryLater),
        (says({"access_token": "a"}), errors.TryLater),
        (says({"access_token": "a", "expires_in": 0}), errors.TryLater),
    ],
)
async def test_no_token_is_said_plainly_and_asked_for_once_in_five_seconds(
    platform, another, answer, error
):
    platform.token = answer
    tokens = another()
    for _ in range(20):
        with pytest.raises(error) as raised:
            await tokens.get()
        assert SECRET not in str(raised.value)
    assert len(platform.tokens) == 1
    platform.token = platforms.numbered_tokens(lasts=7200)
    with mock.patch.object(time, "monotonic", return_value=time.monotonic() + 6):
        assert await tokens.get() == f"{SECRET}-1"


async def test_in_redis_the_token_lies_sealed_and_only_our_key_opens_it(
    platform, http, redis, another
):
    token = await another().get()
    kept = await redis.get("yihu:{mp}:token:wx1")
    assert token not in str(kept)
    assert SECRET not in base64.b64decode(kept).decode("latin1")
    stranger = Sealer(["of another"])
    foreign = Tokens(http, redis, stranger, base=platform.url, app_id="wx1", secret=SECRET)
    assert await foreign.get() == f"{SECRET}-2", "it asks for itself"
    old, new = Sealer(["of a test"]), Sealer(["newer", "of a test"])
    await Tokens(http, redis, old, base=platform.url, app_id="wx1", secret=SECRET).renew("")
    rotated = Tokens(http, redis, new, base=platform.url, app_id="wx1", secret=SECRET)
    count = len(platform.tokens)
    await rotated.get()
    assert len(platform.tokens) == count


async def test_rubbish_under_our_key_in_redis_is_not_used(platform, another, redis):
    for rubbish in (b"x", b"[]", b'["a", "b", "c"]', b"7", b'{"a": 1}'):
        await redis.set("yihu:{mp}:token:wx1", rubbish)
        assert (await another().get()).startswith(SECRET)


async def test_without_app_id_or_secret_the_setting_is_named(platform, http, redis):
    tokens = Tokens(http, redis, SEAL, base=platform.url, app_id="", secret="")
    with pytest.raises(errors.Misconfigured, match="YIHU_WECHAT_APP_ID"):
        await tokens.get()
    assert platform.asked == []


async def test_an_address_that_is_none_is_a_matter_of_setup(redis):
    http = Http(connections=1, deadline_s=1)
    tokens = Tokens(http, redis, SEAL, base="not an address", app_id="wx1", secret=SECRET)
    with pytest.raises(errors.Misconfigured):
        await tokens.get()
    await http.close()
