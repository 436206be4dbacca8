"""Control: read chats, the ledger, the menu and uploaded files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from bot.sandbox import ledger, talk
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import SENDS, World


async def chat(world: World, given: Given) -> Any:
    """?since=n: her whole conversation: what she did, passive replies, custom messages, template cards."""
    openid = given.text("openid")
    person = world.people.known.get(openid)
    label = person.label() if person else None
    return {
        "openid": openid,
        "person": label,
        "lines": talk.lines(world, openid, given.number("since", 0)),
    }


async def entries(world: World, given: Given) -> Any:
    """?since=&limit=1000&endpoint=&who=&dedupe=&accepted=1: ledger entries after number `since`; `last` to go on."""
    limit = given.number("limit", 1000)
    found = world.ledger.select(
        since=given.number("since", 0),
        endpoint=given.text("endpoint", ""),
        who=given.text("who", given.text("openid", given.text("key", ""))),
        dedupe=given.text("dedupe", ""),
        limit=limit,
        accepted=given.flag("accepted", fallback=False),
    )
    shown = [_entry(world, item) for item in found]
    return {
        "entries": shown,
        "last": shown[-1]["seq"] if len(shown) >= limit else len(world.ledger),
    }


def _entry(world: World, item: ledger.Entry) -> dict[str, Any]:
    return {
        **asdict(item),
        "text": talk.text_of(world, item.seq) if item.endpoint in SENDS else item.body,
    }


async def summary(world: World, given: Given) -> Any:
    """?copies=1: counts per endpoint and errcode, accepted, dedupe hits, max copies per (recipient, dedupe id)."""
    found = world.ledger.summary()
    return {**found, **world.ledger.copies()} if given.flag("copies", fallback=True) else found


async def reached(world: World, given: Given) -> Any:
    """?seq=: whom a call to many reached."""
    return {"people": world.ledger.people(given.number("seq"))}


async def menu(world: World, given: Given) -> Any:
    """The menu that the bot created, or null."""
    return {"menu": world.menu}


async def file(world: World, given: Given) -> Any:
    """An uploaded file, for the page."""
    item = world.media.known.get(given.text("media_id"))
    if item is None:
        raise BadRequest("there is no such file")
    return Response(item.content, media_type=item.content_type)


TABLE = [
    ("GET", "/control/chat/{openid}", chat),
    ("GET", "/control/ledger", entries),
    ("GET", "/control/ledger/summary", summary),
    ("GET", "/control/ledger/people", reached),
    ("GET", "/control/menu", menu),
    ("GET", "/control/media/{media_id}", file),
]
