"""The pages that open inside WeChat: an invitation, a notice; and what a monitor asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import uvicorn

from bot import runtime
from bot.actions import enrol, transfer
from bot.core import link, period
from bot.roles import web
from bot.store import broadcasts, invites, units
from config.settings import Settings
from tests.stories.ground import free_port

UNITS = (
    "code,name,level,parent_code\n0,政和县,county,\n1,星溪乡,township,0\n2,东山村委会,village,1\n"
)
PEOPLE = "person_id,name,phone,unit_code,role,title\np1,执委0001,,2,chair,主席\n"


class Site:
    """The whole web role over HTTP."""

    def __init__(self, rt: runtime.Runtime, http: aiohttp.ClientSession) -> None:
        self.rt, self.http = rt, http

    async def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.rt.settings.port}{path}"
        async with self.http.get(url, headers=headers) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def site(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    settings = Settings(
        database_url=database_url, data_dir=tmp_path, secret_key="k", port=free_port()
    )
    async with runtime.opened(settings, redis_url) as rt:
        for kind, text in (("units", UNITS), ("people", PEOPLE)):
            path = tmp_path / f"{kind}.csv"
            path.write_text(text, "utf-8")
            await transfer.load(rt, kind, path)
        server = web.Server(uvicorn.Config(web.build(rt), port=settings.port, log_config=None))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        async with aiohttp.ClientSession() as http:
            yield Site(rt, http)
        server.should_exit = True
        await serving


async def test_an_invitation_shows_her_post_a_masked_name_and_the_sentence_to_send(site: Site):
    async with site.rt.read() as c:
        guests = await invites.guests(c, [], [], keys=["p1"])
    (invited,) = await enrol.invite(site.rt, guests, days=30)
    status, page = await site.get(f"/h5/join/{invited.code}")
    assert status == 200
    assert f"绑定 {invited.code}" in page
    assert "东山村妇联" in page
    assert "执委0001" not in page


async def test_an_address_that_is_nothing_is_a_page_for_a_browser_and_json_for_others(site: Site):
    looks = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path in ("/", "/h5/", "/h5/nothing", "/favicon.ico/x", "/t"):
        status, page = await site.get(path, looks)
        assert status == 404
        assert "这里没有这一页" in page
        assert "回“人工”" in page
        assert (await site.get(path))[1] == '{"detail":"Not Found"}'
    for path in ("/api/v1/nothing", "/api/nothing", "/wechat/x", "/metrics/x"):
        status, said = await site.get(path, looks)
        assert status == 404
        assert said.startswith("{"), path


async def test_an_unknown_invitation_is_gone_and_guessing_is_slowed_down(site: Site):
    status, page = await site.get("/h5/join/K7M2QX")
    assert status == 404
    assert "失效" in page
    answers = [await site.get("/h5/join/K7M2QX") for _ in range(40)]
    assert {status for status, _ in answers} == {404, 429}


async def test_a_notice_is_read_by_its_link_and_nothing_by_a_changed_one(site: Site):
    async with site.rt.write() as c:
        unit = await units.by_code(c, "0")
        assert unit is not None
        now_ms = period.ms(site.rt.now())
        values = {
            "unit_id": unit.id, "kind": "通知", "title": "开会 <b>", "body": "三点\n村部", "receipt": "none",
            "audience": {}, "body_hash": b"x", "state": "done", "made_at_ms": now_ms, "expires_at_ms": now_ms,
        }  # fmt: skip
        made, _ = await broadcasts.add(c, values)
    token = link.token(site.rt.seal, made.id, 1)
    status, page = await site.get(f"/t/{token}")
    assert status == 200
    assert "开会 &lt;b&gt;" in page
    assert "三点\n村部" in page
    changed = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert (await site.get(f"/t/{changed}"))[0] == 404
    assert (await site.get("/t/x"))[0] == 404


async def test_a_monitor_is_told_how_it_is(site: Site):
    assert await site.get("/healthz") == (200, "ok")
    assert await site.get("/readyz") == (200, '{"ready":true}')
    status, metrics = await site.get("/metrics")
    assert status == 200
    assert "yihu_pushes_total" in metrics


async def test_an_account_that_is_not_set_up_refuses_instead_of_being_missing(site: Site):
    for account in ("wechat", "wecom"):
        url = f"http://127.0.0.1:{site.rt.settings.port}/{account}?signature=x"
        for asked in (site.http.get(url), site.http.post(url, data=b"<xml/>")):
            async with asked as answer:
                assert (answer.status, await answer.read()) == (403, b"")
