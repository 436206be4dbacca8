"""Mass messages that were taken: their numbers, how far they are, and how fast they may be made.

Source: "根据OpenID群发消息" and "群发" pages of developers.weixin.qq.com, read 2026.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.sandbox import codes

WINDOW_MS = 24 * 3600 * 1000  # a clientmsgid holds for a day
PER_MINUTE, MINUTE_MS = 60, 60_000
ASSISTANT = "oMassAssistant00000000000000"  # who MASSSENDJOBFINISH comes from


@dataclass(slots=True)
class Job:
    """One mass message. `ready_ms` is real time; `failed` says so when it went to nobody."""

    msgid: int
    kind: str
    ready_ms: int
    failed: bool = False
    deleted: bool = False

    def status(self, now_ms: int) -> str:
        """As mass/get names it."""
        if self.deleted:
            return "DELETE"
        if now_ms < self.ready_ms:
            return "SENDING"
        return "SEND_FAIL" if self.failed else "SEND_SUCCESS"


@dataclass(slots=True)
class Jobs:
    """Jobs by number, ids that were given before (id -> number, when), and the account's speed."""

    known: dict[int, Job] = field(default_factory=dict)
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    recent: deque[int] = field(default_factory=deque)
    speed: int = 0
    allowed: bool = True

    def pace(self, now_ms: int) -> None:
        """Count one request; Refused 45011 for the 61st within a minute."""
        while self.recent and not 0 <= now_ms - self.recent[0] < MINUTE_MS:
            self.recent.popleft()
        if len(self.recent) >= PER_MINUTE:
            raise codes.Refused(45011)
        self.recent.append(now_ms)

    def repeated(self, client_id: str, now_ms: int) -> int | None:
        """The job already made under this id within a day."""
        found = self.ids.get(client_id)
        return found[0] if found and 0 <= now_ms - found[1] < WINDOW_MS else None

    def get(self, msgid: object) -> Job:
        """The job; Refused 40035 for an unknown number."""
        text = str(msgid)
        job = self.known.get(int(text)) if text.isascii() and text.isdecimal() else None
        if job is None:
            raise codes.Refused(40035, "invalid msg_id")
        return job
