"""The WeCom corp with one app: its token, its members, and what it may still send them.

Source: "获取access_token" (document/path/91039) and "发送应用消息" (90236) of developer.work.weixin.qq.com, read 2026.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox import clock, codes

LIFE_MS = 7200 * 1000
PER_SEAT = 200  # person-times a day for each account the corp may have
MINUTE_MS, PER_MINUTE = 60_000, 30
HOUR_MS, PER_HOUR = 3_600_000, 1000


@dataclass(slots=True)
class Member:
    """One member. `licensed`: has the right to be written to. `recent` are moments of the last hour, `lines` ledger numbers."""

    userid: str
    name: str = ""
    licensed: bool = True
    recent: deque[int] = field(default_factory=deque)
    lines: list[int] = field(default_factory=list)

    def hears(self, now_ms: int) -> bool:
        """Whether one more message reaches her; what is too much is dropped silently."""
        while self.recent and not 0 <= now_ms - self.recent[0] < HOUR_MS:
            self.recent.popleft()
        minute = sum(1 for at in self.recent if 0 <= now_ms - at < MINUTE_MS)
        return minute < PER_MINUTE and len(self.recent) < PER_HOUR


@dataclass(slots=True)
class Corp:
    """Credentials, the token in force, the members by lower-case userid. `anyone`: unknown userids become members."""

    corp_id: str
    secret: str
    agent_id: int
    seats: int = 1000
    token: str = ""
    ends_ms: int = 0
    known: dict[str, Member] = field(default_factory=dict)
    anyone: bool = False
    day: int = 0
    sent: int = 0

    def check_secret(self, corp_id: str, secret: str) -> None:
        """Refused 41002, 41004, 40013 or 40001 when the credentials are missing or wrong."""
        if not corp_id:
            raise codes.Refused(41002, "corpid missing")
        if not secret:
            raise codes.Refused(41004, "corpsecret missing")
        if corp_id != self.corp_id:
            raise codes.Refused(40013, "invalid corpid")
        if secret != self.secret:
            raise codes.Refused(40001, "invalid credential")

    def check_token(self, given: str, now_ms: int) -> None:
        """Refused 41001 without a token, 42001 for one that ran out, 40014 for any other."""
        if not given:
            raise codes.Refused(41001)
        if given != self.token:
            raise codes.Refused(40014)
        if now_ms >= self.ends_ms:
            raise codes.Refused(42001)

    def give(self, now_ms: int) -> tuple[str, int]:
        """The token and its seconds: the same for everybody until it runs out."""
        if not self.token or now_ms >= self.ends_ms:
            self.token, self.ends_ms = secrets.token_urlsafe(120), now_ms + LIFE_MS
        return self.token, min(LIFE_MS, self.ends_ms - now_ms) // 1000

    def revoke(self, now_ms: int, *, expire: bool) -> None:
        """Make the token invalid (40014) or, with `expire`, run out now (42001)."""
        if expire:
            self.ends_ms = now_ms
        else:
            self.token = ""

    def find(self, userid: str) -> Member | None:
        """The member, made one when anybody is let in."""
        if self.anyone and userid:
            return self.known.setdefault(userid.lower(), Member(userid))
        return self.known.get(userid.lower())

    def check_day(self, people: int, now_ms: int) -> None:
        """Refused 45009 when so many person-times more are too many for today."""
        self.count(0, now_ms)
        if self.sent + people > self.seats * PER_SEAT:
            raise codes.Refused(45009, "api freq out of limit")

    def count(self, people: int, now_ms: int) -> None:
        """Count person-times of today."""
        today = clock.day_of(now_ms)
        if today != self.day:
            self.day, self.sent = today, 0
        self.sent += people
