"""With a data directory a restart keeps what happened, also after kill -9."""

from __future__ import annotations

import signal

import pytest

from tests.sandbox import echo
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
    return {"ticket": ticket, "msgid": msgid, "token": platform.token()}


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
        with platforms.running(*arguments) as third:
            assert third.see("ledger/summary")["duplicates"] == 1


WATCHED = ("ledger", "ledger/summary", f"chat/{HER}", "people", "groups", "menu", "quota")


def test_a_reset_is_kept_too(tmp_path):
    arguments = ("--data-dir", str(tmp_path))
    with platforms.running(*arguments) as first:
        first.meet(HER)
        first.control("reset")
        first.meet(OTHER)
    with platforms.running(*arguments) as second:
        assert [one["openid"] for one in second.see("people")["people"]] == [OTHER]
