"""Answers to the questions of a report: values kept with the question are recorded, never text read again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import intents, ledger
from bot.core.intents import Open
from bot.core.ledger import Claim, Doubt
from bot.core.model import IndicatorKind
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, claims, hints, offers, report
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """Record, mend, or drop what stands open."""
    question, asked = standing
    if not await asking.take(rt, question):
        return message.say(rt.words.say("question.already"))
    match asked.open, said:
        case Open.READBACK, intents.Accept():
            some = await claims.kept(rt, asked.data["claims"])
            return message.say(await report.put(rt, message, some, asked.data["said_at_ms"]))
        case Open.READBACK, intents.Deny(number=None):
            return await _denied(rt, message, await claims.kept(rt, asked.data["claims"]))
        case Open.READBACK, intents.Deny(number=int(value)) | intents.Digit(number=value):
            some = await claims.kept(rt, asked.data["claims"])
            which = ledger.meant([claim.indicator for claim in some])
            if which is None:
                return message.say(await hints.once_more(rt, message))
            return await _with_number(rt, message, some, which, value)
        case Open.NUMBER, intents.Digit(number=value) | intents.Deny(number=int(value)):
            some = await claims.kept(rt, asked.data["claims"])
            return await _with_number(rt, message, some, len(some) - 1, value)
        case Open.CHOICE, intents.Digit():
            return await _chosen(rt, message, asked, said)
        case Open.TEXT, intents.Answer(text=text):
            return await report.handle(rt, message, intents.Report(text))
        case Open.NUMBER, intents.Deny():
            return message.say(rt.words.say("question.dropped"))
        case _:
            return await _again(rt, message, asked)


async def _again(rt: Runtime, message: Member, asked: Asked) -> Reply:
    """The same question once more."""
    await asking.ask(rt, message, asked)
    return message.say(rt.words.say("question.again", sentence=asked.sentence))


async def _chosen(rt: Runtime, message: Member, asked: Asked, said: intents.Digit) -> Reply:
    """One of several readings."""
    picked = _picked([await claims.kept(rt, one) for one in asked.data["options"]], said)
    if picked is None:
        return await _again(rt, message, asked)
    if not picked:
        return message.say(rt.words.say("reporting.not_done"))
    return await report.proceed(rt, message, picked, _settled(message))


def _picked(options: Sequence[Sequence[Claim]], said: intents.Digit) -> Sequence[Claim] | None:
    """The option of that number, or the only one that counts so many; None for neither.

    A bare 2 is the second one even where the first counts 2; 2名 is the one that counts 2.
    """
    counts = [
        option
        for option in options
        if any(
            claim.value == said.number
            for claim in option
            if claim.indicator.kind is IndicatorKind.COUNT
            and any(claim not in other for other in options)
        )
    ]
    numbered = options[said.number - 1 : said.number] if said.number else []
    first, then = (counts, numbered) if said.counted else (numbered, counts)
    found = first if len(first) == 1 else then
    return found[0] if len(found) == 1 else None


async def _denied(rt: Runtime, message: Member, some: Sequence[Claim]) -> Reply:
    """不对: the right number is asked for if there is one number; else she says it all again."""
    counts = [claim for claim in some if claim.indicator.kind is IndicatorKind.COUNT]
    if len(counts) != 1:
        return message.say(await hints.once_more(rt, message))
    last = counts[0]
    sentence = rt.words.say(
        "reporting.then_how_many",
        indicator=ledger.spoken(last.indicator),
        word=last.indicator.unit_word,
    )
    rest = [claim for claim in some if claim is not last]
    asked = offers.number(rt, message, [*rest, last], sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def _with_number(
    rt: Runtime, message: Member, some: Sequence[Claim], which: int, value: int
) -> Reply:
    if not ledger.possible(some[which].indicator, value):  # 是6户 of a stage
        return message.say(await hints.once_more(rt, message))
    mended = list(some)
    old = some[which]
    mended[which] = Claim(old.unit, old.indicator, value, so_far=old.so_far)
    return await report.proceed(rt, message, mended, _settled(message))


def _settled(message: Member) -> frozenset[Doubt]:
    """What an explicit answer settles; one that was spoken is asked back like any other number."""
    return report.FIRM if message.heard else report.FIRM | {Doubt.HEARD}
