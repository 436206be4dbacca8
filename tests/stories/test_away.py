"""The database is slow, Redis is killed, PostgreSQL is stopped: nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from bot.shared import embedded
from tests import servers
from tests.stories.conftest import TODAY, ZHENGHE, Lands
from tests.stories.federation import Federation
from tests.stories.stage import Stage

CUSTOM = "custom/send"


async def test_a_slow_database_means_success_at_once_and_the_answer_by_customer_service(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    openid = federation.chairs()[0]
    async with held(stage.database_url):
        began = asyncio.get_running_loop().time()
        told = await stage.control("say", {"openid": openid, "text": "会改联完成，新增执委12名"})
        took = asyncio.get_running_loop().time() - began
        assert told["raw"] == "success"
        assert took < 4, "the platform waits five seconds"

    async def answered() -> bool:
        sent = await stage.ledger(CUSTOM, who=openid, accepted=1)
        return any(entry["text"].startswith("记上了") for entry in sent)

    await stage.eventually(answered, "the answer comes by customer-service message")
    await asyncio.sleep(1)
    sent = await stage.ledger(CUSTOM, who=openid, accepted=1)
    answers = [entry for entry in sent if entry["text"].startswith("记上了")]
    assert len(answers) == 1, "the code for her new members is a message of its own"
    assert (await stage.rows("SELECT count(*) AS n FROM entry"))[0]["n"] == 2
    again = await stage.control("repeat", {"openid": openid})
    assert again["results"][0]["raw"] == "success", "what was answered success stays success"


@contextlib.asynccontextmanager
async def held(url: str) -> AsyncIterator[None]:
    """Nobody else can write into the database meanwhile."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.rollback()
        return
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE inbox, follower IN ACCESS EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


async def test_redis_killed_and_started_again_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    server = embedded.open(tmp_path / "redis")
    stage.redis_url = server.url
    try:
        federation = await stage.start("all", now=TODAY, only=ZHENGHE)
        speakers = federation.chairs()
        assert (await stage.says(speakers[0], "会改联完成")).startswith("记上了")
        os.kill(server.pid, signal.SIGKILL)
        answers = await stage.all_say([(one, "会改联完成，新增执委9名") for one in speakers[:20]])
        chair = federation.speaker(ZHENGHE)
        await stage.says(chair, "发通知\n标题：照常\n内容：照常办。\n对象：村主席")
        assert "号通知" in await stage.says(chair, "确认发送")
        killed, server = server, embedded.open(tmp_path / "redis")
        embedded.close(killed)  # one who uses it no more; the other stops it

        async def sent() -> bool:
            whose = [entry["who"] for entry in await stage.ledger("template/send", accepted=1)]
            assert len(whose) == len(set(whose))
            return set(speakers) <= set(whose)

        await stage.eventually(lambda: recorded(stage), f"all reports are recorded: {answers}")
        await stage.eventually(sent, "the notice reaches everybody")
        assert (await stage.says(speakers[30], "会改联完成")).startswith("记上了")
    finally:
        await stage.close()
        embedded.close(server)


async def recorded(stage: Stage) -> bool:
    """Whether the reports of twenty villages are in the ledger."""
    said = "SELECT count(DISTINCT unit_id) AS n FROM cell WHERE value = 9"
    return bool((await stage.rows(said))[0]["n"] == 20)


@pytest.mark.slow
async def test_postgresql_stopped_and_started_again_loses_nothing(
    tmp_path: Path, redis_server: embedded.Server
) -> None:
    servers_room, room = servers.make_room(), tmp_path / "room"
    room.mkdir()
    postgres = servers.Postgres(servers_room)  # a server that this story may stop
    lands = Lands(tmp_path, redis_server.url, lambda: postgres)
    stage = Stage(
        room, redis_server.url, lambda only: lands.open("postgresql", only, room), "postgresql"
    )
    try:
        federation = await stage.start("all", now=TODAY, only=ZHENGHE)
        speakers = federation.chairs()
        assert (await stage.says(speakers[0], "会改联完成")).startswith("记上了")
        postgres.stop()
        answers = await asyncio.gather(
            *(stage.does("say", one, text="会改联完成，新增执委9名") for one in speakers[:20])
        )
        assert set(answers) == {""}
        postgres.start()

        async def answered() -> bool:
            sent = await stage.ledger(CUSTOM, accepted=1)
            told = [entry["who"] for entry in sent if entry["text"].startswith("记上了")]
            assert len(told) == len(set(told))
            return set(told) == set(speakers[:20])

        await stage.eventually(lambda: recorded(stage), "what was said is recorded", seconds=60)
        await stage.eventually(answered, "and answered, once, by customer-service message")
        assert (await stage.says(speakers[30], "会改联完成")).startswith("记上了")
    finally:
        await stage.close()
        servers.clear_room(servers_room)
