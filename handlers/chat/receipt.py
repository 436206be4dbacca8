"""收到: she signs; 没收到: she gets it again; 谁收到了: its sender hears how far it came."""

from __future__ import annotations

from bot import errors
from bot.actions import confirm
from bot.core import intents, period
from bot.core.intents import Open
from bot.core.plan import Broadcast
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import receipts
from handlers.chat import asking, dates, difficulty, notices
from handlers.chat.asking import Asked
from handlers.chat.message import Member

Intent = intents.Sign | intents.NotReceived | intents.AskWhoReceived | intents.Sticker


async def handle(rt: Runtime, message: Member, intent: Intent) -> Reply:
    """Sign, show again, or count."""
    match intent:
        case intents.Sign():
            return await _sign(rt, message, intent)
        case intents.NotReceived():
            return await _again(rt, message)
        case intents.AskWhoReceived(number=number):
            return await notices.standing(rt, message, number)
        case intents.Sticker():
            return await _sticker(rt, message)


async def _sign(rt: Runtime, message: Member, intent: intents.Sign) -> Reply:
    try:
        signed = await confirm.sign(rt, message.person, intent.number, message.at)
    except errors.NotFound:
        return message.say(rt.words.say("notice.not_yours", n=intent.number))
    if signed is None and not intent.remark:
        return message.say(rt.words.say("signing.none"))
    said = rt.words.say("signing.none") if signed is None else _signed(rt, signed)
    if not intent.remark:
        return message.say(said)
    text = intent.remark
    for but in rt.words.say("signing.but").split():
        text = text.removeprefix(but).lstrip("，, ")
    sentence = rt.words.say("signing.remark", text=text)
    data = {"step": difficulty.RAISE, "text": text}
    asked = Asked(Open.YESNO, difficulty.ABOUT, data, text, sentence)
    note = await asking.ask(rt, message, asked)
    return message.say(f"{said}\n{sentence}", note)


def _signed(rt: Runtime, signed: confirm.Signed) -> str:
    notice = signed.broadcast
    until = ""
    if notice.deadline_ms is not None:
        until = rt.words.say("signing.until", at=dates.moment_ms(rt, notice.deadline_ms))
    said = rt.words.say("signing.signed", n=notice.id, title=notice.title, until=until)
    if not signed.more:
        return said
    following = signed.more[0]
    return said + rt.words.say(
        "signing.more", count=len(signed.more), n=following.id, title=following.title
    )


async def _again(rt: Runtime, message: Member) -> Reply:
    newest = await _owed(rt, message)
    if newest is None:
        return message.say(rt.words.say("signing.nothing_sent"))
    return await notices.text(rt, message, newest.id)


async def _sticker(rt: Runtime, message: Member) -> Reply:
    newest = await _owed(rt, message)
    if newest is None:
        return message.say(rt.words.say("chat.sticker"))
    return message.say(rt.words.say("signing.sticker", title=newest.title))


async def _owed(rt: Runtime, message: Member) -> Broadcast | None:
    """Her newest notice that waits to be signed."""
    async with rt.read() as c:
        owed = await receipts.owed(c, message.person.id, period.ms(message.at))
    return owed[0].broadcast if owed else None
