"""Against the sandbox, whose signature, cipher, forms and codes were written apart from ours."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot import errors
from bot.channels import account, wire
from bot.channels.base import Call, Card, Listener, Picture, Words
from bot.channels.registry import Channels
from bot.core import inbound, reply
from bot.core.outcome import Kind
from config.settings import Settings
from tests.channels.platform import SEAL

WHO = "oAAAAAAAAAAAAAAAAAAAAAAAAAAA"
HERS = {"openid": WHO}
SETTINGS = {
    "wechat_app_id": "wx00000000000000aa",
    "wechat_app_secret": "0" * 32,
    "wechat_token": "tokentoken",
    "wechat_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "wechat_original_id": "gh_00000000aaaa",
}


class Sandbox:
    """The running program and its control address."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._session.post(f"{self.url}/control{path}", json=body) as response:
            assert response.status == 200, await response.text()
            found: dict[str, Any] = await response.json()
            return found

    async def get(self, path: str) -> dict[str, Any]:
        async with self._session.get(f"{self.url}/control{path}") as response:
            found: dict[str, Any] = await response.json()
            return found


@asynccontextmanager
async def sandbox(where: Path, mode: str, form: str) -> AsyncIterator[Sandbox]:
    names = ("app_id", "app_secret", "token", "aes_key", "original_id")
    flags = [
        part
        for name in names
        for part in (f"--{name.replace('_', '-')}", SETTINGS[f"wechat_{name}"])
    ]
    command = [
        "-m",
        "bot.sandbox",
        "--port",
        "0",
        "--data-dir",
        str(where),
        "--mode",
        mode,
        "--format",
        form,
    ]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, *flags, "--template-id", "T1", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        said = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        async with aiohttp.ClientSession() as session:
            yield Sandbox(said.split()[1], session)
    finally:
        process.terminate()
        await process.communicate()


@asynccontextmanager
async def answering(listener: Listener) -> AsyncIterator[str]:
    """The webhook in its smallest form: echoes a text back."""

    async def hook(request: web.Request) -> web.Response:
        now = datetime.now(UTC)
        try:
            if request.method == "GET":
                return web.Response(body=listener.prove(request.query, now=now))
            push = listener.read(request.query, await request.read(), now=now)
        except errors.NotOurs:
            return web.Response(status=403)
        except errors.Malformed:
            return web.Response(body=b"success")
        what = push.inbound.what
        said = (
            reply.TextReply(f"]]>{what.content}")
            if isinstance(what, inbound.Text)
            else reply.NoReply()
        )
        body = listener.write(push, said, now=now)
        return web.Response(body=body, headers={"Content-Type": wire.content_type(body)})

    app = web.Application()
    app.router.add_route("*", "/wechat", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/wechat"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def channels(redis, **more: str) -> AsyncIterator[Channels]:
    opened = Channels(Settings(**{**SETTINGS, **more}), redis, SEAL)  # type: ignore[arg-type]  # mypy would check each name
    try:
        yield opened
    finally:
        await opened.close()


@pytest.mark.parametrize(
    ("mode", "form"), [("secure", "xml"), ("secure", "json"), ("compatible", "xml")]
)
async def test_she_speaks_and_is_answered(tmp_path, redis, mode, form):
    async with (
        sandbox(tmp_path, mode, form) as platform,
        channels(redis) as opened,
        answering(opened.listeners["wechat"]) as url,
    ):
        await platform.post("/people", {"people": [HERS]})
        await platform.post("/target", {"url": url})
        assert (await platform.post("/verify", {}))["ok"]
        said = await platform.post("/say", {**HERS, "text": "东山村新增执委12名 <b>&amp; 🌹"})
        assert said["text"] == "]]>东山村新增执委12名 <b>&amp; 🌹"
        assert (await platform.post("/click", {**HERS, "key": "report"}))["raw"] == "success"
        for forge in (
            {"signature": "bad"},
            {"signature": "missing"},
            {"age_s": 601},
            {"plaintext": True},
        ):
            pushed = await platform.post("/push", {"fields": {"FromUserName": WHO}, **forge})
            assert pushed["status"] == 403, forge
        pushed = await platform.post("/push", {"body": "<xml><broken", "openid": WHO})
        assert (pushed["status"], pushed["raw"]) == (200, "success")


async def test_everything_we_send_is_taken_or_refused_as_the_platform_would(tmp_path, redis):
    async with sandbox(tmp_path, "secure", "xml") as platform:
        bases = {"wechat_api_base": platform.url, "wecom_api_base": platform.url}
        async with channels(redis, **bases) as opened:
            await platform.post("/people", {"people": [HERS]})
            await platform.post("/groups", {"groups": [{"key": "robot-1"}]})
            await platform.post("/switches", {"outcomes": False})

            async def send(way: str, to: str, message: Any) -> tuple[Kind, str | None]:
                [outcome] = await opened.sending[way].send(Call("n12.1", (to,), message))
                return outcome.kind, outcome.msgid

            card = Card("T1", {"thing1": "会改联推进通知"}, None)
            first = await send("template", WHO, card)
            assert first[0] is Kind.OK
            assert first[1] is not None
            assert await send("template", WHO, card) == first, "the same id is one message"
            assert (await send("template", "oNobody", card))[0] is Kind.REFUSED
            assert (await send("template", WHO, Card("T9", {"a": "b"}, None)))[0] is Kind.SETUP
            assert (await send("custom", WHO, Words("好")))[0] is Kind.REFUSED, (
                "she has not written"
            )
            await platform.post("/say", {**HERS, "text": "在吗"})
            assert (await send("custom", WHO, Words("好")))[0] is Kind.OK
            assert (await send("robot", "robot-1", Words("各位好")))[0] is Kind.OK
            assert (await send("robot", "robot-9", Words("各位好")))[0] is Kind.REFUSED
            assert (await send("robot", "robot-1", Words("长" * 700)))[0] is Kind.TEXT
            await platform.post("/tokens", {"how": "expire"})
            assert await send("template", WHO, card) == first, "with another token"

            await account.create_menu(
                opened.mp, [{"type": "click", "name": "我要报", "key": "report"}]
            )
            assert [button["key"] for button in await account.menu(opened.mp)] == ["report"]
            assert (await account.create_qr(opened.mp, "K7M2QX", seconds=None)).ticket
            png = b"\x89PNG\r\n\x1a\n" + b"0" * 100
            media_id = await account.upload_image(
                opened.mp, name="a.png", kind="image/png", file=png
            )
            assert (await send("custom", WHO, Picture(media_id)))[0] is Kind.OK
            quota = await account.quota(opened.mp, "/cgi-bin/message/template/send")
            assert quota.used + quota.remain == quota.limit
