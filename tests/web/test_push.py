"""A push walks in over real HTTP from the sandbox: proven, answered once, never lost."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette

from bot import runtime
from bot.actions import receive, sweep
from bot.channels.base import Listener
from bot.core import inbound, reply
from bot.roles import web
from bot.spool import Spool
from bot.store import followers, tables
from config.settings import Settings
from handlers import hooks
from handlers.chat import human
from tests.stories.ground import KEYS, free_port

OPENID = "oPushPushPushPushPushPushPush"[:28]


class Front:
    """A web front whose chat is a function of the test, and a sandbox that speaks to it."""

    def __init__(self, rt: runtime.Runtime, sandbox: str, listener: Listener, spool: Spool) -> None:
        self.rt, self.sandbox, self.spool = rt, sandbox, spool
        self.receiver = receive.Receiver(rt, listener, spool, self.answer, human.first_aid)
        self.effects: list[str] = []
        self.chat: Callable[[inbound.Inbound], Awaitable[str]] = self.echo
        self.http = aiohttp.ClientSession()

    async def echo(self, said: inbound.Inbound) -> str:
        return f"heard {said.what.content}" if isinstance(said.what, inbound.Text) else "welcome"

    async def answer(
        self, rt: runtime.Runtime, said: inbound.Inbound, _: followers.Follower
    ) -> reply.Reply:
        async with rt.write() as c:
            await c.execute(sa.insert(tables.opinion).values(text=str(said.what)))
        return reply.TextReply(await self.chat(said))

    async def control(self, path: str, body: object) -> Any:
        async with self.http.post(f"{self.sandbox}/control/{path}", json=body) as told:
            return await told.json()

    async def repeat(self) -> str:
        told = await self.control("repeat", {})
        raw: str = told["results"][0]["raw"]
        return raw

    async def count(self, table: sa.Table) -> int:
        async with self.rt.read() as c:
            return await c.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    async def outbox(self) -> list[str]:
        async with self.rt.read() as c:
            return list(await c.scalars(sa.select(tables.outbox.c.text)))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    """The address of a sandbox for all tests of this file."""
    words = [
        word
        for name, value in KEYS.items()
        for word in (f"--{name.replace('_', '-').lower()}", value)
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.sandbox", "--until-eof", "--port", "0", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    yield process.stdout.readline().decode().split()[1]
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
async def front(
    database_url: str, redis_url: str, sandbox: str, tmp_path: Path
) -> AsyncIterator[Front]:
    port = free_port()
    given = {f"wechat_{name.lower()}": value for name, value in KEYS.items()}
    given |= {"data_dir": str(tmp_path), "database_url": database_url, "secret_key": "k"}
    settings = Settings.model_validate({**given, "port": port})
    async with runtime.opened(settings, redis_url) as rt:
        spool = Spool(tmp_path / "spool")
        listener = rt.channels.listeners["wechat"]
        stage = Front(rt, sandbox, listener, spool)
        app = Starlette(routes=hooks.routes("/wechat", listener, stage.receiver))
        server = web.Server(uvicorn.Config(app, port=port, log_config=None))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        await stage.control("target", {"url": f"http://127.0.0.1:{port}/wechat"})
        await stage.control("follow", {"openid": OPENID})
        yield stage
        server.should_exit = True
        await serving
        await stage.http.close()


async def test_what_she_says_is_answered(front: Front):
    told = await front.control("say", {"openid": OPENID, "text": "进度"})
    assert told["text"] == "heard 进度"


async def test_a_repeat_gets_the_same_bytes_and_has_no_second_effect(front: Front):
    before = await front.count(tables.opinion)
    first = await front.control("say", {"openid": OPENID, "text": "十二个"})
    again = [await front.repeat() for _ in range(3)]
    assert set(again) == {first["raw"]}
    assert await front.count(tables.opinion) == before + 1


FORGERIES: list[dict[str, object]] = [
    {"signature": "bad"},
    {"signature": "missing"},
    {"age_s": 700},
    {"age_s": -700},
    {"plaintext": True},
]


async def test_a_forged_push_is_refused_and_leaves_nothing(front: Front):
    before = await front.count(tables.inbox)
    for forgery in FORGERIES:
        told = await front.control("push", {"fields": _text("新增执委12名"), **forgery})
        assert (told["status"], told["raw"]) == (403, ""), forgery
    # The frame of another account is only seen after the signature: nothing is said about it.
    told = await front.control("push", {"fields": _text("1"), "app_id": "wxffffffffffffffff"})
    assert (told["status"], told["raw"]) == (200, "success")
    assert await front.count(tables.inbox) == before


async def test_a_body_that_is_too_long_is_refused(front: Front):
    url = f"http://127.0.0.1:{front.rt.settings.port}/wechat"
    async with front.http.post(url, data=b"x" * (64 * 1024 + 1)) as told:
        assert told.status == 413


async def test_a_malformed_body_after_a_good_signature_is_taken_and_dropped(front: Front):
    for body in ("<xml><MsgType>", "no xml at all", "<!DOCTYPE a><xml/>", '{"a":'):
        told = await front.control("push", {"body": body})
        assert (told["status"], told["raw"]) == (200, "success")


async def test_an_unknown_kind_is_taken_with_success(front: Front):
    told = await front.control("message", {"openid": OPENID, "type": "hardware", "fields": {}})
    assert (told["status"], told["raw"]) == (200, "success")


async def test_a_slow_answer_becomes_success_and_comes_by_customer_service_message(front: Front):
    async def slow(said: inbound.Inbound) -> str:
        await asyncio.sleep(2.5)
        return "at last"

    front.chat = slow
    told = await front.control("say", {"openid": OPENID, "text": "周报"})
    assert told["raw"] == "success"
    assert told["ms"] < 3000
    while "at last" not in await front.outbox():
        await asyncio.sleep(0.05)
    assert await front.repeat() == "success"
    assert front.spool.count() == 1, "kept until it is known to be done"
    assert await front.receiver.drain(older_than_s=-1) == 1
    assert (await front.outbox()).count("at last") == 1
    assert front.spool.count() == 0


async def test_who_asked_for_a_human_too_slowly_is_told_to_ask_again(front: Front):
    async def slow(*_: object) -> reply.Reply:
        await asyncio.sleep(receive.BUDGET + 0.5)
        return reply.TransferReply(None)

    front.receiver._answer = slow
    told = await front.control("say", {"openid": OPENID, "text": "人工"})
    assert told["raw"] == "success"
    await asyncio.sleep(1)
    (said,) = await front.outbox()
    assert "再发一次" in said
    assert "110" in said


async def test_a_repeat_during_work_waits_for_the_one_answer(front: Front):
    async def slow(said: inbound.Inbound) -> str:
        await asyncio.sleep(1)
        return "once"

    front.chat = slow
    before = await front.count(tables.opinion)
    first = asyncio.create_task(front.control("say", {"openid": OPENID, "text": "慢"}))
    await asyncio.sleep(0.3)
    again = await front.repeat()
    assert again == (await first)["raw"]
    assert await front.count(tables.opinion) == before + 1


async def test_a_push_that_meets_no_database_waits_in_the_spool(front: Front):
    async def away(said: inbound.Inbound) -> str:
        raise sa.exc.OperationalError("", {}, OSError("gone"))

    front.chat = away
    before = await front.count(tables.opinion)
    told = await front.control("say", {"openid": OPENID, "text": "新增执委12名"})
    assert told["raw"] == "success"
    assert front.spool.count() == 1
    assert await front.count(tables.opinion) == before
    assert "12" not in next((front.spool._directory).iterdir()).read_bytes().decode("latin-1")

    front.chat = front.echo
    assert await front.receiver.drain(older_than_s=-1) == 1
    assert await front.outbox() == ["heard 新增执委12名"]
    assert await front.repeat() == "success"
    assert await front.count(tables.opinion) == before + 1


async def test_a_push_that_fails_in_a_way_nobody_thought_of_waits_and_holds_up_no_other(
    front: Front,
):
    async def broken(said: inbound.Inbound) -> str:
        if "12" in str(said.what):
            raise sa.exc.DataError("", {}, ValueError("a NUL"))
        raise sa.exc.OperationalError("", {}, OSError("gone"))

    front.chat = broken
    for line in ("新增执委12名", "新增执委13名"):
        told = await front.control("say", {"openid": OPENID, "text": line})
        assert told["raw"] == "success"
    assert front.spool.count() == 2

    async def mended(said: inbound.Inbound) -> str:
        return await (broken(said) if "12" in str(said.what) else front.echo(said))

    front.chat = mended
    assert await front.receiver.drain(older_than_s=-1) == 1
    assert await front.outbox() == ["heard 新增执委13名"]
    assert front.spool.count() == 1


async def test_an_outcome_is_kept_from_when_it_came_whatever_the_platform_s_clock_says(
    front: Front,
):
    fields = {**_text(""), "MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": 5}
    told = await front.control("push", {"fields": {**fields, "Status": "success"}})
    assert told["raw"] == "success"
    await sweep.sweep(front.rt)
    assert await front.count(tables.finish) == 1


async def test_whoever_is_in_danger_is_answered_even_when_nothing_works(
    front: Front, monkeypatch: pytest.MonkeyPatch
):
    async def away(said: inbound.Inbound) -> str:
        raise sa.exc.OperationalError("", {}, OSError("gone"))

    def full(record: object) -> None:
        raise OSError(28, "No space left on device")

    front.chat = away
    told = await front.control("say", {"openid": OPENID, "text": "我老公打我"})
    assert "110" in told["text"]
    assert "12338" in told["text"]
    monkeypatch.setattr(front.spool, "append", full)
    told = await front.control("say", {"openid": OPENID, "text": "不想活了"})
    assert "110" in told["text"]


async def test_what_can_be_kept_nowhere_is_refused_so_that_the_platform_asks_again(
    front: Front, monkeypatch: pytest.MonkeyPatch
):
    async def away(said: inbound.Inbound) -> str:
        raise sa.exc.OperationalError("", {}, OSError("gone"))

    def full(record: object) -> None:
        raise OSError(28, "No space left on device")

    front.chat = away
    monkeypatch.setattr(front.spool, "append", full)
    told = await front.control("push", {"fields": _text("1"), "retries": 0})
    assert told["status"] == 500


async def test_a_stranger_body_in_the_spool_is_left_and_named(front: Front):
    (front.spool._directory / "00ff").write_bytes(b"not ours")
    with contextlib.suppress(ValueError):
        assert await front.receiver.drain(older_than_s=-1) == 0
    assert front.spool.count() == 1


def _text(content: str) -> dict[str, object]:
    head = {"ToUserName": KEYS["ORIGINAL_ID"], "FromUserName": OPENID, "CreateTime": 1_790_000_000}
    return {**head, "MsgType": "text", "Content": content, "MsgId": 77}
