"""What every channel is: accounts, messages, calls, outcomes, limits and the two protocols."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

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


@dataclass(frozen=True, slots=True)
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


Message = Words | Markdown | Picture | Choices | Card


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a platform: `id` (at most 32 ASCII characters) is the same on every retry.

    `to` are openids (for a robot: its key), never more than the channel's `limits.people`.
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

    `people`: recipients per call. `text_bytes`: UTF-8 bytes of one text. `per_minute`, `per_day`:
    calls of the account (for a robot: of that robot); the account's own figure of the day is
    `account.quota`. `repeat_s`: seconds in which a repeated id is not delivered twice; None means
    that the platform knows no such id, so nothing UNCLEAR may be repeated.
    """

    people: Limit
    text_bytes: Limit | None
    per_minute: Limit | None
    per_day: Limit | None
    repeat_s: Limit | None


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

    async def send(self, call: Call) -> list[Outcome]:
        """Make the call once; one outcome per recipient, in order. Failures are outcomes."""
        ...
