"""The proof of the address, and what goes back: read again by code that is not ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.channels import typed, wire
from bot.channels.base import Account, Format, Platform
from bot.core import reply
from tests.channels import pushes
from tests.channels.pushes import (
    NOW,
    PLAIN,
    SECURE,
    TEXT,
    WECOM,
    all_accounts,
    all_forms,
)

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
