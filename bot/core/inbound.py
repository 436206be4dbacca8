"""What arrives from a platform, made once when it is read and never changed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from bot.core.frozen import frozen


@frozen
class Text:
    """A typed line; platform placeholders such as `/:strong` are still in it."""

    content: str


@frozen
class Voice:
    """A spoken message; `recognition` is what the platform heard, None when it did not listen."""

    recognition: str | None
    media_id: str


@frozen
class Image:
    """A picture, also a custom sticker."""

    pic_url: str
    media_id: str


@frozen
class Video:
    """A film from the album."""

    media_id: str


@frozen
class ShortVideo:
    """A film taken in the chat."""

    media_id: str


@frozen
class Location:
    """A place she sent by hand: degrees in WeChat's own (GCJ-02) grid."""

    lat: float
    lon: float
    label: str


@frozen
class Link:
    """An article or a page passed on to us."""

    title: str
    description: str
    url: str


@frozen
class Click:
    """A menu button that sends its key."""

    key: str


@frozen
class View:
    """A menu button that opened a page; it opens no customer-service window."""

    url: str


@frozen
class Subscribe:
    """She follows the account; `scene` (without `qrscene_`) when she came by our QR code."""

    scene: str | None


@frozen
class Scan:
    """A follower scanned our QR code."""

    scene: str


@frozen
class Unsubscribe:
    """She left; no answer can reach her, and her data must go."""


@frozen
class TemplateFinished:
    """TEMPLATESENDJOBFINISH: `status` is `success` or `failed:<why>`, lower case, no space after `:`."""

    msgid: int
    status: str


@frozen
class MassFinished:
    """MASSSENDJOBFINISH: four totals, never single persons; `status` as `TemplateFinished` has it."""

    msgid: int
    status: str
    total: int
    filtered: int
    sent: int
    failed: int


@frozen
class SubscribeAnswered:
    """Consent to subscription notices given or withdrawn: (template id, accepted), one per template."""

    answers: tuple[tuple[str, bool], ...]


@frozen
class SubscribeSent:
    """Outcomes of subscription notices: (template id, msgid as text, `success` or why not)."""

    results: tuple[tuple[str, str, str], ...]


@frozen
class ScanCode:
    """A menu button with which she scanned somebody's code: the button's key, and what the code says."""

    key: str
    result: str


@frozen
class Pictures:
    """A menu button with which she sends `count` pictures; they follow as messages."""

    key: str
    count: int


@frozen
class Whereabouts:
    """A place that came without a message: her phone's own, or picked behind a menu button (`label`)."""

    lat: float
    lon: float
    label: str


@frozen
class Certification:
    """The account's own standing: `name` is the event, such as `verify_expired`; without it nothing is sent."""

    name: str


@frozen
class Other:
    """Anything else the platform may send: `kind` is its MsgType, `name` its Event; lower case."""

    kind: str
    name: str


What = (
    Text
    | Voice
    | Image
    | Video
    | ShortVideo
    | Location
    | Link
    | Click
    | View
    | Subscribe
    | Scan
    | Unsubscribe
    | TemplateFinished
    | MassFinished
    | SubscribeAnswered
    | SubscribeSent
    | ScanCode
    | Pictures
    | Whereabouts
    | Certification
    | Other
)


@frozen
class Inbound:
    """One push: from `openid` (a WeCom userid on that platform) to our account.

    `account` is our name for the account, `to` what the platform calls it; `created_at` is the
    platform's CreateTime (aware, UTC, whole seconds); `key` is the same for every repeat.
    """

    account: str
    openid: str
    to: str
    created_at: datetime
    key: bytes
    what: What


_TIME: Final = 5  # bytes of seconds, for years up to 9999


def message_key(account: str, msg_id: str) -> bytes:
    """The key of a message: the platform repeats the MsgId."""
    return _digest("message", account, msg_id)


def event_key(
    account: str, openid: str, created: int, *, name: str, event_key: str, msg_id: str
) -> bytes:
    """The key of an event, which has no MsgId of its own.

    The platform names sender and CreateTime; two different events of one person in one second
    would collide, so the event's name, its key and the MsgID it speaks of are in it too. The time comes first:
    what came together lies together in an index, where random keys would be a page for each.
    """
    digest = _digest("event", account, openid, str(created), name, event_key, msg_id)
    return created.to_bytes(_TIME, "big") + digest[:-_TIME]


def _digest(*parts: str) -> bytes:
    """16 bytes over the parts, each with its length: no two lists of parts read the same."""
    raws = [part.encode("utf-8", "surrogatepass") for part in parts]
    framed = b"".join([len(raw).to_bytes(4, "big") + raw for raw in raws])
    return hashlib.blake2b(framed, digest_size=16).digest()
