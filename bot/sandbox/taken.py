"""What a taken message changes: now, and again when it is read back from the journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox import clock, jobs, quotas

if TYPE_CHECKING:
    from bot.sandbox.world import World

TEMPLATE_SEND = "/cgi-bin/message/template/send"
CUSTOM_SEND = "/cgi-bin/message/custom/send"
SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/bizsend"
MASS_SEND = quotas.MASS_SEND
ROBOT_SEND = "/cgi-bin/webhook/send"
APP_SEND = "/cgi-bin/message/send"
MASS_DELETE = "/cgi-bin/message/mass/delete"
APP_RECALL = "/cgi-bin/message/recall"
DEDUPE_MS = 600_000  # client_msg_id holds for ten minutes
Entry = dict[str, Any]


def template(world: World, entry: Entry, seq: int) -> None:
    """It stands in her chat, and its id is known for ten minutes."""
    if entry["dedupe"]:
        world.dedupe[entry["who"], entry["dedupe"]] = (entry["msgid"], entry["at"])
        # Oldest first: throw away what ran out, a few per call, so that a million sends stay cheap.
        for _ in range(2):
            key, (_, since) = next(iter(world.dedupe.items()))
            if entry["at"] - since < DEDUPE_MS:
                break
            del world.dedupe[key]
    custom(world, entry, seq)


def custom(world: World, entry: Entry, seq: int) -> None:
    """It stands in her chat."""
    world.people.meet(entry["who"], entry["at"]).lines.append(seq)


def subscribe(world: World, entry: Entry, seq: int) -> None:
    """It stands in her chat, and one consent is used up."""
    world.consents.spend(entry["who"], str(_body(entry).get("template_id")))
    custom(world, entry, seq)


def robot(world: World, entry: Entry, seq: int) -> None:
    """It stands in the group."""
    if entry["who"] in world.groups.known:
        world.groups.known[entry["who"]].sent.append(seq)


def mass(world: World, entry: Entry, seq: int) -> None:
    """It stands in every chat and counts for everybody; its id is known for a day."""
    msgid, at = entry["msgid"], entry["at"]
    kind = str(_body(entry).get("msgtype"))
    world.jobs.known.setdefault(msgid, jobs.Job(msgid, kind, clock.real_ms()))
    world.jobs.ids[entry["dedupe"]] = (msgid, at)
    month = clock.month_of(at)
    for openid in entry["many"]:
        person = world.people.meet(openid, at)
        person.take_mass(month)
        person.lines.append(seq)


def app(world: World, entry: Entry, seq: int) -> None:
    """It stands in the members' chats, can be taken back, and a repeat is known."""
    world.app_messages[name_of(entry["msgid"])] = (entry["at"], seq)
    world.corp.count(len(entry["many"]), entry["at"])
    if entry["dedupe"]:
        seconds = int(entry["dedupe"].rpartition("-")[2])
        world.repeats[entry["dedupe"]] = (entry["msgid"], entry["at"] + seconds * 1000)
    for userid in entry["many"]:
        member = world.corp.find(userid)
        if member is not None:
            member.recent.append(entry["at"])
            member.lines.append(seq)


def delete(world: World, entry: Entry) -> None:
    """A mass message leads nowhere any more."""
    if entry["msgid"] in world.jobs.known:
        world.jobs.known[entry["msgid"]].deleted = True


def recall(world: World, entry: Entry) -> None:
    """A message of the app stands in no member's chat any more."""
    _, seq = world.app_messages.get(entry["body"], (0, 0))
    for member in world.corp.known.values():
        if seq in member.lines:
            member.lines.remove(seq)


def name_of(msgid: int) -> str:
    """A message's number as WeCom would name it: no number at all."""
    return f"vcT8gGc-{msgid:x}_C2"


def _body(entry: Entry) -> Entry:
    body: Entry = json.loads(entry["body"])
    return body


SENDS: dict[str, Callable[[World, Entry, int], None]] = {
    TEMPLATE_SEND: template,
    CUSTOM_SEND: custom,
    SUBSCRIBE_SEND: subscribe,
    MASS_SEND: mass,
    ROBOT_SEND: robot,
    APP_SEND: app,
}

# What takes a message back, done again for entries that come back from the journal.
UNDOES: dict[str, Callable[[World, Entry], None]] = {MASS_DELETE: delete, APP_RECALL: recall}
