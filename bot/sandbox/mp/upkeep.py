"""Upkeep of an account: quotas, push addresses, network check, and what this account may not do."""

from __future__ import annotations

from typing import Any

from bot.sandbox import codes
from bot.sandbox.gate import OK, Call, Endpoint
from bot.sandbox.world import World

_OPERATORS = ("CHINANET", "UNICOM", "CAP", "DEFAULT")


def quota(world: World, call: Call) -> dict[str, Any]:
    """Daily limit, used and remaining calls of `cgi_path`; 76021 for an unknown path."""
    path = call.data.get("cgi_path")
    return {**OK, "quota": world.quotas.show(path if isinstance(path, str) else "", world.now())}


def clear(world: World, call: Call) -> dict[str, Any]:
    """Reset today's use, ten times a month (48006 after that)."""
    if call.data.get("appid") != world.account.app_id:
        raise codes.Refused(40013)
    world.quotas.clear(world.now())
    return OK


def clear_by_secret(world: World, call: Call) -> dict[str, Any]:
    """The same without a token, by app secret."""
    world.account.check_secret(call.data.get("appid"), call.data.get("appsecret"))
    world.quotas.clear(world.now())
    return OK


def callback_ips(world: World, call: Call) -> dict[str, Any]:
    """Where pushes come from: here."""
    return {"ip_list": ["127.0.0.1"]}


def check(world: World, call: Call) -> dict[str, Any]:
    """Network check of the webhook: 40201 without an address, 40202 bad action, 40203 bad operator."""
    if not world.pusher.target:
        raise codes.Refused(40201)
    action = call.data.get("action")
    if action not in ("dns", "ping", "all"):
        raise codes.Refused(40202)
    if call.data.get("check_operator", "DEFAULT") not in _OPERATORS:
        raise codes.Refused(40203)
    found: dict[str, Any] = {}
    if action in ("dns", "all"):
        found["dns"] = [{"ip": "127.0.0.1", "real_operator": "DEFAULT"}]
    if action in ("ping", "all"):
        found["ping"] = [
            {"ip": "127.0.0.1", "from_operator": "DEFAULT", "package_loss": "0%", "time": "0.1ms"}
        ]
    return found


def unauthorised(world: World, call: Call) -> dict[str, Any]:
    """Mass messages by tag and previews are not simulated."""
    raise codes.Refused(48001)


ENDPOINTS = [
    Endpoint("/cgi-bin/openapi/quota/get", quota, method="POST", json=True, quota=False),
    Endpoint("/cgi-bin/clear_quota", clear, method="POST", json=True, quota=False),
    Endpoint(
        "/cgi-bin/clear_quota/v2",
        clear_by_secret,
        method="POST",
        json=True,
        token=False,
        quota=False,
    ),
    Endpoint("/cgi-bin/getcallbackip", callback_ips, method="GET"),
    Endpoint("/cgi-bin/callback/check", check, method="POST", json=True),
    *(
        Endpoint(f"/cgi-bin/message/mass/{name}", unauthorised, method="POST")
        for name in ("sendall", "preview")
    ),
]
