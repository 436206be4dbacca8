"""Daily call quotas per endpoint, counted per day of Asia/Shanghai on the sandbox clock.

Defaults are those of a newly registered service account: "API Call Limits" page, read 2026; where the page is
silent the limit is our assumption (marked).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox import clock, codes

MASS_SEND = "/cgi-bin/message/mass/send"
DAILY = {
    "/cgi-bin/token": 2000,
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/message/template/send": 100_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/subscribe/bizsend": 100_000,  # assumed
    MASS_SEND: 100,
    "/cgi-bin/message/mass/get": 10_000,  # assumed
    "/cgi-bin/message/mass/delete": 10,
    "/cgi-bin/message/mass/speed/get": 10_000,  # assumed
    "/cgi-bin/message/mass/speed/set": 10_000,  # assumed
    "/cgi-bin/menu/create": 1000,
    "/cgi-bin/menu/get": 10_000,
    "/cgi-bin/menu/delete": 1000,
    "/cgi-bin/qrcode/create": 100_000,
    "/cgi-bin/media/upload": 100_000,
    "/cgi-bin/media/uploadnews": 10,
    "/cgi-bin/media/get": 200_000,
    "/cgi-bin/user/info": 5_000_000,
    "/cgi-bin/user/get": 500,
    "/cgi-bin/template/get_all_private_template": 100_000,  # assumed
    "/cgi-bin/get_current_selfmenu_info": 10_000,  # assumed
    "/cgi-bin/get_current_autoreply_info": 10_000,  # assumed
    "/cgi-bin/getcallbackip": 10_000,  # assumed
    "/cgi-bin/callback/check": 10_000,  # assumed
}
CLEARS_PER_MONTH = 10
EXHAUSTED = {MASS_SEND: 45028}  # everything else says 45009


@dataclass(slots=True)
class Quotas:
    """Limits and what has been used of them today."""

    limits: dict[str, int] = field(default_factory=lambda: dict(DAILY))
    used: dict[str, int] = field(default_factory=dict)
    day: int = 0
    clears: int = 0
    month: int = 0

    def _turn(self, now_ms: int) -> None:
        today = clock.day_of(now_ms)
        if today != self.day:
            self.day, self.used = today, {}

    def spend(self, path: str, now_ms: int) -> None:
        """Count one call; Refused 45009 (45028 for mass messages) when today's limit is already used up."""
        limit = self.limits.get(path)
        if limit is None:
            return
        self._turn(now_ms)
        used = self.used.get(path, 0)
        if used >= limit:
            raise codes.Refused(EXHAUSTED.get(path, 45009))
        self.used[path] = used + 1

    def show(self, path: str, now_ms: int) -> dict[str, int]:
        """Limit, used and remaining calls of one path today; Refused 76021 for a path without a quota."""
        if path not in self.limits:
            raise codes.Refused(76021)
        self._turn(now_ms)
        used = self.used.get(path, 0)
        return {
            "daily_limit": self.limits[path],
            "used": used,
            "remain": max(0, self.limits[path] - used),
        }

    def clear(self, now_ms: int) -> None:
        """Forget today's use; Refused 48006 after ten times in one month."""
        month = clock.month_of(now_ms)
        if month != self.month:
            self.month, self.clears = month, 0
        if self.clears >= CLEARS_PER_MONTH:
            raise codes.Refused(48006)
        self.clears += 1
        self.used = {}

    def set_used(self, path: str, used: int, now_ms: int) -> None:
        """Pretend that `used` calls were made today."""
        self._turn(now_ms)
        self.used[path] = used
