"""What the WeChat platform says of our account: each question asked for itself, in plain words."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot import errors
from bot.actions import abilities, inherited
from bot.channels import account, custom, template
from bot.core.finding import Finding, Verdict, broken, fine, warning
from bot.runtime import Runtime
from config import menu, templates

# The calls we make every day, by what they are for.
_PATHS = {
    template.PATH: "notices",
    custom.PATH: "customer-service messages",
    "/cgi-bin/menu/create": "the menu",
    "/cgi-bin/qrcode/create": "QR codes",
    "/cgi-bin/media/upload": "pictures",
}
_NO_QUOTA_KEPT = 76021
_SHOWN = 8  # keywords named
_SKEW_S, _SKEW_MOST_S = 30, 300  # the platform's signatures are good for 10 minutes
_IP_REFUSED = (40164, 61004)
_KEY = re.compile(r"\{\{(\w+)\.DATA\}\}")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")

Check = Callable[[Runtime], Awaitable[list[Finding]]]


async def examine(rt: Runtime) -> list[Finding]:
    """Everything the platform can be asked; only the token when there is none."""
    missing = [
        f"YIHU_{name.upper()}"
        for name in ("wechat_app_id", "wechat_app_secret", "wechat_token")
        if not getattr(rt.settings, name)
    ]
    if missing:
        names = ", ".join(missing)
        return [broken("account", f"{names} not set", "copy it from the account's back office")]
    token = await _asked(rt, "token", _token)
    if any(finding.verdict is Verdict.BROKEN for finding in token):
        return token
    found = [*token]
    for area, check in _CHECKS.items():
        found += await _asked(rt, area, check)
    return found


async def _asked(rt: Runtime, area: str, check: Check) -> list[Finding]:
    try:
        return await check(rt)
    except (errors.TryLater, errors.Unclear) as error:
        return [warning(area, f"could not be asked now ({error})", "run `yihu doctor` again later")]
    except errors.YihuError as error:
        return [broken(area, f"the platform refuses: {error}", "look the code up and correct it")]


async def _token(rt: Runtime) -> list[Finding]:
    try:
        await rt.channels.mp.check_token()
    except errors.Misconfigured as error:
        return [broken("token", str(error), _mend_token(rt, error))]
    except errors.TryLater as error:
        return [broken("token", str(error), "check that this machine reaches YIHU_WECHAT_API_BASE")]
    return [fine("token", "the platform gives us access tokens")]


def _mend_token(rt: Runtime, error: errors.Misconfigured) -> str:
    page = rt.words.say("doctor.basic")
    if error.code in _IP_REFUSED:
        address = _ADDRESS.search(str(error))
        which = address[0] if address else "this machine's public address"
        return f"add {which} to the account's IP white list ({page})"
    return f"check YIHU_WECHAT_APP_ID and YIHU_WECHAT_APP_SECRET against the back office ({page})"


async def _clock(rt: Runtime) -> list[Finding]:
    there = await rt.channels.mp.clock()
    if there is None:
        return [warning("clock", "the platform does not say what time it is", "")]
    off = round((datetime.now(UTC) - there).total_seconds())
    if abs(off) <= _SKEW_S:
        return [fine("clock", f"{off:+} s from the platform's")]
    judge = broken if abs(off) > _SKEW_MOST_S else warning
    return [judge("clock", f"{off:+} s from the platform's", "set this machine's clock by NTP")]


async def _addresses(rt: Runtime) -> list[Finding]:
    found = await account.callback_ips(rt.channels.mp)
    return [fine("addresses", f"pushes come from {len(found)} addresses; let them in at 80 or 443")]


async def _callback(rt: Runtime) -> list[Finding]:
    try:
        found = await account.check_callback(rt.channels.mp, action="all")
    except errors.Misconfigured as error:
        page = rt.words.say("doctor.server")
        mend = f"enter the public address of /wechat in the back office ({page})"
        return [broken("callback", f"the platform does not find our address: {error}", mend)]
    lost = [one for one in found.get("ping", []) if one.get("package_loss") not in (None, "0%")]
    if lost:
        return [warning("callback", f"packets are lost on {len(lost)} of the lines to us", "")]
    return [fine("callback", "the platform reaches our address")]


async def _abilities(rt: Runtime) -> list[Finding]:
    kind, say = rt.settings.wechat_account, rt.words.say
    found = []
    allowed = (await abilities.ask(rt)).templates
    if allowed and rt.passive:
        found.append(
            warning("templates", "allowed, but YIHU_WECHAT_ACCOUNT says subscription", "unset it")
        )
    elif allowed:
        found += await _template(rt)
    elif kind == "service":
        page = rt.words.say("doctor.templates")
        mend = f"open {page} in the back office, or set YIHU_WECHAT_ACCOUNT=subscription"
        found.append(broken("templates", "the account may not send template messages", mend))
    else:
        waits = f"a notice waits ({say('doctor.to_relay')}) for the next answer each person gets"
        says = f"none ({say('doctor.subscription')}): {waits}"
        found.append(
            warning("templates", says, f"a verified {say('doctor.service')} can send by itself")
        )
    if await account.may_make_codes(rt.channels.mp):
        return [*found, fine("qr codes", "one scan registers")]
    return [
        *found,
        warning(
            "qr codes", "the account may not make any", f"invite by code: {say('doctor.bind')}"
        ),
    ]


async def _template(rt: Runtime) -> list[Finding]:
    wanted = rt.settings.wechat_template_id
    if not wanted:
        mend = "choose one in the back office and set YIHU_WECHAT_TEMPLATE_ID"
        return [broken("templates", "no template is set, so no notice can be sent", mend)]
    own = {one.template_id: one for one in await account.templates(rt.channels.mp)}
    if wanted not in own:
        mend = "set YIHU_WECHAT_TEMPLATE_ID to one of: " + (", ".join(own) or "(none yet)")
        return [broken("templates", f"the account has no template {wanted}", mend)]
    keys, ours = set(_KEY.findall(own[wanted].content)), set(templates.fields_of(wanted))
    if keys != ours:
        says = f"the template has the keys {_list(keys)}, config/templates.yaml fills {_list(ours)}"
        return [broken("templates", says, f"add {wanted} with its keys to config/templates.yaml")]
    return [fine("templates", f"《{own[wanted].title}》 with {_list(keys)}")]


async def _quotas(rt: Runtime) -> list[Finding]:
    found = []
    for path, purpose in _PATHS.items():
        try:
            quota = await account.quota(rt.channels.mp, path)
        except errors.YihuError as error:
            if str(_NO_QUOTA_KEPT) not in str(error).split():
                found.append(warning("quota", f"{purpose}: {error}", ""))
            continue
        says = f"{purpose}: {quota.remain} of {quota.limit} calls left today"
        if quota.remain <= 0:
            found.append(broken("quota", says, "wait for tomorrow, or clear it in the back office"))
        elif quota.remain * 10 < quota.limit:
            found.append(warning("quota", says, "send big notices tomorrow"))
        else:
            found.append(fine("quota", says))
    return found


async def _menu(rt: Runtime) -> list[Finding]:
    up = await account.menu(rt.channels.mp)
    theirs, before = await inherited.website_menu(rt)
    if not up and theirs:
        mend = "take it down there, and ours is put up when the web process starts"
        return [warning("menu", f"made on the website, with {_buttons(before)}; it is kept", mend)]
    was = [fine("menu", f"noted from before ours: {_buttons(before)}")] if before else []
    if not up:
        return [*was, fine("menu", "none; ours is put up when the web process starts")]
    keys = {one.get("key") for top in up for one in [top, *inherited.below(top)]}
    ours = [button for button in menu.load() if button.key not in keys]
    if not ours:
        return [*was, fine("menu", "ours is up")]
    wanted = ", ".join(f"{button.name} (key {button.key})" for button in ours)
    says = f"somebody else's, with {_buttons(up)}; it is kept"
    return [warning("menu", says, f"to have ours in it, add click buttons: {wanted}")]


def _buttons(some: Sequence[Mapping[str, Any]]) -> str:
    """Their names, with what lies below each or where it leads."""
    said = []
    for one in some:
        name, under = str(one.get("name", "")), inherited.below(one)
        leads = f"({one['url']})" if one.get("url") else ""
        said.append(name + (f"[{_buttons(under)}]" if under else leads))
    return "、".join(said)


async def _autoreplies(rt: Runtime) -> list[Finding]:
    area, found = "auto-replies", await inherited.look(rt)
    if not found:
        return [fine(area, "the back office has none")]
    words = [one.said for rule in found.rules for one in rule.keywords]
    named = "、".join(words[:_SHOWN]) + ("…" if words[_SHOWN:] else "")
    parts = [f"{len(words)} keywords ({named})"] if words else []
    parts += ["the answer to a new follower"] if found.follow else []
    parts += ["the answer to any message"] if found.default else []
    had = ", ".join(parts) or "nothing that could be kept"
    if rt.settings.wechat_autoreplies == "drop":
        return [fine(area, f"{had}: not given, as YIHU_WECHAT_AUTOREPLIES says drop")]
    use = "given where ours has no answer (YIHU_WECHAT_AUTOREPLIES=drop ends that)"
    kept = fine(area, f"kept from the back office: {had}; {use}")
    if not found.lost:
        return [kept]
    says = (
        f"{found.lost} pictures, voices or films are not kept: the platform lends them for 3 days"
    )
    mend = "write them as words or as an article in the back office, then run `yihu doctor` again"
    return [kept, warning(area, says, mend)]


async def _certification(rt: Runtime) -> list[Finding]:
    last = await abilities.certification(rt)
    if last is None:
        return [fine("certification", "the platform has said nothing of it")]
    day = rt.calendar.day(last.at).isoformat()
    renew = f"renew it ({rt.words.say('doctor.certify')})"
    if last.event == "verify_expired":
        return [broken("certification", f"expired, said on {day}", renew)]
    if last.event == "annual_renew":
        return [warning("certification", f"runs out soon, said on {day}", renew)]
    return [fine("certification", f"{last.event} on {day}")]


def _list(keys: set[str]) -> str:
    return ", ".join(sorted(keys))


_CHECKS: dict[str, Check] = {
    "clock": _clock,
    "addresses": _addresses,
    "callback": _callback,
    "templates": _abilities,
    "quota": _quotas,
    "menu": _menu,
    "auto-replies": _autoreplies,
    "certification": _certification,
}
