"""A picture for one person: drawn and uploaded by the worker, once for the same picture, words when it cannot be had."""

from __future__ import annotations

import urllib.request

import sqlalchemy as sa

from bot.actions import post, tell
from bot.core import svg
from bot.runtime import Runtime
from bot.store import followers, outbox, pictures, tables
from tests.delivery import land as lands
from tests.delivery.land import openid
from tests.sandbox.platform import Platform

DRAWN = svg.picture([svg.text((20, 40), "政和县 会改联", size=20)], height=200, title="政和县")
INSTEAD = "图没有发出来。"


async def sent(rt: Runtime, land: lands.Land, who: str, *svgs: str) -> list[str]:
    """Have her speak, show her the pictures, wait for the worker; the states of the letters."""
    async with rt.write() as c:
        her = await followers.heard(c, rt.seal, "wechat", openid(who), rt.now_ms())
    land.platform.control("say", openid=openid(who), text="出张图")
    for one in svgs:
        await tell.picture(rt, her.id, one, instead=INSTEAD)
    async with lands.working(rt):

        async def settled() -> bool:
            return not {"ready", "calling"} & set(await states(rt))

        await land.until(settled)
    return await states(rt)


async def states(rt: Runtime) -> list[str]:
    async with rt.read() as c:
        return list(await c.scalars(sa.select(tables.outbox.c.state).order_by(tables.outbox.c.id)))


def uploaded(platform: Platform, media_id: str) -> bytes:
    with urllib.request.urlopen(f"{platform.url}/control/media/{media_id}") as answer:
        return bytes(answer.read())


async def test_she_sees_the_picture_and_the_same_one_is_uploaded_once(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    assert await sent(rt, land, "s-chair", DRAWN, DRAWN) == ["sent", "sent"]
    seen = [line for line in platform.lines(openid("s-chair")) if line["kind"] == "image"]
    names = {line["content"]["media_id"] for line in seen}
    assert (len(seen), len(names)) == (2, 1)
    assert land.calls("media/upload") == 1
    assert uploaded(platform, names.pop()).startswith(b"\x89PNG")


async def test_a_picture_the_platform_has_forgotten_is_uploaded_again(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    await sent(rt, land, "s-chair", DRAWN)
    async with rt.write() as c:
        await c.execute(sa.update(tables.picture).values(media_id="gone"))
    assert (await sent(rt, land, "s-chair", DRAWN))[-1] == "sent"
    assert land.calls("media/upload") == 2


async def test_what_cannot_be_drawn_is_said_in_words(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    assert await sent(rt, land, "s-chair", "<svg no picture") == ["sent"]
    assert INSTEAD in [line.get("text") for line in platform.lines(openid("s-chair"))]


async def test_without_an_open_window_no_picture_goes(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    async with rt.write() as c:
        her = await followers.heard(c, rt.seal, "wechat", openid("s-chair"), rt.now_ms())
        await c.execute(sa.update(tables.follower).values(window_left=0))
    await tell.picture(rt, her.id, DRAWN, instead=INSTEAD)
    async with lands.working(rt):

        async def settled() -> bool:
            return await states(rt) == ["dropped"]

        await land.until(settled)
    assert land.copies("custom/send") == {}
    assert land.calls("media/upload") == 0


async def test_a_late_answer_does_not_wait_behind_pictures(rt: Runtime, platform: Platform) -> None:
    await lands.settle(rt, platform, villages=2, unregistered=0)
    now_ms = rt.now_ms()

    async def write_to(who: str, text: str, picture: bytes | None) -> None:
        her = await followers.heard(c, rt.seal, "wechat", who, now_ms)
        await outbox.add(
            c, person_id=None, follower_id=her.id, text=text, at_ms=now_ms, picture=picture
        )

    async with rt.write() as c:
        key = await pictures.keep(c, DRAWN, at_ms=now_ms)
        for n in range(40):
            await write_to(f"o-{n}", INSTEAD, key)
        await write_to(openid("v0000-chair"), "记上了。", None)
    first = await post.take(rt)
    assert [letter.text for letter in first if letter.picture is None] == ["记上了。"]
    assert 1 <= len(first) - 1 < 5
