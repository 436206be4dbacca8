"""What every channel must do: accepted, refused, limited, in doubt, repeated, answered with rubbish."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
import pytest

from bot.channels.base import Recalling, Traceable
from bot.core.outcome import Kind
from bot.sandbox.options import DEFAULTS
from tests.channels.kit.ways import HERS, KEY, MEMBERS, WAYS


def kinds(outcomes) -> set[Kind]:
    return {one.kind for one in outcomes}


def copies(platform, way) -> set[int]:
    """How many copies each of the good ones has; one number when all is even."""
    return {way.reached(platform, who) for who in way.good}


def strike(platform, way, **rule: Any) -> None:
    platform.control("faults", endpoint=way.path, **rule)


def test_the_kit_knows_every_channel_that_settings_can_open(channels):
    assert set(channels.sending) == set(WAYS)


async def test_what_is_accepted_reaches_each_once(platform, way, send):
    outcomes = await send()
    assert kinds(outcomes) == {Kind.OK}
    assert copies(platform, way) == {1}
    named = {one.msgid is not None for one in outcomes}
    assert named == {way.name not in ("custom", "robot")}


async def test_whom_the_platform_does_not_reach_is_refused(platform, way, send):
    outcomes = await send(way.strangers)
    assert kinds(outcomes) == {Kind.REFUSED}
    assert {way.reached(platform, who) for who in way.strangers} == {0}


async def test_nobody_too_few_and_too_many_are_no_call_at_all(platform, channels, way, send):
    limits = channels.sending[way.name].limits
    for count in {0, limits.least.value - 1, limits.people.value + 1}:
        with pytest.raises(ValueError, match=rf"^a call has {count} recipients instead of \d"):
            await send(("oSecret",) * count)
    assert (
        platform.see(f"ledger?endpoint={way.path}")["entries"]
        == platform.see(f"ledger?endpoint={way.path}&accepted=1")["entries"]
    )


async def test_as_many_as_stated_are_taken_in_one_call(platform, channels, way, send):
    most = channels.sending[way.name].limits.people.value
    if most == 1:
        return
    platform.control("switches", any_openid=True, any_userid=True, outcomes=False)
    everybody = tuple(f"o{number:027}" for number in range(most))
    assert kinds(await send(everybody)) == {Kind.OK}
    [entry] = platform.see(f"ledger?endpoint={way.path}&accepted=1")["entries"]
    assert entry["people"] == most


async def test_a_text_too_long_is_the_texts_fault_and_nobody_gets_it(platform, way, send):
    assert kinds(await send(message=way.long)) == {Kind.TEXT}
    assert copies(platform, way) == {0}


async def test_too_much_in_a_minute_is_for_later(platform, way, send):
    if way.crowd is None:
        strike(platform, way, code=45009 if way.name == "wecom_app" else 45011)
    else:
        way.crowd(platform)
    before = copies(platform, way)
    assert kinds(await send()) == {Kind.PACE}
    assert copies(platform, way) == before


async def test_a_day_used_up_is_told_from_a_refusal(platform, way, send):
    if way.spend is None:
        return
    way.spend(platform)
    assert kinds(await send()) == {way.spent}
    assert copies(platform, way) == {0}


@pytest.mark.parametrize("how", ["revoke", "expire"])
async def test_a_spoilt_token_costs_one_call_and_no_copy(platform, way, send, how):
    await send(key="before")
    platform.control("tokens", how=how)
    assert kinds(await send(key="after")) == {Kind.OK}
    assert copies(platform, way) == {2}
    made = platform.see(f"ledger?endpoint={way.path}")["entries"]
    assert len(made) == (3 if way.has_token else 2)


async def doubted(platform, channels, way, send, *, taken: int) -> None:
    """The fault that is set strikes this call, and a repeat of it: `taken` says whether the platform had it."""
    before = copies(platform, way).pop()
    key = f"n12.{before}"
    assert kinds(await send(key=key)) == {Kind.UNCLEAR}
    assert copies(platform, way) == {before + taken}
    known = channels.sending[way.name].limits.repeat_s is not None
    assert kinds(await send(key=key)) <= {Kind.OK, Kind.DUPLICATE}
    assert copies(platform, way) == {before + (1 if known else taken + 1)}


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        ({"drop": True}, 1),
        ({"drop": True, "effect": False}, 0),
        ({"http": 500, "effect": True}, 1),
        ({"http": 502}, 0),
        ({"code": -1, "effect": True}, 1),
        ({"code": -1}, 0),
    ],
    ids=str,
)
async def test_in_doubt_is_said_and_a_repeat_is_single_where_it_can_be(
    platform, channels, way, send, *, fault, taken
):
    strike(platform, way, next=1, **fault)
    await doubted(platform, channels, way, send, taken=taken)


async def test_an_answer_that_does_not_come_in_time_leaves_doubt(platform, channels, way, send):
    channels._http._timeout = aiohttp.ClientTimeout(total=0.4)
    strike(platform, way, next=1, hang=True)
    await doubted(platform, channels, way, send, taken=1)


async def test_rubbish_for_an_answer_leaves_doubt(platform, channels, way, send):
    for kind in ("html", "truncated", "empty", "charset"):
        way.ready(platform)  # windows and consents are not what is tried here
        strike(platform, way, next=1, garbage=kind)
        await doubted(platform, channels, way, send, taken=1)


async def test_a_repeat_is_recognised_as_long_as_stated(platform, channels, way, send):
    lasts = channels.sending[way.name].limits.repeat_s
    first = await send()
    again = await send()
    if lasts is None:
        assert copies(platform, way) == {2}
        return
    platform.control("clock", advance_ms=(lasts.value - 1) * 1000)
    again += await send()
    assert kinds(again) <= {Kind.OK, Kind.DUPLICATE}
    assert {one.msgid for one in again} == {first[0].msgid}
    assert copies(platform, way) == {1}
    platform.control("clock", advance_ms=24 * 3600 * 1000)
    assert kinds(await send()) == {Kind.OK}
    assert copies(platform, way) == {2}


async def test_the_same_words_under_another_id_are_another_message(platform, way, send):
    await send(key="n12.1")
    assert kinds(await send(key="n13.1")) == {Kind.OK}
    assert copies(platform, way) == {2}


async def test_of_several_some_may_be_refused(platform, way, send):
    if not way.partial:
        return
    outcomes = await send((*way.good, way.strangers[0]))
    assert tuple(one.kind for one in outcomes) == way.partial
    assert copies(platform, way) == {1}


async def test_a_code_for_a_call_is_the_outcome_of_each_in_it(platform, way, send):
    for code in (45009, 48001, 987654):
        strike(platform, way, code=code, next=1)
        outcomes = await send()
        assert {one.code for one in outcomes} == {code}
        assert len(kinds(outcomes)) == 1
        assert outcomes[0].kind not in (Kind.OK, Kind.DUPLICATE)
    assert copies(platform, way) == {0}


async def test_no_secret_and_no_recipient_is_seen_in_logs_and_outcomes(platform, way, send, caplog):
    caplog.set_level(logging.DEBUG)
    told = f"bad key={KEY} secret: '{DEFAULTS['app_secret']}' corpsecret={DEFAULTS['corp_secret']}"
    faults: list[dict[str, Any]] = [
        {"drop": True},
        {"http": 500},
        {"garbage": "html"},
        {"code": 40003, "errmsg": told},
    ]
    seen = [repr(await send())]
    for fault in faults:
        strike(platform, way, next=1, **fault)
        seen.append(repr(await send()))
    with pytest.raises(ValueError, match="recipients") as caught:
        await send((HERS[0], KEY) * 10_000)
    seen.append(repr(caught.value))
    seen += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    words = "".join(seen)
    hidden = (*HERS, *MEMBERS, KEY, DEFAULTS["app_secret"], DEFAULTS["corp_secret"])
    assert [one for one in hidden if one in words] == []
    assert platform.token() not in words
    assert any(record.name.startswith("bot.channels") for record in caplog.records)


def test_every_limit_says_where_it_was_read_and_when(channels, way):
    limits = channels.sending[way.name].limits
    for name in limits.__dataclass_fields__:
        each = getattr(limits, name)
        assert each is None or (each.value > 0 and each.source and each.read_on.year >= 2026), name
    assert limits.least.value <= limits.people.value


def test_what_can_be_taken_back_or_asked_for_says_so(channels, way):
    channel = channels.sending[way.name]
    assert isinstance(channel, Recalling) == (way.name in ("mass", "wecom_app"))
    assert isinstance(channel, Traceable) == (way.name == "mass")
