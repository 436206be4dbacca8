"""A broadcast before and while it is sent: what is asked, whom it reaches, and its states."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core import estimate, way
from bot.core.estimate import Part
from bot.core.model import Level, Role, Unit

BATCH = 500  # members of one batch at most, where a call is for one
READ_MINUTES = 2  # what a notice asks of a person, for the preview


class Receipt(enum.StrEnum):
    """回执 a notice asks for."""

    NONE = "none"
    KNOW = "know"
    SIGN = "sign"
    REPLY = "reply"


class Phase(enum.StrEnum):
    """The state of a broadcast; READY: approved, not released yet."""

    WAITING = "waiting"
    REFUSED = "refused"
    READY = "ready"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    EXPIRED = "expired"
    DONE = "done"


# The only changes there are.
_NEXT = {
    Phase.WAITING: {Phase.READY, Phase.REFUSED, Phase.STOPPED, Phase.EXPIRED},
    Phase.READY: {Phase.SENDING, Phase.PAUSED, Phase.STOPPED, Phase.EXPIRED},
    Phase.SENDING: {Phase.PAUSED, Phase.STOPPED, Phase.EXPIRED, Phase.DONE},
    Phase.PAUSED: {Phase.READY, Phase.STOPPED, Phase.EXPIRED},
    Phase.REFUSED: set[Phase](),
    Phase.STOPPED: set[Phase](),
    Phase.EXPIRED: set[Phase](),
    Phase.DONE: {Phase.SENDING},  # its author has those who are unknown sent a second copy
}

CUT = (Phase.READY, Phase.SENDING, Phase.PAUSED, Phase.STOPPED, Phase.EXPIRED, Phase.DONE)


def allowed(before: Phase, after: Phase) -> bool:
    """Whether a broadcast may go from `before` to `after`."""
    return after in _NEXT[before]


def taken_over(broadcast: Broadcast, after: Phase, reason: str) -> bool:
    """Whether a person pauses what the program itself had paused: it then waits for a person."""
    paused_by_program = broadcast.state is Phase.PAUSED and broadcast.stop_reason != ""
    return paused_by_program and after is Phase.PAUSED and not reason


@dataclass(frozen=True, slots=True)
class AudienceItem:
    """One item of 对象: level AND role; None means any. Both None: 全体."""

    level: Level | None
    role: Role | None


ALL = AudienceItem(None, None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be sent.

    `unit` sends it. The audience is everybody of `items` in the units of `scope_units` and below,
    with `groups` their WeChat groups too; or, when `explicit`, exactly `persons` and `group_ids`.
    `purpose` is notice | reminder | weekly | milestone.
    With `amends` it is for whom that notice was for, with those who have signed it only if `acted`.
    """

    kind: str
    title: str
    body: str
    unit: Unit
    scope_units: tuple[Unit, ...] = ()
    items: tuple[AudienceItem, ...] = (ALL,)
    groups: bool = False
    deadline: datetime | None = None
    receipt: Receipt = Receipt.NONE
    not_before: datetime | None = None
    urgent: bool = False
    joint: str = ""
    persons: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    explicit: bool = False
    purpose: str = "notice"
    amends: int | None = None
    acted: bool = True


@dataclass(frozen=True, slots=True)
class Earlier:
    """A notice that says the same: its number, and when it was written (epoch milliseconds)."""

    n: int
    made_at_ms: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming a draft would do.

    `minutes` is the reading time asked of each person, `eta_s` the time to send,
    `starts_at` when that may begin (None: at once).

    `parts`: what each channel that is used has to do. `hash` stands for text, audience and channels.
    `same`: the newest notice of the last day by the same unit with the same words.
    """

    people: int
    groups: int
    unregistered: int
    paused: int
    parts: tuple[Part, ...]
    minutes: int
    starts_at: datetime | None
    needs_second: bool
    hash: bytes
    same: Earlier | None

    @property
    def token(self) -> bytes:
        """What whoever saw it agrees to: the hash, and which notice she was told says the same."""
        return self.hash + (str(self.same.n).encode() if self.same else b"")

    @property
    def calls(self) -> int:
        """Calls to the platforms."""
        return sum(part.calls for part in self.parts)

    @property
    def batches(self) -> int:
        """Units of work they are cut into."""
        return sum(part.batches for part in self.parts)

    @property
    def eta_s(self) -> int:
        """Seconds until the last is sent, at best."""
        return estimate.seconds(self.parts)

    def members(self, channel: str) -> int:
        """How many are reached by a channel."""
        return sum(part.members for part in self.parts if part.channel == channel)

    @property
    def reached(self) -> int:
        """Persons reached by any channel."""
        return sum(part.members for part in self.parts if part.channel not in way.GROUPS)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """通知 as it is kept; its id is the number people say. Times are UTC epoch milliseconds."""

    id: int
    author_id: int | None
    unit_id: int
    kind: str
    title: str
    body: str = field(repr=False)
    joint: str
    deadline_ms: int | None
    receipt: Receipt
    urgent: bool
    audience: dict[str, object] = field(repr=False)
    purpose: str
    not_before_ms: int | None
    expires_at_ms: int
    epoch: int | None
    body_hash: bytes = field(repr=False)
    people_n: int
    groups_n: int
    state: Phase
    state_ver: int
    stop_reason: str
    approved_by: int | None
    made_at_ms: int
    approved_at_ms: int | None
    amends: int | None


def asked(draft: Draft) -> dict[str, object]:
    """The audience as asked, for keeping; `items_of` and the unit ids read it back."""
    if draft.amends is not None:
        return {"amends": draft.amends, "acted": draft.acted}
    if draft.explicit:
        return {"persons": sorted(set(draft.persons)), "groups": sorted(set(draft.group_ids))}
    return {
        "units": [unit.id for unit in draft.scope_units],
        "items": [
            [int(item.level) if item.level else None, item.role.value if item.role else None]
            for item in draft.items
        ],
        "groups": draft.groups,
    }


def items_of(audience: dict[str, object]) -> tuple[AudienceItem, ...]:
    """The items of a kept audience."""
    raw = audience.get("items", [])
    assert isinstance(raw, list)
    return tuple(
        AudienceItem(Level(level) if level else None, Role(role) if role else None)
        for level, role in raw
    )


def digest(
    *,
    kind: str,
    title: str,
    body: str,
    joint: str,
    terms: Sequence[object],
    members: Sequence[bytes],
) -> bytes:
    """32 bytes that stand for text, terms (deadline, receipt, …) and audience with its channels."""
    words = json.dumps([kind, title, body, joint, *terms], ensure_ascii=False, default=str)
    state = hashlib.blake2b(words.encode(), digest_size=32)
    for part in members:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.digest()


def call_id(install: str, broadcast_id: int, member: str, member_id: int, version: int) -> str:
    """The id of a call, 32 ASCII characters, the same on every retry; `member` is person, group or owner."""
    name = f"{install}\0{broadcast_id}\0{member}\0{member_id}\0v{version}"
    return hashlib.blake2b(name.encode(), digest_size=16).hexdigest().upper()
