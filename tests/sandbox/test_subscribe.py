"""Subscription notices: nothing without consent, and one for each."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.options import DEFAULTS
from tests.sandbox import platform as platforms
from tests.sandbox.platform import DATA, HER

ONE = DEFAULTS["subscription_id"]


@pytest.fixture(autouse=True)
def _follower(platform: platforms.Platform) -> None:
    platform.meet(HER)


def send(platform: platforms.Platform, **more: Any) -> dict[str, Any]:
    body = {"touser": HER, "template_id": ONE, "data": DATA, **more}
    return platform.api("message/subscribe/bizsend", body)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"touser": "oNobody"}, 40003),
        ({"template_id": "T9"}, 40037),
        ({"template_id": DEFAULTS["template_id"]}, 40037),
        ({"data": {"thing1": {"value": "长" * 21}}}, 47003),
        ({"page": "x" * 1025}, 41030),
        ({}, 43101),
    ],
)
def test_what_is_wrong_has_its_code(platform, more, code):
    assert send(platform, **more)["errcode"] == code
    assert platform.lines() == []


def test_each_consent_is_good_for_one_notice(platform):
    for _ in range(2):
        platform.control("consent", openid=HER, template_id=ONE)
    assert [send(platform)["errcode"] for _ in range(3)] == [0, 0, 43101]
    card = platform.lines()[-1]
    assert (card["kind"], card["rows"][0]["value"]) == ("template", "会改联推进通知")


def test_a_long_term_consent_holds_until_she_takes_it_back(platform):
    platform.control("subscriptions", template_id="L1", kind="longterm")
    platform.control("consent", openid=HER, template_id="L1")
    assert [send(platform, template_id="L1")["errcode"] for _ in range(3)] == [0] * 3
    platform.control("consent", openid=HER, template_id="L1", answer="reject", how="change")
    assert send(platform, template_id="L1")["errcode"] == 43101


def test_the_bot_hears_of_consents_and_outcomes(platform, bot):
    platform.control("subscriptions", template_id="T2")
    platform.control("consent", openid=HER, templates=[ONE, "T2"])
    platform.control("consent", openid=HER, template_id="T2", answer="reject", how="change")
    msgid = send(platform)["msgid"]
    popup, change, sent = [one.fields for one in bot.wait(3)]
    listed = popup["SubscribeMsgPopupEvent"]["List"]
    assert [one["TemplateId"] for one in listed] == [ONE, "T2"]
    assert change["SubscribeMsgChangeEvent"]["List"]["SubscribeStatusString"] == "reject"
    result = sent["SubscribeMsgSentEvent"]["List"]
    assert (result["MsgID"], result["ErrorStatus"]) == (str(msgid), "success")
