"""Every worked example of signature and encryption, with its own key and its own clock, byte for byte."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import errors
from bot.channels import crypt, fields, wire
from bot.channels.base import Account, Platform
from tests.conformance.conftest import crypto

VECTORS = crypto()
SEALED = [one for one in VECTORS if "encrypt" in one]
_each = pytest.mark.parametrize("one", VECTORS, ids=lambda one: one["id"])
_each_sealed = pytest.mark.parametrize("one", SEALED, ids=lambda one: one["id"])


def account(one: dict[str, Any]) -> Account:
    platform = Platform.WECOM if one["id"].startswith("work") else Platform.MP
    return Account(
        "it", platform, one.get("receive_id", ""), one["token"], one.get("encoding_aes_key"), None
    )


def when(one: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(one["timestamp"]), UTC)


def query(one: dict[str, Any]) -> dict[str, str]:
    names = ("signature", "msg_signature", "timestamp", "nonce", "echostr")
    return {name: one[name] for name in names if name in one}


@_each_sealed
def test_what_is_sealed_opens_and_seals_again_to_the_same_bytes(one, tried):
    frame = crypt.Frame(one["encoding_aes_key"], one["receive_id"])
    assert frame.open(one["encrypt"]) == one["plaintext"].encode()
    random = one["random"]
    raw = bytes.fromhex(random) if re.fullmatch("[0-9a-f]{32}", random) else random.encode()
    assert frame.seal_with(raw, one["plaintext"].encode()) == one["encrypt"]
    tried[f"crypto: opened and sealed again ({one['kind']})"] += 1


@_each
def test_its_signature_is_ours_and_a_changed_one_is_not(one, tried):
    if "signature" in one:
        assert crypt.sign(one["token"], one["timestamp"], one["nonce"]) == one["signature"]
    if "msg_signature" in one:
        parts = (one["token"], one["timestamp"], one["nonce"], one["encrypt"])
        assert crypt.sign(*parts) == one["msg_signature"]
        assert not crypt.signed(one["msg_signature"], *parts[:2], one["nonce"] + "1", parts[3])
    if "signature" in one or "msg_signature" in one:
        tried["crypto: signatures"] += 1


@pytest.mark.parametrize(
    "one", [v for v in VECTORS if v["kind"].startswith("url_verify")], ids=lambda one: one["id"]
)
def test_the_address_is_proven(one, tried):
    asked = query(one)
    asked.setdefault("echostr", one.get("encrypt", ""))
    proof = wire.Wire(account(one)).prove(asked, now=when(one))
    assert proof.decode() == one.get("plaintext", one.get("expect_reply"))
    with pytest.raises(errors.NotOurs):
        wire.Wire(account(one)).prove({**asked, "nonce": "1"}, now=when(one))
    tried["crypto: address proven"] += 1


@pytest.mark.parametrize(
    "one", [v for v in VECTORS if v["kind"].startswith("push_")], ids=lambda one: one["id"]
)
def test_the_push_is_read_through_the_whole_listener(one, tried):
    listener, inside = wire.Wire(account(one)), one.get("plaintext", one.get("body"))
    try:
        push = listener.read(query(one), one["body"].encode(), now=when(one))
    except errors.Malformed:
        # Proven and opened, but its text is no message: a form of a testing tool.
        assert "<URL>" in inside
        tried["crypto: pushes proven whose text is no message"] += 1
        return
    assert push.inbound.openid == fields.parse(inside.encode())[0]["FromUserName"]
    tried["crypto: pushes read"] += 1


@pytest.mark.parametrize("one", SEALED, ids=lambda one: one["id"])
def test_for_another_account_or_with_one_bit_changed_it_does_not_open(one, tried):
    other = crypt.Frame(one["encoding_aes_key"], one["receive_id"] + "x")
    with pytest.raises(errors.Malformed):
        other.open(one["encrypt"])
    raw = bytearray(base64.b64decode(one["encrypt"]))
    raw[-1] ^= 1
    with pytest.raises(errors.Malformed):
        crypt.Frame(one["encoding_aes_key"], one["receive_id"]).open(base64.b64encode(raw).decode())
    tried["crypto: refused when changed"] += 1


def test_the_envelope_of_an_answer_of_theirs_is_read(tried):
    for one in VECTORS:
        if not one["kind"].startswith("reply"):
            continue
        if "body" in one:
            assert fields.parse(one["body"].encode())[0]["Encrypt"] == one["encrypt"]
            tried["crypto: envelopes of replies read"] += 1
