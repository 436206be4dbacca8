"""A push walks in over real HTTP from the sandbox: proven, answered once, never lost."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.actions import late, receive, sweep
from bot.core import inbound, reply
from bot.store import retention, tables
from tests.stories.ground import KEYS
from tests.web.conftest import OPENID, Front


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
    assert "执委".encode() not in next((front.spool._directory).iterdir()).read_bytes()

    front.chat = front.echo
    assert await front.receiver.drain(older_than_s=-1) == 1
    assert await front.outbox() == ["heard 新增执委12名"]
    assert await front.repeat() == "success"
    assert await front.count(tables.opinion) == before + 1


async def test_what_waited_for_three_days_is_not_done_again_and_she_is_told(
    front: Front, monkeypatch: pytest.MonkeyPatch
):
    async def away(said: inbound.Inbound) -> str:
        raise sa.exc.OperationalError("", {}, OSError("gone"))

    front.chat = away
    await front.control("say", {"openid": OPENID, "text": "新增执委12名"})
    assert front.spool.count() == 1
    front.chat = front.echo
    # The platform asks again, is answered by another machine, and days later nobody remembers that.
    assert await front.repeat() != "success"
    before = await front.count(tables.opinion)
    monkeypatch.setattr(late, "OLD", timedelta(seconds=-1))
    async with front.rt.write() as c:
        await retention.sweep(c, now_ms=front.rt.now_ms() + 73 * 3600 * 1000)
    assert await front.receiver.drain(older_than_s=-1) == 1
    assert await front.count(tables.opinion) == before
    (told,) = await front.outbox()
    assert "没有再记数" in told
    assert await front.receiver.drain(older_than_s=-1) == 0


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
