"""The page of a notice for readers in groups: opened, counted, answered; and the owner's message that leads there."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.actions import broadcast, letters, opens
from bot.actions.opens import Opens
from bot.channels import base
from bot.core import chain, link, seal
from bot.core.model import Unit
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import chains, followers, group_answers, relay_lines, tables
from handlers import h5
from tests.delivery import land as lands
from tests.delivery.land import Land, openid
from tests.delivery.reader import Reader
from tests.sandbox.platform import Platform

PUBLIC = "https://yihu.example.cn"


@dataclass
class Village:
    """A notice on its way to the groups of a township, and the site of their links."""

    land: Land
    sent: Broadcast
    counted: Opens
    site: Starlette

    def url(self, key: str) -> str:
        unit = self.home(key)
        return f"/t/{link.group_token(self.land.rt.seal, self.sent.id, self.land.groups[key], unit.lo)}"

    def home(self, key: str) -> Unit:
        return self.land.units[f"v000{'abc'.index(key)}"]

    async def part(self, unit: Unit) -> chain.Part:
        async with self.land.rt.read() as c:
            return await chains.part(c, self.sent.id, (unit.lo, unit.hi))


@pytest.fixture
async def village(rt: Runtime, platform: Platform) -> Village:
    """Groups a, b, c of three villages; the township has added a line; a's owner may be written to in words."""
    rt.settings = rt.settings.model_copy(update={"public_url": PUBLIC})
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    for at, key in enumerate("abc"):
        await lands.relay_group(land, key, f"v000{at}-chair", f"v000{at}")
    async with rt.write() as c:
        await followers.heard(c, rt.seal, "wechat", openid("v0000-chair"), rt.now_ms())
    platform.control("say", openid=openid("v0000-chair"), text="在吗")
    sent = await land.send(groups=True, kind="活动")
    async with rt.write() as c:
        by = land.persons["t-chair"]
        await relay_lines.put(c, sent, land.units["t"], "乡里派车", by=by, at_ms=rt.now_ms())
        await relay_lines.put(c, sent, land.units["v0001"], "只给二村", by=by, at_ms=rt.now_ms())
    async with lands.working(rt):
        await land.done(sent.id)
    counted = Opens()
    return Village(land, sent, counted, Starlette(routes=h5.routes(rt, counted)))


async def test_the_owner_gets_one_message_with_the_text_the_lines_and_her_groups_link(
    village: Village, platform: Platform
) -> None:
    said = [str(line) for line in platform.lines(openid("v0000-chair")) if "转到" in str(line)]
    assert len(said) == 1
    assert "a群" in said[0]
    assert "乡里派车" in said[0]
    assert "只给二村" not in said[0]
    assert f"{PUBLIC}{village.url('a')}" in said[0]
    assert len(f"{PUBLIC}{village.url('a')}") < 60


async def test_a_reader_is_counted_once_and_nobody_knows_who_she_is(village: Village) -> None:
    rt = village.land.rt
    one, other = Reader(village.site), Reader(village.site)
    for _ in range(3):
        page = await one.get(village.url("a"))
    assert (page.status, page.header("set-cookie")) == (200, "")
    assert "会改联推进通知" in page.text
    assert "乡里派车" in page.text
    assert "只给二村" not in page.text
    assert "只给二村" in (await other.get(village.url("b"))).text
    for agent in ("Mozilla/5.0 (compatible; Baiduspider/2.0)", "curl/8", "mpcrawler"):
        assert (await Reader(village.site, agent).get(village.url("a"))).status == 200
    await Reader(village.site).get(village.url("a"), sec_purpose="prefetch")
    await village.counted.flush(rt)
    assert (await village.part(village.home("a"))).readers == 1
    assert not (await village.part(village.home("a"))).arrived.any(), "perhaps the owner herself"
    await other.get(village.url("a"))
    await village.counted.flush(rt)
    await village.counted.flush(rt)
    found = await village.part(village.land.units["t"])
    assert found.readers == 3
    assert found.arrived.sum() == 1
    async with rt.read() as c:
        kept = repr((await c.execute(sa.select(tables.group_open))).all())
    assert one.cookies[village.url("a")].partition("=")[2] not in kept


async def test_looking_signs_nothing_and_a_form_does_once(village: Village) -> None:
    rt, url = village.land.rt, village.url("a")
    reader = Reader(village.site)
    await reader.get(url)
    await village.counted.flush(rt)
    async with rt.read() as c:
        assert await group_answers.count(c, village.sent.id, (0, 99)) == (0, 0)
    done = await reader.post(url, do="known")
    assert (done.status, done.header("location")) == (303, f"{url}?ok=2")
    page = await reader.get(f"{url}?ok=2")
    assert "谢谢您" in page.text
    assert "知道了</button>" not in page.text
    await reader.post(url, do="known")
    assert (await reader.post(url, do="say", name="李大姐", phone="138", text="我去")).status == 303
    assert (
        await reader.post(url, do="say", name="李大姐", phone="", text="我和女儿去")
    ).status == 303
    await village.counted.flush(rt)
    async with rt.read() as c:
        assert await group_answers.count(c, village.sent.id, (0, 99)) == (1, 1)
        home = village.home("a")
        [kept] = await group_answers.page(c, village.sent.id, (home.lo, home.hi), start=0, limit=9)
        rows = repr((await c.execute(sa.select(tables.group_answer))).all())
    assert "我和女儿去" in rt.seal.open(kept.words_sealed)
    assert "李大姐".encode().hex() not in rows
    assert "李大姐" not in rows


async def test_what_is_not_ours_too_long_or_in_danger_is_kept_nowhere(village: Village) -> None:
    rt, url = village.land.rt, village.url("a")
    reader = Reader(village.site)
    await reader.get(url)
    word = reader.cookies[url].partition("=")[2]
    form = f"f={word}&do=say&text=hello".encode()
    refused = [
        (await reader.send(url, form, origin="https://evil.example")).status,
        (await reader.send(url, form, sec_fetch_site="cross-site")).status,
        (await reader.post(url, proof="0" * 24, do="say", text="假的")).status,
        (await Reader(village.site).send(url, form)).status,
        (await reader.send(url, b"f=" + b"x" * 5000)).status,
        (await reader.post(url, do="say", text="长" * 201)).status,
        (await reader.post(url, do="say", text=" ")).status,
        (await reader.send(url[:-1] + ("a" if url[-1] != "a" else "b"), form)).status,
        (await reader.get("/t/g234567")).status,
    ]
    assert refused == [403, 403, 403, 403, 413, 400, 400, 404, 404]
    help_ = await reader.post(url, do="say", name="小张", text="我老公打我")
    assert "110" in help_.text
    assert "12338" in help_.text
    async with rt.read() as c:
        assert await group_answers.count(c, village.sent.id, (0, 99)) == (0, 0)
    busy = [(await reader.post(url, proof=word, do="say", text="好")).status for _ in range(40)]
    assert busy[0] == 303
    assert busy[-1] == 429


async def test_a_notice_that_is_over_is_only_shown_and_one_recalled_is_gone(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    rt, url = village.land.rt, village.url("a")
    reader = Reader(village.site)
    await reader.get(url)
    later = rt.now() + timedelta(days=31)
    with rt.at(later):
        page = await reader.get(url)
        assert "已经过期" in page.text
        assert "<form" not in page.text
        word = reader.cookies[url].partition("=")[2]
        assert (await reader.post(url, proof=word, do="known")).status == 409
    again = await village.land.send(groups=True, not_before=rt.now() + timedelta(hours=1))
    await broadcast.stop(rt, await village.land.actor("s-chair"), again.id)
    token = link.group_token(rt.seal, again.id, village.land.groups["a"], village.home("a").lo)
    assert (await reader.get(f"/t/{token}")).status == 410


async def test_the_owner_finds_the_words_for_each_group_on_her_page(village: Village) -> None:
    rt = village.land.rt
    token = link.token(rt.seal, village.sent.id, village.land.persons["v0001-chair"])
    page = await Reader(village.site).get(f"/t/{token}")
    assert "转到“b群”" in page.text
    assert f"{PUBLIC}{village.url('b')}" in page.text
    assert "只给二村" in page.text
    assert (await Reader(village.site).send(f"/t/{token}", b"")).status == 405


async def test_what_cannot_be_written_now_is_written_later(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    rt = village.land.rt
    await Reader(village.site).get(village.url("c"))
    real = opens.write

    async def away(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(opens, "write", away)
    with pytest.raises(ConnectionRefusedError):
        await village.counted.flush(rt)
    monkeypatch.setattr(opens, "write", real)
    await village.counted.flush(rt)
    assert (await village.part(village.home("c"))).readers == 1


async def test_long_notices_fit_the_bytes_of_a_robot_and_of_an_owners_message(
    village: Village,
) -> None:
    rt, place = village.land.rt, village.home("a").lo
    into = letters.Group(village.land.groups["a"], "a群", place)
    kinds = []
    for length in (100, 800, 3000):
        one = dataclasses.replace(village.sent, title="题" * 60, body="长" * length)
        said = await letters.read(rt, one)
        message = said.robot_message(into)
        kinds.append(type(message))
        if isinstance(message, base.Link):
            assert message.url == f"{PUBLIC}{village.url('a')}"
            assert len(message.title.encode()) <= 128
            assert len(message.text.encode()) <= 512
        else:
            most = 2048 if isinstance(message, base.Words) else 4096
            assert isinstance(message, base.Words | base.Markdown)
            assert len(message.text.encode()) <= most
            assert message.text.endswith(f"{PUBLIC}{village.url('a')}")
            assert "乡里派车" in message.text
        many = [dataclasses.replace(into, name=f"第{n}个姐妹群") for n in range(12)]
        for some in (many[:1], many[:3], many):
            text = said.relay_text(village.land.persons["v0000-chair"], some).text
            assert len(text.encode()) <= 2048
            assert text.count(f"{PUBLIC}/t/") == {1: 1, 3: 3, 12: 1}[len(some)]
    assert kinds == [base.Words, base.Markdown, base.Link]


def test_a_groups_token_is_read_back_and_no_other() -> None:
    ours, theirs = seal.Sealer(["a key"]), seal.Sealer(["another"])
    for numbers in ((1, 1, 0), (900, 900_000, 665_276), (2**31, 2**40, 2**31 - 1)):
        token = link.group_token(ours, *numbers)
        assert link.is_group(token)
        assert link.read_group(ours, token) == numbers
        assert link.read_group(theirs, token) is None
        assert re.fullmatch("[a-z2-7]+", token)
    assert not link.is_group(link.token(ours, 1, 1))
