"""The official account and its access tokens, with the semantics of /token and /stable_token.

Source: "getAccessToken" and "getStableAccessToken" pages, read 2026. Whether an old /token still works for five
minutes is not confirmed anywhere, so the strict reading is taken: it dies at once. Tokens live in real time: a bot
whose clock is moved together with the sandbox's does not lose its token by that.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from bot.sandbox import clock, codes, crypto, options

LIFE_MS = 7200 * 1000
OVERLAP_MS = 300 * 1000
FORCED_PER_DAY = 20
FORCED_GAP_MS = 30 * 1000


def _new_token() -> str:
    return f"{secrets.randbelow(90) + 10}_" + secrets.token_urlsafe(100)


@dataclass(slots=True)
class Account:
    """Credentials of the account and the tokens in force (token -> end of life, epoch ms)."""

    app_id: str
    app_secret: str
    token: str
    original_id: str
    mode: str
    form: str
    sealer: crypto.Sealer
    tokens: dict[str, int] = field(default_factory=dict)
    plain: str = ""
    stable: str = ""
    forced_day: int = 0
    forced: int = 0
    forced_ms: int = -FORCED_GAP_MS

    def check_secret(self, app_id: object, secret: object) -> None:
        """Refused 41002, 41004, 40013 or 40125 when the credentials are missing or wrong."""
        if not app_id:
            raise codes.Refused(41002)
        if not secret:
            raise codes.Refused(41004)
        if app_id != self.app_id:
            raise codes.Refused(40013)
        if secret != self.app_secret:
            raise codes.Refused(40125)

    def check_token(self, given: str, now_ms: int) -> None:
        """Refused 41001 without a token, 42001 for one that ran out, 40001 for any other."""
        if not given:
            raise codes.Refused(41001)
        ends = self.tokens.get(given)
        if ends is None:
            raise codes.Refused(40001)
        if now_ms >= ends:
            raise codes.Refused(42001)

    def _remaining(self, token: str, now_ms: int) -> int:
        # Never more than a life, even if the clock was moved back since.
        return min(max(0, self.tokens.get(token, 0) - now_ms), LIFE_MS)

    def plain_token(self, now_ms: int) -> tuple[str, int]:
        """/token: a new token and its seconds; the one before stops working."""
        self.tokens.pop(self.plain, None)
        self.plain = _new_token()
        self.tokens[self.plain] = now_ms + LIFE_MS
        return self.plain, LIFE_MS // 1000

    def stable_token(self, now_ms: int) -> tuple[str, int]:
        """/stable_token, normal mode: the same token until five minutes before its end, then a second one beside it."""
        remaining = self._remaining(self.stable, now_ms)
        if remaining <= OVERLAP_MS:
            self.stable = _new_token()
            remaining = LIFE_MS
            self.tokens[self.stable] = now_ms + LIFE_MS
        return self.stable, remaining // 1000

    def forced_token(self, now_ms: int) -> tuple[str, int]:
        """/stable_token with force_refresh: kills the old one; Refused 45009 over 20 a day, 45011 under 30 s apart."""
        today = clock.day_of(now_ms)
        if today != self.forced_day:
            self.forced_day, self.forced = today, 0
        if self.forced >= FORCED_PER_DAY:
            raise codes.Refused(45009)
        if 0 <= now_ms - self.forced_ms < FORCED_GAP_MS:
            raise codes.Refused(45011)
        self.forced, self.forced_ms = self.forced + 1, now_ms
        self.tokens.pop(self.stable, None)
        self.stable = ""
        return self.stable_token(now_ms)

    def revoke(self, now_ms: int, *, expire: bool) -> None:
        """Make every token invalid (40001) or, with `expire`, run out now (42001)."""
        self.tokens = dict.fromkeys(self.tokens, now_ms) if expire else {}
        self.plain = self.stable = ""


def of(given: options.Options) -> Account:
    """The account that the sandbox was started with."""
    return Account(
        app_id=given.app_id,
        app_secret=given.app_secret,
        token=given.token,
        original_id=given.original_id,
        mode=given.mode,
        form=given.form,
        sealer=crypto.Sealer(given.aes_key, given.app_id),
    )
