"""What is said when a push could not be answered in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.core import inbound, reply
from bot.runtime import Runtime
from bot.store import inbox

# How long a push may wait in the spool; later the platform's repeat of it may have been answered and forgotten.
OLD: Final = timedelta(milliseconds=inbox.KEPT_MS) - timedelta(hours=1)


def words(rt: Runtime, answer: reply.Reply) -> str:
    """The answer as it is sent afterwards; nobody can be handed to a human then, so she is told to ask again."""
    match answer:
        case reply.TextReply(text=text):
            return text
        case reply.TransferReply():
            return rt.words.say("human.late")
        case _:
            return ""


def too_old(rt: Runtime, said: inbound.Inbound) -> reply.Reply:
    """The answer to what waited longer than `OLD`: nothing is done, perhaps for the second time, and she is told."""
    if isinstance(said.what, inbound.Text | inbound.Voice | inbound.Image):
        at = said.created_at.astimezone(rt.settings.zone)
        return reply.TextReply(rt.words.say("chat.too_old", at=at))
    return reply.NoReply()
