"""Signature and AES frame, against values published by Tencent and by other libraries' tests."""

from __future__ import annotations

import base64

import pytest
from wechatpy.crypto import WeChatCrypto

from bot.sandbox import crypto

# developers.weixin.qq.com, "message push": the worked example in secure mode, JSON.
DOC = crypto.Sealer("A" * 43, "wxba5fad812f8e6fb9")
DOC_SALT = b"a8eedb185eb2fecf"
DOC_PLAIN = (
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY",'
    '"CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)
DOC_SEALED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F"
    "n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
    "OBrebufAlr7F9mFUPAJGj04="
)


def test_the_signatures_of_the_published_example():
    assert (
        crypto.signature("AAAAA", "1714036504", "1514711492")
        == "f464b24fc39322e44b38aa78f5edd27bd1441696"
    )
    assert (
        crypto.signature("AAAAA", "1714112445", "415670741", DOC_SEALED)
        == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    )


def test_the_published_example_seals_to_the_same_bytes():
    assert DOC.encrypt(DOC_PLAIN, salt=DOC_SALT) == DOC_SEALED


def test_the_published_example_opens():
    assert DOC.decrypt(DOC_SEALED) == DOC_PLAIN


def test_another_library_s_chinese_example_seals_to_the_same_bytes():
    # Wechat-Group/WxJava, WxCryptUtilTest
    sealer = crypto.Sealer("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6")
    sealed = (
        "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    )
    assert sealer.encrypt("我是中文abcd123", salt=b"aaaabbbbccccdddd") == sealed


@pytest.mark.parametrize("length", range(70))
def test_every_length_is_a_multiple_of_32_bytes_and_comes_back(length):
    text = "字" * length
    sealed = DOC.encrypt(text)
    assert len(base64.b64decode(sealed)) % 32 == 0
    assert DOC.decrypt(sealed) == text


def test_wechatpy_opens_what_it_seals():
    sealed = DOC.encrypt("<xml><a>好</a></xml>")
    stamp, nonce = "1714112445", "415670741"
    signed = crypto.signature("AAAAA", stamp, nonce, sealed)
    body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    theirs = WeChatCrypto("AAAAA", "A" * 43, "wxba5fad812f8e6fb9")
    assert theirs.decrypt_message(body, signed, stamp, nonce) == "<xml><a>好</a></xml>"


@pytest.mark.parametrize(
    "spoiled",
    [
        "",
        "not base64!",
        base64.b64encode(b"x" * 48).decode(),  # not a multiple of 32
        base64.b64encode(b"x" * 64).decode(),  # padding cannot be right
        DOC_SEALED[:-44] + "A" * 43 + "=",
        crypto.Sealer("A" * 43, "wx_another_account").encrypt(DOC_PLAIN),
        crypto.Sealer("B" * 42 + "A", "wxba5fad812f8e6fb9").encrypt(DOC_PLAIN),
    ],
)
def test_a_frame_that_is_not_genuine_is_refused(spoiled):
    with pytest.raises(crypto.BadFrame):
        DOC.decrypt(spoiled)
