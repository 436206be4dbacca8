"""What strangers send to the callback over real HTTP: one and the same refusal, no trace, and nobody else waits."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels.base import Account, Format
from bot.store import tables
from handlers import hooks
from tests.channels import pushes
from tests.conformance import front as fronts
from tests.conformance.front import MP, WECOM, Front

TEXT = {**pushes.TEXT, "Content": "你好"}
accounts = pytest.mark.parametrize("account", [MP, WECOM], ids=["wechat", "wecom"])


@pytest.fixture
async def front(
    tmp_path: Path, redis_url: str, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Front]:
    shutil.copyfile(sqlite_template, tmp_path / "yihu.db")
    url = f"sqlite:///{tmp_path / 'yihu.db'}"
    async with fronts.running(tmp_path, url, redis_url, monkeypatch, secure=True) as running:
        yield running


def sealed(account: Account, inside: bytes, *, age_s: int = 0) -> tuple[dict[str, str], bytes]:
    """A genuine envelope around anything at all."""
    text = pushes.seal(account, inside)
    query = pushes.query(account, sealed=text, at=str(int(time.time()) - age_s))
    return query, pushes.body({"ToUserName": "gh", "Encrypt": text}, Format.XML)


async def traces(front: Front) -> int:
    async with front.rt.read() as c:
        counts = [
            await c.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (tables.inbox, tables.follower, tables.finish, tables.outbox)
        ]
    return sum(counts) + len(front.pushes)


@accounts
async def test_every_refusal_before_a_signature_is_the_same(front: Front, account: Account):
    plain = pushes.body(TEXT, Format.XML)
    query, body = sealed(account, plain)
    other = replace(account, app_id="wxffffffffffffffff", token=account.token)
    swapped = sealed(account, pushes.body({**TEXT, "Content": "别的"}, Format.XML))[1]
    forged: list[tuple[dict[str, str], bytes]] = [
        ({}, body),
        *(({k: v for k, v in query.items() if k != name}, body) for name in ("timestamp", "nonce")),
        ({k: v for k, v in query.items() if k != "msg_signature"}, body),
        (sealed(account, plain, age_s=3600)[0], sealed(account, plain, age_s=3600)[1]),
        sealed(account, plain, age_s=3600),
        (query, swapped),
        (query, b""),
        (query, plain),
        (query, gzip.compress(body)),
        (query, body.decode().encode("utf-16")),
        (query, body.decode().encode("utf-7")),
        (query, b"\0" + body),
        (query, b'<!DOCTYPE x [<!ENTITY a "b">]>' + body),
        (query, b'<?xml version="1.0" encoding="GBK"?><xml>\xc4\xe3</xml>'),
        (query, b"<xml>" * 10000),
        (query, b'{"Encrypt":' * 5000),
        (query, body.replace(b"</xml>", b"<Encrypt>x</Encrypt></xml>")),
        ({**query, "nonce": "\ud7ff" * 100}, body),
        sealed(replace(other, token="another"), plain),
    ]
    before = await traces(front)
    answers = {await front.push(account, *one) for one in forged}
    assert answers == {(403, b"")}
    assert await traces(front) == before


@accounts
@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"\0" * 64,
        b"<xml></xml>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml>&b;</xml>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x"><xml/>',
        b"<xml>" * 500,
        b"[" * 5000,
        "<xml><Content>你好</Content></xml>".encode("utf-16"),
        "<?xml version='1.0' encoding='GBK'?><xml><Content>你好</Content></xml>".encode("gbk"),
        pushes.body({**TEXT, "CreateTime": "9" * 20}, Format.XML),
        pushes.body({**TEXT, "MsgId": "-1"}, Format.XML),
        pushes.body(TEXT, Format.XML).replace(b"</xml>", b"<Content>b</Content></xml>"),
        b'{"MsgType":"text","MsgType":"text"}',
        b'{"CreateTime":NaN}',
    ],
    ids=range(14),
)
async def test_what_is_signed_but_no_message_is_taken_and_dropped(
    front: Front, account: Account, inside: bytes
):
    before = await traces(front)
    assert await front.push(account, *sealed(account, inside)) == (200, b"success")
    assert await traces(front) == before


async def test_what_was_sealed_for_another_account_is_dropped(front: Front):
    for account in (MP, WECOM):
        other = replace(account, app_id="wxffffffffffffffff")
        told = await front.push(account, *sealed(other, pushes.body(TEXT, Format.XML)))
        assert told == (200, b"success")
    assert front.pushes == []


@pytest.mark.parametrize("form", Format)
async def test_cdata_ends_and_controls_come_and_go_unharmed(front: Front, form: Format):
    hostile = "]]></Content><FromUserName>oLiar</FromUserName><![CDATA[<b>&amp;\u2028"
    inside = pushes.body({**TEXT, "Content": hostile}, form)
    status, answer = await front.push(MP, *sealed(MP, inside))
    assert status == 200
    [push] = front.pushes
    assert push.inbound.openid == TEXT["FromUserName"]
    assert b"oLiar" not in answer


async def test_who_sends_her_body_slowly_is_let_go_and_holds_nobody_up(
    front: Front, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hooks, "PATIENCE", 0.5)
    host, _, port = front.url.removeprefix("http://").partition(":")
    slow = [await asyncio.open_connection(host, int(port)) for _ in range(50)]
    for _, writer in slow:
        writer.write(b"POST /wechat HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n<xml>")
        await writer.drain()
    began = time.monotonic()
    status, _ = await front.push(MP, *sealed(MP, pushes.body(TEXT, Format.XML)))
    assert (status, time.monotonic() - began < 1) == (200, True)
    for reader, writer in slow:
        assert b" 408 " in await asyncio.wait_for(reader.readline(), 5)
        writer.close()


async def test_wecom_proves_the_address_within_a_second_and_nobody_else_can(front: Front):
    echo = pushes.seal(WECOM, b"1616140317555161061")
    query = {
        **pushes.query(WECOM, sealed=echo, at=str(int(time.time()))),
        "echostr": echo,
    }
    began = time.monotonic()
    async with front.http.get(f"{front.url}/wecom", params=query) as told:
        assert (told.status, await told.read()) == (200, b"1616140317555161061")
    assert time.monotonic() - began < 1
    other = pushes.seal(replace(WECOM, app_id="wwother"), b"1616140317555161061")
    for wrong in (
        {"echostr": echo + "A"},
        {"nonce": "1"},
        {**pushes.query(WECOM, sealed=other, at=str(int(time.time()))), "echostr": other},
    ):
        async with front.http.get(f"{front.url}/wecom", params={**query, **wrong}) as told:
            assert (told.status, await told.read()) == (403, b"")
