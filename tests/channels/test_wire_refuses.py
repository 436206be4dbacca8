"""What the callback refuses: 403 before a valid signature, malformed after it, nothing else ever."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.channels import wire
from bot.channels.base import Account, Format
from bot.core import inbound
from tests.channels import pushes
from tests.channels.pushes import (
    ACCOUNTS,
    EVENT,
    NOW,
    PLAIN,
    SECURE,
    TEXT,
    all_accounts,
    all_forms,
    read,
)
from tests.channels.test_wire_reads import EVENTS, WHATS

# What is forged: before a valid signature, 403


def forged(account: Account, query: dict[str, str], body: bytes) -> None:
    with pytest.raises(errors.NotOurs):
        wire.Wire(account).read(query, body, now=NOW)


@all_accounts
@pytest.mark.parametrize(
    "change",
    [
        {"signature": "", "msg_signature": ""},
        {"signature": "0" * 40, "msg_signature": "0" * 40},
        {"timestamp": "1"},
        {"timestamp": str(int(pushes.SECONDS) + 1)},
        {"nonce": "other"},
        {"timestamp": "", "nonce": ""},
    ],
)
def test_a_signature_that_is_not_ours_is_refused(account, change):
    query, body = pushes.push(account, pushes.body(TEXT, Format.XML), Format.XML)
    forged(account, {**query, **change}, body)
    forged(account, {}, body)
    forged(replace(account, token="another"), query, body)


@all_accounts
@pytest.mark.parametrize("seconds", [-601, 601, -86400 * 365, 10**9])
def test_a_signed_push_outside_ten_minutes_is_refused(account, seconds):
    query, body = pushes.push(account, pushes.body(TEXT, Format.XML), Format.XML)
    with pytest.raises(errors.NotOurs):
        wire.Wire(account).read(query, body, now=NOW + timedelta(seconds=seconds))


@all_accounts
@pytest.mark.parametrize("seconds", [-600, 0, 600])
def test_a_clock_ten_minutes_off_is_still_taken(account, seconds):
    query, body = pushes.push(account, pushes.body(TEXT, Format.XML), Format.XML)
    push = wire.Wire(account).read(query, body, now=NOW + timedelta(seconds=seconds))
    assert push.inbound.what == inbound.Text(TEXT["Content"])


@pytest.mark.parametrize("at", ["", "now", "-1", "1e9", "١٢٣", "9" * 13, "1784620800.0"])
def test_a_signed_timestamp_that_is_no_time_is_refused(at):
    forged(PLAIN, pushes.query(PLAIN, at=at), pushes.body(TEXT, Format.XML))


def test_with_a_key_a_plain_body_is_refused_however_well_it_is_signed():
    for form in Format:
        body = pushes.body(TEXT, form)
        forged(SECURE, pushes.query(SECURE), body)
        forged(SECURE, pushes.query(SECURE, sealed=""), body)


def test_with_a_key_the_plain_signature_alone_is_refused():
    query, body = pushes.push(SECURE, pushes.body(TEXT, Format.XML), Format.XML)
    del query["msg_signature"]
    forged(SECURE, query, body)


def test_in_compatible_mode_the_fields_beside_the_sealed_ones_count_for_nothing():
    sealed = pushes.seal(SECURE, pushes.body(TEXT, Format.XML))
    body = pushes.body(
        {**TEXT, "Content": "a lie", "FromUserName": "oLiar", "Encrypt": sealed}, Format.XML
    )
    said = wire.Wire(SECURE).read(pushes.query(SECURE, sealed=sealed), body, now=NOW).inbound
    assert said.what == inbound.Text(TEXT["Content"])
    assert said.openid == TEXT["FromUserName"]


def test_a_changed_ciphertext_is_refused_before_it_is_opened():
    query, body = pushes.push(SECURE, pushes.body(TEXT, Format.XML), Format.XML)
    at = body.index(b"<Encrypt>") + 30
    other = body[:at] + (b"B" if body[at : at + 1] == b"A" else b"A") + body[at + 1 :]
    for change in (other, body.replace(b"<Encrypt>", b"<Encrypt>AAAA")):
        assert change != body
        forged(SECURE, query, change)


UNREADABLE = {
    "nothing": b"",
    "words": b"hello",
    "half an element": b"<xml><ToUserName>gh_1</To",
    "another root": b"<html><body>x</body></html>",
    "no fields": b"<xml></xml>",
    "only text": b"<xml>hello</xml>",
    "a DTD": b'<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>',
    "an external DTD": b'<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml><A>1</A></xml>',
    "an undeclared entity": b"<xml><Content>&nbsp;</Content></xml>",
    "a field twice": b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
    "an empty field twice": b"<xml><Encrypt></Encrypt><Encrypt>b</Encrypt></xml>",
    "text between fields": b"<xml>a<B>c</B></xml>",
    "too deep": b"<xml>" + b"<a>" * 9 + b"x" + b"</a>" * 9 + b"</xml>",
    "very deep": b"<a>" * 9000,
    "a control character": b"<xml><Content>a\x01b</Content></xml>",
    "not UTF-8": b"<xml><Content>\xff\xfe</Content></xml>",
    "JSON half": b'{"ToUserName": "gh_1"',
    "JSON list": b"[1]",
    "JSON field twice": b'{"Encrypt": "a", "Encrypt": "b"}',
    "JSON too deep": b'{"a":' * 9 + b"1" + b"}" * 9,
    "JSON very deep": b'{"a":[' + b"[" * 30000,
    "JSON without a number": b'{"CreateTime": NaN}',
    "JSON not UTF-8": b'{"Content": "\xff"}',
    "JSON sealed as a list": b'{"Encrypt": ["a"]}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_envelope_is_refused(body):
    forged(SECURE, pushes.query(SECURE, sealed="a"), body)
    forged(PLAIN, {}, body)


def test_a_body_over_64_kilobytes_is_not_read():
    body = pushes.body({**TEXT, "Content": "a" * 65536}, Format.XML)
    forged(SECURE, *pushes.push(SECURE, body, Format.XML))
    with pytest.raises(errors.Malformed):
        wire.Wire(PLAIN).read(pushes.query(PLAIN), body, now=NOW)


# What is broken: after a valid signature, malformed


@all_accounts
@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_body_of_a_signed_push_is_malformed(account, body):
    query, body = pushes.push(account, body, Format.XML)
    with pytest.raises(errors.Malformed):
        wire.Wire(account).read(query, body, now=NOW)


NONSENSE: list[dict[str, str]] = [
    {**TEXT, "FromUserName": ""},
    {**TEXT, "FromUserName": "o" * 129},
    {**TEXT, "FromUserName": "a b"},
    {**TEXT, "FromUserName": "某人"},
    {**TEXT, "ToUserName": ""},
    {**TEXT, "CreateTime": "yesterday"},
    {**TEXT, "CreateTime": "-1"},
    {**TEXT, "CreateTime": "9" * 18},
    {**TEXT, "CreateTime": "1.5"},
    {**TEXT, "MsgType": ""},
    {**TEXT, "MsgId": "x"},
    {**TEXT, "MsgId": str(2**64)},
    {**TEXT, "MsgType": "location", "Location_X": "nan", "Location_Y": "1"},
    {**TEXT, "MsgType": "location", "Location_X": "1e999", "Location_Y": "1"},
    {**TEXT, "MsgType": "location", "Location_X": "here", "Location_Y": "1"},
    {**TEXT, "MsgType": "location"},
    {name: value for name, value in TEXT.items() if name != "Content"},
    {**TEXT, "MsgType": "event"},
    {**EVENT, "Event": "CLICK"},
    {**EVENT, "Event": "SCAN"},
    {**EVENT, "Event": "TEMPLATESENDJOBFINISH", "Status": "success"},
    {**EVENT, "Event": "TEMPLATESENDJOBFINISH", "MsgID": "1"},
    {**EVENT, "Event": "TEMPLATESENDJOBFINISH", "MsgID": str(2**63), "Status": "success"},
    {**EVENT, "Event": "MASSSENDJOBFINISH", "MsgID": "1", "Status": "x", "TotalCount": "many"},
]


@all_forms
@pytest.mark.parametrize("fields", NONSENSE)
def test_fields_that_make_no_sense_are_malformed(fields, form):
    with pytest.raises(errors.Malformed):
        read(PLAIN, fields, form)


def test_the_original_id_counts_only_when_it_is_set():
    ours = replace(PLAIN, original_id="gh_0123456789ab")
    assert read(ours, TEXT).to == "gh_0123456789ab"
    with pytest.raises(errors.Malformed):
        read(ours, {**TEXT, "ToUserName": "gh_of_another"})


def test_a_frame_for_another_app_is_malformed():
    query, body = pushes.push(
        replace(SECURE, app_id="wxother"), pushes.body(TEXT, Format.XML), Format.XML
    )
    with pytest.raises(errors.Malformed):
        wire.Wire(SECURE).read(query, body, now=NOW)


@given(
    body=st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: f"<xml>{text}</xml>".encode("utf-8", "replace")),
    query=st.dictionaries(
        st.sampled_from(["signature", "msg_signature", "timestamp", "nonce"]), st.text(max_size=50)
    ),
)
def test_arbitrary_bytes_raise_nothing_but_the_two_refusals(body, query):
    for account in ACCOUNTS.values():
        with pytest.raises(errors.NotOurs):
            wire.Wire(account).read(query, body, now=NOW)
        with pytest.raises(errors.NotOurs):
            wire.Wire(account).prove(query | {"echostr": "1"}, now=NOW)
        signed, pushed = pushes.push(account, body, Format.XML)
        with pytest.raises(errors.Malformed):
            wire.Wire(account).read(signed, pushed, now=NOW)


_leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_names = st.sampled_from(
    [*TEXT, "Event", "EventKey", "MsgID", "Status", "List", "Location_X", "Location_Y"]
)
_kinds = st.sampled_from([*(f["MsgType"] for f, _ in WHATS.values()), "event"])
_events = st.sampled_from([f["Event"] for f, _ in EVENTS.values()] + ["subscribe_msg_popup_event"])


@given(
    st.fixed_dictionaries(
        {"MsgType": _kinds, "Event": _events},
        optional={"FromUserName": st.just("o1"), "ToUserName": st.just("g1"), "CreateTime": st.integers(0, 2**40)},
    ),
    st.dictionaries(_names, st.recursive(_leaf, lambda inner: st.lists(inner) | st.dictionaries(_names, inner), max_leaves=6)),
)  # fmt: skip
def test_well_formed_nonsense_is_read_or_malformed_and_nothing_else(sound, wild):
    body = json.dumps({**wild, **sound}).encode()
    try:
        said = wire.Wire(PLAIN).read(pushes.query(PLAIN), body, now=NOW).inbound
    except errors.Malformed:
        return
    assert len(said.key) == 16


def test_an_answer_to_a_subscription_written_twice_is_malformed():
    # Found by tests/fuzz: the status was a list.
    status = "<SubscribeStatusString>accept</SubscribeStatusString>"
    body = (
        f"<xml><ToUserName>gh_0</ToUserName><FromUserName>oA</FromUserName><MsgType>event</MsgType>"
        f"<CreateTime>{pushes.SECONDS}</CreateTime><Event>subscribe_msg_popup_event</Event>"
        f"<List><TemplateId>t</TemplateId>{status}{status}</List></xml>"
    )
    with pytest.raises(errors.Malformed):
        wire.Wire(PLAIN).read(pushes.query(PLAIN), body.encode(), now=NOW)
