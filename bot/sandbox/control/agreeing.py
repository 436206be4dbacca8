"""Control: consent to subscription notices, and the members of the WeCom corp."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.sandbox import consents, corp, talk, xml
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.templates import Template
from bot.sandbox.world import World, body_of

_CONTAINER = {"popup": "SubscribeMsgPopupEvent", "change": "SubscribeMsgChangeEvent"}


async def answer(world: World, given: Given) -> Any:
    """{openid, template_id | templates: [..], answer: accept|reject, how: popup|change}: she taps; `left` is what she may get."""
    openid, said = given.text("openid"), given.text("answer", "accept")
    how = given.text("how", "popup")
    chosen = given.values.get("templates", [given.values.get("template_id")])
    if said not in ("accept", "reject") or how not in _CONTAINER or not isinstance(chosen, list):
        raise BadRequest("answer is accept or reject, how is popup or change, templates a list")
    if not all(item in world.consents.known for item in chosen):
        raise BadRequest("there is no such subscription template")
    left = {}
    for template_id in chosen:
        left[template_id] = world.consents.answer(openid, template_id, yes=said == "accept")
        world.journal.write("consent", who=openid, template_id=template_id, left=left[template_id])
    one = {"SubscribeStatusString": said} | ({"PopupScene": 1} if how == "popup" else {})
    fields: xml.Fields = {
        _CONTAINER[how]: {"List": [{"TemplateId": item, **one} for item in chosen]}
    }
    name, note = f"subscribe_msg_{how}_event", f"订阅通知：{said}"
    return {**(await talk.event(world, openid, name, fields, note)).show(), "left": left}


async def put_templates(world: World, given: Given) -> Any:
    """{templates: [{template_id, title?, content?, kind: once|longterm}]}: templates of subscription notices."""
    for item in given.items("templates"):
        template_id, kind = item.get("template_id"), item.get("kind", consents.ONCE)
        if not isinstance(template_id, str) or kind not in (consents.ONCE, consents.LONGTERM):
            raise BadRequest("every template needs a template_id, and a kind: once or longterm")
        title, content = str(item.get("title", "工作通知")), str(item.get("content", ""))
        world.consents.add(Template(template_id, title, content, exact=bool(content)), kind)
        world.journal.write(
            "subscription", template_id=template_id, title=title, content=content, lasts=kind
        )
    return {"templates": [asdict(item) for item in world.consents.known.values()]}


async def put_members(world: World, given: Given) -> Any:
    """{members: [{userid, name?, licensed=true}], seats?}: members of the corp; seats × 200 person-times a day."""
    world.corp.seats = given.number("seats", world.corp.seats)
    for item in given.items("members") if given.has("members") else []:
        userid = item.get("userid")
        if not isinstance(userid, str) or not userid:
            raise BadRequest("every member needs a userid")
        member = world.corp.known.setdefault(userid.lower(), corp.Member(userid))
        member.name = str(item.get("name", member.name))
        member.licensed = bool(item.get("licensed", member.licensed))
        world.journal.write("member", userid=userid, name=member.name, licensed=member.licensed)
    return {"members": len(world.corp.known), "seats": world.corp.seats}


async def get_members(world: World, given: Given) -> Any:
    """?userid=&limit=50: members with what the app sent them and has not taken back, oldest first."""
    wanted = given.text("userid", "").lower()
    chosen = [item for key, item in world.corp.known.items() if wanted in ("", key)]
    return {"members": [_member(world, item) for item in chosen[: given.number("limit", 50)]]}


def _member(world: World, member: corp.Member) -> dict[str, Any]:
    messages = [
        {"seq": seq, "at": world.ledger.get(seq).at, "body": body_of(world, seq)}
        for seq in member.lines
    ]
    return {
        "userid": member.userid,
        "name": member.name,
        "licensed": member.licensed,
        "messages": messages,
    }


TABLE = [
    ("POST", "/control/consent", answer),
    ("POST", "/control/subscriptions", put_templates),
    ("POST", "/control/members", put_members),
    ("GET", "/control/members", get_members),
]
