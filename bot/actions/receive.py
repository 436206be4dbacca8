"""Takes a push exactly once: effect, answer and the memory of both in one transaction, inside two seconds."""

from __future__ import annotations

import asyncio
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot import errors
from bot.actions import confirm, late, tell, tidings
from bot.channels import registry
from bot.channels.base import Listener, Push
from bot.core import inbound, period, reply
from bot.core.frozen import frozen
from bot.runtime import Runtime
from bot.spool import Record, Spool
from bot.store import database, finishes, followers, inbox, members, memory
from config import logs

SUCCESS = b"success"
BUDGET = 2.0  # seconds; after that the answer goes by customer-service message
_PATIENCE = 2.0  # seconds more for an answer that is being committed
_LONGEST = 600  # characters of an answer
_TOGETHER = 500  # outcomes in one transaction
_TRIES = 3  # when two processes write the same row at once

# What opens the long window for answers, and what opens the short one.
_SPOKEN = (
    inbound.Text
    | inbound.Voice
    | inbound.Image
    | inbound.Video
    | inbound.ShortVideo
    | inbound.Location
    | inbound.Link
)
_ACTED = inbound.Click | inbound.ScanCode | inbound.Subscribe | inbound.Scan | inbound.Unsubscribe

Answer = Callable[[Runtime, inbound.Inbound, followers.Follower], Awaitable[reply.Reply]]
FirstAid = Callable[[Runtime, inbound.Inbound], reply.Reply | None]

_log = logs.get()


@dataclass(slots=True)
class _Work:
    """One push under way in this process; `late` and `sealed` exclude each other. `old`: it waited for days."""

    late: bool = False
    old: bool = False
    sealed: bool = False
    task: asyncio.Task[bytes] = field(init=False)


@frozen
class Raw:
    """A push as it came, for the spool: `at` is when it arrived (real time)."""

    query: Mapping[str, str]
    body: bytes
    at: datetime


class Receiver:
    """The pushes of one account."""

    def __init__(
        self, rt: Runtime, listener: Listener, spool: Spool, answer: Answer, first_aid: FirstAid
    ) -> None:
        self._rt = rt
        self._listener = listener
        self._spool = spool
        self._answer = answer
        self._first_aid = first_aid
        self._working: dict[bytes, _Work] = {}
        self._notes = _Notes(rt)

    async def once(self, push: Push, raw: Raw) -> bytes:
        """The bytes to answer with; a repeat gets the first answer again, without a second effect.

        Raises OSError when the push could be kept neither in the database nor in the spool.
        """
        if not isinstance(push.inbound.what, _SPOKEN | _ACTED):
            return await self._note(push, raw)
        key = push.inbound.key
        work = self._working.get(key)
        if work is not None:
            return await self._wait(work)
        work = self._working[key] = _Work()
        work.task = asyncio.create_task(self._work(push, work))
        work.task.add_done_callback(lambda task: self._done(key, task))
        try:
            return await self._wait(work)
        except TimeoutError:
            return await self._later(push, raw)
        except database.Fault as error:
            _log.warning("push.spooled", push=key.hex(), why=type(error).__name__)
            return await self._later(push, raw)

    async def _later(self, push: Push, raw: Raw) -> bytes:
        """Keep the push for later; whoever is in danger is answered now, whatever may be kept."""
        aid = self._first_aid(self._rt, push.inbound)
        if aid is None:
            await self._keep(push, raw)
            return SUCCESS
        try:
            await self._keep(push, raw)
        except OSError:
            _log.error("push.lost", push=push.inbound.key.hex())
        return self._listener.write(push, aid, now=datetime.now(UTC))

    async def _note(self, push: Push, raw: Raw) -> bytes:
        """What the platform tells of itself: nobody waits for an answer, and repeats do no harm."""
        try:
            async with asyncio.timeout(BUDGET):
                await self._notes.keep(push.inbound)
        except database.Fault as error:
            _log.warning("push.spooled", push=push.inbound.key.hex(), why=type(error).__name__)
            await self._keep(push, raw)
        return SUCCESS

    def _done(self, key: bytes, task: asyncio.Task[bytes]) -> None:
        self._working.pop(key, None)
        if not task.cancelled() and task.exception() is not None:
            _log.warning("push.failed", push=key.hex(), why=type(task.exception()).__name__)

    async def _wait(self, work: _Work) -> bytes:
        """The answer inside the budget; TimeoutError for the caller who must keep the push."""
        try:
            return await _within(BUDGET, work.task)
        except TimeoutError:
            if work.sealed:
                return await _within(_PATIENCE, work.task)
            if work.late:
                return SUCCESS
            work.late = True
            raise

    async def _work(self, push: Push, work: _Work) -> bytes:
        for _ in range(_TRIES - 1):
            try:
                return await self._transact(push, work)
            except database.Duplicate:
                # Somebody else wrote the same row first, and what we did is undone. If it was this
                # very push in another process, its answer stands; if not, we do ours again.
                work.sealed = False
                async with self._rt.read() as c:
                    before = await inbox.answer(c, push.inbound.key)
                if before is not None:
                    return before
        return await self._transact(push, work)

    async def _transact(self, push: Push, work: _Work) -> bytes:
        await self._rt.refresh_clock()
        return await self._rt.db.share(lambda: self._answered(push, work))

    async def _answered(self, push: Push, work: _Work) -> bytes:
        """Her answer's bytes, written down together with what it does; part of a shared transaction."""
        rt, said = self._rt, push.inbound
        with memory.message():
            async with rt.write() as c:
                meet = followers.heard if isinstance(said.what, _SPOKEN) else followers.acted
                at_ms = period.ms(said.created_at)
                follower = await meet(c, rt.seal, said.account, said.openid, at_ms)
                if said.account == registry.WECOM:
                    await members.heard(c, follower.openid_digest)
                before = await inbox.answer(c, said.key)
                if before is not None:
                    return before
                if work.old:
                    answer = late.too_old(rt, said)
                else:
                    answer = _fitting(await self._answer(rt, said, follower))
                if work.late:
                    if words := late.words(rt, answer):
                        await tell.follower(rt, follower.id, words)
                    body = SUCCESS
                else:
                    work.sealed = True
                    body = self._listener.write(push, answer, now=datetime.now(UTC))
                kind = type(said.what).__name__
                await inbox.remember(c, said.key, kind=kind, reply=body, at_ms=rt.now_ms())
        ids = {"kind": kind, "push": said.key.hex(), "reply": type(answer).__name__}
        rt.db.after_commit(lambda: _log.info("push.answered", late=work.late, **ids))
        return body

    async def _keep(self, push: Push, raw: Raw) -> None:
        record = {
            "query": dict(raw.query),
            "body": b64encode(raw.body).decode(),
            "at": raw.at.isoformat(),
        }
        sealed = self._rt.seal.seal(json.dumps(record))
        await asyncio.to_thread(self._spool.append, Record(push.inbound.key, sealed))

    async def drain(self, *, older_than_s: float) -> int:
        """Do what waits in the spool, its answers by customer-service message; how many were done."""
        done = 0
        for record in self._spool.records(older_than=time.time() - older_than_s):
            if record.key in self._working:
                continue
            try:
                kept = json.loads(self._rt.seal.open(record.sealed))
                at = datetime.fromisoformat(kept["at"])
                push = self._listener.read(kept["query"], b64decode(kept["body"]), now=at)
            except (errors.YihuError, ValueError, KeyError):
                _log.error("spool.unreadable", push=record.key.hex())
                continue
            try:
                if isinstance(push.inbound.what, _SPOKEN | _ACTED):
                    await self._work(push, _Work(late=True, old=datetime.now(UTC) - at > late.OLD))
                else:
                    await self._notes.keep(push.inbound)
            except database.Unavailable:
                raise
            except database.Fault as error:  # it waits, and nobody else for it
                _log.error("spool.stuck", push=record.key.hex(), why=type(error).__name__)
                continue
            self._spool.remove(record.key)
            done += 1
        return done


class _Notes:
    """Outcomes of sent messages, kept many to a transaction: each waits for the commit that holds it."""

    def __init__(self, rt: Runtime) -> None:
        self._rt = rt
        self._waiting: list[tuple[finishes.Arrived, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, said: inbound.Inbound) -> None:
        """Return once it is committed; whatever else the platform tells of itself needs no keeping."""
        await tidings.keep(self._rt, said)
        told: list[asyncio.Future[None]] = []
        for arrived in tidings.outcomes(self._rt, said):
            told.append(asyncio.get_running_loop().create_future())
            self._waiting.append((arrived, told[-1]))
        if self._waiting and self._writing is None:
            self._writing = asyncio.create_task(self._write())
        if len(told) == 1:
            await told[0]
        else:
            await asyncio.gather(*told)

    async def _write(self) -> None:
        """Commit what waits, and what came meanwhile, until nothing does."""
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:_TOGETHER], self._waiting[_TOGETHER:]
                try:
                    await confirm.all_finished(self._rt, [arrived for arrived, _ in some])
                except database.Fault as error:  # each of them waits to be told
                    _tell(some, error)
                else:
                    _tell(some, None)
        finally:
            self._writing = None


def _tell(
    some: Sequence[tuple[finishes.Arrived, asyncio.Future[None]]], error: BaseException | None
) -> None:
    for _, done in some:
        if done.done():  # its push gave up waiting and went to the spool
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)


async def _within(seconds: float, task: asyncio.Task[bytes]) -> bytes:
    """Its result, if it comes in that time, else TimeoutError; whoever gives up waiting does not end it."""
    done, _ = await asyncio.wait([task], timeout=seconds)
    if not done:
        raise TimeoutError
    return task.result()


def _fitting(answer: reply.Reply) -> reply.Reply:
    if isinstance(answer, reply.TextReply) and len(answer.text) > _LONGEST:
        return reply.TextReply(answer.text[: _LONGEST - 1] + "…")
    return answer
