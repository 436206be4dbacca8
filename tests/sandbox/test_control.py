"""The control API and the page: who may use them, and what they tell."""

from __future__ import annotations

import json
import socket
import urllib.request

import pytest

from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER, fetch


def test_the_index_lists_every_route_with_what_it_does(platform):
    routes = platform.see("")["routes"]
    paths = {(one["method"], one["path"]) for one in routes}
    assert {
        ("POST", "/control/say"),
        ("GET", "/control/ledger"),
        ("DELETE", "/control/faults"),
    } <= paths
    assert all(one["does"] for one in routes)


def test_people_are_found_by_unit_name_and_role(platform):
    people = [
        {"openid": HER, "name": "张*英", "unit": "东山村妇联", "role": "主席"},
        {"openid": OTHER, "name": "李*芳", "unit": "政和县妇联", "role": "副主席"},
    ]
    assert platform.control("people", people=people) == {"people": 2}
    assert [one["openid"] for one in platform.see("people?q=东山")["people"]] == [HER]
    assert [one["openid"] for one in platform.see("people?q=政和 副")["people"]] == [OTHER]
    assert platform.see("people?limit=1")["total"] == 2


def test_a_bare_list_is_understood_too(platform):
    body = json.dumps([{"openid": HER}, {"openid": OTHER}]).encode()
    assert fetch(f"{platform.url}/control/people", body).json() == {"people": 2}


def test_the_ledger_is_read_in_pages_and_filtered(platform):
    platform.meet(HER, OTHER)
    for turn in range(5):
        platform.send(HER if turn % 2 else OTHER, client_msg_id=f"n{turn}")
    first = platform.see("ledger?endpoint=template/send&limit=3")
    rest = platform.see(f"ledger?endpoint=template/send&since={first['last']}")
    assert [one["dedupe"] for one in first["entries"]] == ["n0", "n1", "n2"]
    assert [one["dedupe"] for one in rest["entries"]] == ["n3", "n4"]
    assert [one["dedupe"] for one in platform.see(f"ledger?openid={HER}")["entries"]] == [
        "n1",
        "n3",
    ]
    assert len(platform.see("ledger?dedupe=n4")["entries"]) == 1
    assert len(platform.see("ledger?accepted=1&limit=5")["entries"]) == 5


def test_chat_is_read_from_a_line_on(platform):
    platform.meet(HER)
    for _ in range(3):
        platform.send()
    found = platform.see(f"chat/{HER}?since=2")["lines"]
    assert [one["n"] for one in found] == [3]


def test_resetting_forgets_everything(platform):
    platform.meet(HER)
    platform.send()
    platform.control("clock", offset_ms=5000)
    platform.control("faults", code=-1)
    platform.control("latency", answer_ms=1)
    platform.control("reset")
    state = platform.see("")
    assert (state["clock"]["offset_ms"], state["latency"]["answer_ms"]) == (0, 0)
    assert platform.see("ledger/summary")["entries"] == 0
    assert platform.see("people")["total"] == 0
    assert platform.see("faults")["rules"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", b"{}"),
        ("say", b"["),
        ("say", b'{"openid": "o", "text": true}'),
        ("clock", b"{}"),
        ("clock", b'{"set": "tomorrow"}'),
        ("latency", b'{"answer_ms": "x"}'),
        ("switches", b'{"any_robot_key": "maybe"}'),
        ("people", b'{"people": [{"name": "x"}]}'),
        ("groups", b'{"groups": 5}'),
        ("push", b'{"signature": "good"}'),
        ("push", b'{"body": "x", "signature": "poem"}'),
        ("repeat", b'{"push": 9}'),
        ("tokens", b'{"how": "gently"}'),
        ("quota", b'{"endpoint": "poem", "limit": 1}'),
        ("scan", b'{"openid": "o"}'),
    ],
)
def test_a_control_call_that_makes_no_sense_says_why(platform, path, body):
    answer = fetch(f"{platform.url}/control/{path}", body)
    assert answer.status == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "sandbox.example.org"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Origin": "http://evil.example.org"},
    ],
)
def test_control_is_for_this_machine_only(platform, headers):
    assert fetch(f"{platform.url}/control/ledger", None, headers).status == 403


def test_control_does_not_answer_on_another_address_of_this_machine():
    own = address()
    if own is None:
        pytest.skip("this machine has only loopback")
    with platforms.running("--host", "0.0.0.0") as started:
        port = started.url.rsplit(":", 1)[1]
        for headers in ({}, {"Host": "localhost"}):
            assert fetch(f"http://{own}:{port}/control", None, headers).status == 403
        assert fetch(f"http://{own}:{port}/cgi-bin/getcallbackip").json()["errcode"] == 41001


def address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a datagram socket sends nothing by this
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith("127.") else found


def test_control_is_no_platform_path(platform):
    assert fetch(f"{platform.url}/cgi-bin/control").json()["errcode"] == 40066


@pytest.mark.parametrize("path", ["/", "/page/app.js", "/page/style.css"])
def test_the_page_is_whole_and_asks_nothing_of_the_outside(platform, path):
    answer = fetch(platform.url + path)
    assert answer.status == 200
    text = answer.body.decode()
    assert "https://" not in text
    assert "default-src 'self'" in headers_of(platform, path)["content-security-policy"]


def headers_of(platform: platforms.Platform, path: str) -> dict[str, str]:
    with urllib.request.urlopen(platform.url + path) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


def test_the_address_in_a_code_leads_to_the_page(platform):
    answer = fetch(f"{platform.url}/q/abc")
    assert b"<title>" in answer.body
