"""What WeCom says of our app, where one is set up: can we call it, can members speak to it."""

from __future__ import annotations

from typing import Final

from bot import errors
from bot.channels import registry
from bot.core.finding import Finding, broken, fine, warning
from bot.runtime import Runtime

_AREA: Final = "wecom"
_CALLS: Final = ("wecom_corp_id", "wecom_agent_id", "wecom_secret")
_PUSHES: Final = ("wecom_token", "wecom_aes_key")


async def examine(rt: Runtime) -> list[Finding]:
    """Findings about the app; none for an installation without WeCom."""
    missing = _missing(rt, _CALLS)
    if len(missing) == len(_CALLS):
        return []
    if missing:
        names = ", ".join(missing)
        return [broken(_AREA, f"{names} not set", "copy it from the app's page in WeCom's admin")]
    return [await _token(rt), _callback(rt)]


def _missing(rt: Runtime, names: tuple[str, ...]) -> list[str]:
    return [f"YIHU_{name.upper()}" for name in names if not getattr(rt.settings, name)]


async def _token(rt: Runtime) -> Finding:
    try:
        await rt.channels.wecom.check_token()
    except errors.Misconfigured as error:
        mend = "check the corp id and the app's secret, and its trusted IP addresses"
        return broken(_AREA, f"no access token: {error}", mend)
    except errors.YihuError as error:
        mend = "check that this machine reaches YIHU_WECOM_API_BASE"
        return broken(_AREA, f"no access token: {error}", mend)
    return fine(_AREA, "the app gets access tokens")


def _callback(rt: Runtime) -> Finding:
    if registry.WECOM in rt.channels.listeners:
        return fine(_AREA, "members can register by speaking to the app")
    names = " and ".join(_missing(rt, _PUSHES)) or "the callback"
    mend = "choose both on the app's page for receiving messages, whose address ends in /wecom"
    return warning(_AREA, f"{names} not set: members cannot register by speaking to the app", mend)
