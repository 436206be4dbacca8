"""What every channel is: accounts, messages, calls, outcomes, limits and the two protocols."""

from __future__ import annotations

import enum
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from bot.core.frozen import frozen
from bot.core.inbound import Inbound
from bot.core.outcome import Kind
from bot.core.reply import Reply


class Platform(enum.StrEnum):
    """Whose codes and whose callback rules apply; a robot is WeCom's, with codes of its own."""

    MP = "mp"
    WECOM = "wecom"
    ROBOT = "robot"


@dataclass(frozen=True, slots=True)
class Account:
    """One account that receives pushes.

    `app_id` is the WeChat app id or the WeCom corp id: what stands at the end of an AES frame.
    `aes_key` is the 43 characters of the back office; with it only encrypted pushes are read.
    `original_id` (`gh_…`) is compared with ToUserName when it is set.
    """

    name: str
    platform: Platform
    app_id: str
    token: str = field(repr=False)
    aes_key: str | None = field(repr=False)
    original_id: str | None


class Format(enum.StrEnum):
    """The form of a push, chosen in the platform's back office; an answer takes the same."""

    XML = "xml"
    JSON = "json"


@frozen
class Push:
    """A push as it was read: what it says, and in which form an answer must go back."""

    inbound: Inbound
    format: Format
    encrypted: bool


class Listener(Protocol):
    """Reads what one account's platform pushes, and writes what we answer."""

    account: Account

    def prove(self, query: Mapping[str, str], *, now: datetime) -> bytes:
        """The bytes that prove the address is ours (GET); NotOurs if the platform did not sign."""
        ...

    def read(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> Push:
        """One push; NotOurs (403) before a valid signature, Malformed (`success`) after it."""
        ...

    def write(self, push: Push, reply: Reply, *, now: datetime) -> bytes:
        """The answer's exact bytes, in the form of the push; `wire.content_type` names its type."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Markdown:
    """Text with WeCom's small markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An uploaded picture."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article that lies in the account's material (`mpnews`)."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A title to tap, with a few words and a picture if there is one."""

    title: str
    text: str
    url: str
    picture_url: str | None


@dataclass(frozen=True, slots=True)
class Choices:
    """A question with answers to tap: `choices` are (id, what she taps and thereby says)."""

    head: str
    choices: tuple[tuple[str, str], ...]
    tail: str


@dataclass(frozen=True, slots=True)
class Card:
    """A template message: `data` maps the template's own keys to finished words."""

    template_id: str
    data: Mapping[str, str]
    url: str | None


Message = Words | Markdown | Picture | Article | Link | Choices | Card


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a platform: `id` (at most 32 ASCII characters) is the same on every retry.

    `to` are openids (userids on WeCom, for a robot its key), from `limits.least` to `limits.people`
    of them. A repeat has the same id, the same people in the same order and the same message.
    """

    id: str
    to: tuple[str, ...] = field(repr=False)
    message: Message = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call for one recipient.

    `code` is the platform's errcode, None when it did not answer in its language; `msgid` is its
    name for what it took; `detail` is one English line for the log, without secrets.
    """

    kind: Kind
    code: int | None
    msgid: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A number a vendor states, where it states it, and the day our copy of that page was read."""

    value: int
    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel allows; None where the vendor states nothing.

    `least`, `people`: fewest and most recipients of a call. `text_bytes`: UTF-8 bytes of one text.
    `per_minute`, `per_day`: calls of the account (for a robot: of that robot); the account's own
    figure of the day is `account.quota`. `people_per_day`: recipients of all calls of a day.
    `per_person_month`: messages one person gets in a calendar month; more are dropped silently.
    `repeat_s`: seconds in which a repeated call is not delivered twice; None means that the
    platform knows no repeats, so nothing UNCLEAR may be repeated. `recall_s`: how long after a
    send a `Recalling` channel can take it back; None there means without end.
    """

    least: Limit
    people: Limit
    text_bytes: Limit | None
    per_minute: Limit | None
    per_day: Limit | None
    people_per_day: Limit | None
    per_person_month: Limit | None
    repeat_s: Limit | None
    recall_s: Limit | None

    def take(self, call: Call) -> tuple[str, ...]:
        """The call's recipients; ValueError, before anything is sent, when they are too few or many."""
        if not self.least.value <= len(call.to) <= self.people.value:
            span = f"{self.least.value} to {self.people.value}"
            raise ValueError(f"a call has {len(call.to)} recipients instead of {span}")
        return call.to


class Channel(Protocol):
    """One way to people."""

    @property
    def name(self) -> str:
        """The name in tables, settings and logs."""
        ...

    @property
    def limits(self) -> Limits:
        """What the platform allows on this channel."""
        ...

    def send(self, call: Call) -> Coroutine[Any, Any, list[Outcome]]:
        """Make the call once; one outcome per recipient, in order. Failures are outcomes."""
        ...


@runtime_checkable
class Recalling(Protocol):
    """A channel that can take a message back."""

    async def recall(self, msgid: str) -> Outcome:
        """Take back what `Outcome.msgid` names, from everybody it was sent to in that call."""
        ...


class Job(enum.StrEnum):
    """How far the platform is with what it took."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DELETED = "deleted"


@runtime_checkable
class Traceable(Protocol):
    """A channel that says how far the platform is with a message."""

    async def status(self, msgid: str) -> Job:
        """How far it is with what `Outcome.msgid` names; what `codes.as_error` makes of a refusal."""
        ...
