"""Customer-service messages: only inside a window that she opened, and only so many."""

from __future__ import annotations

import pytest

from tests.sandbox.platform import HER

HOUR = 3600 * 1000


def test_without_a_word_from_her_there_is_no_window(platform):
    platform.meet(HER)
    assert platform.custom() == 45015


def test_a_message_opens_48_hours_for_five(platform, bot):
    platform.control("say", openid=HER, text="在吗")
    assert [platform.custom() for _ in range(6)] == [0] * 5 + [45047]
    platform.control("say", openid=HER, text="还在吗")
    platform.control("clock", advance_ms=48 * HOUR - 60_000)
    assert platform.custom() == 0
    platform.control("clock", advance_ms=60_000)
    assert platform.custom() == 45015


@pytest.mark.parametrize(
    "action",
    [
        ("click", {"key": "todo"}),
        ("scan", {"scene": "x"}),
        ("follow", {}),
        ("event", {"event": "scancode_waitmsg", "event_key": "k"}),
    ],
)
def test_a_tap_a_scan_or_following_opens_one_minute_for_three(platform, bot, action):
    platform.meet(HER)
    platform.control(action[0], openid=HER, **action[1])
    assert [platform.custom() for _ in range(4)] == [0, 0, 0, 45047]
    platform.control(action[0], openid=HER, **action[1])
    platform.control("clock", advance_ms=60_000)
    assert platform.custom() == 45015


def test_a_link_in_the_menu_opens_no_window(platform, bot):
    platform.meet(HER)
    platform.control("event", openid=HER, event="VIEW", event_key="http://127.0.0.1/")
    assert platform.custom() == 45015


def test_the_short_window_is_used_before_the_long_one(platform, bot):
    platform.control("say", openid=HER, text="在吗")
    platform.control("click", openid=HER, key="todo")
    assert [platform.custom() for _ in range(3)] == [0, 0, 0]
    platform.control("clock", advance_ms=60_000)
    assert [platform.custom() for _ in range(6)] == [0] * 5 + [45047]


def test_nothing_reaches_her_after_she_left(platform, bot):
    platform.control("say", openid=HER, text="再见")
    platform.control("unfollow", openid=HER)
    assert platform.custom() == 45015


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "字" * 683}}, 45002),
        ({"msgtype": "text"}, 44004),
        ({"msgtype": "poem", "poem": {}}, 40008),
        ({"msgtype": ["text"]}, 40008),
        ({"msgtype": "image", "image": {"media_id": "nothing"}}, 40007),
        ({"msgtype": "image", "image": {}}, 41006),
        ({"msgtype": "msgmenu", "msgmenu": {"list": []}}, 44004),
        ({"msgtype": "msgmenu", "msgmenu": {"list": [{"id": "1"}]}}, 40035),
        ({"msgtype": "news", "news": {"articles": [{}, {}]}}, 40035),
        ({"touser": "oNobody", "msgtype": "text", "text": {"content": "x"}}, 40003),
    ],
)
def test_each_mistake_has_its_code_and_uses_up_nothing(platform, bot, body, code):
    platform.control("say", openid=HER, text="在吗")
    answer = platform.api("message/custom/send", {"touser": HER, **body})
    assert answer["errcode"] == code
    assert [platform.custom() for _ in range(5)] == [0] * 5


def test_a_picture_is_not_sent_as_speech(platform, bot):
    platform.control("say", openid=HER, text="在吗")
    platform.control("image", openid=HER)
    picture = {"media_id": bot.heard[-1].fields["MediaId"]}
    for kind, code in (("voice", 40007), ("image", 0)):
        body = {"touser": HER, "msgtype": kind, kind: picture}
        assert platform.api("message/custom/send", body)["errcode"] == code


def test_2048_bytes_are_taken(platform, bot):
    platform.control("say", openid=HER, text="在吗")
    assert platform.custom("字" * 682) == 0


def test_text_and_choices_are_seen_in_her_chat(platform, bot):
    platform.control("say", openid=HER, text="在吗")
    platform.custom("在的")
    menu = {"head_content": "哪一件？", "list": [{"id": "1", "content": "会改联"}]}
    body = {"touser": HER, "msgtype": "msgmenu", "msgmenu": menu}
    assert platform.api("message/custom/send", body)["errcode"] == 0
    said, text, choices = platform.lines()
    assert (said["from"], text["from"], text["text"]) == ("her", "account", "在的")
    assert (choices["kind"], choices["content"]) == ("msgmenu", menu)
    platform.control("say", openid=HER, text="会改联", bizmsgmenuid="1")
    assert bot.heard[-1].fields["bizmsgmenuid"] == "1"
