"""A notice by the API: previewed, sent once, the same words told of, taken back."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from bot.actions import broadcast
from handlers.chat import previewed
from tests.delivery import land as lands
from tests.delivery import ways
from tests.delivery.land import Land
from tests.delivery.ways import land, rt
from tests.ledger.web import Api, Said

__all__ = ["land", "rt"]

NEW = {"title": "会改联推进通知", "body": "请各村妇联于月底前完成会改联。"}


class _Land:
    """What `Api` wants of a land."""

    def __init__(self, land: Land) -> None:
        self.rt, self.units, self.sources = land.rt, land.units, iter(range(99))


async def _api(land: Land) -> Api:
    api = Api(_Land(land))  # type: ignore[arg-type]
    await api.hold("s")
    return api


async def test_a_preview_says_what_each_channel_has_to_do_and_sends_nothing(land: Land) -> None:
    await ways.every_channel(land)
    await lands.relay_group(land, "r", "t-chair")
    api = await _api(land)
    told = (await api.post("/broadcasts/preview", {**NEW, "groups": True})).body
    assert (told["people"], told["groups"], told["reached"], told["unregistered"]) == (23, 1, 22, 1)
    assert {one["channel"]: one["members"] for one in told["channels"]} == {
        "wecom_app": 3, "template": 6, "custom": 2, "subscribe": 1, "mass": 10, "relay": 1,
    }  # fmt: skip
    calls = {one["channel"]: (one["calls"], one["batches"]) for one in told["channels"]}
    assert calls["mass"] == calls["wecom_app"] == (1, 1)
    assert calls["template"] == (6, 1)
    left = {one["channel"]: one["calls_left"] for one in told["channels"]}
    assert (left["template"], left["relay"], left["custom"]) == (6, 0, None)
    assert told["calls"] == sum(one["calls"] for one in told["channels"])
    assert (told["needs_second"], told["starts_at"], told["same_as"]) == (False, None, None)
    assert (await api.get("/broadcasts/1")).status == 404
    assert ways.received(land)["template"] == {}


async def test_in_chat_the_preview_names_the_channels_and_a_quota_that_is_too_small(
    land: Land,
) -> None:
    author, draft = await land.actor("s-chair"), land.draft()

    async def said() -> str:
        return previewed.sentence(land.rt, draft, await broadcast.preview(land.rt, author, draft))

    assert "能收到21人，2人没登记" in await said(), "only templates: no word of channels"
    await ways.every_channel(land)
    told = await said()
    each = ("企业微信3", "模板消息6", "客服消息2", "订阅通知1", "群发10")
    assert "能收到22人（" in told
    assert all(one in told for one in each), told
    assert "只能再发" not in told
    await ways.no_mass_messages(land)
    assert "模板消息今天只能再发6次，其余明天接着发。" in await said()


async def test_the_same_words_under_another_key_are_told_of_and_held_back_on_request(
    land: Land,
) -> None:
    api = await _api(land)

    async def post(key: str, **more: object) -> Said:
        return await api.post("/broadcasts", NEW | more, **{"idempotency-key": key})

    first = await post("a")
    assert (first.status, first.body["same_as"]) == (201, None)
    assert (await post("a")).body["n"] == first.body["n"]
    second = await post("b")
    assert (second.status, second.body["same_as"]) == (201, first.body["n"])
    assert second.body["n"] != first.body["n"]
    held = await post("c", only_new=True)
    assert held.status == 409
    assert f"24小时内的{second.body['n']}号通知" in held.body["error"]
    assert (await post("a", only_new=True)).body["n"] == first.body["n"], "its own is no other"
    assert (await api.post("/broadcasts/preview", NEW)).body["same_as"] == second.body["n"]
    other = await post("d", only_new=True, body="请各村妇联于周五前完成会改联。")
    assert (other.status, other.body["same_as"]) == (201, None)


async def test_a_hundred_posts_with_keys_of_their_own_are_one_notice_where_only_new_ones_are_wanted(
    land: Land,
) -> None:
    api = await _api(land)
    answers = await asyncio.gather(
        *(
            api.post("/broadcasts", NEW | {"only_new": True}, **{"idempotency-key": f"key {at}"})
            for at in range(100)
        )
    )
    assert Counter(said.status for said in answers) == {201: 1, 409: 99}
    assert (await api.get("/broadcasts/2")).status == 404


async def test_taken_back_by_the_api_the_answer_says_how_far_that_is(land: Land) -> None:
    for number in (1, 2, 3):
        await ways.member(land, ways.chair(number))
    api = await _api(land)
    n = (await api.post("/broadcasts", NEW)).body["n"]
    async with lands.working(land.rt):
        await land.done(n)
        said = await api.post(f"/broadcasts/{n}/recall")
        assert said.status == 200
        back: dict[str, Any] = said.body["recall"]
        assert back["waiting"] + back["done"] == 3
        assert (said.body["state"], said.body["people"]["accepted"]) == ("done", 21)

        async def over() -> bool:
            return bool((await api.get(f"/broadcasts/{n}")).body["recall"]["done"] == 3)

        await land.until(over)
    assert land.platform.see("members?userid=u-" + ways.chair(1))["members"][0]["messages"] == []
    await api.hold("t")
    assert (await api.post(f"/broadcasts/{n}/recall")).status == 404


async def test_taken_back_while_it_is_sent_it_stops_and_the_sum_stays_whole(land: Land) -> None:
    await ways.member(land, ways.chair(1))
    land.platform.control("latency", answer_ms=300)
    api = await _api(land)
    n = (await api.post("/broadcasts", NEW)).body["n"]
    async with lands.working(land.rt):
        await land.until(lambda: ways.in_the_air(land))
        said = (await api.post(f"/broadcasts/{n}/recall")).body
    assert said["state"] == "stopped"
    assert said["people"]["accepted"] == sum(one.total() for one in ways.received(land).values())
    assert sum(said["people"][name] for name in said["people"] if name != "n") == 23
