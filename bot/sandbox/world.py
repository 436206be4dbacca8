"""Everything the platform holds in memory, and how it is read back from the journal after a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox import (
    account,
    behaviour,
    circles,
    clock,
    consents,
    corp,
    faults,
    feed,
    groups,
    jobs,
    journal,
    ledger,
    media,
    options,
    outcomes,
    people,
    push,
    quotas,
    replay,
    scenes,
    taken,
    templates,
    units,
)
from bot.sandbox.people import Person
from bot.sandbox.replay import MENU as MENU
from bot.sandbox.replay import WEBSITE as WEBSITE
from bot.sandbox.taken import APP_SEND as APP_SEND
from bot.sandbox.taken import CUSTOM_SEND as CUSTOM_SEND
from bot.sandbox.taken import MASS_SEND as MASS_SEND
from bot.sandbox.taken import ROBOT_SEND as ROBOT_SEND
from bot.sandbox.taken import SENDS as SENDS
from bot.sandbox.taken import SUBSCRIBE_SEND as SUBSCRIBE_SEND
from bot.sandbox.taken import TEMPLATE_SEND as TEMPLATE_SEND


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
    consents: consents.Consents
    corp: corp.Corp
    scenes: scenes.Scenes
    media: media.Media
    pusher: push.Pusher
    outcomes: outcomes.Outcomes
    menu: dict[str, Any] | None = None
    website: dict[str, Any] = field(default_factory=dict)
    latency_ms: int = 0
    # 64-bit as the real ones, beyond what a double holds exactly: a bot that reads them as floats shall notice.
    # It starts at the time, so that a sandbox restarted without its data never gives a number twice.
    next_msgid: int = field(default_factory=lambda: clock.real_ms() * 1_000_000)
    dedupe: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    jobs: jobs.Jobs = field(default_factory=jobs.Jobs)
    units: units.Units = field(default_factory=units.Units)
    circles: circles.Circles = field(default_factory=circles.Circles)
    feed: feed.Feed = field(default_factory=feed.Feed)
    crowd: behaviour.Crowd = field(default_factory=behaviour.Crowd)
    # WeCom: requests that may be repeated -> number and until when; names of messages -> when, ledger number.
    repeats: dict[str, tuple[int, int]] = field(default_factory=dict)
    app_messages: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def calls(self) -> frozenset[str]:
        """The endpoints that bring a notice, unlike a single letter to somebody who wrote."""
        return _CALLS

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
        return first[0] if first and 0 <= self.now() - first[1] < taken.DEDUPE_MS else None

    def say(self, openid: str, line: dict[str, Any]) -> None:
        """Add a line to her chat: what she said, what she was answered, or a note of the platform."""
        line = {"at": self.now(), **line}
        self.people.meet(openid, line["at"]).lines.append(line)
        self.journal.write("line", who=openid, line=line)
        self.feed.add(line["at"], _kind(line), openid, str(line.get("text", "")))

    def set_template(self, template_id: str, title: str, content: str) -> None:
        """Add or change a template of the account."""
        self.templates.known[template_id] = templates.Template(
            template_id, title, content, exact=bool(content)
        )
        self.journal.write("template", template_id=template_id, title=title, content=content)

    def restart(self) -> None:
        """Forget everything except the credentials, the target and the running senders."""
        self.crowd.stop()
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
            "consents",
            "corp",
            "jobs",
            "units",
            "circles",
            "crowd",
            "repeats",
            "app_messages",
            "scenes",
            "media",
            "menu",
            "website",
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
        fields = ("follows", "followed_ms", "blocks", "name", "unit", "role", "code", "slip")
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
        effect = SENDS.get(entry["endpoint"])
        if effect is not None and entry["flags"] & ledger.ACCEPTED:
            effect(self, entry, seq)
            for who in entry.get("many") or [entry["who"]]:
                self.feed.add(entry["at"], _REACHED.get(entry["endpoint"], feed.SENT), who)
        elif effect is not None and entry["errcode"]:
            self.feed.add(entry["at"], feed.REFUSED, entry["who"], str(entry["errcode"]))
        return seq


_CALLS = frozenset({TEMPLATE_SEND, MASS_SEND, SUBSCRIBE_SEND})
_REACHED = {CUSTOM_SEND: feed.LETTER, ROBOT_SEND: feed.ROBOT}


def _kind(line: dict[str, Any]) -> str:
    if line["from"] != "her":
        return feed.ANSWERED
    return feed.TAPPED if line["kind"] == "event" else feed.SAID


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
        consents=_consents(given),
        corp=corp.Corp(given.corp_id, given.corp_secret, int(given.agent_id)),
        scenes=scenes.Scenes(),
        media=media.Media(),
        pusher=pusher,
        outcomes=outcomes.Outcomes(pusher, rules, time),
    )
    for line in world.journal.read():
        replay.line(world, line)
    world.journal.open()
    return world


def _consents(given: options.Options) -> consents.Consents:
    return consents.Consents({key: templates.Template(key) for key in given.subscriptions})


def target_url(given: str) -> str:
    """The webhook address: a bare host gets the path /wechat."""
    if not given:
        return ""
    scheme, _, rest = given.partition("://")
    return given if "/" in rest.rstrip("/") else f"{scheme}://{rest.rstrip('/')}/wechat"


def body_of(world: World, seq: int) -> dict[str, Any]:
    """The recorded request of ledger entry `seq` as an object (empty when it was not one)."""
    try:
        data = json.loads(world.ledger.body(seq) or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
