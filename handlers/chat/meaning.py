"""What a line asks for; the words of a button are always the same, so they are read once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from bot.core import intent, intent_names, text
from bot.core.intents import Intent, Open
from bot.core.model import Indicator
from bot.core.report import like
from bot.runtime import Runtime
from bot.store import campaigns
from config import danger
from handlers.chat import places
from handlers.chat.message import Member, Message


class Known(NamedTuple):
    """The words of her campaigns and of the places that the line names; see `intent.read`."""

    indicators: tuple[str, ...]
    steps: tuple[str, ...]
    names: tuple[str, ...]
    asked: tuple[str, ...]


NOTHING: Final = Known((), (), (), ())


def of(line: text.Line, open_kind: Open | None, known: Known) -> Intent:
    """What somebody who wrote this means; see `intent.read`."""
    return intent.read(
        line,
        danger_words=danger.load().words,
        open_kind=open_kind,
        indicators=known.indicators,
        steps=known.steps,
        names=known.names,
        asked=known.asked,
    )


button: Final = cache(text.line)
fixed: Final = cache(intent.fixed)
of_button: Final = lru_cache(200)(of)


async def known(rt: Runtime, message: Message) -> Known:
    """What her line may name: what runs counts, and, if it asks something, what else she may ask for."""
    if not isinstance(message, Member):
        return NOTHING
    counted = await _indicators(rt, message)
    asks = intent_names.asks(message.line)
    return Known(
        tuple(like.words_of(counted)),
        tuple(like.steps_of(counted)),
        tuple(await places.mentioned(rt, message)) if asks else (),
        tuple(await _asked(rt, message)) if asks else (),
    )


async def _indicators(rt: Runtime, message: Member) -> tuple[Indicator, ...]:
    """What the running campaigns count."""
    async with rt.read() as c:
        campaign = await campaigns.asked(c, message.home, rt.calendar.day(message.at))
    return campaign.indicators if campaign else ()


async def _asked(rt: Runtime, message: Member) -> list[str]:
    """What a question may name besides what runs: the campaigns of her unit, and what those that are over counted."""
    async with rt.read() as c:
        some = await campaigns.of_unit(c, message.home, rt.calendar.day(message.at))
    counted = [indicator for one in some for indicator in one.indicators]
    return [text.fold(word) for word in [*like.words_of(counted), *(one.name for one in some)]]
