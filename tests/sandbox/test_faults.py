"""Faults on command, and what the ledger says of them."""

from __future__ import annotations

import http.client
import urllib.error
from typing import Any

import pytest

from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER, fetch


@pytest.fixture(autouse=True)
def _followers(platform: platforms.Platform) -> None:
    platform.meet(HER, OTHER)


def entries(platform: platforms.Platform) -> list[dict[str, Any]]:
    return list(platform.see("ledger?endpoint=template/send")["entries"])


def raw(platform: platforms.Platform, **more: Any) -> platforms.Raw:
    body = {"touser": HER, "template_id": platform.see("")["templates"][0]}
    body |= {"data": {"thing1": {"value": "好"}}, **more}
    return platform.raw("message/template/send", body, timeout=0.5)


def test_a_code_is_answered_and_nothing_sent(platform):
    platform.control("faults", endpoint="template/send", code=-1, next=2)
    assert [platform.send(client_msg_id="n1")["errcode"] for _ in range(3)] == [-1, -1, 0]
    first = entries(platform)[0]
    assert (first["errcode"], first["accepted"], first["dedupe"]) == (-1, False, "n1")
    assert platform.see("ledger/summary")["max_copies"] == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [(40164, "not in whitelist"), (45066, "retry too fast"), (9500002, "system busy")],
)
def test_a_code_that_only_a_fault_gives_has_its_own_words(platform, code, words):
    platform.control("faults", endpoint="template/send", code=code, next=1)
    assert words in platform.send()["errmsg"]


def test_a_rule_can_be_about_one_person_or_skip_the_first(platform):
    platform.control("faults", endpoint="template/send", who=[OTHER], code=43004)
    platform.control("faults", endpoint="template/send", who=HER, code=45009, skip=1)
    found = [platform.send(openid)["errcode"] for openid in (HER, OTHER, HER)]
    assert found == [0, 43004, 45009]


def test_a_share_is_the_same_in_every_run(platform):
    def run() -> list[int]:
        platform.control("faults", endpoint="template/send", code=-1, share=0.3, seed=7)
        found = [platform.send()["errcode"] for _ in range(60)]
        fetch_delete(platform)
        return found

    first = run()
    assert 8 <= first.count(-1) <= 30
    assert run() == first


def fetch_delete(platform: platforms.Platform) -> None:
    host = platform.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host)
    connection.request("DELETE", "/control/faults")
    assert b'"rules":[]' in connection.getresponse().read()
    connection.close()


def test_a_hang_is_recorded_but_never_answered(platform):
    platform.control("faults", endpoint="template/send", hang=True, next=1)
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        raw(platform, client_msg_id="n1")
    assert raw(platform, client_msg_id="n1").json()["errcode"] == 0
    first, second = entries(platform)
    assert (first["accepted"], first["answered"]) == (True, False)
    assert (second["duplicate"], second["msgid"]) == (True, first["msgid"])


def test_a_dropped_connection_is_recorded_too(platform):
    platform.control("faults", endpoint="template/send", drop=True, next=1)
    with pytest.raises((ConnectionError, http.client.HTTPException, urllib.error.URLError)):
        raw(platform)
    assert entries(platform)[0]["answered"] is False


def test_a_dropped_call_can_also_be_one_that_never_arrived(platform):
    platform.control("faults", endpoint="template/send", drop=True, effect=False, next=1)
    with pytest.raises((ConnectionError, http.client.HTTPException, urllib.error.URLError)):
        raw(platform)
    assert entries(platform)[0]["accepted"] is False


def test_a_delay_is_before_the_answer_and_after_the_work(platform):
    platform.control("faults", endpoint="template/send", delay_ms=700, next=1)
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        raw(platform)
    assert entries(platform)[0]["accepted"] is True


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("html", b"<html>"),
        ("string_errcode", b'"errcode":"0"'),
        ("missing_msgid", b'{"errcode":0,"errmsg":"ok"}'),
        ("charset", b"\xff"),
    ],
)
def test_garbage_of_every_kind_after_the_work_was_done(platform, kind, part):
    platform.control("faults", endpoint="template/send", garbage=kind)
    answer = raw(platform)
    assert answer.status == 200
    assert part in answer.body
    assert entries(platform)[0]["accepted"] is True


def test_truncated_empty_and_huge_garbage(platform):
    platform.control("faults", endpoint="template/send", garbage="truncated", next=1)
    assert raw(platform).body.startswith(b'{"errcode"')
    platform.control("faults", endpoint="template/send", garbage="empty", next=1)
    assert raw(platform).body == b""
    platform.control("faults", endpoint="template/send", garbage="huge", next=1)
    assert len(platform.raw("message/template/send", {}).body) == 10 << 20


def test_an_http_error_does_nothing_unless_told_so(platform):
    platform.control("faults", endpoint="template/send", http=502, next=1)
    platform.control("faults", endpoint="template/send", http=504, effect=True, next=1)
    assert [raw(platform).status for _ in range(3)] == [502, 504, 200]
    assert [one["accepted"] for one in entries(platform)] == [False, True, True]


def test_faults_strike_tokens_and_robots_as_well(platform):
    platform.control("faults", rules=[{"endpoint": "webhook/send", "who": "k1", "code": 45033}])
    platform.control("groups", key="k1")
    body = {"msgtype": "text", "text": {"content": "x"}}
    assert platform.api("webhook/send", body, token="", query="key=k1")["errcode"] == 45033
    platform.control("faults", endpoint="stable_token", code=40164)
    assert platform.api("stable_token", {}, token="")["errcode"] == 40164


@pytest.mark.parametrize(
    "rule",
    [
        b'{"endpoint": "x", "poem": 1}',
        b'{"code": "x"}',
        b'{"garbage": "poem"}',
        b'{"hang": 1}',
        b"[",
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(platform, rule):
    answer = fetch(f"{platform.url}/control/faults", rule)
    assert answer.status == 400
    assert platform.see("faults")["rules"] == []


def test_every_answer_can_be_slow(platform):
    platform.control("latency", answer_ms=700)
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        raw(platform)
