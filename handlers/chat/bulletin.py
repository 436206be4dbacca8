"""通报: the draft is filled with the figures of the level below, and goes to that level and to nobody else."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from bot.actions import bulletin
from bot.core import access
from bot.core.model import Level
from bot.core.plan import ALL, AudienceItem, Draft
from bot.runtime import Runtime
from bot.store import units
from handlers.chat import drafts
from handlers.chat.message import Member


async def filled(rt: Runtime, message: Member, draft: Draft) -> Draft:
    """The draft with a table for each unit of its scope behind her own words, to the level directly below.

    Raises drafts.Wrong: only the level above may send it, to that level, while a campaign runs.
    """
    if not access.shows_figures(message.actor, draft.scope_units):
        raise drafts.Wrong("notice.figures_only_above")
    tables, levels = [draft.body] if draft.body else [], set()
    title = draft.title
    for unit in draft.scope_units:
        campaign = await bulletin.campaign_of(rt, unit, message.now)
        if campaign is None:
            raise drafts.Wrong("chat.no_campaign")
        async with rt.read() as c:
            below = await units.children(c, unit.id)
        room = drafts.MOST_BODY - sum(len(part) + 1 for part in tables)
        table = await bulletin.table(rt, unit, campaign, message.now, room=room)
        if not below or not table:
            raise drafts.Wrong("notice.figures_none")
        tables.append(table)
        levels.add(min(one.level for one in below))
        title = title or rt.words.say(
            "notice.figures_title", unit=draft.unit.short, campaign=campaign.name
        )
    items = _items(draft, levels)
    return dataclasses.replace(
        draft, title=title[: drafts.MOST_TITLE], body="\n".join(tables), items=items
    )


def _items(draft: Draft, levels: set[Level]) -> tuple[AudienceItem, ...]:
    """Everybody of those levels, or the roles she named there; nobody of another level, and no groups."""
    named = [one for one in draft.items if one != ALL]
    if draft.groups or any(one.level is not None and one.level not in levels for one in named):
        raise drafts.Wrong("notice.figures_audience")
    roles: Sequence[AudienceItem] = named or [AudienceItem(None, None)]
    return tuple(
        AudienceItem(level, one.role)
        for level in sorted(levels)
        for one in roles
        if one.level in (None, level)
    )
