"""Mass messages by openid list: what is taken, whom it reaches, and the four totals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER

TEXT = {"msgtype": "text", "text": {"content": "会改联推进通知"}}
PATH = "message/mass/send"


@pytest.fixture(autouse=True)
def _followers(platform: platforms.Platform) -> None:
    platform.meet(HER, OTHER)


def send(platform: platforms.Platform, people: Any = (HER, OTHER), **more: Any) -> dict[str, Any]:
    return platform.api(PATH, {"touser": people, **TEXT, **more})


def upload(platform: platforms.Platform) -> str:
    article = {"title": "会改联推进通知", "content": "正文"}
    return str(platform.api("media/uploadnews", {"articles": [article]})["media_id"])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"touser": HER}, 40031),
        ({"touser": [HER]}, 40130),
        ({"touser": []}, 40130),
        ({"touser": [HER, "oNobody"]}, 40130),
        ({"touser": [f"o{n}" for n in range(10_001)]}, 40032),
        ({"msgtype": "poem"}, 40008),
        ({"text": {"content": " "}}, 44004),
        ({"text": {"content": "长" * 683}}, 45002),
        ({"msgtype": "image", "images": {"media_ids": ["m"]}}, 40007),
        ({"msgtype": "mpnews", "mpnews": {"media_id": "m"}}, 40007),
        ({"clientmsgid": "字" * 22}, 45067),
    ],
)
def test_what_is_wrong_has_its_code_and_reaches_nobody(platform, more, code):
    assert send(platform, **more)["errcode"] == code
    assert platform.lines() == []


def test_a_list_is_one_call_that_stands_in_every_chat(platform):
    assert send(platform)["msg_id"]
    assert [line["text"] for line in platform.lines(OTHER)] == ["会改联推进通知"]
    [entry] = platform.see(f"ledger?endpoint=mass/send&who={HER}")["entries"]
    assert (entry["people"], entry["who"]) == (2, "")
    assert platform.see(f"ledger/people?seq={entry['seq']}")["people"] == [HER, OTHER]
    assert platform.see("ledger/summary")["accepted"] == {f"/cgi-bin/{PATH}": 2}


def test_an_id_is_taken_once_a_day_and_names_its_first_job(platform):
    first = send(platform, clientmsgid="n12-1")["msg_id"]
    again = send(platform, people=[HER, OTHER], clientmsgid="n12-1")
    assert (again["errcode"], again["msg_id"]) == (45065, first)
    assert platform.see("ledger/summary")["max_copies"] == 1
    platform.control("clock", advance_ms=24 * 3600 * 1000)
    assert send(platform, clientmsgid="n12-1")["msg_id"] > first


def test_without_an_id_the_same_words_to_the_same_list_are_one_message(platform):
    assert send(platform)["errcode"] == 0
    assert send(platform)["errcode"] == 45065
    assert send(platform, text={"content": "另一件事"})["errcode"] == 0


def test_the_fifth_of_a_month_is_left_out_without_a_word(platform):
    for number in range(5):
        assert send(platform, clientmsgid=str(number))["errcode"] == 0
    assert len(platform.lines()) == 4
    platform.control("clock", advance_ms=31 * 24 * 3600 * 1000)
    assert send(platform, clientmsgid="next month")["errcode"] == 0
    assert len(platform.lines()) == 5


def test_the_totals_come_a_moment_later_from_nobody_in_particular(platform, bot):
    platform.meet("oC", blocks=True)
    platform.meet("oD", follows=False)
    platform.control("latency", outcome_ms=150)
    msgid = send(platform, people=[HER, OTHER, "oC", "oD", "oNobody"])["msg_id"]
    assert platform.api("message/mass/get", {"msg_id": str(msgid)})["msg_status"] == "SENDING"
    [heard] = bot.wait(1)
    totals = ("TotalCount", "FilterCount", "SentCount", "ErrorCount")
    assert [heard.fields[name] for name in totals] == ["5", "2", "2", "0"]
    assert (heard.fields["MsgID"], heard.fields["Status"]) == (str(msgid), "send success")
    status = platform.api("message/mass/get", {"msg_id": msgid})
    assert status == {"msg_id": msgid, "msg_status": "SEND_SUCCESS"}
    assert platform.api("message/mass/get", {"msg_id": 1})["errcode"] == 40035


def test_what_the_reviewers_refuse_reaches_nobody(platform, bot):
    platform.control("faults", endpoint="outcome", status="err(20001)", next=1)
    msgid = send(platform)["msg_id"]
    [heard] = bot.wait(1)
    assert (heard.fields["Status"], heard.fields["ErrorCount"]) == ("err(20001)", "2")
    assert platform.api("message/mass/get", {"msg_id": msgid})["msg_status"] == "SEND_FAIL"
    assert platform.lines() == []


def test_only_an_article_can_be_taken_back(platform):
    platform.control("latency", outcome_ms=0)
    words = send(platform)["msg_id"]
    assert platform.api("message/mass/delete", {"msg_id": words})["errcode"] == 40035
    article = send(platform, msgtype="mpnews", mpnews={"media_id": upload(platform)})
    assert article["msg_data_id"]
    assert platform.api("message/mass/delete", {"msg_id": article["msg_id"]})["errcode"] == 0
    status = platform.api("message/mass/get", {"msg_id": article["msg_id"]})["msg_status"]
    assert status == "DELETE"


def test_an_article_that_went_to_nobody_cannot_be_taken_back(platform, bot):
    platform.control("faults", endpoint="outcome", status="err(20001)", next=1)
    msgid = send(platform, msgtype="mpnews", mpnews={"media_id": upload(platform)})["msg_id"]
    bot.wait(1)
    assert platform.api("message/mass/delete", {"msg_id": msgid})["errcode"] == 40035
    assert platform.api("message/mass/get", {"msg_id": msgid})["msg_status"] == "SEND_FAIL"


def test_a_hundred_calls_a_day_and_sixty_a_minute(platform):
    platform.control("quota", endpoint="mass/send", used=99)
    assert send(platform)["errcode"] == 0
    assert send(platform)["errcode"] == 45028
    platform.control("quota", endpoint="mass/send", used=0)
    codes = [send(platform, clientmsgid=str(n))["errcode"] for n in range(60)]
    assert codes == [0] * 59 + [45011]


def test_the_speed_is_one_of_five(platform):
    assert platform.api("message/mass/speed/set", {"speed": 5})["errcode"] == 45083
    assert platform.api("message/mass/speed/set", {})["errcode"] == 45084
    assert platform.api("message/mass/speed/set", {"speed": 3})["errcode"] == 0
    assert platform.api("message/mass/speed/get", {})["speed"] == 3


def test_an_account_without_mass_messages_is_told_so(platform):
    platform.control("switches", mass=False)
    assert send(platform)["errcode"] == 48001
