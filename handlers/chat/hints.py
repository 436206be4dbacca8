"""What to say instead of a line that was not understood, by what the campaign of her unit asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Indicator, IndicatorKind
from bot.runtime import Runtime
from bot.store import campaigns
from handlers.chat import claims
from handlers.chat.message import Member, Message


async def not_understood(rt: Runtime, message: Member) -> str:
    """Nothing of it was understood."""
    return await _with_example(rt, message, "chat.unclear")


async def fuller(rt: Runtime, message: Member) -> str:
    """A figure in it is not clear: the whole sentence, please."""
    return await _with_example(rt, message, "reporting.not_clear")


async def of_others(rt: Runtime, message: Member) -> str:
    """隔壁村选了12个: a figure of somebody she does not name is not hers to report."""
    return await _with_example(rt, message, "reporting.of_others")


async def once_more(rt: Runtime, message: Member) -> str:
    """It was wrong and is not recorded: the right one, please."""
    return await _with_example(rt, message, "reporting.retry")


async def nothing_to_mend(rt: Runtime, message: Member) -> str:
    """Nothing of hers is found that could be corrected: which one, in full."""
    return await _with_example(rt, message, "reporting.fix_none")


async def unread(rt: Runtime, message: Message, key: str) -> str:
    """A picture, a film, a voice that we cannot take: what she may type, if anything is asked of her."""
    example = await one(rt, message) if isinstance(message, Member) else ""
    typed = rt.words.say("chat.type_it", example=example) if example else ""
    return rt.words.say(key, typed=typed or rt.words.say("chat.type"))


async def _with_example(rt: Runtime, message: Member, key: str) -> str:
    example = await one(rt, message)
    return rt.words.say(key, example=example) if example else rt.words.say("chat.unclear_idle")


async def one(rt: Runtime, message: Member) -> str:
    """A figure of her level (of a lower one if hers has none), a count first; '' where nothing is asked."""
    some = await _asked(rt, message)
    counts = [each for each in some if each.kind is IndicatorKind.COUNT]
    return claims.example(rt, (counts or some)[0]) if some else ""


async def whole(rt: Runtime, message: Member) -> str:
    """A whole report of hers: what is to be done, and a number; '' where nothing is asked."""
    some = await _asked(rt, message)
    counts = [each for each in some if each.kind is IndicatorKind.COUNT]
    others = [each for each in some if each.kind is not IndicatorKind.COUNT]
    return rt.words.say("value.join").join(
        claims.example(rt, each) for each in (*others[:1], *counts[:1])
    )


async def _asked(rt: Runtime, message: Member) -> Sequence[Indicator]:
    async with rt.read() as c:
        campaign = await campaigns.asked(c, message.home, rt.calendar.day(message.at))
    if campaign is None:
        return ()
    some = campaign.indicators
    return [each for each in some if each.level is message.home.level] or some
