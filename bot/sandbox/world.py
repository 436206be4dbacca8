"""Everything the platform holds in memory, and how it is read back from the journal after a restart."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox import (
    account,
    clock,
    codes,
    faults,
    groups,
    journal,
    ledger,
    media,
    options,
    outcomes,
    people,
    push,
    quotas,
    scenes,
    templates,
)
from bot.sandbox.people import Person

DEDUPE_MS = 600_000  # client_msg_id holds for ten minutes
TEMPLATE_SEND = "/cgi-bin/message/template/send"
CUSTOM_SEND = "/cgi-bin/message/custom/send"
ROBOT_SEND = "/cgi-bin/webhook/send"
MENU = "menu"


@dataclass(slots=True)
class World:
    """The rooms of the platform. `latency_ms` delays every platform answer."""

    given: options.Options
    account: account.Account
    clock: clock.Clock
    ledger: ledger.Ledger
    journal: journal.Journal
    quotas: quotas.Quotas
    faults: faults.Faults
    people: people.People
    groups: groups.Groups
    templates: templates.Templates
    scenes: scenes.Scenes
    media: media.Media
    pusher: push.Pusher
    outcomes: outcomes.Outcomes
    menu: dict[str, Any] | None = None
    latency_ms: int = 0
    # 64-bit as the real ones, beyond what a double holds exactly: a bot that reads them as floats shall notice.
    # It starts at the time, so that a sandbox restarted without its data never gives a number twice.
    next_msgid: int = field(default_factory=lambda: clock.real_ms() * 1_000_000)
    dedupe: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def now(self) -> int:
        """Now on the sandbox clock, epoch ms."""
        return self.clock.now_ms()

    def take_msgid(self) -> int:
        """The next message number, always increasing, for messages of both directions."""
        self.next_msgid += 1
        return self.next_msgid

    def repeated(self, openid: str, client_id: str) -> int | None:
        """The msgid already given for this person and client_msg_id within the last ten minutes."""
        first = self.dedupe.get((openid, client_id))
        return first[0] if first and 0 <= self.now() - first[1] < DEDUPE_MS else None

    def say(self, openid: str, line: dict[str, Any]) -> None:
        """Add a line to her chat: what she said, what she was answered, or a note of the platform."""
        line = {"at": self.now(), **line}
        self.people.meet(openid, line["at"]).lines.append(line)
        self.journal.write("line", who=openid, line=line)

    def set_template(self, template_id: str, title: str, content: str) -> None:
        """Add or change a template of the account."""
        self.templates.known[template_id] = templates.Template(
            template_id, title, content, exact=bool(content)
        )
        self.journal.write("template", template_id=template_id, title=title, content=content)

    def restart(self) -> None:
        """Forget everything except the credentials, the target and the running senders."""
        self.pusher.cancel()
        self.pusher.sent.clear()
        self.pusher.timing = push.Timing()
        self.outcomes.clear()
        self.journal.clear()
        fresh = of(replace(self.given, data_dir=None, target=self.pusher.target))
        for name in (
            "ledger",
            "quotas",
            "people",
            "groups",
            "templates",
            "scenes",
            "media",
            "menu",
            "latency_ms",
        ):
            setattr(self, name, getattr(fresh, name))
        self.account.revoke(0, expire=False)
        self.dedupe, self.clock.offset_ms = {}, 0
        self.faults.rules = []
        self.faults.reseed(1)
        blank = fresh.outcomes
        self.outcomes.delay_ms, self.outcomes.before_answer, self.outcomes.enabled = (
            blank.delay_ms, blank.before_answer, blank.enabled,
        )  # fmt: skip

    def keep_person(self, person: Person) -> None:
        """Write her settings (not her chat) to the journal."""
        fields = ("follows", "followed_ms", "blocks", "name", "unit", "role")
        self.journal.write(
            "person", who=person.openid, **{name: getattr(person, name) for name in fields}
        )

    def record(self, **entry: Any) -> int:
        """Append a platform call to the ledger, the journal, and the chat or group it appears in."""
        self.journal.write("call", **entry)
        return self.recall(entry)

    def recall(self, entry: dict[str, Any]) -> int:
        """What `record` does in memory; also used for entries that come back from the journal."""
        seq = self.ledger.append(**entry)
        if not entry["flags"] & ledger.ACCEPTED:
            return seq
        path, who = entry["endpoint"], entry["who"]
        if path == TEMPLATE_SEND and entry["dedupe"]:
            self._remember(who, entry["dedupe"], entry["msgid"], entry["at"])
        if path in (TEMPLATE_SEND, CUSTOM_SEND):
            self.people.meet(who, entry["at"]).lines.append(seq)
        elif path == ROBOT_SEND and who in self.groups.known:
            self.groups.known[who].sent.append(seq)
        return seq

    def _remember(self, openid: str, client_id: str, msgid: int, at: int) -> None:
        self.dedupe[openid, client_id] = (msgid, at)
        # Oldest first: throw away what ran out, a few per call, so that a million sends stay cheap.
        for _ in range(2):
            key, (_, since) = next(iter(self.dedupe.items()))
            if at - since < DEDUPE_MS:
                break
            del self.dedupe[key]


def of(given: options.Options) -> World:
    """A world as at the first start, filled from the journal of the data directory."""
    who = account.of(given)
    time, rules = clock.Clock(), faults.Faults()
    pusher = push.Pusher(who, target_url(given.target))
    world = World(
        given=given,
        account=who,
        clock=time,
        ledger=ledger.Ledger(),
        journal=journal.Journal(given.data_dir),
        quotas=quotas.Quotas(),
        faults=rules,
        people=people.People(),
        groups=groups.Groups(),
        templates=templates.Templates({key: templates.Template(key) for key in given.templates}),
        scenes=scenes.Scenes(),
        media=media.Media(),
        pusher=pusher,
        outcomes=outcomes.Outcomes(pusher, rules, time),
    )
    for line in world.journal.read():
        _replay(world, line)
    world.journal.open()
    return world


def target_url(given: str) -> str:
    """The webhook address: a bare host gets the path /wechat."""
    if not given:
        return ""
    scheme, _, rest = given.partition("://")
    return given if "/" in rest.rstrip("/") else f"{scheme}://{rest.rstrip('/')}/wechat"


def _replay(world: World, line: dict[str, Any]) -> None:
    kind = line.pop("k")
    _REPLAY[kind](world, line)


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


def _replay_template(world: World, line: dict[str, Any]) -> None:
    content = line["content"]
    made = templates.Template(line["template_id"], line["title"], content, exact=bool(content))
    world.templates.known[made.template_id] = made


def _replay_token(world: World, line: dict[str, Any]) -> None:
    world.account.tokens[line["token"]] = line["ends"]
    setattr(world.account, line["slot"], line["token"])


def _replay_clock(world: World, line: dict[str, Any]) -> None:
    world.clock.offset_ms = line["offset_ms"]


def _replay_menu(world: World, line: dict[str, Any]) -> None:
    world.menu = line["menu"]


def _replay_call(world: World, entry: dict[str, Any]) -> None:
    path, at = entry["endpoint"], entry["at"]
    if path == ROBOT_SEND and entry["who"] not in world.groups.known and entry["errcode"] == 0:
        world.groups.known[entry["who"]] = groups.Group(entry["who"])
    world.recall(entry)
    world.next_msgid = max(world.next_msgid, entry["msgid"])
    if entry["flags"] & ledger.COUNTED:
        with contextlib.suppress(codes.Refused):
            world.quotas.spend(path, at)
    if path == CUSTOM_SEND and entry["flags"] & ledger.ACCEPTED:
        with contextlib.suppress(codes.Refused):
            world.people.meet(entry["who"], at).spend(at)


_REPLAY = {
    "call": _replay_call,
    "line": _replay_line,
    "person": _replay_person,
    "scene": _replay_scene,
    "group": _replay_group,
    "template": _replay_template,
    "token": _replay_token,
    "clock": _replay_clock,
    MENU: _replay_menu,
}


def body_of(world: World, seq: int) -> dict[str, Any]:
    """The recorded request of ledger entry `seq` as an object (empty when it was not one)."""
    try:
        data = json.loads(world.ledger.body(seq) or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
