"""Messages of the corp's app to its members, and taking them back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.sandbox import clock, codes, taken
from bot.sandbox.corp import Member
from bot.sandbox.gate import OK, Call, Endpoint
from bot.sandbox.wecom import shorten
from bot.sandbox.world import APP_SEND, World

MOST = 1000
_BYTES = {"text": 2048, "markdown": 2048}  # what is longer is cut off without a word
DAY_MS = 24 * 3600 * 1000
USUAL_S, LONGEST_S = 1800, 4 * 3600
_NOT_WORDS = ("touser", "enable_duplicate_check", "duplicate_check_interval")


def token(world: World, call: Call) -> dict[str, Any]:
    """The app's token; 41002, 41004, 40013 and 40001 for the credentials."""
    world.corp.check_secret(call.query.get("corpid", ""), call.query.get("corpsecret", ""))
    before = world.corp.token
    given, seconds = world.corp.give(clock.real_ms())
    if given != before:
        world.journal.write("token", slot="corp", token=given, ends=world.corp.ends_ms)
    return {**OK, "access_token": given, "expires_in": seconds}


def describe(call: Call) -> None:
    """The request without its recipients, and the digest of the whole where repeats are to be looked for."""
    kept = {key: value for key, value in call.data.items() if key not in _NOT_WORDS}
    kept |= shorten.content(call.data, _BYTES)
    call.body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if call.data.get("enable_duplicate_check") == 1:
        digest = hashlib.sha1(call.raw, usedforsecurity=False).hexdigest()
        call.dedupe = f"{digest}-{_seconds(call.data)}"


def send(world: World, call: Call) -> dict[str, Any]:
    """Send: 40056, 40031, 40032, 40035, 40008, 44004, 40007, 81013, 45009; a repeat is taken and not delivered."""
    data = call.data
    if str(data.get("agentid")) != str(world.corp.agent_id):
        raise codes.Refused(40056)
    people = _people(world, data.get("touser"))
    if not _seconds(data):
        raise codes.Refused(40035)
    _check(world, data)
    found = {userid: world.corp.find(userid) for userid in people}
    invalid = [userid.lower() for userid, member in found.items() if member is None]
    members = [member for member in found.values() if member is not None]
    bare = [member.userid.lower() for member in members if not member.licensed]
    if len(invalid) + len(bare) == len(people):
        raise codes.Refused(81013)
    _deliver(world, call, [member for member in members if member.licensed])
    lost = {"invaliduser": "|".join(invalid), "invalidparty": "", "invalidtag": ""}
    return {**OK, **lost, "unlicenseduser": "|".join(bare), "msgid": taken.name_of(call.msgid)}


def _people(world: World, given: Any) -> list[str]:
    if not isinstance(given, str) or not given:
        raise codes.Refused(40031)
    people = list(dict.fromkeys(given.split("|")))
    if "@all" in people:
        return [member.userid for member in world.corp.known.values()]
    if len(people) > MOST:
        raise codes.Refused(40032)
    return people


def _check(world: World, data: dict[str, Any]) -> None:
    kind = data.get("msgtype")
    if kind not in ("text", "markdown", "image", "news"):
        raise codes.Refused(40008)
    content = data.get(kind)
    if not isinstance(content, dict):
        raise codes.Refused(40063)
    if kind == "image":
        world.media.get(content.get("media_id"), world.now(), "image")
        return
    articles = content.get("articles")
    if kind == "news":
        if not isinstance(articles, list) or not 1 <= len(articles) <= 8:
            raise codes.Refused(40058)
        if not all(isinstance(item, dict) and item.get("title") for item in articles):
            raise codes.Refused(40058)
    elif not isinstance(content.get("content"), str) or not content["content"]:
        raise codes.Refused(44004)


def _seconds(data: dict[str, Any]) -> int:
    """How long a repeat is recognised; 0 for an interval that is none."""
    given = data.get("duplicate_check_interval", USUAL_S)
    whole = isinstance(given, int) and not isinstance(given, bool)
    return given if whole and 0 < given <= LONGEST_S else 0


def _deliver(world: World, call: Call, members: list[Member]) -> None:
    now = world.now()
    first = world.repeats.get(call.dedupe) if call.dedupe else None
    if first is not None and now < first[1]:
        call.msgid, call.duplicate = first[0], True
        return
    world.corp.check_day(len(members), now)
    call.many = [member.userid for member in members if member.hears(now)]
    call.msgid, call.accepted = world.take_msgid(), True


def recall(world: World, call: Call) -> dict[str, Any]:
    """Take a message back within 24 hours; 40035 for one unknown or too old."""
    sent = world.app_messages.get(str(call.data.get("msgid")))
    if sent is None or not 0 <= world.now() - sent[0] < DAY_MS:
        raise codes.Refused(40035, "invalid msgid")
    for member in filter(None, map(world.corp.find, world.ledger.people(sent[1]))):
        if sent[1] in member.lines:
            member.lines.remove(sent[1])
    call.body = str(call.data.get("msgid"))
    return OK


ENDPOINTS = [
    Endpoint("/cgi-bin/gettoken", token, method="GET", token=False, quota=False),
    Endpoint(APP_SEND, send, method="POST", json=True, corp=True, quota=False, describe=describe),
    Endpoint("/cgi-bin/message/recall", recall, method="POST", json=True, corp=True, quota=False),
]
