"""The access token of one WeChat account, fetched once and shared by all processes.

`stable_token` in its normal mode gives everybody the same token and renews it 5 minutes before its
end, old and new both good meanwhile: developers.weixin.qq.com/doc/service/api/base/
api_getstableaccesstoken, a copy read in November 2026. `force_refresh` kills the token others are
using and may be called 20 times a day: it is never used here. Time is real time, not a test's. In Redis it lies sealed.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TypeVar

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.lock import Lock

from bot import errors
from bot.channels import codes
from bot.channels.base import Platform
from bot.channels.http import Answer, Http
from bot.core.outcome import Kind
from bot.core.seal import Sealer

log = logging.getLogger(__name__)

_MARGIN_S = 240  # inside the 5 minutes in which the platform already gives the next one
_RENEW_S = 30  # at most one renewal on complaint in this time, over all processes
_ELSEWHERE_S = 2.0  # how long another process takes at most to fetch and store a token
_FAILED_S = 5  # callers that come within this time after a failure get the same failure
_LOCK_S = 15  # longer than one call to the platform
_REDIS_S = 2  # a Redis that takes longer is as good as away

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
    """A token; use it until `fresh` if another can be had, until `ends` if not (epoch seconds)."""

    value: str = field(repr=False)
    fresh: float
    ends: float


class Tokens:
    """Gives the current token; one fetch at a time, over all processes while Redis is there."""

    platform = Platform.MP

    def __init__(
        self, http: Http, redis: Redis, seal: Sealer, *, base: str, app_id: str, secret: str
    ) -> None:
        self._http = http
        self._redis = redis
        self._seal = seal
        self._base = base.rstrip("/")
        self._app_id = app_id
        self._secret = secret
        self._key = f"yihu:{{{self.platform}}}:token:{self._whose()}"
        self._held: Token | None = None
        self._lock = asyncio.Lock()
        self._renewed = float("-inf")
        self._failed: tuple[float, Answer] | None = None
        self._rests_until = float("-inf")

    @property
    def resting(self) -> bool:
        """Whether the platform refused a renewed token a moment ago: calls would fail like the last."""
        return time.monotonic() < self._rests_until

    def rest(self) -> None:
        """No token of ours is accepted: leave the platform alone until one may be renewed again."""
        if not self.resting:
            log.error("the platform refuses our access tokens: no calls for %d s", _RENEW_S)
        self._rests_until = time.monotonic() + _RENEW_S

    async def get(self) -> str:
        """The token to call with; TryLater or Misconfigured when none can be had."""
        held = self._held
        if held and time.time() < held.fresh:
            return held.value
        async with self._lock:
            held = self._held
            if held and time.time() < held.fresh:
                return held.value
            try:
                self._held = await self._shared(spoiled=None)
            except errors.TryLater:
                if held is None or time.time() >= held.ends:
                    raise
                return held.value
            return self._held.value

    async def check(self) -> None:
        """Ask the platform itself, whatever is kept; in the normal mode that changes nothing for others."""
        await self._ask()

    async def renew(self, spoiled: str) -> str | None:
        """Another token after the platform refused this one; None when there is no other now.

        One look at what the other processes have, then at most one question to the platform in 30
        seconds: a platform that refuses every token cannot make us ask without end.
        """
        async with self._lock:
            if self._held and self._held.value != spoiled:
                return self._held.value
            stored = await self._stored()
            if stored and stored.value != spoiled:
                self._held = stored
                return stored.value
            if time.monotonic() < self._renewed + _RENEW_S:
                return None
            if not await self._may_renew():
                return await self._renewed_elsewhere(spoiled)
            self._held = await self._shared(spoiled=spoiled)
            return None if self._held.value == spoiled else self._held.value

    async def _renewed_elsewhere(self, spoiled: str) -> str | None:
        """What the process that may renew now is about to store; None when it got no other token."""
        give_up = time.monotonic() + _ELSEWHERE_S
        while time.monotonic() < give_up:
            stored = await self._stored()
            if stored and stored.value != spoiled:
                self._held = stored
                return stored.value
            await asyncio.sleep(0.05)
        return None

    async def _shared(self, *, spoiled: str | None) -> Token:
        """The token another process has fetched meanwhile, or a new one; one process asks."""
        if self._failed and time.monotonic() < self._failed[0]:
            raise _error(self._failed[1], self.platform)
        lock = await self._acquire()
        if lock is None:
            return await self._ask()
        try:
            stored = await self._stored()
            if stored and stored.value != spoiled:
                return stored
            token = await self._ask()
            await self._store(token)
            return token
        finally:
            await _if_there(lock.release())

    def _whose(self) -> str:
        return self._app_id

    async def _fetch(self) -> Answer:
        if not self._app_id or not self._secret:
            raise errors.Misconfigured("set YIHU_WECHAT_APP_ID and YIHU_WECHAT_APP_SECRET")
        body = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret,
        }
        return await self._http.post(self._base + "/cgi-bin/stable_token", {}, body)

    async def _ask(self) -> Token:
        answer = await self._fetch()
        value, lasts = answer.body.get("access_token"), answer.body.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(lasts, int) or lasts <= 0:
            self._failed = (time.monotonic() + _FAILED_S, answer)
            log.warning("no access token: code=%s %s", answer.code, answer.detail)
            raise _error(answer, self.platform)
        self._failed = None
        now = time.time()
        return Token(value, fresh=now + max(lasts - _MARGIN_S, lasts / 2), ends=now + lasts)

    async def _may_renew(self) -> bool:
        first = await _if_there(
            self._redis.set(self._key + ":renewed", b"1", nx=True, ex=_RENEW_S), absent=True
        )
        if first:
            self._renewed = time.monotonic()
        return bool(first)

    async def _acquire(self) -> Lock | None:
        """The lock over all processes; None when Redis is away or the holder takes too long."""
        lock = self._redis.lock(self._key + ":lock", timeout=_LOCK_S, blocking=False)
        give_up = time.monotonic() + _LOCK_S
        while (taken := await _if_there(lock.acquire())) is False and time.monotonic() < give_up:  # noqa: ASYNC110 - no Event reaches another process
            await asyncio.sleep(0.05)
        return lock if taken else None

    async def _stored(self) -> Token | None:
        raw = await _if_there(self._redis.get(self._key))
        try:
            opened = self._seal.open(base64.b64decode(raw, validate=True)) if raw else "[0, 0, 0]"
            value, fresh, ends = json.loads(opened)
            return Token(str(value), fresh, ends) if time.time() < fresh else None
        except (ValueError, TypeError, errors.SetupError):
            return None  # somebody else's words under our key, or a process with another secret key

    async def _store(self, token: Token) -> None:
        raw = base64.b64encode(self._seal.seal(json.dumps([token.value, token.fresh, token.ends])))
        lasts_ms = max(1, int((token.fresh - time.time()) * 1000))
        await _if_there(self._redis.set(self._key, raw, px=lasts_ms))


async def _if_there(work: Awaitable[T], *, absent: T | None = None) -> T | None:
    """What Redis says, or `absent` when it is away: then this process looks after itself."""
    try:
        async with asyncio.timeout(_REDIS_S):
            return await work
    except (exceptions.RedisError, OSError, TimeoutError) as error:
        log.warning("Redis is away for tokens: %s", type(error).__name__)
        return absent


def _error(answer: Answer, platform: Platform) -> errors.YihuError:
    """Why there is no token; a wrong secret is 40001 here, which waiting does not mend."""
    detail = f"no access token: {answer.code or ''} {answer.detail}".rstrip()
    if answer.trouble is None and answer.code is None:
        return codes.as_error(Kind.AGAIN, detail, None)
    kind = answer.kind(platform)
    if kind in {Kind.UNCLEAR, Kind.AGAIN}:
        return codes.as_error(Kind.AGAIN, detail, answer.code)  # asking twice does no harm
    if kind in {Kind.PACE, Kind.QUOTA}:
        return codes.as_error(kind, detail, answer.code)
    return errors.Misconfigured(detail, code=answer.code)
