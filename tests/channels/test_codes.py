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


# Every code of the vendors' pages on sending, tokens, quotas and callbacks that a call of ours may meet.
DOCUMENTED = {
    Platform.MP: {
        -1, 0, 9500002, 46004, 47001, 47003, 48001, 48002, 48003, 48004, 48006, 48008, 50001, 50002, 50005,
        *range(40001, 40014), 40014, 40031, 40032, 40033, 40035, 40036, 40037, 40039, 40125, 40130, 40164, 40165,
        40201, 40202, 40203, 41001, 41002, 41004, 41030, 42001, *range(43001, 43005), 43019, 43101, 43116,
        *range(44001, 44005), *range(45001, 45010), 45011, 45015, 45028, 45029, 45033, 45047, *range(45056, 45060),
        45065, 45066, 45067, 45083, 45084, 45157, 45158, 45159, 61003, 61004, 61007, 61023, *range(65301, 65318),
        *range(89501, 89508), 200011, 200012, 200014,
    },
    Platform.WECOM: {
        -1, 0, 6000, 40001, 40003, 40007, 40008, 40013, 40014, 40031, 40032, 40035, 40056, 40058, 40063, 40091,
        40096, 41001, 41002, 41004, 42001, 44004, 45002, 45009, 45024, 45033, 46004, 48002, 48004, 50002, 50003,
        60011, 60020, 60111, 81013, 82001, 82002, 82003, 84061, *range(86001, 86009), *range(86216, 86221), 301002,
    },
    Platform.ROBOT: {-1, 0, 6000, 40008, 40058, 40063, 44004, 45002, 45009, 45033, 60020, 93000},
}  # fmt: skip


@pytest.mark.parametrize("platform", Platform)
def test_no_documented_code_is_missing(platform):
    assert DOCUMENTED[platform] - set(codes.TABLES[platform]) == set()


def test_no_documented_end_of_a_mass_message_is_missing():
    numbers = {10001, 20001, 20002, 20004, 20006, 20008, 20013, 21000, 22000}
    assert set(codes.MASS) == numbers | {30001, 30002, 30003, 40001, 40002}


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
