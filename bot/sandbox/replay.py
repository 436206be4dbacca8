"""How what happened is read back from the journal, line by line."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from bot.sandbox import circles, codes, corp, groups, ledger, scenes, taken, templates, units

if TYPE_CHECKING:
    from bot.sandbox.world import World

MENU = "menu"
WEBSITE = "website"


def line(world: World, entry: dict[str, Any]) -> None:
    """Do again what one line of the journal says."""
    _REPLAY[entry.pop("k")](world, entry)


def _replay_line(world: World, line: dict[str, Any]) -> None:
    said = line["line"]
    person = world.people.meet(line["who"], said["at"])
    person.lines.append(said)
    if said.get("opens"):
        person.open(said["opens"], said["at"])


def _replay_person(world: World, line: dict[str, Any]) -> None:
    person = world.people.meet(line.pop("who"), 0)
    for name, value in line.items():
        setattr(person, name, value)


def _replay_scene(world: World, line: dict[str, Any]) -> None:
    world.scenes.keep(scenes.Scene(**line))


def _replay_group(world: World, line: dict[str, Any]) -> None:
    group = world.groups.known.setdefault(line["key"], groups.Group(line["key"]))
    group.name, group.unit = line["name"], line["unit"]


def _replay_unit(world: World, line: dict[str, Any]) -> None:
    world.units.known[line["code"]] = units.Unit(**line)


def _replay_circle(world: World, line: dict[str, Any]) -> None:
    world.circles.put(circles.Circle(**line))


def _replay_forward(world: World, line: dict[str, Any]) -> None:
    world.circles.known[line["key"]].lines.append({"at": line["at"], "text": line["text"]})


def _replay_template(world: World, line: dict[str, Any]) -> None:
    content = line["content"]
    made = templates.Template(line["template_id"], line["title"], content, exact=bool(content))
    world.templates.known[made.template_id] = made


def _replay_consent(world: World, line: dict[str, Any]) -> None:
    world.consents.left[line["who"], line["template_id"]] = line["left"]


def _replay_subscription(world: World, line: dict[str, Any]) -> None:
    content = line["content"]
    made = templates.Template(line["template_id"], line["title"], content, exact=bool(content))
    world.consents.add(made, line["lasts"])


def _replay_member(world: World, line: dict[str, Any]) -> None:
    member = corp.Member(line["userid"], line["name"], licensed=line["licensed"])
    world.corp.known[member.userid.lower()] = member


def _replay_token(world: World, line: dict[str, Any]) -> None:
    if line["slot"] == "corp":
        world.corp.token, world.corp.ends_ms = line["token"], line["ends"]
        return
    world.account.tokens[line["token"]] = line["ends"]
    setattr(world.account, line["slot"], line["token"])


def _replay_clock(world: World, line: dict[str, Any]) -> None:
    world.clock.offset_ms = line["offset_ms"]


def _replay_menu(world: World, line: dict[str, Any]) -> None:
    world.menu = line["menu"]


def _replay_website(world: World, line: dict[str, Any]) -> None:
    world.website = line["has"]


def _replay_call(world: World, entry: dict[str, Any]) -> None:
    path, at = entry["endpoint"], entry["at"]
    if (
        path == taken.ROBOT_SEND
        and entry["who"] not in world.groups.known
        and entry["errcode"] == 0
    ):
        world.groups.known[entry["who"]] = groups.Group(entry["who"])
    world.recall(entry)
    world.next_msgid = max(world.next_msgid, entry["msgid"])
    if entry["flags"] & ledger.COUNTED:
        with contextlib.suppress(codes.Refused):
            world.quotas.spend(path, at)
    undo = taken.UNDOES.get(path)
    if undo is not None and entry["errcode"] == 0:
        undo(world, entry)
    if path == taken.CUSTOM_SEND and entry["flags"] & ledger.ACCEPTED:
        with contextlib.suppress(codes.Refused):
            world.people.meet(entry["who"], at).spend(at)


_REPLAY = {
    "call": _replay_call,
    "line": _replay_line,
    "person": _replay_person,
    "scene": _replay_scene,
    "group": _replay_group,
    "unit": _replay_unit,
    "circle": _replay_circle,
    "forward": _replay_forward,
    "template": _replay_template,
    "token": _replay_token,
    "clock": _replay_clock,
    "consent": _replay_consent,
    "subscription": _replay_subscription,
    "member": _replay_member,
    MENU: _replay_menu,
    WEBSITE: _replay_website,
}
