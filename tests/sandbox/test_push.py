"""Pushes to the bot: form, order, repeats, forgeries, and how its answers are read."""

from __future__ import annotations

import itertools
import threading
import time

import pytest

from tests.sandbox import echo
from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER, fetch


def test_a_line_is_pushed_sealed_and_the_reply_opened(platform, bot):
    bot.answer = lambda fields: echo.text(fields, "听到：" + fields["Content"])
    told = platform.control("say", openid=HER, text="进度")
    assert (told["status"], told["text"]) == (200, "听到：进度")
    assert told["reply"]["MsgType"] == "text"
    assert (told["attempts"], told["problem"]) == (1, None)
    [heard] = bot.heard
    assert "进度" not in heard.body
    assert heard.query["encrypt_type"] == "aes"
    assert heard.query["openid"] == HER
    assert abs(int(heard.query["timestamp"]) - time.time()) < 5
    assert heard.fields["MsgType"] == "text"
    assert int(heard.fields["MsgId"]) > 2**53
    assert [(one["from"], one["text"]) for one in platform.lines()] == [
        ("her", "进度"),
        ("account", "听到：进度"),
    ]


def test_success_is_no_reply(platform, bot):
    told = platform.control("say", openid=HER, text="进度")
    assert (told["reply"], told["status"], told["problem"]) == (None, 200, None)


def test_voice_picture_click_and_other_events_carry_their_fields(platform, bot):
    platform.control("voice", openid=HER, recognition="新增执委十四名")
    platform.control("image", openid=HER)
    platform.control("message", openid=HER, type="location", fields={"Location_X": 27.3})
    platform.control("click", openid=HER, key="todo")
    platform.control("unfollow", openid=HER)
    voice, image, place, tap, left = [one.fields for one in bot.heard]
    assert (voice["MsgType"], voice["Recognition"]) == ("voice", "新增执委十四名")
    assert voice["Format"] == "amr"
    assert image["PicUrl"].startswith("http")
    assert (place["MsgType"], place["Location_X"]) == ("location", "27.3")
    assert (tap["Event"], tap["EventKey"]) == ("CLICK", "todo")
    assert left["Event"] == "unsubscribe"
    assert (
        fetch(f"{platform.url}/control/say", b'{"openid":"%s","text":"x"}' % HER.encode()).status
        == 409
    )


def test_create_time_follows_the_sandbox_clock_and_the_signature_does_not(platform, bot):
    platform.control("clock", set="2027-01-04T10:00:00+08:00")
    platform.control("say", openid=HER, text="进度")
    [heard] = bot.heard
    assert abs(int(heard.fields["CreateTime"]) - 1_799_028_000) < 5
    assert abs(int(heard.query["timestamp"]) - time.time()) < 5


def test_markup_and_control_characters_arrive_as_text(platform, bot):
    platform.control("say", openid=HER, text="a]]><b>&lt;\x01\n好")
    assert bot.heard[0].fields["Content"] == "a]]><b>&lt;\n好"


def test_an_unanswered_push_comes_four_times_with_one_msgid(platform, bot):
    platform.control("latency", push_timeout_ms=150)
    bot.answer = lambda _: time.sleep(0.4)
    told = platform.control("say", openid=HER, text="进度")
    assert (told["attempts"], told["status"]) == (4, None)
    assert "no answer" in told["problem"]
    assert len({one.fields["MsgId"] for one in bot.wait(4)}) == 1
    assert len({one.query["nonce"] for one in bot.heard}) == 4
    assert platform.lines()[-1]["kind"] == "problem"


def test_after_a_silence_the_next_try_comes_at_once(platform, bot):
    platform.control("latency", push_timeout_ms=150, push_retry_ms=60_000)
    bot.answer = lambda _: time.sleep(0.4)
    assert platform.control("say", openid=HER, text="进度")["attempts"] == 4


def test_a_500_is_tried_again_and_the_second_answer_counts(platform, bot):
    answers = iter([500])
    bot.answer = lambda fields: next(answers, None) or echo.text(fields, "好")
    told = platform.control("say", openid=HER, text="进度")
    assert (told["attempts"], told["text"]) == (2, "好")


def test_nobody_at_the_target_is_told(platform):
    platform.control("target", url="http://127.0.0.1:9/wechat")
    platform.control("latency", push_retry_ms=0)
    told = platform.control("say", openid=HER, text="进度")
    assert (told["status"], told["attempts"]) == (None, 4)
    assert "not reachable" in told["problem"]


@pytest.mark.parametrize(
    "reply",
    [
        "{}",
        "<xml></xml>",
        "<xml><MsgType>poem</MsgType></xml>",
        "hello",
        "<!DOCTYPE x><xml><MsgType>text</MsgType></xml>",
    ],
)
def test_a_reply_that_wechat_would_not_show_is_a_problem(platform, bot, reply):
    bot.answer = lambda _: reply
    told = platform.control("say", openid=HER, text="进度")
    assert told["reply"] is None
    assert told["problem"]
    assert platform.lines()[-1]["text"].startswith("该公众号暂时无法提供服务")


def test_a_reply_to_somebody_else_or_too_long_is_a_problem(platform, bot):
    bot.answer = lambda fields: echo.text({**fields, "FromUserName": OTHER}, "好")
    assert "ToUserName" in platform.control("say", openid=HER, text="1")["problem"]
    bot.answer = lambda fields: echo.text(fields, "x" * 2049)
    assert "2048" in platform.control("say", openid=HER, text="2")["problem"]


def test_one_person_s_messages_come_one_after_another_and_others_do_not_wait(platform, bot):
    def slow(fields: echo.Fields) -> None:
        time.sleep(0.2 if fields["FromUserName"] == HER else 0)

    bot.answer = slow
    says = [(HER, "1"), (HER, "2"), (HER, "3"), (OTHER, "x")]
    threads = []
    for openid, words in says:
        thread = threading.Thread(
            target=platform.control, args=("say",), kwargs={"openid": openid, "text": words}
        )
        thread.start()
        threads.append(thread)
        time.sleep(0.03)
    for thread in threads:
        thread.join()
    hers = [one for one in bot.heard if one.fields["FromUserName"] == HER]
    assert [one.fields["Content"] for one in hers] == ["1", "2", "3"]
    assert all(later.at - earlier.at > 0.15 for earlier, later in itertools.pairwise(hers))
    other = next(one for one in bot.heard if one.fields["FromUserName"] == OTHER)
    assert other.at < hers[2].at


def test_the_same_bytes_can_be_sent_again(platform, bot):
    push = platform.control("say", openid=HER, text="进度")["push"]
    told = platform.control("repeat", push=push, times=3, together=True)
    assert [one["status"] for one in told["results"]] == [200, 200, 200]
    assert len({one.body for one in bot.heard}) == 1
    assert len({one.query["nonce"] for one in bot.heard}) == 1


BODY = (
    "<xml><ToUserName>gh_x</ToUserName><FromUserName>o1</FromUserName><MsgType>text</MsgType></xml>"
)


@pytest.mark.parametrize(
    "forge",
    [{"signature": "bad"}, {"signature": "missing"}, {"app_id": "wx_other"}],
)
def test_a_forged_push_is_refused_by_a_bot_that_looks(platform, bot, forge):
    told = platform.control("push", body=BODY, **forge)
    assert (told["status"], told["attempts"]) == (403, 1)


def test_any_body_can_be_pushed_as_it_is(platform, bot):
    assert platform.control("push", body=BODY)["status"] == 200
    assert (
        platform.control("push", fields={"FromUserName": "o2", "MsgType": "text"})["status"] == 200
    )
    assert bot.heard[1].fields == {"FromUserName": "o2", "MsgType": "text"}


def test_an_old_push_is_signed_over_its_old_time(platform, bot):
    platform.control("push", body=BODY, age_s=3600)
    assert 3590 < time.time() - int(bot.heard[0].query["timestamp"]) < 3610


def test_a_body_can_be_left_unencrypted(platform, bot):
    platform.control("push", body=BODY, plaintext=True)
    [heard] = bot.heard
    assert heard.body == BODY
    assert "msg_signature" not in heard.query


def test_the_address_is_verified_as_wechat_does(platform, bot):
    assert platform.control("verify")["ok"]


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("secure", "json"),
        ("compatible", "json"),
        ("compatible", "xml"),
        ("plain", "xml"),
        ("plain", "json"),
    ],
)
def test_every_mode_and_form_has_its_body_and_reads_its_reply(mode, form):
    with platforms.running("--mode", mode, "--format", form) as own, echo.running() as bot:
        own.control("target", url=bot.url)
        bot.answer = lambda fields: echo.text(fields, "好")
        told = own.control("say", openid=HER, text="进度")
        assert (told["text"], told["problem"]) == ("好", None)
        [heard] = bot.heard
        assert heard.fields["Content"] == "进度"
        assert heard.body.startswith("{" if form == "json" else "<xml>")
        assert ("进度" in heard.body) == (mode != "secure")
        assert ("Encrypt" in heard.body) == (mode != "plain")
        assert ("msg_signature" in heard.query) == (mode != "plain")


def test_a_secure_account_does_not_take_a_plain_reply(platform, bot, monkeypatch):
    monkeypatch.setattr(echo, "sealed", lambda answer, _query, **_: answer)
    bot.answer = lambda fields: echo.text(fields, "好")
    told = platform.control("say", openid=HER, text="进度")
    assert (told["reply"], bool(told["problem"])) == (None, True)


def test_an_encrypted_reply_with_a_wrong_signature_is_a_problem(platform, bot, monkeypatch):
    genuine = echo.sealed
    monkeypatch.setattr(
        echo,
        "sealed",
        lambda answer, query, as_json: genuine(answer, query, as_json=as_json).replace(
            "<TimeStamp>1", "<TimeStamp>2"
        ),
    )
    bot.answer = lambda fields: echo.text(fields, "好")
    assert "MsgSignature" in platform.control("say", openid=HER, text="进度")["problem"]
