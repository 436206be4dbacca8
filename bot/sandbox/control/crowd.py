"""Control: the people of the picker, and the robot groups."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.sandbox import circles, groups, people, talk, units
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import World

_LABELS = ("name", "unit", "role", "code", "slip")
_SWITCHES = ("follows", "blocks")


async def put_people(world: World, given: Given) -> Any:
    """{people: [{openid, name?, unit?, role?, code?, slip?, follows=true, blocks=false}]}: register people without any push."""
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
    """{groups: [{key, name?, unit?, owner?}]} or one of them: register robot groups; with an owner, one she forwards to."""
    for item in given.items("groups"):
        key = item.get("key")
        if not isinstance(key, str) or not key:
            raise BadRequest("every group needs a key")
        if item.get("owner"):
            name, unit, owner = (str(item.get(word, "")) for word in ("name", "unit", "owner"))
            world.circles.put(circles.Circle(key, name, unit, owner))
            world.journal.write("circle", key=key, name=name, unit=unit, owner=owner)
            continue
        group = world.groups.known.setdefault(key, groups.Group(key))
        group.name, group.unit = (
            str(item.get("name", group.name)),
            str(item.get("unit", group.unit)),
        )
        world.journal.write("group", key=key, name=group.name, unit=group.unit)
    return {"groups": len(world.groups.known) + len(world.circles.known)}


async def get_groups(world: World, given: Given) -> Any:
    """?key=&limit=20: groups with what was last said in each, the one with the newest message first."""
    wanted, limit = given.text("key", ""), given.number("limit", 20)
    found = [
        *(_group(world, one, limit) for key, one in world.groups.known.items() if wanted in ("", key)),
        *(_circle(world, one, limit) for key, one in world.circles.known.items() if wanted in ("", key)),
    ]  # fmt: skip
    found.sort(key=lambda one: one["messages"][-1]["at"] if one["messages"] else 0, reverse=True)
    return {"groups": found}


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
        "owner": None,
        "sent": len(group.sent),
        "messages": messages,
    }


def _circle(world: World, circle: circles.Circle, limit: int) -> dict[str, Any]:
    owner = world.people.known.get(circle.owner)
    return {
        "key": circle.key,
        "name": circle.name,
        "unit": circle.unit,
        "owner": owner.label() if owner else {"openid": circle.owner},
        "sent": len(circle.lines),
        "messages": circle.lines[-limit:] if limit > 0 else [],
    }


async def forward(world: World, given: Given) -> Any:
    """{openid, text, key?}: she forwards a text to her group, or to all of hers; answers how many."""
    openid, text = given.text("openid"), given.text("text")
    wanted = given.text("key", "")
    chosen = [one for one in world.circles.of(openid) if wanted in ("", one.key)]
    if not chosen:
        raise BadRequest("she owns no such group")
    for circle in chosen:
        talk.forward(world, openid, circle, text)
    return {"groups": len(chosen)}


async def put_units(world: World, given: Given) -> Any:
    """{units: [{code, name, level, parent}]}: the federation that the page draws, parents first."""
    for item in given.items("units"):
        values = [item.get(name, "") for name in ("code", "name", "level", "parent")]
        if not all(isinstance(value, str) for value in values) or not values[0]:
            raise BadRequest("every unit needs code, name, level and parent (empty at the top)")
        made = units.Unit(*values)
        if world.units.known.get(made.code) != made:
            world.units.known[made.code] = made
            world.journal.write("unit", **asdict(made))
    return {"units": len(world.units.known)}


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
    ("POST", "/control/forward", forward),
    ("POST", "/control/units", put_units),
    ("POST", "/control/templates", put_templates),
    ("GET", "/control/templates", get_templates),
]
