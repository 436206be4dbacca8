"""Control: clock, quotas, latency, target, tokens, switches, and starting over."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.sandbox import clock, crypto, quotas
from bot.sandbox import world as worlds
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import World

SHANGHAI = timezone(timedelta(hours=8))


def state(world: World) -> dict[str, Any]:
    """What the sandbox is set to."""
    return {
        "target": world.pusher.target,
        "mode": world.account.mode,
        "format": world.account.form,
        "app_id": world.account.app_id,
        "original_id": world.account.original_id,
        "templates": list(world.templates.known),
        "subscriptions": list(world.consents.known),
        "corp_id": world.corp.corp_id,
        "agent_id": world.corp.agent_id,
        "waiting": {"pushes": world.pusher.waiting(), "outcomes": world.outcomes.waiting()},
        "clock": _clock(world),
        "latency": _latency(world),
        "switches": _switches(world),
    }


def _clock(world: World) -> dict[str, Any]:
    now = world.now()
    local = datetime.fromtimestamp(now / 1000, SHANGHAI).isoformat(timespec="seconds")
    return {"now_ms": now, "now": local, "offset_ms": world.clock.offset_ms}


async def get_clock(world: World, given: Given) -> Any:
    """?unlike=offset_ms&wait_ms=0: the sandbox clock; waits until its offset is another one, for those who follow it."""
    ends = clock.real_ms() + min(given.number("wait_ms", 0), 30_000)
    # It is moved by hand, a few times a day: an event for each who waits would not be worth it.
    while world.clock.offset_ms == given.number("unlike", -1) and clock.real_ms() < ends:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    return _clock(world)


async def set_clock(world: World, given: Given) -> Any:
    """{offset_ms} | {set: ISO 8601 or epoch ms} | {advance_ms}: move the clock; a time without zone is Shanghai's."""
    if given.has("offset_ms"):
        world.clock.offset_ms = given.number("offset_ms")
    elif given.has("advance_ms"):
        world.clock.offset_ms += given.number("advance_ms")
    elif given.has("set"):
        world.clock.set_ms(_moment(given.text("set")))
    else:
        raise BadRequest("offset_ms, advance_ms or set is missing")
    world.journal.write("clock", offset_ms=world.clock.offset_ms)
    return _clock(world)


def _moment(text: str) -> int:
    if text.isdigit():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest("set must be ISO 8601 or epoch milliseconds") from error
    return round((moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).timestamp() * 1000)


async def set_website(world: World, given: Given) -> Any:
    """{autoreplies?: …, selfmenu?: …}: what the keeper set up on the website, as its two addresses shall tell it."""
    names = ("autoreplies", "selfmenu")
    has = {name: given.values[name] for name in names if given.has(name)}
    if not has or not all(isinstance(each, dict) for each in has.values()):
        raise BadRequest("autoreplies or selfmenu must be an object")
    world.website |= has
    world.journal.write(worlds.WEBSITE, has=world.website)
    return world.website


async def get_quota(world: World, given: Given) -> Any:
    """Daily limits and today's use."""
    today = clock.day_of(world.now()) == world.quotas.day
    return {"limits": world.quotas.limits, "used": world.quotas.used if today else {}}


async def set_quota(world: World, given: Given) -> Any:
    """{endpoint, limit?, used?}: change one endpoint's daily limit or today's use; the endpoint by its ending."""
    ending = given.text("endpoint")
    paths = [path for path in quotas.DAILY if path.endswith(ending)]
    if not paths:
        raise BadRequest(f"no endpoint with a quota ends in {ending}")
    for path in paths:
        if given.has("limit"):
            world.quotas.limits[path] = given.number("limit")
        if given.has("used"):
            world.quotas.set_used(path, given.number("used"), world.now())
    return await get_quota(world, given)


def _latency(world: World) -> dict[str, Any]:
    timing = world.pusher.timing
    return {
        "answer_ms": world.latency_ms,
        "outcome_ms": world.outcomes.delay_ms,
        "outcome_before_answer": world.outcomes.before_answer,
        "push_timeout_ms": timing.timeout_ms,
        "push_retries": timing.retries,
        "push_retry_ms": timing.retry_ms,
    }


async def set_latency(world: World, given: Given) -> Any:
    """{answer_ms, outcome_ms, outcome_before_answer, push_timeout_ms, push_retries, push_retry_ms}: any of them."""
    now = _latency(world)
    timing = world.pusher.timing
    world.latency_ms = given.number("answer_ms", now["answer_ms"])
    world.outcomes.delay_ms = given.number("outcome_ms", now["outcome_ms"])
    world.outcomes.before_answer = given.flag(
        "outcome_before_answer", fallback=now["outcome_before_answer"]
    )
    timing.timeout_ms = given.number("push_timeout_ms", timing.timeout_ms)
    timing.retries = given.number("push_retries", timing.retries)
    timing.retry_ms = given.number("push_retry_ms", timing.retry_ms)
    return _latency(world)


def _switches(world: World) -> dict[str, bool]:
    return {
        "any_robot_key": world.groups.anykey,
        "any_openid": world.people.anyone,
        "any_userid": world.corp.anyone,
        "mass": world.jobs.allowed,
        "outcomes": world.outcomes.enabled,
    }


async def set_switches(world: World, given: Given) -> Any:
    """{any_robot_key, any_openid, any_userid, mass, outcomes}: outcomes=false sends no reports, mass=false answers 48001."""
    now = _switches(world)
    world.groups.anykey = given.flag("any_robot_key", fallback=now["any_robot_key"])
    world.people.anyone = given.flag("any_openid", fallback=now["any_openid"])
    world.corp.anyone = given.flag("any_userid", fallback=now["any_userid"])
    world.jobs.allowed = given.flag("mass", fallback=now["mass"])
    world.outcomes.enabled = given.flag("outcomes", fallback=now["outcomes"])
    return _switches(world)


async def set_target(world: World, given: Given) -> Any:
    """{url}: where pushes go; empty for nowhere. A bare host gets the path /wechat."""
    world.pusher.target = worlds.target_url(given.text("url"))
    return {"target": world.pusher.target}


async def verify(world: World, given: Given) -> Any:
    """Check the target's address as WeChat does when it is entered (GET with echostr)."""
    stamp, nonce, echo = str(clock.real_ms() // 1000), secrets.token_hex(4), secrets.token_hex(8)
    signed = crypto.signature(world.account.token, stamp, nonce)
    query = {"signature": signed, "timestamp": stamp, "nonce": nonce, "echostr": echo}
    status, text = await world.pusher.get(query)
    return {"ok": status == 200 and text == echo, "status": status, "raw": text}


async def spoil_tokens(world: World, given: Given) -> Any:
    """{how: revoke | expire}: all access tokens become invalid (40001; WeCom's 40014) or run out (42001)."""
    how = given.text("how")
    if how not in ("revoke", "expire"):
        raise BadRequest("how is revoke or expire")
    world.account.revoke(clock.real_ms(), expire=how == "expire")
    world.corp.revoke(clock.real_ms(), expire=how == "expire")
    return {}


async def settle(world: World, given: Given) -> Any:
    """{timeout_ms=10000}: wait until no push and no outcome is under way; answers what still waits."""
    ends = clock.real_ms() + given.number("timeout_ms", 10_000)
    # Two queues at once, for tests only: an event in each would not be worth it.
    while world.pusher.waiting() + world.outcomes.waiting() and clock.real_ms() < ends:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    return {"pushes": world.pusher.waiting(), "outcomes": world.outcomes.waiting()}


async def reset(world: World, given: Given) -> Any:
    """Start over: forgets everything except the credentials and the target."""
    world.restart()
    return {}


TABLE = [
    ("GET", "/control/clock", get_clock),
    ("POST", "/control/clock", set_clock),
    ("POST", "/control/website", set_website),
    ("GET", "/control/quota", get_quota),
    ("POST", "/control/quota", set_quota),
    ("POST", "/control/latency", set_latency),
    ("POST", "/control/switches", set_switches),
    ("POST", "/control/target", set_target),
    ("POST", "/control/verify", verify),
    ("POST", "/control/tokens", spoil_tokens),
    ("POST", "/control/settle", settle),
    ("POST", "/control/reset", reset),
]
