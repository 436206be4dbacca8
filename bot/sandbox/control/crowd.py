"""Control: the people of the picker, and the robot groups."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.sandbox import groups, people, talk
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import World

_LABELS = ("name", "unit", "role")
_SWITCHES = ("follows", "blocks")


async def put_people(world: World, given: Given) -> Any:
    """{people: [{openid, name?, unit?, role?, follows=true, blocks=false}]}: register people without any push."""
    items = given.items("people")
    for item in items:
        openid = item.get("openid")
        if not isinstance(openid, str) or not openid:
            raise BadRequest("every person needs an openid")
        person = world.people.meet(openid, world.now())
        for name in _LABELS:
            setattr(person, name, str(item.get(name, getattr(person, name)) or ""))
        for name in _SWITCHES:
            setattr(person, name, bool(item.get(name, getattr(person, name))))
        world.keep_person(person)
    return {"people": len(world.people.known)}


async def get_people(world: World, given: Given) -> Any:
    """?q=words&limit=50: people whose unit, name, role or openid holds every word."""
    found = world.people.search(given.text("q", ""), given.number("limit", 50))
    return {"people": [person.label() for person in found], "total": len(world.people.known)}


async def new_openid(world: World, given: Given) -> Any:
    """A fresh openid of WeChat's form, not yet following."""
    return {"openid": people.new_openid()}


async def put_groups(world: World, given: Given) -> Any:
    """{groups: [{key, name?, unit?}]} or one of them: register robot groups."""
    for item in given.items("groups"):
        key = item.get("key")
        if not isinstance(key, str) or not key:
            raise BadRequest("every group needs a key")
        group = world.groups.known.setdefault(key, groups.Group(key))
        group.name, group.unit = (
            str(item.get("name", group.name)),
            str(item.get("unit", group.unit)),
        )
        world.journal.write("group", key=key, name=group.name, unit=group.unit)
    return {"groups": len(world.groups.known)}


async def get_groups(world: World, given: Given) -> Any:
    """?key=&limit=20: groups with the latest messages of their robots, the one with the newest message first."""
    wanted = given.text("key", "")
    chosen = [item for item in world.groups.known.values() if wanted in ("", item.key)]
    chosen.sort(key=lambda item: item.sent[-1] if item.sent else 0, reverse=True)
    return {"groups": [_group(world, item, given.number("limit", 20)) for item in chosen]}


def _group(world: World, group: groups.Group, limit: int) -> dict[str, Any]:
    latest = group.sent[-limit:] if limit > 0 else []
    messages = [
        {"seq": seq, "at": world.ledger.get(seq).at, "text": talk.text_of(world, seq)}
        for seq in latest
    ]
    return {
        "key": group.key,
        "name": group.name,
        "unit": group.unit,
        "sent": len(group.sent),
        "messages": messages,
    }


async def put_templates(world: World, given: Given) -> Any:
    """{templates: [{template_id, title?, content?}]}: content lines `标签：{{key.DATA}}`; empty takes any keys."""
    for item in given.items("templates"):
        template_id = item.get("template_id")
        if not isinstance(template_id, str) or not template_id:
            raise BadRequest("every template needs a template_id")
        world.set_template(
            template_id, str(item.get("title", "工作通知")), str(item.get("content", ""))
        )
    return await get_templates(world, given)


async def get_templates(world: World, given: Given) -> Any:
    """The templates of the account."""
    return {"templates": [asdict(item) for item in world.templates.known.values()]}


TABLE = [
    ("POST", "/control/people", put_people),
    ("GET", "/control/people", get_people),
    ("GET", "/control/openid", new_openid),
    ("POST", "/control/groups", put_groups),
    ("GET", "/control/groups", get_groups),
    ("POST", "/control/templates", put_templates),
    ("GET", "/control/templates", get_templates),
]
