"""Temporary media: what was uploaded, kept three days in memory."""

from __future__ import annotations

import email
import email.policy
import secrets
from dataclasses import dataclass, field

from bot.sandbox import codes

LIFE_MS = 3 * 24 * 3600 * 1000
# Largest sizes in bytes: "新增临时素材" page, read 2026.
LIMITS = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}
_MAGIC = {
    "image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"),
    "thumb": (b"\xff\xd8\xff",),
    "voice": (b"#!AMR", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "video": (b"\x00\x00\x00",),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One uploaded file with its kind, content type and end of life (epoch ms)."""

    media_id: str
    kind: str
    content: bytes
    content_type: str
    ends_ms: int


@dataclass(slots=True)
class Media:
    """Uploaded files by media_id."""

    known: dict[str, Item] = field(default_factory=dict)

    def add(self, kind: str, content: bytes, content_type: str, now_ms: int) -> Item:
        """Keep a file; Refused 40004, 41005, 40006 or 40005 for a wrong kind, no data, size or format."""
        if kind not in LIMITS:
            raise codes.Refused(40004)
        if not content:
            raise codes.Refused(41005)
        if len(content) > LIMITS[kind]:
            raise codes.Refused(40006)
        if not content.startswith(_MAGIC[kind]):
            raise codes.Refused(40005)
        return self.keep(kind, content, content_type, now_ms)

    def keep(self, kind: str, content: bytes, content_type: str, now_ms: int) -> Item:
        """Keep what needs no checking."""
        self.known = {key: item for key, item in self.known.items() if item.ends_ms > now_ms}
        item = Item(secrets.token_urlsafe(48), kind, content, content_type, now_ms + LIFE_MS)
        self.known[item.media_id] = item
        return item

    def received(self, content: bytes, now_ms: int) -> Item:
        """Keep what a follower sent, whatever it is."""
        self.known = {key: item for key, item in self.known.items() if item.ends_ms > now_ms}
        kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        item = Item(secrets.token_urlsafe(48), "image", content, kind, now_ms + LIFE_MS)
        self.known[item.media_id] = item
        return item

    def get(self, media_id: object, now_ms: int, kind: str = "") -> Item:
        """The file; Refused 41006 without an id, 40007 for one unknown, run out or not of that kind."""
        if not media_id:
            raise codes.Refused(41006)
        item = self.known.get(media_id) if isinstance(media_id, str) else None
        if item is None or item.ends_ms <= now_ms or kind not in ("", item.kind):
            raise codes.Refused(40007)
        return item


def file_part(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Content and content type of the form part `media`; Refused 41005 when there is none."""
    head = f"Content-Type: {content_type}\r\nMIME-Version: 1.0\r\n\r\n".encode()
    message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    for part in message.iter_parts() if message.is_multipart() else ():
        if part.get_param("name", header="content-disposition") == "media":
            content = part.get_payload(decode=True)
            return (content if isinstance(content, bytes) else b""), part.get_content_type()
    raise codes.Refused(41005)
