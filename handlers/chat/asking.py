"""The one open question of a person: opens it, closes it, and says what it replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core import intents, wording
from bot.core.frozen import frozen
from bot.core.intents import Open
from bot.runtime import Runtime
from bot.store import questions
from handlers.chat.message import Message

MINUTE = 60_000
HALF_HOUR = 30 * MINUTE
DAY = 24 * 60 * MINUTE
_SUMMARY = (
    30  # characters of 「上一条没有记：…」, so that a village's answer keeps room for the rest
)


Short = (
    intents.Accept
    | intents.Deny
    | intents.DropIt
    | intents.Digit
    | intents.ConfirmSend
    | intents.SendLater
    | intents.Answer
)
"""What may answer an open question."""


@frozen
class Asked:
    """A question to be opened or standing open.

    `open` says what a short answer means, `about` which handler takes it, `data` is what an acceptance
    acts on (JSON), `summary` what is lost if she never answers ('' for nothing), `sentence` the question.
    """

    open: Open
    about: str
    data: Mapping[str, Any]
    summary: str
    sentence: str


Standing = tuple[questions.Question, Asked]
"""A question that stands open: its row, which an answer closes, and what it asks."""


async def current(rt: Runtime, message: Message) -> Standing | None:
    """What stands open with her, or None."""
    async with rt.read() as c:
        question = await questions.current(c, message.follower.id, message.now_ms)
    return None if question is None else (question, _asked(question))


def _asked(question: questions.Question) -> Asked:
    kind, _, about = question.kind.partition(":")
    held = question.payload
    return Asked(Open(kind), about, held["data"], held["summary"], held["sentence"])


async def ask(rt: Runtime, message: Message, asked: Asked) -> str:
    """Open a question; returns the line 「上一条没有记：…」 if it replaced one that held something, else ''."""
    return await replace(rt, message, await current(rt, message), asked)


async def replace(rt: Runtime, message: Message, was: Standing | None, asked: Asked) -> str:
    """As `ask`, by somebody who knows what stands open."""
    lasts = DAY if asked.open is Open.READBACK else HALF_HOUR
    question = questions.Question(
        follower_id=message.follower.id,
        kind=f"{asked.open}:{asked.about}",
        payload={"data": dict(asked.data), "summary": asked.summary, "sentence": asked.sentence},
        asked_at_ms=message.now_ms,
        expires_at_ms=message.now_ms + lasts,
    )
    async with rt.write() as c:
        await questions.ask(c, question)
    return _unrecorded(rt, was)


async def drop(rt: Runtime, message: Message) -> str:
    """Close whatever stands open; returns the line that says what was not recorded, or ''."""
    open_now = await current(rt, message)
    if open_now is not None:
        async with rt.write() as c:
            await questions.take(c, open_now[0])
    return _unrecorded(rt, open_now)


def _unrecorded(rt: Runtime, standing: Standing | None) -> str:
    """The line that says what is not recorded now that this question goes, or ''."""
    if standing is None or not standing[1].summary:
        return ""
    return rt.words.say("question.replaced", what=wording.shorten(standing[1].summary, _SUMMARY))


async def supersede(rt: Runtime, message: Message, about: str) -> str:
    """Close an open question about the same thing, now that something newer was done; the line to say, or ''."""
    open_now = await current(rt, message)
    return await drop(rt, message) if open_now and open_now[1].about == about else ""


async def take(rt: Runtime, question: questions.Question) -> bool:
    """Close exactly this question before acting on it; False if another message was quicker."""
    async with rt.write() as c:
        return await questions.take(c, question)


async def did(rt: Runtime, message: Message, kind: str, payload: Mapping[str, Any]) -> None:
    """Remember what she did last of a kind, for a second acceptance, for 不对, for 更多."""
    async with rt.write() as c:
        await questions.did(c, message.follower.id, questions.Deed(kind, payload, message.now_ms))


async def last(
    rt: Runtime, message: Message, kind: str, lasts_ms: int = DAY
) -> questions.Deed | None:
    """What she did last of this kind, if it was within `lasts_ms`."""
    async with rt.read() as c:
        return await questions.last(c, message.follower.id, kind, message.now_ms - lasts_ms)
