"""The weekly analysis as others see it: figures as 进度 has them, link, page, files, API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot import errors
from bot.actions import publish
from bot.actions.opens import Opens
from bot.core.ledger import Share
from bot.core.model import Role
from bot.store import tables
from handlers import h5
from tests.ledger import land as lands
from tests.ledger import weeks
from tests.ledger.land import Land
from tests.ledger.web import Api


async def test_every_figure_of_a_sentence_is_what_the_api_gives_there(land: Land, monkeypatch):
    for at, code in enumerate(("c0t0v0", "c0t0v1", "c0t1v0", "c0v9")):
        await land.say(code, "reform", 1, land.at(1 + 7 * at))
        await land.say(code, "members", 5 + at, land.at(1 + 7 * at))
    now = weeks.friday(land, 3)
    monkeypatch.setattr(type(land.rt), "now", lambda _: now)
    api = Api(land)
    await api.hold("0")
    names = {"已完成": "done", "累计": "value", "已报": "reported", "应报": "expected"}
    said = {}
    looked = 0
    for sentence in (await weeks.today(land, "c0", now)).sentences:
        assert sentence.evidence, sentence.text
        for one in sentence.evidence:
            if one.path not in said:
                said[one.path] = await api.get(one.path.removeprefix("/api/v1"))
            assert said[one.path].status == 200, one.path
            if "/progress?" in one.path and one.what in names:
                body = said[one.path].body
                assert body["unit"]["code"] == one.unit
                assert str(body["items"][0][names[one.what]]) == one.value, one
                looked += 1
    assert looked > 20


async def test_the_figures_and_lights_are_those_of_progress(land: Land, monkeypatch):
    for at, code in enumerate(("c0t0v0", "c0t0v1", "c0t1v0", "c0v9", "c1t0v0", "c1t0v1", "c1t0v2")):
        await land.say(code, "reform", 1, land.at(1 + 3 * at))
        await land.say(code, "visits", 5 + at, land.at(2 + 3 * at))
    now = weeks.friday(land, 2)
    monkeypatch.setattr(type(land.rt), "now", lambda _: now)
    api = Api(land)
    await api.hold("0")
    for code in ("s", "c0", "c1", "c0t0"):
        said = (await api.get(f"/units/{code}/progress")).body
        rows = (await weeks.today(land, code, now)).figures.rows
        items = [item for item in said["items"] if item["expected"]]
        assert len(rows) == len(items) > 3
        for row, item in zip(rows, items, strict=True):
            pairs: list[tuple[Any, Any]] = [(row, item)]
            for one, other in [*pairs, *zip(row.children, item["children"], strict=True)]:
                for share, sum_ in ((one.total, other), (one.week, other["week"])):
                    assert share == Share(sum_["reported"], sum_["done"], sum_["value"])
                assert (one.expected, one.light) == (other["expected"], other["light"])
            assert (row.planned, row.wanted) == (item["planned"], item["target"])


async def test_a_letter_has_room_for_the_readers_own_link(land: Land):
    await lands.register(land, "c0")
    for at, code in enumerate(land.villages()):
        await land.say(code, "reform", 1, land.at(at % 4))
    await weeks.run(land, 0)
    [(_, text)] = await weeks.letters(land)
    assert len(text) <= 600
    assert "/h5/weekly/" in text.splitlines()[-1]


async def test_a_link_opens_for_its_reader_as_long_as_she_may_see_it(land: Land):
    await lands.register(land, "c0", "c1")
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await weeks.run(land, 0)
    [(_, text)] = await weeks.letters(land)
    token = text.rpartition("/")[2]
    due = weeks.friday(land, 0)
    with land.rt.at(due):
        shown, person, until = await publish.opened(land.rt, token)
        assert (shown.unit.code, person.key) == ("c0", "c0")
        stranger = publish.address(land.rt, shown.id or 0, land.people["c1"].id, due)
        for wrong in (token[:-2] + "aa", "made-up", "", stranger.rpartition("/")[2]):
            with pytest.raises(errors.NotFound):
                await publish.opened(land.rt, wrong)
    with land.rt.at(until + timedelta(seconds=1)), pytest.raises(errors.NotFound):
        await publish.opened(land.rt, token)
    async with land.rt.write() as c:
        await c.execute(sa.update(tables.post).values(ended_at_ms=1))
    with land.rt.at(due), pytest.raises(errors.NotFound):
        await publish.opened(land.rt, token)


async def test_the_page_opens_every_figure_and_loads_nothing_from_elsewhere(land: Land):
    await lands.register(land, "c0")
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await weeks.run(land, 0)
    [(_, text)] = await weeks.letters(land)
    path = "/h5/weekly/" + text.rpartition("/")[2]
    site = Starlette(routes=h5.routes(land.rt, Opens()))
    with land.rt.at(weeks.friday(land, 0)):
        page = await fetch(site, path)
        files = {
            ending: await fetch(site, f"{path}.{ending}")
            for ending in ("docx", "xlsx", "png", "pdf")
        }
    shown = await weeks.kept(land, "c0")
    assert shown
    body = page.content.decode()
    assert page.status == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "private, no-store"
    for sentence in shown.sentences:
        assert f"<summary>{sentence.text}</summary>" in body
        assert all(f"<td>{one.value}</td>" in body for one in sentence.evidence)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", body)
    begin = {ending: one.content[:4] for ending, one in files.items()}
    assert begin == {"docx": b"PK\3\4", "xlsx": b"PK\3\4", "png": b"\x89PNG", "pdf": b""}
    assert [one.status for one in files.values()] == [200, 200, 200, 404]
    assert (await fetch(site, path[:-1] + "x")).status == 404


@dataclass
class Fetched:
    status: int
    headers: dict[str, str]
    content: bytes


async def fetch(site: Starlette, path: str) -> Fetched:
    """One GET without a socket."""
    told: list[Any] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [],
        "query_string": b"",
        "root_path": "",
    }

    async def send(message: Any) -> None:
        told.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    await site(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return Fetched(told[0]["status"], headers, b"".join(one.get("body", b"") for one in told[1:]))


async def test_the_api_gives_the_published_week_and_says_when_it_is_not(land: Land, monkeypatch):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    now = weeks.friday(land, 0)
    monkeypatch.setattr(type(land.rt), "now", lambda _: now)
    api = Api(land)
    await api.hold("c0", Role.STAFF)
    said = await api.get("/units/c0/weekly")
    assert (said.status, said.body["published"], said.body["week"]) == (200, False, "2026-W45")
    await publish.every(land.rt, now)
    said = await api.get("/units/c0/weekly?period=2026-W45")
    assert (said.status, said.body["published"]) == (200, True)
    assert said.body["figures"]["rows"][1]["total"]["done"] == 1
    for path in ("/units/c0/weekly?period=2026-W44", "/units/c1/weekly", "/units/c0/weekly.pdf"):
        assert (await api.get(path)).status in (404, 422), path
