"""Signature and frame, against the platforms' own worked examples and against every broken frame."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.channels import crypt
from tests.channels import pushes

DOC_KEY = "A" * 43
DOC_APP = "wxba5fad812f8e6fb9"
# developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
DOC_PUSH = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVza"
    "zhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwK"
    "SqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
DOC_REPLY = (
    "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
)


def test_the_documented_push_opens_to_the_documented_text():
    opened = crypt.Frame(DOC_KEY, DOC_APP).open(DOC_PUSH)
    assert len(opened) == 167
    assert opened.startswith(b'{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC')
    assert crypt.signed(
        "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", "AAAAA", "1714112445", "415670741", DOC_PUSH
    )


def test_the_documented_reply_is_made_byte_for_byte():
    frame = crypt.Frame(DOC_KEY, DOC_APP)
    assert frame.seal_with(b"707722b803182950", b'{"demo_resp":"good luck"}') == DOC_REPLY
    assert crypt.sign("AAAAA", "1713424427", "415670741", DOC_REPLY) == (
        "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
    )


@given(st.binary(max_size=300))
def test_what_we_seal_the_other_side_opens_and_back(text):
    frame = crypt.Frame(pushes.KEY, pushes.SECURE.app_id)
    assert frame.open(frame.seal(text)) == text
    assert frame.open(pushes.seal(pushes.SECURE, text)) == text


def test_two_seals_of_one_text_differ():
    frame = crypt.Frame(pushes.KEY, "wx1")
    assert frame.seal(b"same") != frame.seal(b"same")


def _raw(frame: bytes) -> str:
    key = base64.b64decode(pushes.KEY + "=")
    cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(cipher.update(frame) + cipher.finalize()).decode()


def _frame(
    text: bytes, *, length: int | None = None, app: bytes = b"wx1", pad: bytes | None = None
) -> str:
    size = len(text) if length is None else length
    inner = b"r" * 16 + size.to_bytes(4, "big") + text + app
    count = 32 - len(inner) % 32
    return _raw(inner + (bytes([count]) * count if pad is None else pad))


def _pad(text: bytes) -> int:
    return 32 - (20 + len(text) + 3) % 32


TEXT = b"<xml>hello</xml>"
N = _pad(TEXT)
BROKEN = {
    "empty": "",
    "not base64": "%%%%",
    "not ascii": "密文",
    "base64 with rubbish between": DOC_REPLY[:10] + "\n" + DOC_REPLY[10:],
    "sixteen bytes": base64.b64encode(b"x" * 16).decode(),
    "a multiple of 16 but not of 32": base64.b64encode(b"x" * 48).decode(),
    "padding of zero": _frame(TEXT, pad=bytes([N]) * (N - 1) + b"\0"),
    "padding longer than a block": _frame(TEXT, pad=bytes([N]) * (N - 1) + b"\x21"),
    "padding longer than the frame": _raw(b"\xff" * 32),
    "one padding byte off": _frame(TEXT, pad=bytes([N ^ 1]) + bytes([N]) * (N - 1)),
    "the whole frame is padding": _raw(b"\x20" * 32),
    "no room for a length": _raw(b"r" * 15 + b"\x11" * 17),
    "length beyond the end": _frame(TEXT, length=len(TEXT) + 100),
    "length of four gigabytes": _frame(TEXT, length=2**32 - 1),
    "length one too long": _frame(TEXT, length=len(TEXT) + 1),
    "another app id": _frame(TEXT, app=b"wx2"),
    "no app id": _frame(TEXT, app=b""),
}


@pytest.mark.parametrize("sealed", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_frame_is_malformed(sealed):
    with pytest.raises(errors.Malformed):
        crypt.Frame(pushes.KEY, "wx1").open(sealed)


def test_the_frame_of_these_tests_opens_when_nothing_is_broken():
    assert crypt.Frame(pushes.KEY, "wx1").open(_frame(TEXT)) == TEXT


@pytest.mark.parametrize("key", ["", "short", "A" * 42, "A" * 44, "密" * 43, "!" * 43])
def test_a_key_that_cannot_be_one_is_named_at_start(key):
    with pytest.raises(errors.Misconfigured):
        crypt.Frame(key, "wx1")


@pytest.mark.parametrize("signature", ["", "f" * 40, "F464B24F", "签名", "f464b24f" * 5, "\ud800"])
def test_a_wrong_signature_of_any_shape_is_just_wrong(signature):
    assert not crypt.signed(signature, "AAAAA", "1714036504", "1514711492")
