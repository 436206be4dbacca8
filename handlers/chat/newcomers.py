"""新执委: she scans and says her name; her chair says who does not belong; how many of the reported came."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot import errors
from bot.actions import admit, progress, running, welcome
from bot.core import intent_orders, intents, ledger, newcomer, wording
from bot.core.intents import Open
from bot.core.model import Level
from bot.core.progress import Progress
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, bind, report
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member, Message

ABOUT: Final = "join"
_NAMES: Final = 12  # units named in one answer
_LOOKED_AT: Final = 3000  # units with a value; more than the villages of any county


async def handle(
    rt: Runtime, message: Member, intent: intents.NewMembers | intents.NotThem
) -> Reply:
    """The code and how many came; or sending one away. A number that is not hers to judge is a figure."""
    match intent:
        case intents.NotThem(number=number, text=text):
            said = await admit.remove(rt, message.actor, number)
            if said is None:
                return await report.handle(rt, message, intents.Report(text))
            return message.say(said)
        case intents.NewMembers():
            return await _roll(rt, message)


async def scanned(rt: Runtime, message: Message, code: str) -> Reply:
    """Through the code: her name is asked, or whether she wants a second post."""
    try:
        door = await admit.door(rt, message.follower, message.person, code, message.now)
        if message.person is not None and not message.person.posts:
            return message.say(await _join(rt, message, door.admission_id, ""))
    except (errors.BadInput, errors.Conflict) as error:
        return message.say(str(error))
    data = {"admission": door.admission_id}
    if message.person is None:
        sentence = rt.words.say("joining.ask_name", unit=door.unit.display)
        asked = Asked(Open.TEXT, ABOUT, data, "", sentence)
    else:
        post = message.person.posts[0]
        sentence = rt.words.say(
            "joining.ask_second",
            unit=post.unit.short,
            title=post.title,
            name=wording.masked(message.person.name),
            new=door.unit.display,
        )
        asked = Asked(Open.YESNO, ABOUT, data, "", sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def answered(rt: Runtime, message: Message, standing: Standing, said: Short) -> Reply:
    """Her name, or yes to a second post."""
    question, asked = standing
    order = intent_orders.read(message.line)
    if isinstance(order, intents.Bind):
        await asking.take(rt, question)
        return await bind.handle(rt, message, order)
    match asked.open, said:
        case Open.TEXT, intents.Answer(text=text) if name := newcomer.name(text):
            return await _come_in(rt, message, standing, name)
        case Open.YESNO, intents.Accept() | intents.Digit(number=1):
            return await _come_in(rt, message, standing, "")
        case (_, intents.DropIt()) | (Open.YESNO, intents.Deny()):
            await asking.take(rt, question)
            return message.say(rt.words.say("joining.dropped"))
        case Open.TEXT, _:
            return message.say(rt.words.say("joining.no_name"))
        case _:
            return message.say(rt.words.say("question.again", sentence=asked.sentence))


async def _come_in(rt: Runtime, message: Message, standing: Standing, name: str) -> Reply:
    question, asked = standing
    if not await asking.take(rt, question):
        return message.say(rt.words.say("question.already"))
    try:
        return message.say(await _join(rt, message, asked.data["admission"], name))
    except errors.Conflict as error:
        return message.say(str(error))


async def _join(rt: Runtime, message: Message, admission_id: int, name: str) -> str:
    return await admit.join(
        rt, message.follower, message.person, admission_id, name=name, at=message.now
    )


async def _roll(rt: Runtime, message: Member) -> Reply:
    """Her own unit's code; for an office also the units below that lack somebody."""
    some = await running.of(rt, message.home, message.now)
    if not some:
        return message.say(rt.words.say("chat.no_campaign"))
    counting = (one for one in some if any(map(welcome.lets_in, one.indicators)))
    campaign = next(counting, some[0])
    said = []
    own = await welcome.own(rt, message.home, campaign.indicators)
    office = any(one.level > message.home.level for one in campaign.indicators)
    for roll in own:
        if office and not (roll.reported or roll.registered):
            continue  # it has said nothing of its own, which is no zero
        said.append(welcome.said(rt, roll))
        if roll.reported:
            await welcome.show(rt, message.follower.id, roll)
            said.append(rt.words.say("joining.coming"))
    below = [
        one
        for one in campaign.indicators
        if one.level > message.home.level and welcome.lets_in(one)
    ]
    names = Counter(ledger.spoken(one) for one in below)
    rolls = [await _whole(rt, await progress.of(rt, message.home, one)) for one in below]
    told = [one for one in rolls if one.reported or one.registered] or rolls[-1:]
    said += [
        await _below(rt, one, whole_name=names[ledger.spoken(one.indicator)] > 1) for one in told
    ]
    if not said:
        return message.say(rt.words.say("joining.none"))
    return message.say("\n".join(said))


async def _whole(rt: Runtime, whole: Progress) -> welcome.Roll:
    came = (await welcome.rolls(rt, whole.indicator, [whole.unit]))[whole.unit.id]
    return welcome.Roll(whole.unit, whole.indicator, whole.total.value, came)


async def _below(rt: Runtime, whole: welcome.Roll, *, whole_name: bool) -> str:
    """How many came of those reported below her, and where some are missing."""
    unit, indicator = whole.unit, whole.indicator
    head = welcome.said(rt, whole, whole_name=whole_name)
    if unit.level < Level.COUNTY:
        return rt.words.say("joining.below", unit=unit.short, roll=head)
    lacking = await welcome.short_of(rt, unit, indicator, limit=_LOOKED_AT)
    if not lacking:
        return rt.words.say("joining.below", unit=unit.short, roll=head)
    names = "、".join(
        rt.words.say("joining.lacks", unit=roll.unit.short, n=roll.reported, m=roll.registered)
        for roll in lacking[:_NAMES]
    )
    key = "joining.below_lacking" if len(lacking) <= _NAMES else "joining.below_lacking_more"
    return rt.words.say(key, unit=unit.short, roll=head, n=len(lacking), list=names)
