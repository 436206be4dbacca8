"""What to say instead of a line that was not understood, by what the campaign of her unit asks."""

from __future__ import annotations

from bot.core.model import IndicatorKind
from bot.runtime import Runtime
from bot.store import campaigns
from handlers.chat import claims
from handlers.chat.message import Member


async def not_understood(rt: Runtime, message: Member) -> str:
    """Nothing of it was understood."""
    return await _with_example(rt, message, "chat.unclear")


async def fuller(rt: Runtime, message: Member) -> str:
    """A figure in it is not clear: the whole sentence, please."""
    return await _with_example(rt, message, "reporting.not_clear")


async def once_more(rt: Runtime, message: Member) -> str:
    """It was wrong and is not recorded: the right one, please."""
    return await _with_example(rt, message, "reporting.retry")


async def _with_example(rt: Runtime, message: Member, key: str) -> str:
    example = await _example(rt, message)
    return rt.words.say(key, example=example) if example else rt.words.say("chat.unclear_idle")


async def _example(rt: Runtime, message: Member) -> str:
    """A figure of her level (of a lower one if hers has none), a count first; '' where nothing is asked."""
    async with rt.read() as c:
        campaign = await campaigns.asked(c, message.home, rt.calendar.day(message.at))
    if campaign is None or not campaign.indicators:
        return ""
    some = campaign.indicators
    own = [one for one in some if one.level is message.home.level] or some
    counts = [one for one in own if one.kind is IndicatorKind.COUNT]
    return claims.example(rt, (counts or own)[0])
