"""The callback from the outside: every mode and form, every forged and every broken push."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.channels import typed, wire
from bot.channels.base import Account, Format, Platform
from bot.core import inbound, reply
from tests.channels import pushes
from tests.channels.pushes import EVENT, NOW, PLAIN, SECURE, TEXT, WECOM

ACCOUNTS = {"plain": PLAIN, "secure": SECURE, "wecom": WECOM}
all_accounts = pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS.keys())
all_forms = pytest.mark.parametrize("form", Format)


def read(account: Account, fields: dict[str, str], form: Format = Format.XML) -> inbound.Inbound:
    query, body = pushes.push(account, pushes.body(fields, form), form)
    return wire.Wire(account).read(query, body, now=NOW).inbound


# Proof of the address


def test_the_documented_verification_is_answered_with_its_echo():
    account = replace(PLAIN, token="AAAAA")
    query = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    now = datetime.fromtimestamp(1714036504, UTC)
    assert wire.Wire(account).prove(query, now=now) == b"4375120948345356249"
    assert wire.Wire(replace(SECURE, token="AAAAA")).prove(query, now=now) == b"4375120948345356249"
    with pytest.raises(errors.NotOurs):
        wire.Wire(PLAIN).prove(query, now=now)
    with pytest.raises(errors.NotOurs):
        wire.Wire(account).prove(query | {"echostr": "<script>alert(1)</script> "}, now=now)
    with pytest.raises(errors.NotOurs):
        wire.Wire(account).prove(query | {"echostr": "1" * 129}, now=now)


def test_the_documented_wecom_verification_is_answered_with_the_opened_echo():
    account = Account(
        "wecom",
        Platform.WECOM,
        "wx5823bf96d3bd56c7",
        "QDG6eK",
        "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
        None,
    )
    echo = (
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    )
    query = {
        "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
        "timestamp": "1409659589",
        "nonce": "263014780",
        "echostr": echo,
    }
    now = datetime.fromtimestamp(1409659589, UTC)
    assert wire.Wire(account).prove(query, now=now) == b"1616140317555161061"
    for wrong in ({"echostr": echo[:-8] + "AAAAAAA="}, {"echostr": ""}, {"nonce": "1"}):
        with pytest.raises(errors.NotOurs):
            wire.Wire(account).prove(query | wrong, now=now)
    with pytest.raises(errors.NotOurs):
        wire.Wire(replace(account, app_id="wx2")).prove(query, now=now)


# What is read


@all_accounts
@all_forms
def test_a_text_is_read_in_every_mode_and_form(account, form):
    said = read(account, TEXT, form)
    assert said == inbound.Inbound(
        account=account.name,
        openid=TEXT["FromUserName"],
        to=TEXT["ToUserName"],
        created_at=NOW,
        key=inbound.message_key(account.name, TEXT["MsgId"]),
        what=inbound.Text("东山村新增执委12名"),
    )


WHATS: dict[str, tuple[dict[str, str], inbound.What]] = {
    "voice": (
        {"MsgType": "voice", "MediaId": "m", "Format": "amr", "Recognition": "新增十二名。"},
        inbound.Voice("新增十二名。", "m"),
    ),
    "voice unheard": ({"MsgType": "voice", "MediaId": "m"}, inbound.Voice(None, "m")),
    "voice heard as nothing": (
        {"MsgType": "voice", "MediaId": "m", "Recognition": ""},
        inbound.Voice(None, "m"),
    ),
    "image": ({"MsgType": "image", "PicUrl": "u", "MediaId": "m"}, inbound.Image("u", "m")),
    "video": ({"MsgType": "video", "MediaId": "m", "ThumbMediaId": "t"}, inbound.Video("m")),
    "shortvideo": ({"MsgType": "shortvideo", "MediaId": "m"}, inbound.ShortVideo("m")),
    "location": (
        {"MsgType": "location", "Location_X": "27.36", "Location_Y": "118.85", "Label": "政和"},
        inbound.Location(27.36, 118.85, "政和"),
    ),
    "link": (
        {"MsgType": "link", "Title": "t", "Description": "d", "Url": "u"},
        inbound.Link("t", "d", "u"),
    ),
    "unknown type": ({"MsgType": "Hardware"}, inbound.Other("hardware", "")),
}
EVENTS: dict[str, tuple[dict[str, str], inbound.What]] = {
    "subscribe": ({"Event": "subscribe"}, inbound.Subscribe(None)),
    "subscribe by our code": (
        {"Event": "subscribe", "EventKey": "qrscene_K7M2QX", "Ticket": "t"},
        inbound.Subscribe("K7M2QX"),
    ),
    "subscribe after a payment": (
        {"Event": "subscribe", "EventKey": "last_trade_no_4008"},
        inbound.Subscribe(None),
    ),
    "unsubscribe": ({"Event": "unsubscribe", "EventKey": ""}, inbound.Unsubscribe()),
    "scan": ({"Event": "SCAN", "EventKey": "K7M2QX", "Ticket": "t"}, inbound.Scan("K7M2QX")),
    "click": ({"Event": "CLICK", "EventKey": "report"}, inbound.Click("report")),
    "view": ({"Event": "VIEW", "EventKey": "https://x.example"}, inbound.View("https://x.example")),
    "view of nothing": ({"Event": "VIEW"}, inbound.View("")),
    "template done": (
        {"Event": "TEMPLATESENDJOBFINISH", "MsgID": "9007199254740993", "Status": "success"},
        inbound.TemplateFinished(9007199254740993, "success"),
    ),
    "template failed, with a space": (
        {"Event": "TEMPLATESENDJOBFINISH", "MsgID": "1", "Status": "failed: system failed"},
        inbound.TemplateFinished(1, "failed:system failed"),
    ),
    "other case": (
        {"Event": "templateSendJobFinish", "MsgID": "1", "Status": "failed:user block"},
        inbound.TemplateFinished(1, "failed:user block"),
    ),
    "mass done": (
        {"Event": "MASSSENDJOBFINISH", "MsgID": "5", "Status": "send success", "TotalCount": "9",
         "FilterCount": "8", "SentCount": "7", "ErrorCount": "1"},
        inbound.MassFinished(5, "send success", 9, 8, 7, 1),
    ),
    "unknown event": ({"Event": "verify_expired"}, inbound.Other("event", "verify_expired")),
    "where she is": (
        {"Event": "LOCATION", "Latitude": "23.1", "Longitude": "113.3", "Precision": "1"},
        inbound.Other("event", "location"),
    ),
}  # fmt: skip


@all_forms
@pytest.mark.parametrize(
    ("fields", "what"),
    [({**TEXT, **f}, w) for f, w in WHATS.values()]
    + [({**EVENT, **f}, w) for f, w in EVENTS.values()],
    ids=[*WHATS, *EVENTS],
)
def test_everything_documented_is_read_as_what_it_is(fields, what, form):
    assert read(PLAIN, fields, form).what == what


POPUP = """<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>
<MsgType>event</MsgType><Event>subscribe_msg_{0}_event</Event><SubscribeMsg{1}Event>
<List><TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>
<List><TemplateId>T2</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List>
</SubscribeMsg{1}Event></xml>"""


@pytest.mark.parametrize("names", [("popup", "Popup"), ("change", "Popup"), ("change", "Change")])
def test_answers_to_subscriptions_are_read_under_either_container(names):
    push = wire.Wire(PLAIN).read(pushes.query(PLAIN), POPUP.format(*names).encode(), now=NOW)
    assert push.inbound.what == inbound.SubscribeAnswered((("T1", True), ("T2", False)))


@pytest.mark.parametrize("several", [True, False])
def test_in_json_one_subscription_is_an_object_and_several_are_a_list(several):
    item = {"TemplateId": "T1", "SubscribeStatusString": "accept"}
    items = [item, {**item, "TemplateId": "T2"}] if several else item
    fields = {
        **EVENT,
        "Event": "subscribe_msg_popup_event",
        "SubscribeMsgPopupEvent": {"List": items},
    }
    said = wire.Wire(PLAIN).read(pushes.query(PLAIN), json.dumps(fields).encode(), now=NOW).inbound
    expected = (("T1", True), ("T2", True))[: 2 if several else 1]
    assert said.what == inbound.SubscribeAnswered(expected)


def test_a_64_bit_number_in_json_keeps_its_last_digit():
    fields = {**TEXT, "MsgId": 2**64 - 1, "CreateTime": int(TEXT["CreateTime"])}
    said = wire.Wire(PLAIN).read(pushes.query(PLAIN), json.dumps(fields).encode(), now=NOW).inbound
    assert said.key == inbound.message_key("wechat", str(2**64 - 1))


def test_what_no_store_can_hold_is_dropped_from_words():
    fields = {**TEXT, "Content": "东山\u0000村\ud83d🌹\u0007\n好"}
    body = json.dumps(fields).encode()
    said = wire.Wire(PLAIN).read(pushes.query(PLAIN), body, now=NOW).inbound
    assert said.what == inbound.Text("东山村🌹\n好")


def test_a_repeat_has_the_same_key_and_another_push_another():
    keys = {
        read(PLAIN, {**TEXT, "MsgId": "1"}).key,
        read(PLAIN, {**TEXT, "MsgId": "2"}).key,
        read(replace(PLAIN, name="other"), {**TEXT, "MsgId": "1"}).key,
        read(PLAIN, {**EVENT, "Event": "subscribe"}).key,
        read(PLAIN, {**EVENT, "Event": "SCAN", "EventKey": "A"}).key,
        read(PLAIN, {**EVENT, "Event": "SCAN", "EventKey": "B"}).key,
        read(PLAIN, {**EVENT, "Event": "SCAN", "EventKey": "B", "CreateTime": "9"}).key,
        read(PLAIN, {**EVENT, "Event": "SCAN", "EventKey": "B", "FromUserName": "o2"}).key,
        *(
            read(
                PLAIN, {**EVENT, "Event": "TEMPLATESENDJOBFINISH", "MsgID": n, "Status": "success"}
            ).key
            for n in ("1", "2")
        ),
    }
    assert len(keys) == 10
    assert read(PLAIN, TEXT).key == read(SECURE, TEXT, Format.JSON).key


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
    for change in (body.replace(b"A", b"B"), body.replace(b"<Encrypt>", b"<Encrypt>AAAA")):
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


# What we answer

REPLIES = [
    reply.TextReply("记上了：东山村 会改联已完成，新增执委12名（上次0名）。"),
    reply.TextReply("a ]]> b ]]]]>> c <xml>&amp;</xml> \x01\x0b\ud800 结束\n第二行 🌹"),
    reply.TextReply("]]>"),
    reply.ImageReply("media-1"),
    reply.NewsReply("题", "述 ]]>", "https://p.example/?a=1&b=2", "https://u.example"),
    reply.TransferReply(None),
    reply.TransferReply("test1@test"),
]


def answered(account: Account, form: Format, said: reply.Reply) -> bytes:
    query, body = pushes.push(account, pushes.body(TEXT, form), form)
    listener = wire.Wire(account)
    return listener.write(listener.read(query, body, now=NOW), said, now=NOW)


def opened(account: Account, form: Format, answer: bytes) -> dict[str, object]:
    """What the platform makes of our answer, by other code than ours."""
    fields = _parsed(answer, form)
    if account.aes_key is None:
        return fields
    assert set(fields) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    sealed = str(fields["Encrypt"])
    parts = (account.token, str(fields["TimeStamp"]), str(fields["Nonce"]), sealed)
    assert fields["MsgSignature"] == pushes.sign(*parts)
    return _parsed(pushes.unseal(account, sealed).encode(), form)


def _parsed(answer: bytes, form: Format) -> dict[str, object]:
    if form is Format.JSON:
        found = json.loads(answer)
    else:
        found = xmltodict.parse(answer, strip_whitespace=False)["xml"]
    assert isinstance(found, dict)
    return found


@all_accounts
@all_forms
@pytest.mark.parametrize("said", REPLIES)
def test_an_answer_goes_back_in_the_form_of_the_push_and_can_be_read(account, form, said):
    fields = opened(account, form, answered(account, form, said))
    assert fields["ToUserName"] == TEXT["FromUserName"]
    assert fields["FromUserName"] == TEXT["ToUserName"]
    assert str(fields["CreateTime"]) == pushes.SECONDS
    match said:
        case reply.TextReply(text):
            assert fields["Content"] == re.sub("[\x01\x0b\ud800]", "", text)
        case reply.ImageReply(media_id):
            assert fields["Image"] == {"MediaId": media_id}
        case reply.NewsReply(title, description, pic_url, url):
            item = {"Title": title, "Description": description, "PicUrl": pic_url, "Url": url}
            assert fields["Articles"] == {"item": item}
        case reply.TransferReply(None):
            assert fields["MsgType"] == "transfer_customer_service"
            assert "TransInfo" not in fields
        case reply.TransferReply(agent):
            assert fields["TransInfo"] == {"KfAccount": agent}


@given(text=st.text(max_size=60))
def test_any_words_come_back_as_they_were_or_without_what_xml_cannot_hold(text):
    for account in (PLAIN, SECURE):
        for form in Format:
            answer = answered(account, form, reply.TextReply(text))
            clean = typed.UNWRITABLE.sub("", text)
            if not clean.strip():
                assert answer == b"success"
                continue
            content = str(opened(account, form, answer)["Content"])
            # An XML reader makes one newline of every carriage return.
            lines = clean.replace("\r\n", "\n").replace("\r", "\n")
            assert content in {clean, lines}


@all_accounts
@all_forms
@pytest.mark.parametrize("said", [reply.NoReply(), reply.TextReply(""), reply.TextReply(" \x01")])
def test_nothing_to_say_is_success_and_never_encrypted(account, form, said):
    assert answered(account, form, said) == b"success"


def test_two_encrypted_answers_to_one_push_differ_so_the_stored_one_counts():
    said = reply.TextReply("好的")
    assert answered(SECURE, Format.XML, said) != answered(SECURE, Format.XML, said)


def test_the_type_of_an_answer_is_read_off_its_bytes():
    said = reply.TextReply("好的")
    assert wire.content_type(answered(SECURE, Format.XML, said)).startswith("application/xml")
    assert wire.content_type(answered(PLAIN, Format.JSON, said)).startswith("application/json")
    assert wire.content_type(b"success").startswith("text/plain")


def test_an_account_that_cannot_prove_anything_is_named_at_start():
    for account in (replace(PLAIN, token=""), replace(WECOM, aes_key=None)):
        with pytest.raises(errors.Misconfigured):
            wire.Wire(account)


def test_no_secret_of_an_account_shows_in_its_words():
    assert SECURE.token not in repr(SECURE)
    assert pushes.KEY not in repr(SECURE)
