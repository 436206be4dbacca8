"""Webhook deliveries: signed, in order per lane, five seconds each, repeated three times when unanswered."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox import account, envelope, xml

KEPT = 2000  # latest deliveries that can still be repeated


@dataclass(slots=True)
class Timing:
    """How long WeChat waits and how often it tries: "被动回复" page, read 2026 (5 s, three retries).

    `retry_ms` is the pause after an answer that was none; after one that never came the five seconds are the pause.
    """

    timeout_ms: int = 5000
    retries: int = 3
    retry_ms: int = 1000


@dataclass(slots=True)
class Result:
    """What came of a delivery. `reply` is the opened passive reply; `problem` what the user would be told about."""

    push: int
    status: int | None = None
    raw: str = ""
    reply: xml.Fields | None = None
    problem: str = ""
    attempts: int = 0
    ms: int = 0

    def show(self) -> dict[str, Any]:
        """As control answers it; `text` is the text of the reply for convenience."""
        text = self.reply.get("Content") if self.reply else None
        return {
            "push": self.push, "status": self.status, "reply": self.reply, "text": text, "raw": self.raw,
            "problem": self.problem or None, "attempts": self.attempts, "ms": self.ms,
        }  # fmt: skip


@dataclass(slots=True)
class Parcel:
    """One thing to deliver: its plain text, or `sealed` when exactly these bytes shall go out."""

    openid: str
    text: str = ""
    forge: envelope.Forge = envelope.GENUINE
    sealed: envelope.Sealed | None = None
    retries: int | None = None
    done: asyncio.Future[Result] | None = None


@dataclass(slots=True)
class Pusher:
    """Delivers parcels to the target. One lane = one person: the next parcel waits for the one before."""

    to: account.Account
    target: str = ""
    timing: Timing = field(default_factory=Timing)
    sent: dict[int, tuple[str, envelope.Sealed]] = field(default_factory=dict)
    count: int = 0
    _lanes: dict[str, deque[Parcel]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the HTTP session; needs a running loop."""
        connector = aiohttp.TCPConnector(limit=128)
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar()
        )

    def session(self) -> aiohttp.ClientSession:
        """The HTTP session towards the bot."""
        if self._session is None:
            raise RuntimeError("the pusher was not started")
        return self._session

    async def stop(self) -> None:
        """Drop what is under way and close the session."""
        self.cancel()
        if self._session is not None:
            await self._session.close()

    def cancel(self) -> None:
        """Drop everything that waits or is under way."""
        for task in self._tasks:
            task.cancel()
        self._lanes = {}

    def waiting(self) -> int:
        """Parcels not yet delivered."""
        return sum(len(lane) for lane in self._lanes.values())

    async def send(self, lane: str, parcel: Parcel) -> Result:
        """Deliver in turn and return what came of it."""
        parcel.done = asyncio.get_running_loop().create_future()
        if lane in self._lanes:
            self._lanes[lane].append(parcel)
        else:
            self._lanes[lane] = deque([parcel])
            task = asyncio.create_task(self._drain(lane))
            self._tasks.add(task)  # the loop itself keeps only weak references
            task.add_done_callback(self._tasks.discard)
        return await parcel.done

    async def _drain(self, lane: str) -> None:
        queue = self._lanes[lane]
        try:
            while queue:
                parcel = queue[0]
                result = await self.deliver(parcel)
                if parcel.done is not None and not parcel.done.done():
                    parcel.done.set_result(result)
                queue.popleft()
        finally:
            for parcel in queue:
                if parcel.done is not None:
                    parcel.done.cancel()
            if self._lanes.get(lane) is queue:
                del self._lanes[lane]

    async def deliver(self, parcel: Parcel) -> Result:
        """Send now, out of turn, with retries; each retry is signed anew around the same MsgId."""
        self.count += 1
        result = Result(push=self.count)
        if not self.target:
            result.problem = "no target: start with --target or POST /control/target"
            return result
        started = time.perf_counter()
        tries = 1 + (self.timing.retries if parcel.retries is None else parcel.retries)
        late = False
        for attempt in range(tries):
            if attempt and not late:
                await asyncio.sleep(self.timing.retry_ms / 1000)
            sealed = parcel.sealed or envelope.seal(
                self.to, parcel.text, parcel.openid, parcel.forge
            )
            self._keep(result.push, parcel.openid, sealed)
            result.attempts += 1
            late = await self._attempt(sealed, parcel.openid, result)
            if result.status == 200:
                break
        result.ms = round((time.perf_counter() - started) * 1000)
        return result

    def _keep(self, number: int, openid: str, sealed: envelope.Sealed) -> None:
        self.sent[number] = (openid, sealed)
        while len(self.sent) > KEPT:
            del self.sent[next(iter(self.sent))]

    async def _attempt(self, sealed: envelope.Sealed, openid: str, result: Result) -> bool:
        """One delivery; whether its time ran out."""
        joint = "&" if "?" in self.target else "?"
        result.status, result.reply, result.raw = None, None, ""
        try:
            async with self.session().post(
                f"{self.target}{joint}{sealed.query}",
                data=sealed.body,
                headers={"Content-Type": sealed.content_type, "User-Agent": "Mozilla/4.0"},
                timeout=aiohttp.ClientTimeout(total=self.timing.timeout_ms / 1000),
                allow_redirects=False,
            ) as answer:
                raw = await answer.read()
                result.status, result.raw = answer.status, raw.decode(errors="replace")
        except TimeoutError:
            result.problem = f"no answer within {self.timing.timeout_ms} ms"
            return True
        except aiohttp.ClientError as error:
            result.problem = f"not reachable: {type(error).__name__}"
            return False
        result.problem = "" if result.status == 200 else f"HTTP status {result.status}"
        if result.status == 200:
            try:
                result.reply = envelope.open_reply(self.to, openid, raw)
            except envelope.BadReply as error:
                result.problem = str(error)
        return False

    async def get(self, query: dict[str, str]) -> tuple[int, str]:
        """GET the target (address verification): status and body; status 0 when it cannot be reached."""
        try:
            async with self.session().get(
                self.target, params=query, timeout=aiohttp.ClientTimeout(total=5)
            ) as answer:
                return answer.status, await answer.text()
        except (TimeoutError, aiohttp.ClientError) as error:
            return 0, type(error).__name__
