"""The account under the program: tokens that die, and one that may only answer."""

from __future__ import annotations

import base64
import json

import pytest
from redis.asyncio import Redis

from tests.stories.ground import KEYS, SECRET_KEY
from tests.stories.notice import CUSTOM, ROBOT, TEMPLATE, ZHENGHE, Notice, opened
from tests.stories.stage import Stage

TITLE = "会改联推进通知"


async def tokens_of(stage: Stage) -> set[str]:
    """The token the platform gives now."""
    body = {
        "grant_type": "client_credential",
        "appid": KEYS["APP_ID"],
        "secret": KEYS["APP_SECRET"],
    }
    _, told = await stage.ask("POST", f"{stage.sandbox_url}/cgi-bin/stable_token", json=body)
    return {json.loads(told)["access_token"]}


async def no_secret_was_logged(stage: Stage, notice: Notice, tokens: set[str]) -> None:
    """Neither in any process's log nor, unsealed, in Redis."""
    secrets = {KEYS["APP_SECRET"], KEYS["TOKEN"], KEYS["AES_KEY"], SECRET_KEY, notice.token}
    secrets |= tokens | notice.registered
    secrets |= {group.key for group in notice.federation.groups if group.kind == "robot"}
    assert all(secrets)
    logs = "".join(path.read_text("utf-8", "replace") for path in stage.room.glob("*.log"))
    assert "push.answered" in logs
    assert [one for one in secrets if one in logs] == []
    async with Redis.from_url(stage.redis_url) as redis:
        kept = await redis.get(f"yihu:{{mp}}:token:{KEYS['APP_ID']}")
    assert kept
    raw = base64.b64decode(kept)
    assert not any(token in str(kept) or token.encode() in raw for token in tokens)


@pytest.mark.chaos
async def test_tokens_that_die_in_the_middle_cost_nobody_her_notice_and_are_never_logged(
    stage: Stage,
) -> None:
    stage.settings = {"YIHU_WINDOW": "8"}
    notice = await opened(stage, "web", "worker", only=ZHENGHE, scope=ZHENGHE)
    await stage.control("latency", {"answer_ms": 100})
    await notice.sent(to="全体")
    tokens = await tokens_of(stage)
    for how, wanted in (("revoke", 20), ("expire", 60)):

        async def reached(wanted: int = wanted) -> bool:
            return len(await stage.ledger(TEMPLATE, accepted=1)) >= wanted

        await stage.eventually(reached, f"{wanted} are sent")
        await stage.control("tokens", {"how": how})
        tokens |= await tokens_of(stage)
    sums = await notice.done(seconds=120)
    assert sums["people"]["delivered"] == len(notice.registered)
    assert set((await notice.copies(TEMPLATE)).values()) == {1}
    asked = [one for one in await stage.ledger("stable_token") if one["errcode"] == 0]
    assert len(asked) <= 3 * 2 + 3, "a process asks once for each that died"
    await no_secret_was_logged(stage, notice, tokens)


async def test_on_an_account_that_may_only_answer_people_get_the_notice_when_they_speak(
    stage: Stage,
) -> None:
    notice = await opened(stage, only=ZHENGHE, scope=ZHENGHE)
    for endpoint in ("get_all_private_template", TEMPLATE, "qrcode/create"):
        await stage.control("faults", {"endpoint": endpoint, "code": 48001})
    for role in ("web", "worker"):
        await stage.run_role(role)

    async def known() -> bool:
        return bool(await stage.rows("SELECT value FROM meta WHERE name = 'abilities'"))

    await stage.eventually(known, "the platform is asked what the account may do")
    await notice.sent("截止：2027-03-12 18:00", to="村主席、群")

    async def asked() -> bool:
        sums = await notice.told()
        return sums["people"]["unsent"] + sums["groups"]["unsent"] == 0

    await stage.eventually(asked, "nothing is left to do")
    sums = await notice.told()
    waiting = sums["people"]["to_relay"]
    assert waiting > 50
    assert await stage.ledger(TEMPLATE) == []
    assert set((await notice.copies(ROBOT)).values()) == {1}, "robots speak as ever"
    chairs = sorted(
        post.openid for post in notice.federation.posts_in(ZHENGHE, "chair")
        if post.openid and notice.federation.units[post.unit].level == "village"
    )[:20]  # fmt: skip
    answers = await stage.all_say([(one, "帮助") for one in chairs])
    assert all(f"【{TITLE}】" in answer and "收到" in answer for answer in answers), answers
    signed = await stage.all_say([(one, "收到") for one in chairs])
    assert all(TITLE in answer for answer in signed), signed
    sums = await notice.told()
    assert sums["people"]["to_relay"] == waiting - len(chairs)
    assert sums["people"]["accepted"] == len(chairs)
    await notice.all_the_same()
    assert not (await notice.copies(CUSTOM)).keys() & set(chairs), "nothing came twice"
    await no_secret_was_logged(stage, notice, await tokens_of(stage))
