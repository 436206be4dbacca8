"""Group robots of WeCom."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from tests.sandbox import platform as platforms

PICTURE = b"\x89PNG" + b"0" * 50


def post(platform: platforms.Platform, body: dict[str, Any], key: str = "k1") -> dict[str, Any]:
    return platform.api("webhook/send", body, token="", query=f"key={key}")


def text(words: str = "您好") -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": words}}


@pytest.fixture
def group(platform):
    platform.control("groups", key="k1", name="政和县工作群")


def test_what_a_robot_says_is_seen_in_its_group_only(platform, group):
    platform.control("groups", groups=[{"key": "k2", "name": "松溪县工作群"}])
    assert post(platform, text("请报数")) == {"errcode": 0, "errmsg": "ok"}
    first, second = platform.see("groups")["groups"]
    assert (first["name"], first["sent"]) == ("政和县工作群", 1)
    assert [one["text"] for one in first["messages"]] == ["请报数"]
    assert second["sent"] == 0
    [entry] = platform.see("ledger?endpoint=webhook/send")["entries"]
    assert (entry["who"], entry["text"], entry["accepted"]) == ("k1", "请报数", True)


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (text("x" * 2048), 0, "ok"),
        (text("x" * 2049), 93000, "exceed max length"),
        ({"msgtype": "markdown", "markdown": {"content": "字" * 1365}}, 0, "ok"),
        ({"msgtype": "markdown", "markdown": {"content": "字" * 1366}}, 93000, "exceed"),
        (text(""), 44004, ""),
        ({"msgtype": "poem"}, 40008, ""),
        ({"msgtype": "text", "text": "x"}, 40058, ""),
        (
            {
                "msgtype": "image",
                "image": {
                    "base64": base64.b64encode(PICTURE).decode(),
                    "md5": hashlib.md5(PICTURE).hexdigest(),
                },
            },
            0,
            "ok",
        ),
        ({"msgtype": "image", "image": {"base64": "AAAA", "md5": "0"}}, 40058, ""),
        ({"msgtype": "image", "image": {"base64": "AAA", "md5": "0"}}, 40058, ""),
        ({"msgtype": "news", "news": {"articles": [{"title": "t", "url": "u"}]}}, 0, "ok"),
        ({"msgtype": "news", "news": {"articles": []}}, 40058, ""),
    ],
)
def test_each_body_has_its_answer(platform, group, body, code, words):
    answer = post(platform, body)
    assert answer["errcode"] == code
    assert words in answer["errmsg"]


def test_a_bad_key_and_a_long_text_share_a_code_but_not_the_words(platform):
    answer = post(platform, text(), key="dead")
    assert answer["errcode"] == 93000
    assert "invalid webhook url" in answer["errmsg"]


def test_the_21st_message_in_a_minute_is_too_many_for_that_robot_only(platform, group):
    platform.control("groups", key="k2")
    assert [post(platform, text())["errcode"] for _ in range(21)] == [0] * 20 + [45009]
    assert post(platform, text(), key="k2")["errcode"] == 0
    platform.control("clock", advance_ms=60_000)
    assert post(platform, text())["errcode"] == 0


def test_the_title_of_a_link_is_cut_off_without_a_word(platform, group):
    link = {"title": "长" * 43, "url": "http://127.0.0.1/"}
    assert post(platform, {"msgtype": "news", "news": {"articles": [link]}})["errcode"] == 0
    [said] = platform.see("groups")["groups"][0]["messages"]
    assert "长" * 42 in said["text"]
    assert "长" * 43 not in said["text"]


def test_any_key_can_be_let_in(platform):
    platform.control("switches", any_robot_key=True)
    assert post(platform, text(), key="new")["errcode"] == 0
    assert [one["key"] for one in platform.see("groups")["groups"]] == ["new"]


def test_there_is_no_repeat_protection(platform, group):
    post(platform, text())
    post(platform, text())
    assert platform.see("ledger/summary")["max_same_text"] == 2
