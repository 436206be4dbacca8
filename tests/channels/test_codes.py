"""The table of codes: every class used, every documented code known, the traps between platforms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import errors
from bot.channels import codes
from bot.channels.base import Platform
from bot.core.outcome import Kind


def test_every_class_is_used_by_some_table():
    used = {kind for table in codes.TABLES.values() for kind in table.values()}
    assert used == set(Kind)


def test_every_platform_has_a_table_and_knows_zero_and_busy():
    assert set(codes.TABLES) == set(Platform)
    for platform in Platform:
        assert codes.classify(platform, 0, "ok") is Kind.OK
        # Busy is not "not sent": the platform may have taken it all the same.
        assert codes.classify(platform, -1, "system error") is Kind.UNCLEAR


@pytest.mark.parametrize(
    ("code", "mp", "wecom"),
    [
        (48002, Kind.REFUSED, Kind.SETUP),  # this follower wants nothing; this API is not allowed
        (40001, Kind.TOKEN, Kind.SETUP),
        (45009, Kind.QUOTA, Kind.PACE),  # a day's; a minute's
        (45033, Kind.SETUP, Kind.AGAIN),  # cards; too many calls at once
        (40003, Kind.REFUSED, Kind.REFUSED),
        (45065, Kind.DUPLICATE, Kind.UNCLEAR),
    ],
)
def test_one_number_may_mean_two_things(code, mp, wecom):
    assert codes.classify(Platform.MP, code, "") is mp
    assert codes.classify(Platform.WECOM, code, "") is wecom


@pytest.mark.parametrize(
    ("errmsg", "kind"),
    [
        ("invalid webhook url, hint: [1], from ip: 1.2.3.4", Kind.REFUSED),
        ("Invalid Webhook URL", Kind.REFUSED),
        ("Invalid input : content exceed max length. invalid Request Parameter", Kind.TEXT),
        ("", Kind.TEXT),
    ],
)
def test_93000_is_a_dead_key_or_a_long_text_and_the_words_decide(errmsg, kind):
    assert codes.classify(Platform.ROBOT, 93000, errmsg) is kind


def test_a_dead_robot_never_stops_the_channel():
    assert codes.classify(Platform.ROBOT, 93000, "invalid webhook url") is not Kind.SETUP


def test_an_unknown_code_is_neither_delivered_nor_failed():
    for platform in Platform:
        assert codes.classify(platform, 987654, "who knows") is Kind.UNCLEAR


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.OK, Kind.DUPLICATE}])
def test_every_failure_of_a_query_has_an_error_of_ours(kind):
    error = codes.as_error(kind, "45009 reach max api daily quota limit", 45009)
    assert isinstance(error, errors.YihuError)
    assert "45009" in str(error)
    if isinstance(error, errors.TryLater):
        assert error.at > datetime.now(UTC)
