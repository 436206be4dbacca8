"""Template messages: what is refused, what is sent once, and the report that follows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import templates
from tests.sandbox import platform as platforms
from tests.sandbox.platform import DATA, HER, OTHER, TEMPLATE


def sends(platform: platforms.Platform) -> list[dict[str, Any]]:
    return list(platform.see("ledger?endpoint=template/send")["entries"])


def test_a_good_one_is_accepted_and_in_the_ledger_and_in_her_chat(platform):
    platform.meet(HER)
    answer = platform.send(url="http://127.0.0.1/h5/12", client_msg_id="n12")
    assert (answer["errcode"], answer["errmsg"]) == (0, "ok")
    [entry] = sends(platform)
    assert entry["accepted"]
    assert entry["answered"]
    assert (entry["who"], entry["dedupe"], entry["msgid"]) == (HER, "n12", answer["msgid"])
    assert "会改联推进通知" in entry["text"]
    [line] = platform.lines()
    assert (line["kind"], line["url"]) == ("template", "http://127.0.0.1/h5/12")
    assert line["rows"] == [{"key": "thing1", "label": "通知名称", "value": "会改联推进通知"}]


def test_message_numbers_grow_and_are_wider_than_a_double(platform):
    platform.meet(HER)
    numbers = [platform.send()["msgid"] for _ in range(3)]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 2**53


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"touser": ""}, 40003),
        ({"touser": None}, 40003),
        ({"touser": "oCCCCCCCCCCCCCCCCCCCCCCCCCCC"}, 40003),
        ({"touser": OTHER}, 43004),
        ({"template_id": "unknown"}, 40037),
        ({"template_id": None}, 40037),
        ({"template_id": ["x"]}, 40037),
        ({"data": None}, 47003),
        ({"data": {}}, 47003),
        ({"data": {"thing1": "text"}}, 47003),
        ({"data": {"thing1": {"value": ""}}}, 47003),
        ({"data": {"thing1": {"value": "字" * 21}}}, 47003),
        ({"data": {"phrase1": {"value": "六个汉字太长"}}}, 47003),
        ({"data": {"character_string1": {"value": "汉字"}}}, 47003),
        ({"data": {"number1": {"value": "十二"}}}, 47003),
        ({"data": {"time1": {"value": "周五"}}}, 47003),
        ({"url": "http://127.0.0.1/" + "x" * 1024}, 40039),
        ({"miniprogram": {"pagepath": "index"}}, 40165),
    ],
)
def test_each_mistake_has_its_code_and_sends_nothing(platform, change, code):
    platform.meet(HER)
    platform.meet(OTHER, follows=False)
    assert platform.send(**change)["errcode"] == code
    [entry] = sends(platform)
    assert (entry["accepted"], entry["errcode"]) == (False, code)
    assert platform.lines() == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", "字" * 20),
        ("time2", "2026年12月01日 18:00"),
        ("time2", "2026-12-01 18:00~2026-12-02 18:00"),
        ("date2", "2026年12月01日"),
        ("number3", "12"),
        ("number3", 12),
        ("amount4", "￥12.5"),
        ("phrase5", "待签收"),
        ("character_string6", "A-12"),
        ("name7", "张*英"),
        ("const8", "会改联"),
        ("keyword1", "字" * 200),
        ("first", "您好"),
    ],
)
def test_values_that_fit_are_taken(platform, key, value):
    platform.meet(HER)
    assert platform.send(data={key: {"value": value}})["errcode"] == 0


def test_a_declared_template_wants_all_its_keys_and_gives_the_card_its_labels(platform):
    platform.meet(HER)
    content = "通知名称：{{thing1.DATA}}\n截止时间：{{time2.DATA}}"
    platform.control("templates", template_id=TEMPLATE, title="工作通知", content=content)
    refused = platform.send()
    assert refused["errcode"] == 47003
    assert "time2" in refused["errmsg"]
    assert platform.send(data={**DATA, "time2": {"value": "18:00"}})["errcode"] == 0
    [line] = platform.lines()
    assert [row["label"] for row in line["rows"]] == ["通知名称", "截止时间"]
    listed = platform.api("template/get_all_private_template")["template_list"]
    assert [(one["template_id"], one["content"]) for one in listed] == [(TEMPLATE, content)]


@pytest.mark.parametrize(("body", "code"), [(b"", 44002), (b"{", 47001), (b"[]", 47001)])
def test_a_body_that_is_no_json_object_is_refused(platform, body, code):
    if body:
        assert platform.api("message/template/send", body)["errcode"] == code
    else:
        assert platform.api("message/template/send")["errcode"] == 43002


def test_the_same_client_msg_id_is_sent_once_within_ten_minutes(platform):
    platform.meet(HER, OTHER)
    first = platform.send(client_msg_id="n12")["msgid"]
    platform.control("clock", advance_ms=9 * 60_000)
    assert platform.send(client_msg_id="n12") == {"errcode": 0, "errmsg": "ok", "msgid": first}
    assert platform.send(OTHER, client_msg_id="n12")["msgid"] != first
    summary = platform.see("ledger/summary")
    assert summary["accepted"] == {"/cgi-bin/message/template/send": 2}
    assert (summary["duplicates"], summary["max_copies"]) == (1, 1)
    assert len(platform.lines()) == 1


def test_after_ten_minutes_it_is_sent_again_and_seen_as_a_second_copy(platform):
    platform.meet(HER)
    first = platform.send(client_msg_id="n12")["msgid"]
    platform.control("clock", advance_ms=10 * 60_000)
    assert platform.send(client_msg_id="n12")["msgid"] > first
    assert platform.see("ledger/summary")["max_copies"] == 2


def test_a_refused_send_does_not_use_up_its_id(platform):
    platform.meet(HER, follows=False)
    assert platform.send(client_msg_id="n12")["errcode"] == 43004
    platform.meet(HER, follows=True)
    platform.send(client_msg_id="n12")
    assert platform.see("ledger/summary")["duplicates"] == 0


def test_the_daily_quota_ends_at_midnight_in_shanghai(platform):
    platform.meet(HER)
    platform.control("clock", set="2026-12-01T23:59:00")
    platform.control("quota", endpoint="template/send", limit=2)
    assert [platform.send()["errcode"] for _ in range(3)] == [0, 0, 45009]
    path = {"cgi_path": "/cgi-bin/message/template/send"}
    found = platform.api("openapi/quota/get", path)["quota"]
    assert found == {"daily_limit": 2, "used": 2, "remain": 0}
    platform.control("clock", set="2026-12-02T00:00:01")
    assert platform.send()["errcode"] == 0


def test_clearing_the_quota_works_ten_times_a_month(platform):
    platform.meet(HER)
    platform.control("quota", endpoint="template/send", used=100_000)
    assert platform.send()["errcode"] == 45009
    appid = platform.see("")["app_id"]
    codes = [platform.api("clear_quota", {"appid": appid})["errcode"] for _ in range(11)]
    assert codes == [0] * 10 + [48006]
    assert platform.send()["errcode"] == 0


def test_the_report_comes_with_the_number_of_the_send(platform, bot):
    platform.meet(HER)
    number = platform.send()["msgid"]
    [event] = [one.fields for one in bot.wait(1)]
    assert event["Event"] == "TEMPLATESENDJOBFINISH"
    assert (event["MsgID"], event["Status"]) == (str(number), "success")
    assert (event["FromUserName"], event["MsgType"]) == (HER, "event")


def test_the_report_may_come_before_the_answer_of_the_send(platform, bot):
    platform.meet(HER)
    platform.control("latency", outcome_before_answer=True)
    number = platform.send()["msgid"]
    assert [one.fields["MsgID"] for one in bot.heard] == [str(number)]


def test_a_delayed_report_comes_after_the_answer(platform, bot):
    platform.meet(HER)
    platform.control("latency", outcome_ms=300)
    platform.send()
    assert bot.heard == []
    assert platform.see("")["waiting"]["outcomes"] == 1
    assert platform.control("settle") == {"pushes": 0, "outcomes": 0}
    assert len(bot.heard) == 1


def test_a_repeat_inside_the_window_brings_no_second_report(platform, bot):
    platform.meet(HER)
    for _ in range(3):
        platform.send(client_msg_id="n12")
    platform.control("settle")
    assert len(bot.events("TEMPLATESENDJOBFINISH")) == 1


def test_who_refuses_messages_is_reported_as_blocked(platform, bot):
    platform.meet(HER, blocks=True)
    platform.send()
    assert bot.wait(1)[0].fields["Status"] == "failed:user block"


def test_a_share_of_the_reports_can_fail_or_be_lost(platform, bot):
    platform.meet(HER, OTHER)
    status = "failed: system failed"
    platform.control("faults", endpoint="outcome", status=status, next=2)
    platform.control("faults", endpoint="outcome", status="none", who=OTHER)
    for openid in (HER, HER, HER, OTHER):
        platform.send(openid)
    platform.control("settle")
    found = [one["Status"] for one in bot.events("TEMPLATESENDJOBFINISH")]
    assert sorted(found) == [status, status, "success"]


def test_the_template_that_the_readme_has_people_add_is_the_one_shown_here():
    told = (Path(__file__).parents[2] / "config" / "templates.yaml").read_text("utf-8")
    lines = re.findall(r"^#   (\S+：\{\{\w+\.DATA\}\})$", told, re.MULTILINE)
    assert "\n".join(lines) == templates.CONTENT
    assert "截止时间" not in templates.CONTENT, "a weekly analysis has none"
