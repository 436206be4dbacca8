"""A notice in one message becomes a draft, and its values are read or openly not understood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import intent, intents, notice, text
from bot.core.model import Level, Role
from bot.core.notice import Audience, Draft, Item, Receipt

FORM = """部署
标题：会改联推进
内容：各村周五前报数。
不会打字的请乡镇代报：谢谢
范围：星溪乡、石屯镇
对象：村主席、乡镇干事
截止：12月1日18点
回执：签收
发送时间：明早8点
紧急：否
联合：市委组织部"""


def draft(said: str) -> Draft:
    asked = intent.read(text.line(said), danger_words=())
    assert isinstance(asked, intents.NewBroadcast)
    return notice.read(asked.kind, asked.body)


def test_every_field_of_the_form_is_taken_as_written() -> None:
    assert draft(FORM) == Draft(
        kind="部署", title="会改联推进", content="各村周五前报数。\n不会打字的请乡镇代报：谢谢", scope="星溪乡、石屯镇",
        audience="村主席、乡镇干事", deadline="12月1日18点", receipt="签收", send_at="明早8点", urgent="否", joint="市委组织部",
    )  # fmt: skip


def test_the_form_may_be_on_one_line() -> None:
    got = draft("发通知 标题：推进会 内容：明天开会，请带材料 截止：12月1日 18:00 对象：全体")
    assert (got.title, got.content, got.deadline, got.audience) == (
        "推进会",
        "明天开会，请带材料",
        "12月1日 18:00",
        "全体",
    )


def test_half_width_colons_and_order_do_not_matter() -> None:
    got = draft("发通知\n对象: 群\n内容: 请转发\n标题: 学习")
    assert (got.title, got.content, got.audience) == ("学习", "请转发", "群")


def test_text_before_the_first_field_is_kept_apart_and_repeats_are_named() -> None:
    got = draft("发通知\n请各村注意\n标题：一\n标题：二")
    assert (got.loose, got.title, got.twice) == ("请各村注意", "一", ("标题",))


def test_a_free_sentence_is_content_without_fields() -> None:
    assert notice.read("通知", "各村周五前报") == Draft(kind="通知", loose="各村周五前报")


VC, TS = Item(Level.VILLAGE, Role.CHAIR), Item(Level.TOWNSHIP, Role.STAFF)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", Audience(everybody=True)),
        ("全体", Audience(everybody=True)),
        ("村主席", Audience((VC,))),
        ("村主席、乡镇干事", Audience((VC, TS))),
        ("村主席，村主席", Audience((VC,))),
        ("主席", Audience((Item(None, Role.CHAIR),))),
        ("副主席", Audience((Item(None, Role.DEPUTY),))),
        ("村", Audience((Item(Level.VILLAGE, None),))),
        ("村（社区）主席", Audience((VC,))),
        ("各村妇联主席", Audience((VC,))),
        ("縣幹事", Audience((Item(Level.COUNTY, Role.STAFF),))),
        ("群", Audience(groups=True)),
        ("全体、群", Audience(everybody=True, groups=True)),
        ("村主席、张三", Audience((VC,), unread=("张三",))),
        ("村长", Audience(unread=("村长",))),
    ],
)
def test_an_audience_is_items_everybody_or_groups(said: str, wanted: Audience) -> None:
    assert notice.audience(said) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("签收", Receipt.SIGN), ("知晓", Receipt.AWARE), ("回复", Receipt.REPLY), ("随便", None)],
)
def test_a_receipt_is_one_of_three_words(said: str, wanted: Receipt | None) -> None:
    assert notice.receipt(said) is wanted


def test_urgent_is_yes_no_or_not_understood() -> None:
    assert [notice.yes(s) for s in ("是", "否", "", "加急", "看情况")] == [
        True,
        False,
        False,
        True,
        None,
    ]


def test_scope_is_split_at_commas() -> None:
    assert notice.names("星溪乡、石屯镇，350725 ") == ("星溪乡", "石屯镇", "350725")
    assert notice.names("政和县、和平村") == ("政和县", "和平村")


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["标题：", "内容 ", "\n", "范围", "：", "x"]), max_size=9).map(
        "".join
    )
)
def test_any_text_is_a_draft(said: str) -> None:
    assert notice.read("通知", said).kind == "通知"
    notice.audience(said)
    notice.names(said)
