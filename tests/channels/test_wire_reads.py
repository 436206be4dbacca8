"""What the callback makes of every push the platforms document, in every mode and form."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.channels import wire
from bot.channels.base import Format
from bot.core import inbound
from tests.channels import pushes
from tests.channels.pushes import (
    EVENT,
    NOW,
    PLAIN,
    SECURE,
    TEXT,
    all_accounts,
    all_forms,
    read,
)


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
    "unknown event": ({"Event": "kf_create_session"}, inbound.Other("event", "kf_create_session")),
    "certification": ({"Event": "verify_expired"}, inbound.Certification("verify_expired")),
    "where she is": (
        {"Event": "LOCATION", "Latitude": "23.1", "Longitude": "113.3", "Precision": "1"},
        inbound.Whereabouts(23.1, 113.3, ""),
    ),
    "mini program": (
        {"Event": "view_miniprogram", "EventKey": "pages/a", "MenuId": "1"},
        inbound.View("pages/a"),
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


def test_keys_of_events_lie_in_the_order_of_their_time():
    times = [0, 9, 255, 256, 1714112445, 253402300799]
    keys = [read(PLAIN, {**EVENT, "Event": "CLICK", "EventKey": "A", "CreateTime": str(at)}).key for at in times]  # fmt: skip
    assert keys == sorted(keys)
    assert {len(key) for key in keys} == {16}
