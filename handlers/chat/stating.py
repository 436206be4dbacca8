"""全乡新增执委30名: a unit's own sum of those below it, kept beside their figures and compared with them."""

from __future__ import annotations

from bot.actions import progress, running
from bot.core import access, ledger, period, stating
from bot.core import progress as rules
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import statements
from handlers.chat.message import Member


async def answer(rt: Runtime, message: Member, said: str) -> Reply | None:
    """Keep the sum and say whether it agrees; None if the line is nothing of the kind, or she may not say it."""
    homes = access.agrees_for(message.actor)
    if not any(unit.id == message.home.id for unit in homes) or message.heard:
        return None
    day = rt.calendar.day(message.at)
    some = await running.of(rt, message.home, message.at)
    some = [one for one in some if not one.over(day)] or some[:1]
    read = (stating.read(said, one.indicators, message.home) for one in some)
    found = next((one for one in read if one is not None), None)
    if found is None:
        return None
    indicator, value = found
    async with rt.write() as c:
        await statements.add(
            c,
            indicator_id=indicator.id,
            unit_id=message.home.id,
            value=value,
            person_id=message.person.id,
            source=message.inbound.key,
            said_at_ms=period.ms(message.at),
        )
    one = await progress.of(rt, message.home, indicator)
    below = rules.summed(one)
    say = rt.words.say
    return message.say(
        say(
            "stating.same" if below == value else "stating.differs",
            unit=message.home.short,
            indicator=ledger.spoken(indicator),
            said=value,
            below=below,
            off=abs(value - below),
            word=indicator.unit_word or say("progress.unit_word"),
            place=say(f"place.{indicator.level.word}"),
            reported=one.reported,
            expected=one.expected,
        )
    )
