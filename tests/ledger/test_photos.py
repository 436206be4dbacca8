"""Photos of reports: fetched from the platform alone, of the right kind and size, kept under their hash."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot import errors, runtime
from bot.actions import erase, photos
from bot.channels import account
from bot.store import evidences, people, tables
from config.settings import Settings
from schedules import retention
from tests.ledger import land as lands

JPEG = b"\xff\xd8\xff\xe0" + b"a photo" * 100
ELSEWHERE: list[str] = []


async def _token(request: web.Request) -> web.Response:
    return web.json_response({"access_token": "T" * 20, "expires_in": 7200})


async def _media(request: web.Request) -> web.Response:
    match request.query["media_id"]:
        case "good":
            return web.Response(body=JPEG, content_type="image/jpeg")
        case "page":
            return web.Response(body=b"<html>" * 9, content_type="image/jpeg")
        case "large":
            return web.Response(body=JPEG + b"x" * photos.MOST_BYTES, content_type="image/jpeg")
        case "away":
            raise web.HTTPFound(f"http://{request.host}/elsewhere")
        case _:
            return web.json_response({"errcode": 40007, "errmsg": "invalid media_id"})


async def _elsewhere(request: web.Request) -> web.Response:
    ELSEWHERE.append(request.path)
    return web.Response(body=JPEG, content_type="image/jpeg")


@asynccontextmanager
async def platform() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", _token)
    app.router.add_get("/cgi-bin/media/get", _media)
    app.router.add_get("/elsewhere", _elsewhere)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    finally:
        await runner.cleanup()


@pytest.fixture
async def land(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[lands.Land]:
    async with platform() as url:
        settings = Settings(
            database_url=database_url, data_dir=tmp_path, secret_key="of a test", quiet_hours="off",
            wechat_app_id="wx00000000000000aa", wechat_app_secret="0" * 32, wechat_api_base=url,
        )  # fmt: skip
        async with runtime.opened(settings, redis_url) as rt:
            yield await lands.settle(rt)


async def test_photos_go_after_half_a_year_and_with_whoever_sent_them(
    land: lands.Land, tmp_path: Path
) -> None:
    def files() -> list[Path]:
        return sorted(path for path in (tmp_path / "evidence").rglob("*") if path.is_file())

    rt = land.rt
    for place in ("c0t0v0", "c0t0v1"):
        recorded = await land.say(place, "reform", 1, land.at(1))
        await photos.want(
            rt, land.people[place], [recorded.items[0].entry_id], media_id="good", pic_url="",
            source=place.encode().ljust(32),
        )  # fmt: skip
    while await photos.fetch_due(rt):
        pass
    (one,) = files()
    assert (await erase.person(rt, "c0t0v1")).photos == 0, "another one sent the same"
    assert files() == [one]
    async with rt.read() as c:
        gone = (await c.execute(sa.select(tables.person).where(tables.person.c.name == ""))).one()
        entries = sa.select(sa.func.count()).where(tables.entry.c.person_id == gone.id)
        assert await c.scalar(entries) == 1, "the figure stays"
        evidence = sa.select(tables.evidence.c.person_id)
        assert list(await c.scalars(evidence)) == [land.people["c0t0v0"].id]
        assert await people.by_key(c, "c0t0v1") is None
    with pytest.raises(errors.NotFound, match="c0t0v1"):
        await erase.person(rt, "c0t0v1")

    stray = one.with_name("0" * 64 + ".jpg")
    stray.write_bytes(JPEG)
    day = 24 * 3600
    for path in (one, stray):
        os.utime(path, (time.time() - 2 * day,) * 2)
    assert "1 of photos" in await retention.run(rt, rt.now() + timedelta(days=1))
    assert files() == [one], "what belongs to an entry stays, what belongs to none does not"
    assert "1 of evidence" in await retention.run(rt, rt.now() + timedelta(days=181))
    assert files() == []

    recorded = await land.say("c1t1v0", "reform", 1, land.at(1))
    await photos.want(
        rt, land.people["c1t1v0"], [recorded.items[0].entry_id], media_id="good", pic_url="",
        source=b"3" * 32,
    )  # fmt: skip
    while await photos.fetch_due(rt):
        pass
    assert len(files()) == 1
    assert (await erase.person(rt, "c1t1v0")).photos == 1
    assert files() == []


async def test_a_photo_is_kept_and_what_is_none_is_refused_in_a_sentence(land, tmp_path):
    ELSEWHERE.clear()
    recorded = await land.say("c0t0v0", "reform", 1, land.at(1))
    entry = recorded.items[0].entry_id
    who = land.people["c0t0v0"]
    for name in ("good", "page", "large", "away", "gone"):
        await photos.want(
            land.rt, who, [entry], media_id=name,
            pic_url=f"{land.rt.settings.wechat_api_base}/elsewhere", source=name.encode().ljust(32),
        )  # fmt: skip
    while await photos.fetch_due(land.rt):
        pass
    kept = tables.evidence.c
    async with land.rt.read() as c:
        rows = (await c.execute(sa.select(kept.media_id, kept.state, kept.sha256, kept.size))).all()
        told = list(await c.scalars(sa.select(tables.outbox.c.text).order_by(tables.outbox.c.id)))
        names = await evidences.of_entries(c, [entry])
    states = {row.media_id: row.state for row in rows}
    assert states == dict.fromkeys(("page", "large", "away", "gone"), "refused") | {"good": "kept"}
    assert ELSEWHERE == [], "nobody sends us to another address"
    digest = hashlib.sha256(JPEG).hexdigest()
    assert names == {entry: [f"{digest}.jpg"]}
    assert photos.place(land.rt, f"{digest}.jpg").read_bytes() == JPEG
    assert [path.name for path in (tmp_path / "evidence").rglob("*.*")] == [f"{digest}.jpg"]
    assert len(told) == 4
    assert all("没有存" in one and "数照样算" in one for one in told)


async def test_a_photo_that_cannot_be_had_now_is_asked_for_again(land):
    recorded = await land.say("c0t0v0", "reform", 1, land.at(1))
    entry = recorded.items[0].entry_id
    mp = land.rt.channels.mp
    base, mp._base = mp._base, "http://127.0.0.1:9"
    await photos.want(
        land.rt, land.people["c0t0v0"], [entry], media_id="good", pic_url="", source=b"1" * 32
    )
    assert await photos.fetch_due(land.rt) == 1
    assert await photos.fetch_due(land.rt) == 0, "not before its time"
    mp._base = base
    land.rt._offset += timedelta(seconds=90)
    assert await photos.fetch_due(land.rt) == 1
    async with land.rt.read() as c:
        assert list(await evidences.of_entries(c, [entry])) == [entry]


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("http://mmbiz.qpic.cn/mmbiz_jpg/abc/0", True),
        ("https://mmecoa.qpic.cn/a", True),
        ("https://mmbiz.qpic.cn.evil.example/a", False),
        ("https://mmbiz.qpic.cn@evil.example/a", False),
        ("http://mmbiz.qpic.cn:8080/a", False),
        ("file:///etc/passwd", False),
        ("http://127.0.0.1/a", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_pictures_come_from_the_platforms_own_hosts_alone(url, fits):
    assert account._on_picture_host(url) is fits
