"""更正, 不对, 是11名 after a report was recorded: a new entry over the old one, or taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import errors
from bot.actions import enter, mend, report, welcome
from bot.core import intents, ledger, verdict
from bot.core.intents import Open
from bot.core.ledger import Claim, Doubt
from bot.core.model import IndicatorKind
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import cells
from handlers.chat import asking, claims, doubts, hints, lines, spots, wrong
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member
from handlers.chat.report import ACCEPTED

ABOUT: Final = "correct"
_HARMLESS: Final = frozenset({Doubt.DECREASING, Doubt.HEARD, Doubt.SEVERAL})
"""A correction may go down; a number that was heard is asked back by its own question."""


async def handle(rt: Runtime, message: Member, intent: intents.Correct) -> Reply:
    """Mend what she names, else her last report of the day."""
    if intent.text.strip():
        return await _named(rt, message, intent.text)
    last = await mend.last(rt, message.person, message.at)
    if not last:
        return message.say(await hints.nothing_to_mend(rt, message))
    if intent.number is None:
        return await _ask_number(rt, message, last)
    which = ledger.meant([item.indicator for item in last])
    if which is None or not ledger.possible(last[which].indicator, intent.number):
        what, example = claims.noted(rt, last), claims.example(rt, last[0].indicator)
        return message.say(rt.words.say("reporting.fix_which", what=what, example=example))
    claim = Claim(last[which].unit, last[which].indicator, intent.number)
    return await _judged(rt, message, claim)


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """The right number, yes to taking back, the reason, or yes to a value that is odd."""
    question, asked = standing
    if not await asking.take(rt, question):
        return message.say(rt.words.say("question.already"))
    if asked.open in (Open.NUMBER, Open.YESNO) and "claims" in asked.data:
        return await _righted(rt, message, asked, said)
    match asked.open, said:
        case Open.NUMBER, intents.Digit(number=value) | intents.Deny(number=int(value)):
            return await handle(rt, message, intents.Correct("", value))
        case (Open.NUMBER, intents.Deny()) | (Open.YESNO, intents.Accept()):
            return await _undo(rt, message)
        case Open.YESNO, intents.Deny():
            return message.say(rt.words.say("reporting.unchanged"))
        case Open.READBACK, intents.Accept():
            some = await claims.kept(rt, asked.data["claims"])
            return await _put(rt, message, some[0], "")
        case Open.READBACK, intents.Deny(number=int(value)) | intents.Digit(number=value):
            old = (await claims.kept(rt, asked.data["claims"]))[0]
            return await _judged(rt, message, Claim(old.unit, old.indicator, value))
        case Open.READBACK, intents.Deny():
            return message.say(await hints.once_more(rt, message))
        case Open.TEXT, intents.Answer(text=text):
            some = await claims.kept(rt, asked.data["claims"])
            return await _put(rt, message, some[0], text)
        case _:
            return await _again(rt, message, asked)


async def _righted(rt: Runtime, message: Member, asked: Asked, said: Short) -> Reply:
    """The right value of the figure that she said to be wrong."""
    figure = (await claims.kept(rt, asked.data["claims"]))[0]
    match asked.open, said:
        case Open.NUMBER, intents.Digit(number=value) | intents.Deny(number=int(value)):
            return await _judged(rt, message, Claim(figure.unit, figure.indicator, value))
        case Open.YESNO, intents.Accept():
            return await _judged(rt, message, figure)
        case _, intents.Deny():
            return message.say(rt.words.say("reporting.unchanged"))
        case _:
            return await _again(rt, message, asked)


async def _again(rt: Runtime, message: Member, asked: Asked) -> Reply:
    await asking.ask(rt, message, asked)
    return message.say(rt.words.say("question.again", sentence=asked.sentence))


async def _named(rt: Runtime, message: Member, text: str) -> Reply:
    """`更正 东山村 新增执委11`: one figure of one unit."""
    read = await lines.of_line(rt, message, text)
    if read is None:
        return message.say(rt.words.say("chat.no_campaign"))
    figure = await wrong.figure(rt, message, read)
    if figure is not None:
        right = wrong.ask(rt, figure, ABOUT)
        if isinstance(right, str):
            return message.say(right)
        return message.say(right.sentence, await asking.ask(rt, message, right))
    asked = await doubts.first(rt, message, read)
    some = await lines.settled(rt, message, read)
    first = verdict.first(read.reading)
    told = first is not None and first.again and some[:1] and some[0].so_far  # 更正 走访累计9户
    if (asked is not None and not told) or len(some) != 1:
        return message.say(await hints.nothing_to_mend(rt, message))
    return await _judged(rt, message, replace(some[0], so_far=False))


async def _judged(rt: Runtime, message: Member, claim: Claim) -> Reply:
    """Correct at once what is clear, ask about what is not."""
    if claim.indicator.kind is IndicatorKind.RATIO and not ledger.complete(claim):
        return message.say(spots.ratio_again(rt, claim.indicator))
    judged = await report.judge(
        rt, message.person, [claim], said_at=message.at, heard=message.heard
    )
    if judged.refused:
        why = judged.refused[0][1]
        if why is report.Refusal.NOT_ALLOWED:
            raise errors.NotFound
        return message.say(
            rt.words.say(
                "reporting.not_expected",
                unit=claim.unit.short,
                indicator=ledger.spoken(claim.indicator),
            )
        )
    harmless = _HARMLESS - {Doubt.HEARD} if message.heard else _HARMLESS
    doubtful = [one for one in judged.asks if set(one.doubts) - harmless]
    if not doubtful:
        return await _put(rt, message, claim, "")
    held = doubts.about(rt, message, doubtful, harmless)
    asked = Asked(Open.READBACK, ABOUT, held.data, held.summary, held.sentence)
    return message.say(asked.sentence, await asking.ask(rt, message, asked))


async def _put(rt: Runtime, message: Member, claim: Claim, reason: str) -> Reply:
    key = (claim.indicator.id, claim.unit.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    if held is not None and (held.value, held.whole) == (claim.value, claim.whole):
        what = claims.listed(rt, [claim])
        return message.say(rt.words.say("reporting.fix_same", what=what))
    try:
        async with rt.db.savepoint():
            done = await mend.correct(
                rt,
                message.person,
                claim,
                source=message.inbound.key,
                said_at=message.at,
                reason=reason,
            )
    except errors.ReasonNeeded:
        return await _ask_reason(rt, message, claim)
    except (errors.Conflict, errors.BadInput):
        return message.say(await hints.once_more(rt, message))
    await asking.did(rt, message, ACCEPTED, {})
    what, before, after = _change(rt, done)
    note = await asking.supersede(rt, message, doubts.ABOUT)
    said = rt.words.say("reporting.fixed", what=what, before=before, after=after)
    if await welcome.offer(rt, message.follower.id, message.person, [done]):
        said += rt.words.say("joining.coming")
    return message.say(said, note)


def _change(rt: Runtime, done: enter.Noted) -> tuple[str, str, str]:
    """`what`, `before`, `after` of a correction."""
    if done.indicator.kind is IndicatorKind.COUNT and done.before is not None:
        word = done.indicator.unit_word
        what = done.unit.short + ledger.spoken(done.indicator)
        return what, f"{done.before}{word}", f"{done.value}{word}"
    before = claims.value(rt, done.indicator, done.before, done.whole_before)
    return done.unit.short, before, claims.value(rt, done.indicator, done.value, done.whole)


async def _ask_reason(rt: Runtime, message: Member, claim: Claim) -> Reply:
    what = claims.listed(rt, [claim])
    sentence = rt.words.say("reporting.fix_reason", what=what)
    data = {"claims": claims.keep([claim])}
    asked = Asked(Open.TEXT, ABOUT, data, what, sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def _ask_number(rt: Runtime, message: Member, last: tuple[enter.Noted, ...]) -> Reply:
    """不对 without a number: which is right, or shall all of it be taken back?"""
    what = claims.listed(
        rt, [Claim(i.unit, i.indicator, i.value or 0, whole=i.whole) for i in last]
    )
    counted = ledger.meant([item.indicator for item in last]) is not None and any(
        item.indicator.kind is IndicatorKind.COUNT for item in last
    )
    key = "reporting.fix_ask" if counted else "reporting.undo_ask"
    sentence = rt.words.say(key, what=what)
    kind = Open.NUMBER if counted else Open.YESNO
    asked = Asked(kind, ABOUT, {}, "", sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def _undo(rt: Runtime, message: Member) -> Reply:
    try:
        done = await mend.undo(rt, message.person, source=message.inbound.key, said_at=message.at)
    except errors.Conflict:
        return message.say(await hints.nothing_to_mend(rt, message))
    what = rt.words.say("value.then").join(
        f"{one.unit.short} {claims.value(rt, one.indicator, one.value, one.whole)}" for one in done
    )
    return message.say(rt.words.say("reporting.undone", what=what))
