"""With a data directory a restart keeps what happened, also after kill -9."""

from __future__ import annotations

import signal

import pytest

from tests.sandbox import echo, test_mass, test_subscribe, test_wecom_app
from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER

BUTTONS = [{"type": "click", "name": "报", "key": "k"}]


def live(platform: platforms.Platform, bot: echo.Bot) -> dict[str, object]:
    platform.control("target", url=bot.url)
    platform.control("latency", outcome_ms=0)
    platform.meet(HER, name="张*英", unit="东山村")
    platform.meet(OTHER, follows=False)
    platform.control("groups", key="k1", name="工作群")
    platform.control("clock", offset_ms=3600_000)
    platform.control("say", openid=HER, text="在吗")
    platform.custom("在的")
    platform.api("menu/create", {"button": BUTTONS})
    body = {"msgtype": "text", "text": {"content": "大家好"}}
    platform.api("webhook/send", body, token="", query="key=k1")
    code = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "s"}}}
    ticket = platform.api("qrcode/create", code)["ticket"]
    msgid = platform.send(client_msg_id="n1")["msgid"]
    return {"ticket": ticket, "msgid": msgid, "token": platform.token(), **live_many(platform)}


def live_many(platform: platforms.Platform) -> dict[str, object]:
    platform.control("subscriptions", template_id="L1", kind="longterm")
    for template_id in (test_subscribe.ONE, test_subscribe.ONE, "L1"):
        platform.control("consent", openid=HER, template_id=template_id)
    assert test_subscribe.send(platform)["errcode"] == 0
    platform.control("members", members=test_wecom_app.MEMBERS)
    sent = test_wecom_app.send(platform, enable_duplicate_check=1)["msgid"]
    platform.meet("oC")
    for number in range(4):
        job = test_mass.send(platform, people=[HER, "oC"], clientmsgid=str(number))["msg_id"]
    article = {"msgtype": "mpnews", "mpnews": {"media_id": test_mass.upload(platform)}}
    gone = test_mass.send(platform, **article)["msg_id"]
    assert platform.api("message/mass/delete", {"msg_id": gone})["errcode"] == 0
    return {
        "job": job,
        "gone": gone,
        "sent": sent,
        "corp": test_wecom_app.token(platform)["access_token"],
    }


def check_many(platform: platforms.Platform, kept: dict[str, object]) -> None:
    assert [test_subscribe.send(platform)["errcode"] for _ in range(2)] == [0, 43101]
    assert test_subscribe.send(platform, template_id="L1")["errcode"] == 0
    assert test_mass.send(platform, people=[HER, "oC"], clientmsgid="3")["msg_id"] == kept["job"]
    done = platform.api("message/mass/get", {"msg_id": kept["job"]})
    assert done["msg_status"] == "SEND_SUCCESS"
    deleted = platform.api("message/mass/get", {"msg_id": kept["gone"]})
    assert deleted["msg_status"] == "DELETE"
    had = len(platform.lines())
    assert test_mass.send(platform, people=[HER, "oC"], clientmsgid="5th")["errcode"] == 0
    assert len(platform.lines()) == had, "four a month"
    assert test_wecom_app.token(platform)["access_token"] == kept["corp"]
    again = test_wecom_app.send(platform, enable_duplicate_check=1)
    assert (again["msgid"], test_wecom_app.heard(platform)) == (kept["sent"], 1)
    recalled = test_wecom_app.call(platform, "message/recall", {"msgid": kept["sent"]})
    assert recalled["errcode"] == 0


@pytest.mark.parametrize("how", ["end", "kill"])
def test_a_restart_keeps_everything_that_matters(tmp_path, how):
    arguments = ("--data-dir", str(tmp_path))
    with echo.running() as bot:
        try:
            with platforms.running(*arguments) as first:
                kept = live(first, bot)
                before = [first.see(path) for path in WATCHED]
                if how == "kill":
                    first.process.send_signal(signal.SIGKILL)
                    first.process.wait()
        except AssertionError:
            assert how == "kill"
        if how == "kill":
            with (tmp_path / "ledger.jsonl").open("ab") as torn:
                torn.write(b'{"k":"call","at":1')
        with platforms.running(*arguments) as second:
            assert [second.see(path) for path in WATCHED] == before
            assert second.token() == kept["token"]
            assert second.see("clock")["offset_ms"] == 3600_000
            assert second.send(client_msg_id="n1")["msgid"] == kept["msgid"]
            assert int(second.send()["msgid"]) > int(str(kept["msgid"]))
            assert second.send(OTHER)["errcode"] == 43004
            assert second.raw("showqrcode", query=f"ticket={kept['ticket']}").status == 200
            assert [second.custom() for _ in range(5)] == [0] * 4 + [45047]
            check_many(second, kept)
        with platforms.running(*arguments) as third:
            assert third.see("ledger/summary")["duplicates"] == 3
            assert test_wecom_app.heard(third) == 0, "it was taken back"


WATCHED = (
    "members",
    "ledger",
    "ledger/summary",
    f"chat/{HER}",
    "people",
    "groups",
    "menu",
    "quota",
)


def test_a_reset_is_kept_too(tmp_path):
    arguments = ("--data-dir", str(tmp_path))
    with platforms.running(*arguments) as first:
        first.meet(HER)
        first.control("reset")
        first.meet(OTHER)
    with platforms.running(*arguments) as second:
        assert [one["openid"] for one in second.see("people")["people"]] == [OTHER]
