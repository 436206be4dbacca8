"""The program's real front on a database of its own, and the examples pushed to it as the platforms push."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import uvicorn

from bot import runtime
from bot.actions import receive
from bot.channels import fields
from bot.channels.base import Account, Format, Platform, Push
from bot.core import inbound, reply
from bot.roles import web
from bot.store import followers
from config.settings import Settings
from handlers.chat import dispatch
from tests.channels import pushes
from tests.stories.ground import free_port

KEY = "ConformanceConformanceConformanceConforman1"
MP = Account("wechat", Platform.MP, "wx0123456789abcdef", "mptoken", KEY, None)
WECOM = Account("wecom", Platform.WECOM, "ww0123456789abcdef", "worktoken", KEY, None)
_numbers = itertools.count(1)


@dataclass
class Front:
    """What the front saw: `pushes` that were proven and read, `said` what reached the chat."""

    url: str
    rt: runtime.Runtime
    http: aiohttp.ClientSession
    pushes: list[Push] = field(default_factory=list)
    said: list[inbound.Inbound] = field(default_factory=list)

    async def push(self, account: Account, query: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """POST as the platform does: status and body."""
        url = f"{self.url}/{account.name}"
        async with self.http.post(url, params=query, data=body) as told:
            return told.status, await told.read()


@contextlib.asynccontextmanager
async def running(
    room: Path, database: str, redis: str, patch: pytest.MonkeyPatch, *, secure: bool
) -> AsyncIterator[Front]:
    """The front with both accounts; without `secure` only WeChat's, whose pushes are then plain."""
    key = KEY if secure else ""
    settings = Settings(
        data_dir=room,
        database_url=database,
        secret_key="k",
        port=free_port(),
        wechat_app_id=MP.app_id,
        wechat_token=MP.token,
        wechat_aes_key=key,
        wechat_api_base="http://127.0.0.1:9",
        wecom_corp_id=WECOM.app_id,
        wecom_token=WECOM.token if secure else "",
        wecom_aes_key=key,
    )
    async with runtime.opened(settings, redis) as rt, aiohttp.ClientSession() as http:
        front = Front(f"http://127.0.0.1:{settings.port}", rt, http)
        _watch(front, patch)
        server = web.Server(uvicorn.Config(web.build(rt), port=settings.port, log_config=None))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        yield front
        server.should_exit = True
        await serving


def _watch(front: Front, patch: pytest.MonkeyPatch) -> None:
    once, answer = receive.Receiver.once, dispatch.answer

    async def watched_once(self: receive.Receiver, push: Push, raw: receive.Raw) -> bytes:
        front.pushes.append(push)
        return await once(self, push, raw)

    async def watched_answer(
        rt: runtime.Runtime, said: inbound.Inbound, follower: followers.Follower
    ) -> reply.Reply:
        front.said.append(said)
        return await answer(rt, said, follower)

    patch.setattr(receive.Receiver, "once", watched_once)
    patch.setattr(dispatch, "answer", watched_answer)


def own(sample: bytes) -> bytes:
    """The sample by a sender of its own and with a MsgId of its own: no two are repeats of one another."""
    number = next(_numbers)
    text = sample.decode().strip()
    text = re.sub(
        r"(<FromUserName>\s*(?:<!\[CDATA\[)?)[^\]<]*", rf"\g<1>oSample{number:021d}", text, count=1
    )
    return re.sub(r"(<MsgId>)\s*\d+", rf"\g<1>{10**15 + number}", text, count=1).encode()


def dressed(
    account: Account, mode: str, plain: bytes, form: Format
) -> tuple[dict[str, str], bytes]:
    """Query and body of one push now, in a mode and a form."""
    at, (tree, _) = str(int(time.time())), fields.parse(plain)
    if form is Format.JSON:
        plain = json.dumps(tree, ensure_ascii=False).encode()
    if mode == "plain":
        return pushes.query(account, at=at), plain
    sealed = pushes.seal(account, plain)
    query = pushes.query(account, sealed=sealed, at=at)
    if mode == "secure":
        outer: dict[str, object] = {"ToUserName": tree["ToUserName"], "Encrypt": sealed}
    elif form is Format.JSON:
        outer = {**tree, "Encrypt": sealed}
    else:
        body = plain.decode().removesuffix("</xml>") + f"<Encrypt>{sealed}</Encrypt></xml>"
        return query, body.encode()
    return query, pushes.body(outer, form)
