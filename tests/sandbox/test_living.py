"""What the page lives on: the federation, news in order, the browser inside the phone, a clock that others follow."""

from __future__ import annotations

import threading
import time
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

from tests.sandbox import echo
from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER

UNIT = {"code": "1", "name": "东山村妇联", "level": "village", "parent": ""}


def news(platform: platforms.Platform, since: int = 0) -> list[tuple[str, str]]:
    """Kind and person of what happened."""
    return [(kind, who) for _, _, kind, who, _ in platform.see(f"feed?since={since}")["events"]]


def test_what_happens_is_told_once_and_in_order(platform: platforms.Platform, bot: echo.Bot):
    bot.answer = lambda fields: echo.text(fields, "好")
    platform.meet(HER)
    begun = platform.see("feed")["last"]
    platform.send()
    platform.control("say", openid=HER, text="收到")
    platform.custom("谢谢")
    platform.send(OTHER)
    told = platform.see(f"feed?since={begun}")
    assert [(kind, who) for _, _, kind, who, _ in told["events"]] == [
        ("sent", HER), ("said", HER), ("answered", HER), ("letter", HER), ("refused", OTHER),
    ]  # fmt: skip
    assert told["events"][-1][4] == "40003"
    assert news(platform, told["last"]) == []


def test_a_dot_tells_whether_she_was_called_and_whether_she_answered(
    platform: platforms.Platform, bot: echo.Bot
):
    platform.control("units", units=[UNIT])
    platform.meet(HER, code="1")
    states = [_state(platform)]
    platform.send()
    states.append(_state(platform))
    platform.control("say", openid=HER, text="收到")
    states.append(_state(platform))
    platform.control("unfollow", openid=HER)
    states.append(_state(platform))
    assert states == [1, 2, 3, 0]


def _state(platform: platforms.Platform) -> Any:
    return platform.see("federation")["people"][0][5]


def test_a_restart_still_knows_units_groups_slips_and_forwards(tmp_path: Any):
    with platforms.running("--data-dir", str(tmp_path)) as first:
        first.control("units", units=[UNIT])
        first.control("people", openid=HER, code="1", slip="绑定 K7M2QX", follows=False)
        first.control("groups", key="c1", name="姐妹群", owner=HER)
        first.control("forward", openid=HER, text="请看")
        before = first.see("federation")
    with platforms.running("--data-dir", str(tmp_path)) as second:
        after = second.see("federation")
        assert {**after, "last": 0} == {**before, "last": 0}
        assert second.see("groups")["groups"][0]["messages"][0]["text"] == "请看"


def test_the_phones_browser_shows_the_bots_pages_and_asks_nobody_else(
    platform: platforms.Platform, bot: echo.Bot
):
    bot.pages["/h5/1"] = "<h1>通知</h1>"
    shown = platforms.fetch(f"{platform.url}/h5/1")
    assert (shown.status, shown.body.decode()) == (200, "<h1>通知</h1>")
    elsewhere = platforms.fetch(f"{platform.url}/h5/1", headers={"X-Forwarded-For": "10.0.0.1"})
    assert elsewhere.status == 403
    platform.control("target", url="")
    assert platforms.fetch(f"{platform.url}/h5/1").status == 404


def test_a_bot_that_is_gone_is_said_and_not_waited_for(platform: platforms.Platform):
    platform.control("target", url="http://127.0.0.1:9/wechat")
    assert platforms.fetch(f"{platform.url}/h5/1").status == 502


def test_whoever_follows_the_clock_hears_at_once_that_it_was_moved(platform: platforms.Platform):
    known = platform.see("clock")["offset_ms"]
    heard: list[int] = []
    asking = threading.Thread(
        target=lambda: heard.append(
            platform.see(f"clock?unlike={known}&wait_ms=20000")["offset_ms"]
        )
    )
    asking.start()
    time.sleep(0.1)
    assert heard == []
    platform.control("clock", advance_ms=3600_000)
    asking.join(5)
    assert heard == [known + 3600_000]


def test_forwarding_needs_a_group_of_hers(platform: platforms.Platform):
    platform.meet(HER)
    body = b'{"openid": "' + HER.encode() + b'", "text": "x"}'
    answer = platforms.fetch(f"{platform.url}/control/forward", body)
    assert answer.status == 400
    assert "owns no such group" in answer.json()["error"]


def test_a_phone_in_the_network_gets_in_with_the_key_and_not_without():
    with platforms.running("--key", "abc-123") as platform:
        there = {"Host": "192.168.1.5:8001"}  # how a phone would name this machine
        assert platforms.fetch(f"{platform.url}/control", headers=there).status == 403
        wrong = {**there, "Cookie": "sandbox_key=abc-124"}
        assert platforms.fetch(f"{platform.url}/control", headers=wrong).status == 403
        right = {**there, "Cookie": "sandbox_key=abc-123"}
        assert platforms.fetch(f"{platform.url}/control", headers=right).status == 200
        elsewhere = {**right, "Origin": "http://evil.example"}
        assert platforms.fetch(f"{platform.url}/control", headers=elsewhere).status == 403
        cookies = CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        opener.open(f"{platform.url}/?key=abc-123").close()
        assert [(one.name, one.value) for one in cookies] == [("sandbox_key", "abc-123")]
    with platforms.running() as platform:
        keyless = {"Host": "192.168.1.5", "Cookie": "sandbox_key="}
        assert platforms.fetch(f"{platform.url}/control", headers=keyless).status == 403
