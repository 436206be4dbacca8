"""Usual fields are taken apart without a parser; whatever the body, that is never seen."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import errors
from bot.channels import fields

_NAMES = st.sampled_from(["ToUserName", "Content", "MsgId", "item", "xml", "A1", "字"])
_WORDS = st.text(
    st.sampled_from("东山9 \n\r\t]>[<&\0\x0b\x1f\x7f\x85\xa0\u3000\ufeff\ufffe\U0001f44d")
)
_INSIDE = st.one_of(
    _WORDS.map(lambda words: f"<![CDATA[{words}]]>"),
    st.sampled_from(
        ["", "12", "012 ", "新", "&amp;", "<item>1</item>", "<![CDATA[a]]>1", "<!-- -->"]
    ),
)
_FIELD = st.builds(lambda name, inside: f"<{name}>{inside}</{name}>", _NAMES, _INSIDE)
_BETWEEN = st.sampled_from(["", "", "", "\n", " \t\r\n", "\u3000", "1", "<a/>"])
_BODY = st.lists(st.tuples(_FIELD, _BETWEEN), max_size=4).map(
    lambda some: "".join(field + after for field, after in some)
)


def _read(body: str) -> fields.Tree | str:
    try:
        return fields.parse(body.encode())[0]
    except errors.Malformed as error:
        return str(error)


@given(_BODY, _BETWEEN, _BETWEEN)
@example("<MsgId>1</MsgId><MsgId>2</MsgId>", "", "")
@example("<Content><![CDATA[a\r\nb]]></Content>", "", "")
@example("<Content><![CDATA[a]]></content>", "", "")
def test_a_usual_body_reads_as_one_that_has_to_be_parsed(inside: str, before: str, after: str):
    usual = f"{before}<xml>{inside}</xml>{after}"
    # A root with an attribute means the same and is none that the platform writes.
    assert _read(usual) == _read(usual.replace("<xml>", "<xml a='1'>", 1))


@pytest.mark.parametrize("raw", [b"\xff", b"\xed\xa0\x80", b"\xc0\xbc"])
def test_bytes_that_are_no_utf_8_are_refused(raw: bytes):
    with pytest.raises(errors.Malformed):
        fields.parse(b"<xml><Content><![CDATA[" + raw + b"]]></Content></xml>")
