"""Mass messages by openid list: made, delivered a moment later, reported in four totals."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any

from bot.sandbox import clock, codes, faults, jobs, xml
from bot.sandbox.gate import OK, Call, Endpoint
from bot.sandbox.people import Person
from bot.sandbox.world import MASS_SEND, World

FEWEST, MOST = 2, 10_000
ID_BYTES = 64
TEXT_BYTES = 2048  # the exact limit is not published; that of customer-service messages is taken
SUCCESS = "send success"


def describe(call: Call) -> None:
    """The request without its recipients and id; without an id the platform makes one of list and content."""
    left_out = ("touser", "clientmsgid")
    kept = {key: value for key, value in call.data.items() if key not in left_out}
    call.body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    given = call.data.get("clientmsgid")
    if isinstance(given, str) and given:
        call.dedupe = given
        return
    people = json.dumps(call.data.get("touser"), separators=(",", ":"))
    call.dedupe = hashlib.sha1((people + call.body).encode(), usedforsecurity=False).hexdigest()


def send(world: World, call: Call) -> dict[str, Any]:
    """Make a job: 48001, 40031, 40032, 40130, 45067, 40008, 44004, 45002, 40007, 45011; 45065 for a repeated id."""
    if not world.jobs.allowed:
        raise codes.Refused(48001)
    people = _people(call.data.get("touser"))
    if len(call.dedupe.encode()) > ID_BYTES:
        raise codes.Refused(45067)
    _check(world, call.data)
    first = world.jobs.repeated(call.dedupe, world.now())
    if first is not None:
        call.msgid, call.duplicate = first, True
        raise codes.Refused(45065, more={"msg_id": first})
    world.jobs.pace(world.now())
    good = [person for person in map(world.people.maybe, people) if person is not None]
    if len(good) < FEWEST:
        raise codes.Refused(40130)
    _make(world, call, len(people), good)
    answer = {**OK, "errmsg": "send job submission success", "msg_id": call.msgid}
    return {**answer, "msg_data_id": call.msgid} if call.data["msgtype"] == "mpnews" else answer


def _people(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        raise codes.Refused(40031)
    if len(given) > MOST:
        raise codes.Refused(40032)
    if len(given) < FEWEST:
        raise codes.Refused(40130)
    return list(dict.fromkeys(given))


def _check(world: World, data: dict[str, Any]) -> None:
    kind = data.get("msgtype")
    if kind not in ("text", "image", "mpnews"):
        raise codes.Refused(40008)
    content = data.get("images", data.get("image")) if kind == "image" else data.get(kind)
    if not isinstance(content, dict):
        raise codes.Refused(44004)
    if kind == "text":
        text = content.get("content")
        if not isinstance(text, str) or not text.strip():
            raise codes.Refused(44004)
        if len(text.encode()) > TEXT_BYTES:
            raise codes.Refused(45002)
        return
    ids = content.get("media_ids", [content.get("media_id")])
    for media_id in ids if isinstance(ids, list) and ids else [None]:
        world.media.get(media_id, world.now(), "news" if kind == "mpnews" else "image")


def _make(world: World, call: Call, total: int, good: list[Person]) -> None:
    month = clock.month_of(world.now())
    wanted = [one for one in good if one.follows and not one.blocks and one.mass_left(month) > 0]
    rule = world.faults.pick(faults.OUTCOME, jobs.ASSISTANT)
    status = SUCCESS if rule is None or rule.status == "none" else rule.status or "send fail"
    call.many = [one.openid for one in wanted] if status == SUCCESS else []
    call.msgid, call.accepted = world.take_msgid(), True
    ready = clock.real_ms() + world.outcomes.delay_ms
    failed = status != SUCCESS
    world.jobs.known[call.msgid] = jobs.Job(call.msgid, call.data["msgtype"], ready, failed=failed)
    if rule is None or rule.status != "none":
        _report(world, call, status, (total, len(wanted), len(call.many)))


def _report(world: World, call: Call, status: str, counts: tuple[int, int, int]) -> None:
    if not world.outcomes.enabled or not world.pusher.target:
        return
    total, filtered, sent = counts
    event: xml.Fields = {
        "Event": "MASSSENDJOBFINISH",
        "MsgID": call.msgid,
        "Status": status,
        "TotalCount": total,
        "FilterCount": filtered,
        "SentCount": sent,
        "ErrorCount": filtered - sent,
        "CopyrightCheckResult": {"Count": 0, "ResultList": "", "CheckState": 0},
        "ArticleUrlResult": {"Count": 0, "ResultList": ""},
    }
    if world.outcomes.before_answer:
        call.before.append(functools.partial(world.outcomes.now, jobs.ASSISTANT, call.msgid, event))
    else:
        call.after.append(
            functools.partial(world.outcomes.later, jobs.ASSISTANT, call.msgid, event)
        )


def get(world: World, call: Call) -> dict[str, Any]:
    """SENDING, SEND_SUCCESS, SEND_FAIL or DELETE; 40035 for an unknown number."""
    job = world.jobs.get(call.data.get("msg_id"))
    return {"msg_id": job.msgid, "msg_status": job.status(clock.real_ms())}


def delete(world: World, call: Call) -> dict[str, Any]:
    """Take an article back; 40035 for anything else, while it is being sent, and when it went to nobody."""
    job = world.jobs.get(call.data.get("msg_id"))
    if job.kind != "mpnews" or job.status(clock.real_ms()) in ("SENDING", "SEND_FAIL"):
        raise codes.Refused(40035, "only articles that were sent can be deleted")
    job.deleted = True
    call.msgid = job.msgid
    return OK


def get_speed(world: World, call: Call) -> dict[str, Any]:
    """The speed, 0 to 4."""
    return {"speed": world.jobs.speed, "realspeed": (80, 60, 45, 30, 10)[world.jobs.speed]}


def set_speed(world: World, call: Call) -> dict[str, Any]:
    """Change it: 45084 without one, 45083 for one that there is not."""
    wanted = call.data.get("speed")
    if wanted is None:
        raise codes.Refused(45084)
    if isinstance(wanted, bool) or wanted not in range(5):
        raise codes.Refused(45083)
    world.jobs.speed = wanted
    return OK


_ROOM = "/cgi-bin/message/mass"
ENDPOINTS = [
    Endpoint(MASS_SEND, send, method="POST", json=True, describe=describe),
    Endpoint(f"{_ROOM}/get", get, method="POST", json=True),
    Endpoint(f"{_ROOM}/delete", delete, method="POST", json=True),
    Endpoint(f"{_ROOM}/speed/get", get_speed, method="POST", json=True),
    Endpoint(f"{_ROOM}/speed/set", set_speed, method="POST", json=True),
]
