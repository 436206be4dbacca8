"""Access tokens: /cgi-bin/token and /cgi-bin/stable_token."""

from __future__ import annotations

from typing import Any

from bot.sandbox import clock, codes
from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.world import World


def plain(world: World, call: Call) -> dict[str, Any]:
    """A new token that ends the one before; Refused 40002 and the credential codes."""
    if call.query.get("grant_type") != "client_credential":
        raise codes.Refused(40002)
    world.account.check_secret(call.query.get("appid"), call.query.get("secret"))
    token, seconds = world.account.plain_token(clock.real_ms())
    world.journal.write("token", slot="plain", token=token, ends=world.account.tokens[token])
    return {"access_token": token, "expires_in": seconds}


def stable(world: World, call: Call) -> dict[str, Any]:
    """The same token during its life; `force_refresh` makes another. Isolated from /token."""
    if call.data.get("grant_type") != "client_credential":
        raise codes.Refused(40002)
    world.account.check_secret(call.data.get("appid"), call.data.get("secret"))
    forced = call.data.get("force_refresh") is True
    before = world.account.stable
    now = clock.real_ms()
    token, seconds = world.account.forced_token(now) if forced else world.account.stable_token(now)
    if token != before:
        world.journal.write("token", slot="stable", token=token, ends=world.account.tokens[token])
    return {"access_token": token, "expires_in": seconds}


ENDPOINTS = [
    Endpoint("/cgi-bin/token", plain, method="GET", token=False),
    Endpoint("/cgi-bin/stable_token", stable, method="POST", json=True, token=False),
]
