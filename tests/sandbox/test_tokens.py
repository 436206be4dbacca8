"""Access tokens: who gets one, how long it holds, and what a call without a good one is told."""

from __future__ import annotations

import pytest

from bot.sandbox import account, codes, options
from tests.sandbox.platform import APP_ID, HER, SECRET, fetch

GOOD = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}
HOUR = 3600 * 1000


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx0"}, 40013),
        ({"secret": "0"}, 40125),
    ],
)
def test_wrong_credentials_have_their_codes(platform, change, code):
    body = {**GOOD, **change}
    assert platform.api("stable_token", body, token="")["errcode"] == code
    query = "&".join(f"{name}={value}" for name, value in body.items())
    assert platform.api("token", token="", query=query)["errcode"] == code


def test_stable_token_gives_the_same_one_again(platform):
    first = platform.api("stable_token", GOOD, token="")
    assert set(first) == {"access_token", "expires_in"}
    assert 7190 <= first["expires_in"] <= 7200
    assert platform.token() == first["access_token"]


def test_plain_token_ends_the_one_before_but_not_the_stable_one(platform):
    stable = platform.token()
    query = f"grant_type=client_credential&appid={APP_ID}&secret={SECRET}"
    first = platform.api("token", token="", query=query)["access_token"]
    second = platform.api("token", token="", query=query)["access_token"]
    assert platform.api("getcallbackip", token=first)["errcode"] == 40001
    assert "ip_list" in platform.api("getcallbackip", token=second)
    assert "ip_list" in platform.api("getcallbackip", token=stable)


def test_a_call_without_a_good_token_is_told_which_it_is(platform):
    platform.meet(HER)
    body = {"touser": HER}
    token = platform.token()
    assert platform.api("message/template/send", body, token="")["errcode"] == 41001
    assert platform.api("message/template/send", body, token="no")["errcode"] == 40001
    platform.control("tokens", how="expire")
    assert platform.api("message/template/send", body, token=token)["errcode"] == 42001
    assert platform.token() != token
    platform.control("tokens", how="revoke")
    assert platform.api("message/template/send", body, token=token)["errcode"] == 40001


def test_moving_the_clock_does_not_end_a_token(platform):
    token = platform.token()
    platform.control("clock", advance_ms=30 * 24 * HOUR)
    assert "ip_list" in platform.api("getcallbackip", token=token)


def test_the_forced_one_kills_the_old_one_and_needs_30_seconds(platform):
    old = platform.token()
    new = platform.token(force_refresh=True)
    assert new != old
    assert platform.api("getcallbackip", token=old)["errcode"] == 40001
    body = {**GOOD, "force_refresh": True}
    assert platform.api("stable_token", body, token="")["errcode"] == 45011


def test_old_and_new_are_good_for_the_last_five_minutes():
    made = account.of(options.Options())
    old, _ = made.stable_token(0)
    assert made.stable_token(2 * HOUR - 301_000) == (old, 301)
    new, seconds = made.stable_token(2 * HOUR - 299_000)
    assert (new != old, seconds) == (True, 7200)
    made.check_token(old, 2 * HOUR - 1)
    made.check_token(new, 2 * HOUR - 1)
    with pytest.raises(codes.Refused) as refused:
        made.check_token(old, 2 * HOUR)
    assert refused.value.code == 42001


def test_it_can_be_forced_20_times_a_day():
    made = account.of(options.Options())
    for turn in range(20):
        made.forced_token(turn * 30_000)
    with pytest.raises(codes.Refused) as refused:
        made.forced_token(20 * 30_000)
    assert refused.value.code == 45009
    made.forced_token(24 * HOUR)


def test_an_unknown_path_is_an_invalid_url(platform):
    assert fetch(f"{platform.url}/cgi-bin/nothing/here").json()["errcode"] == 40066
