"""What the platform tells of itself: consents, totals of mass messages, outcomes of subscription notices."""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa

from bot.sandbox.options import DEFAULTS
from bot.store import consents, finishes, followers, masses, tables
from tests.web.conftest import OPENID, Front

ONE = DEFAULTS["subscription_id"]
LIST = {"touser": [OPENID, "oB"], "msgtype": "text", "text": {"content": "会改联推进通知"}}


async def agree(front: Front, **more: Any) -> None:
    await front.control("consent", {"openid": OPENID, "template_id": ONE, **more})
    await front.control("clock", {"advance_ms": 1000})  # CreateTime counts seconds


async def left(front: Front) -> list[int]:
    async with front.rt.read() as c:
        everybody = list(await c.scalars(sa.select(tables.follower.c.id)))
        return list((await consents.left(c, ONE, everybody)).values())


async def call(front: Front, path: str, body: dict[str, Any]) -> dict[str, Any]:
    names = ("app_id", "app_secret")
    app_id, secret = (getattr(front.rt.settings, f"wechat_{name}") for name in names)
    asked = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
    base = f"{front.sandbox}/cgi-bin"
    async with front.http.post(f"{base}/stable_token", json=asked) as answer:
        token = (await answer.json(content_type=None))["access_token"]
    async with front.http.post(f"{base}/{path}?access_token={token}", json=body) as answer:
        found: dict[str, Any] = await answer.json(content_type=None)
        return found


async def test_each_yes_to_a_template_is_one_notice_more_and_a_no_ends_them(front: Front) -> None:
    await agree(front)
    await agree(front)
    await front.repeat()
    assert await left(front) == [2]
    async with front.rt.write() as c:
        who = list(await c.scalars(sa.select(tables.follower.c.id)))
        await consents.spend(c, ONE, who)
    assert await left(front) == [1]
    await agree(front, answer="reject", how="change")
    assert await left(front) == []
    await agree(front)
    assert await left(front) == [1]
    async with front.rt.write() as c:
        await consents.end(c, ONE, who)
    assert await left(front) == []
    await front.control("clock", {"offset_ms": 0})


async def test_who_leaves_has_agreed_to_nothing(front: Front) -> None:
    await agree(front)
    async with front.rt.write() as c:
        await followers.forget(c, front.rt.seal.digest("openid", OPENID))
    assert await front.count(tables.consent) == 0
    await front.control("clock", {"offset_ms": 0})


async def test_totals_and_outcomes_are_kept_by_their_numbers(front: Front) -> None:
    await front.control("people", {"people": [{"openid": OPENID}, {"openid": "oB"}]})
    await front.control("latency", {"outcome_ms": 0})
    named = LIST | {
        "clientmsgid": secrets.token_hex(8)
    }  # the platform is the same for both databases
    msgid = (await call(front, "message/mass/send", named))["msg_id"]
    await agree(front)
    notice = {"touser": OPENID, "template_id": ONE, "data": {"thing1": {"value": "好"}}}
    sent = (await call(front, "message/subscribe/bizsend", notice))["msgid"]
    await front.control("settle", {})
    await front.control("repeat", {})
    async with front.rt.read() as c:
        assert await masses.ends(c, [msgid, 1]) == [
            masses.End(msgid, "send success", total=2, filtered=2, sent=2, failed=0)
        ]
        found = [(one.msgid, one.status) for one in await finishes.of_msgids(c, [sent])]
    assert found == [(sent, "success")]
    await front.control("clock", {"offset_ms": 0})
