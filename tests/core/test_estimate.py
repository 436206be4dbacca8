"""How long a notice takes, said honestly: quotas count in days, and nine hundred thousand groups are many."""

from __future__ import annotations

from bot.core import estimate
from bot.core.estimate import DAY_S, Part


def template(calls: int, left: int | None, daily: int | None = 100_000) -> Part:
    return Part("template", calls, calls, -(-calls // 500), left, daily)


def test_what_the_day_allows_takes_as_long_as_our_pace():
    assert template(50_000, 100_000).seconds == 50
    assert template(50_000, None).seconds == 50
    assert template(0, 0).seconds == 0


def test_a_million_templates_take_ten_days_by_the_usual_quota():
    # A hundred thousand today, nine days more; the last of them is short.
    assert 8 * DAY_S < template(1_000_000, 100_000).seconds <= 9 * DAY_S + 200
    assert template(100_001, 100_000).seconds == DAY_S + 1


def test_a_million_by_mass_messages_take_minutes_of_calls():
    part = Part("mass", 1_000_000, 100, 100, 100, 100)
    assert part.seconds == 140, "sixty calls a minute"


def test_nine_hundred_thousand_groups():
    robots = Part("robot", 900_000, 900_000, 1800, None, None)
    assert robots.seconds == 5400, "a corp makes ten thousand calls a minute"
    owners = Part("relay", 900_000, 700_000, 1800, 100_000, 100_000)
    assert 6 * DAY_S <= owners.seconds < 7 * DAY_S
    assert estimate.seconds([robots, owners]) == owners.seconds, "side by side"
