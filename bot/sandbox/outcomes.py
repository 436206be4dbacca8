"""Delivery reports (TEMPLATESENDJOBFINISH and its kin): when they go out, and what they say."""

from __future__ import annotations

import asyncio
import heapq
import time
from dataclasses import dataclass, field

from bot.sandbox import clock, faults, people, push, xml

AT_ONCE = 64  # reports under way at the same time


@dataclass(slots=True)
class Outcomes:
    """Reports that wait for their moment. `before_answer`: a report reaches the bot before the answer of its send."""

    pusher: push.Pusher
    faults: faults.Faults
    clock: clock.Clock
    delay_ms: int = 500
    before_answer: bool = False
    enabled: bool = True
    _heap: list[tuple[float, int, str, str | xml.Fields]] = field(default_factory=list)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _pump: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start to send."""
        self._pump = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End; waiting reports are lost."""
        tasks = [task for task in (self._pump, *self._tasks) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def clear(self) -> None:
        """Drop the waiting reports."""
        self._heap.clear()

    def waiting(self) -> int:
        """Reports not yet delivered."""
        return len(self._heap) + len(self._tasks)

    def status_for(self, person: people.Person) -> str | None:
        """What the report on a message to her says, or None when it is lost."""
        rule = self.faults.pick(faults.OUTCOME, person.openid)
        if rule is not None:
            return None if rule.status == "none" else rule.status or "failed: system failed"
        return "failed:user block" if person.blocks else "success"

    def later(self, openid: str, msgid: int, status: str | xml.Fields) -> None:
        """Report after the usual delay: a template message's status, or the fields of another event."""
        heapq.heappush(self._heap, (time.monotonic() + self.delay_ms / 1000, msgid, openid, status))
        self._wake.set()

    async def _run(self) -> None:
        while True:
            if not self._heap:
                self._wake.clear()
                await self._wake.wait()
                continue
            wait = self._heap[0][0] - time.monotonic()
            if wait > 0:
                await asyncio.sleep(min(wait, 0.02))
                continue
            _, msgid, openid, status = heapq.heappop(self._heap)
            task = asyncio.create_task(self._deliver(openid, msgid, status))
            self._tasks.add(task)  # the loop itself keeps only weak references
            task.add_done_callback(self._tasks.discard)
            await self._slots.acquire()

    async def _deliver(self, openid: str, msgid: int, status: str | xml.Fields) -> None:
        try:
            await self.now(openid, msgid, status)
        finally:
            self._slots.release()

    async def now(self, openid: str, msgid: int, status: str | xml.Fields) -> push.Result:
        """Deliver one report now."""
        template = {"Event": "TEMPLATESENDJOBFINISH", "MsgID": msgid, "Status": status}
        fields: xml.Fields = {
            "ToUserName": self.pusher.to.original_id,
            "FromUserName": openid,
            "CreateTime": self.clock.now_ms() // 1000,
            "MsgType": "event",
            **(status if isinstance(status, dict) else template),
        }
        # Never in the lane of her messages: WeChat's reports do not wait for her conversation.
        return await self.pusher.deliver(
            push.Parcel(openid, xml.render(fields, self.pusher.to.form))
        )
