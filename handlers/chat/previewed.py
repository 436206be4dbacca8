"""What a preview of a notice says: whom it reaches, by which way, how long it takes, and what to answer."""

from __future__ import annotations

from typing import Final

from bot.core.plan import Draft, Preview
from bot.core.way import GROUPS
from bot.runtime import Runtime
from handlers.chat import dates

_MINUTE_S: Final = 60
_LONG_MINUTES, _DAY_MINUTES = 120, 24 * 60


def sentence(rt: Runtime, draft: Draft, preview: Preview) -> str:
    """What a preview says, and what to answer."""
    say = rt.words.say
    where = "、".join(unit.short for unit in draft.scope_units[:3])
    if draft.amends is not None:
        where = say("notice.amend_where", n=draft.amends)
    if len(draft.scope_units) > 3:
        where = say("form.and_more", first=where, n=len(draft.scope_units))
    to_groups = not preview.people and preview.groups
    reach = [] if to_groups else [say("form.reach", n=preview.reached) + _split(rt, preview)]
    if rt.passive:
        reach.append(say("form.passive"))
    if preview.unregistered:
        reach.append(say("form.unregistered", n=preview.unregistered))
    if preview.paused:
        reach.append(say("form.paused", n=preview.paused))
    if preview.groups and not to_groups:
        reach.append(say("form.groups", n=preview.groups))
    head = "form.preview_groups" if to_groups else "form.preview"
    parts = [
        say(head, title=draft.title, where=where, people=preview.people, groups=preview.groups),
        say("value.join").join(reach),
        *_costs(rt, preview),
    ]
    if draft.deadline is not None:
        parts.append(say("form.until", at=dates.moment(rt, draft.deadline)))
    if preview.starts_at is not None:
        parts.append(say("form.starts", at=dates.moment(rt, preview.starts_at)))
    if preview.needs_second:
        parts.append(say("form.second"))
    return "".join([*parts, _closing(rt, preview)])


def _closing(rt: Runtime, preview: Preview) -> str:
    """How to send it, or that the same was sent already."""
    if preview.same is None:
        return rt.words.say("form.confirm")
    at = dates.moment_ms(rt, preview.same.made_at_ms)
    return rt.words.say("form.same", n=preview.same.n, at=at)


def _split(rt: Runtime, preview: Preview) -> str:
    """By which channels, where it is not only by templates."""
    ways = [part for part in preview.parts if part.channel not in GROUPS]
    if [part.channel for part in ways] in ([], ["template"]):
        return ""
    each = [f"{rt.words.say(f'form.channel_{one.channel}')}{one.members}" for one in ways]
    return rt.words.say("form.split", list=rt.words.say("broadcast.separator").join(each))


def _costs(rt: Runtime, preview: Preview) -> list[str]:
    """What it asks of each person, how long it takes, and which quota is too small for today."""
    say = rt.words.say
    said = [say("form.costs", minutes=preview.minutes, eta=_lasts(rt, preview.eta_s))]
    for part in preview.parts:
        if part.left is not None and part.calls > part.left:
            channel = say(f"form.channel_{part.channel}")
            said.append(say("form.short", n=part.left, channel=channel))
    return said


def _lasts(rt: Runtime, seconds: int) -> str:
    """How long it takes, in the words for it."""
    minutes = -(-seconds // _MINUTE_S) or 1
    if minutes < _LONG_MINUTES:
        return rt.words.say("form.minutes", n=minutes)
    if minutes < _DAY_MINUTES:
        return rt.words.say("form.hours", n=-(-minutes // 60))
    return rt.words.say("form.days", n=-(-minutes // _DAY_MINUTES))
