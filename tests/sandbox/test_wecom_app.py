"""Messages of the corp's app: its token, partial success, repeats, limits, taking back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.options import DEFAULTS
from tests.sandbox import platform as platforms

AGENT = int(DEFAULTS["agent_id"])
MEMBERS = [{"userid": "chair1"}, {"userid": "Chair2"}, {"userid": "bare", "licensed": False}]


@pytest.fixture(autouse=True)
def _members(platform: platforms.Platform) -> None:
    platform.control("members", members=MEMBERS)


def token(platform: platforms.Platform, **more: str) -> dict[str, Any]:
    given = {"corpid": DEFAULTS["corp_id"], "corpsecret": DEFAULTS["corp_secret"], **more}
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return platform.api("gettoken", token="", query=query)


def call(platform: platforms.Platform, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return platform.api(path, body, token=token(platform)["access_token"])


def send(platform: platforms.Platform, people: str = "chair1", **more: Any) -> dict[str, Any]:
    body = {"touser": people, "agentid": AGENT, "msgtype": "text", "text": {"content": "请报数"}}
    return call(platform, "message/send", body | more)


def heard(platform: platforms.Platform, userid: str = "chair1") -> int:
    return len(platform.see(f"members?userid={userid}")["members"][0]["messages"])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"corpid": ""}, 41002),
        ({"corpsecret": ""}, 41004),
        ({"corpid": "ww0"}, 40013),
        ({"corpsecret": "wrong"}, 40001),
    ],
)
def test_credentials_that_are_wrong_have_their_codes(platform, more, code):
    assert token(platform, **more)["errcode"] == code


def test_a_token_is_the_same_until_it_is_spoilt(platform):
    first = token(platform)
    assert token(platform)["access_token"] == first["access_token"]
    for how, code in (("revoke", 40014), ("expire", 42001)):
        given = token(platform)["access_token"]
        platform.control("tokens", how=how)
        assert platform.api("message/send", {}, token=given)["errcode"] == code
    assert platform.api("message/send", {}, token="")["errcode"] == 41001
    assert platform.api("message/send", {}, token=platform.token())["errcode"] == 40014


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"agentid": 1}, 40056),
        ({"touser": ""}, 40031),
        ({"touser": "|".join(f"u{n}" for n in range(1001))}, 40032),
        ({"touser": "nobody|bare"}, 81013),
        ({"msgtype": "poem"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"duplicate_check_interval": 14_401}, 40035),
        ({"msgtype": "image", "image": {"media_id": "m"}}, 40007),
        ({"msgtype": "news", "news": {"articles": []}}, 40058),
    ],
)
def test_what_is_wrong_has_its_code(platform, more, code):
    assert send(platform, **more)["errcode"] == code


def test_those_who_were_not_reached_are_named_in_small_letters(platform):
    answer = send(platform, "chair1|CHAIR2|Nobody|Bare")
    assert (answer["invaliduser"], answer["unlicenseduser"]) == ("nobody", "bare")
    assert (heard(platform), heard(platform, "chair2"), heard(platform, "bare")) == (1, 1, 0)


def test_the_same_request_is_delivered_once_while_it_is_looked_for(platform):
    checked: dict[str, Any] = {"enable_duplicate_check": 1, "duplicate_check_interval": 1800}
    first, again = send(platform, **checked), send(platform, **checked)
    assert (again["errcode"], again["msgid"], heard(platform)) == (0, first["msgid"], 1)
    send(platform, **checked | {"duplicate_check_interval": 1801})
    platform.control("clock", advance_ms=1800 * 1000)
    send(platform, **checked)
    send(platform)
    send(platform)
    assert heard(platform) == 5


def test_a_text_that_is_too_long_arrives_without_its_end(platform):
    link = {"title": "长" * 43, "description": "长" * 171, "url": "http://127.0.0.1/"}
    send(platform, text={"content": "长" * 683})
    send(platform, msgtype="markdown", markdown={"content": "x" * 2049})
    send(platform, msgtype="news", news={"articles": [link]})
    got = [one["body"] for one in platform.see("members?userid=chair1")["members"][0]["messages"]]
    assert got[0]["text"]["content"] == "长" * 682
    assert got[1]["markdown"]["content"] == "x" * 2048
    [shown] = got[2]["news"]["articles"]
    assert (shown["title"], shown["description"]) == ("长" * 42, "长" * 170)


def test_thirty_a_minute_reach_a_member_and_the_rest_is_dropped(platform):
    for _ in range(31):
        assert send(platform)["errcode"] == 0
    assert heard(platform) == 30


def test_the_corps_size_bounds_a_day(platform):
    platform.control("members", seats=1)
    for _ in range(10):
        platform.control("clock", advance_ms=60_000)
        assert {send(platform)["errcode"] for _ in range(20)} == {0}
    assert send(platform)["errcode"] == 45009
    platform.control("clock", advance_ms=24 * 3600 * 1000)
    assert send(platform)["errcode"] == 0


def test_a_message_can_be_taken_back_for_a_day(platform):
    msgid = send(platform, "chair1|chair2")["msgid"]
    assert call(platform, "message/recall", {"msgid": msgid})["errcode"] == 0
    assert (heard(platform), heard(platform, "chair2")) == (0, 0)
    old = send(platform)["msgid"]
    platform.control("clock", advance_ms=24 * 3600 * 1000)
    assert call(platform, "message/recall", {"msgid": old})["errcode"] == 40035
    assert heard(platform) == 1
