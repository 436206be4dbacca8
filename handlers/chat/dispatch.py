"""One message in, one answer out: who speaks, what she means, which handler takes it."""

from __future__ import annotations

from typing import assert_never

from bot import errors
from bot.actions import admit
from bot.core import inbound, intent_items, intents, invite, text
from bot.core.intents import Intent
from bot.core.reply import NoReply, Reply
from bot.runtime import Runtime
from bot.store import followers, people
from config import menu
from handlers.chat import (
    agreeing,
    asides,
    asking,
    bind,
    broadcast,
    chain,
    control,
    correct,
    difficulty,
    groups,
    help,  # noqa: A004 -- the subject is called 帮助; the builtin is not wanted here
    human,
    item,
    items,
    meaning,
    media,
    mine,
    missing,
    newcomers,
    opinion,
    progress,
    public,
    receipt,
    report,
    short,
    subscription,
    titled,
    weekly,
)
from handlers.chat.asking import Standing
from handlers.chat.message import Member, Message

_FREE = (
    intents.Unclear
    | intents.Greeting
    | intents.Thanks
    | intents.SmallTalk
    | intents.CannotUse
    | intents.Complaint
    | intents.UnknownService
    | intents.Sticker
    | intents.Answer
)
"""What goes to the human whom she asked for a moment ago, because the bot would not know an answer."""

_NOT_YET = (
    intents.Duty
    | intents.SwapDuty
    | intents.Attend
    | intents.Absent
    | intents.Deputize
    | intents.AskMeeting
    | intents.Points
    | intents.News
)
"""What the account answers that it is not open yet."""

_SAID = intents.Report | intents.Unclear
"""What may be said of the item she has just looked at: 办好了, 交了."""

_PLAIN = (
    intents.Danger
    | intents.Bind
    | intents.Help
    | intents.AskProgress
    | intents.Report
    | intents.Correct
    | intents.MyItems
    | intents.NewMembers
    | intents.BroadcastStatus
    | intents.Weekly
    | intents.OptOut
    | intents.OptIn
)
"""What is not meant for the human who has taken over after words of danger: commands without free words."""


async def answer(rt: Runtime, inbound_: inbound.Inbound, follower: followers.Follower) -> Reply:
    """The answer to one push, its effects made in the transaction that the caller holds open."""
    match inbound_.what:
        case inbound.Unsubscribe():
            await admit.leave(rt, follower.id)
            async with rt.write() as c:
                await followers.forget(c, follower.openid_digest)
            return NoReply()
        case inbound.Subscribe(scene=None):
            async with rt.write() as c:
                await followers.subscribed(c, follower.id, rt.now_ms())
            return await public.welcome(rt, await _message(rt, inbound_, follower, ""))
        case inbound.Subscribe(scene=str(scene)) | inbound.Scan(scene=scene):
            message = await _message(rt, inbound_, follower, "")
            if isinstance(inbound_.what, inbound.Subscribe):
                async with rt.write() as c:
                    await followers.subscribed(c, follower.id, rt.now_ms())
            return await _scanned(rt, message, scene)
        case inbound.Click(key=key):
            says = menu.words_of(key)
            if says is None:
                return NoReply()
            return await _said(rt, await _message(rt, inbound_, follower, meaning.button(says)))
        case inbound.Text(content=content):
            return await _said(rt, await _message(rt, inbound_, follower, content))
        case inbound.Voice() | inbound.Image() | inbound.Video() | inbound.ShortVideo():
            return await _shown(rt, await _message(rt, inbound_, follower, ""))
        case inbound.Location() | inbound.Link():
            return await _shown(rt, await _message(rt, inbound_, follower, ""))
        case _:
            return NoReply()


async def _scanned(rt: Runtime, message: Message, scene: str) -> Reply:
    """What the QR code is for: new members, one person, or nothing but to find us."""
    if invite.read_open(scene):
        return await newcomers.scanned(rt, message, scene)
    return await bind.scanned(rt, message, scene)


async def _message(
    rt: Runtime, inbound_: inbound.Inbound, follower: followers.Follower, words: str | text.Line
) -> Message:
    """Who she is, as the database has it now."""
    async with rt.read() as c:
        person = await people.by_follower(c, follower.id)
        actor = await people.actor(c, person) if person is not None else None
    if isinstance(inbound_.what, inbound.Voice):
        words = inbound_.what.recognition or ""
    heard = isinstance(inbound_.what, inbound.Voice)
    at = inbound_.created_at
    now = max(rt.now(), at)
    line = text.line(words) if isinstance(words, str) else words
    if person is not None and actor is not None and person.posts:
        return Member(inbound_, follower, person, actor, line, heard, at, now)
    return Message(inbound_, follower, person, actor, line, heard, at, now)


async def _shown(rt: Runtime, message: Message) -> Reply:
    """Voice, pictures, places: words if the platform heard any, else how to say it in words."""
    if message.line.key:
        return await _said(rt, message)
    if human.has(message):
        return human.transfer()
    return await media.handle(rt, message)


async def _said(rt: Runtime, message: Message) -> Reply:
    """Words: danger first, then what stands open decides what a short answer means."""
    typed = not isinstance(message.inbound.what, inbound.Click)
    open_now = await asking.current(rt, message)
    known = meaning.NOTHING
    if typed or not meaning.fixed(message.line):
        known = await meaning.known(rt, message)
    read = meaning.of if typed else meaning.of_button
    meant = read(message.line, open_now[1].open if open_now else None, known)
    if open_now and isinstance(message, Member) and isinstance(meant, intents.Answer):
        other = read(message.line, None, known)
        if asides.meant(rt, message, open_now, other, known):
            meant = other
    plain = isinstance(meant, _PLAIN) or (isinstance(meant, intents.Sign) and meant.number)
    if typed and human.has(message) and not plain:
        return human.transfer()
    if open_now is None and isinstance(meant, _FREE) and await human.asked(rt, message):
        return human.transfer()
    reply = await _tried(rt, message, open_now, meant)
    return await asides.still(rt, message, open_now, meant, reply)


async def _tried(rt: Runtime, message: Message, open_now: Standing | None, meant: Intent) -> Reply:
    """The answer, or the sentence for what she may not do or does not exist."""
    try:
        async with rt.db.savepoint():  # what a refusal leaves half done is undone
            if isinstance(message, Member):
                apart = open_now is None or items.listed(open_now) or asides.apart(open_now)
                if open_now is not None and not apart and meant == intents.Sign():
                    return await short.again(rt, message, open_now)
                free = open_now is None or items.listed(open_now)
                done = await _of_items(rt, message, meant) if free else None
                return done or await _member(rt, message, open_now, meant)
            return await _stranger(rt, message, open_now, meant)
    except errors.NoNotice as error:
        return message.say(rt.words.say("notice.no_such", n=error.number))
    except errors.NotFound:
        return message.say(rt.words.say("chat.no_such_unit"))
    except errors.NotAllowed:
        return message.say(rt.words.say("chat.not_allowed"))


async def _of_items(rt: Runtime, message: Member, meant: Intent) -> Reply | None:
    """What is said of a task, a document or a statistic without its number."""
    if not isinstance(meant, _SAID):
        return None
    said = intent_items.deed(message.line)
    if (done := await item.meant(rt, message, said)) or not isinstance(meant, intents.Unclear):
        return done
    return await titled.asked(rt, message, said)


async def _stranger(rt: Runtime, message: Message, was: Standing | None, meant: Intent) -> Reply:
    """Somebody who is not registered, or holds no post any more."""
    if was is not None and was[1].about == newcomers.ABOUT and isinstance(meant, asking.Short):
        return await newcomers.answered(rt, message, was, meant)
    match meant:
        case intents.Danger() | intents.ContactMe() | intents.Human():
            return await human.handle(rt, message, meant)
        case intents.Bind(typed=typed) if invite.read_open(typed):
            return await newcomers.scanned(rt, message, typed)
        case intents.Bind() | intents.HowToBind() | intents.NotMe() | intents.WrongAccount():
            return await bind.handle(rt, message, meant)
        case intents.MyData():
            return mine.of_a_stranger(rt, message)
        case intents.Opinion():
            return await opinion.handle(rt, message, meant)
        case _:
            return await public.handle(rt, message, meant)


async def _member(rt: Runtime, message: Member, was: Standing | None, meant: Intent) -> Reply:  # noqa: C901, PLR0912
    """Somebody registered: a table, two lines for each kind of thing she can say."""
    if isinstance(meant, difficulty.Intent):
        return await difficulty.handle(rt, message, meant)
    if isinstance(meant, items.Intent):
        return await items.handle(rt, message, was, meant)
    if isinstance(meant, agreeing.Intent):
        return await agreeing.handle(rt, message, meant)
    if isinstance(meant, groups.Intent):
        return await groups.handle(rt, message, was, meant)
    if isinstance(meant, control.Intent):
        return await control.handle(rt, message, meant)
    if isinstance(meant, _NOT_YET):
        return message.say(rt.words.say("chat.not_yet"))
    match meant:
        case intents.Danger() | intents.ContactMe() | intents.Human():
            return await human.handle(rt, message, meant)
        case intents.Bind(typed=typed) if invite.read_open(typed):
            return await newcomers.scanned(rt, message, typed)
        case intents.Bind() | intents.HowToBind() | intents.NotMe() | intents.WrongAccount():
            return await bind.handle(rt, message, meant)
        case intents.NewMembers() | intents.NotThem():
            return await newcomers.handle(rt, message, meant)
        case intents.LeavingPost():
            return await bind.leaving(rt, message)
        case intents.OptOut() | intents.OptIn():
            return await subscription.handle(rt, message, meant)
        case intents.WantReport() | intents.Report():
            return await report.handle(rt, message, meant)
        case intents.Correct():
            return await correct.handle(rt, message, meant)
        case intents.AskProgress() | intents.WhoIsSlow():
            return await progress.handle(rt, message, meant)
        case intents.AskRelay() | intents.WhoNotRelayed(places=True):
            return await chain.handle(rt, message, meant)
        case intents.WhoNotReported() | intents.WhoNotSigned() | intents.WhoNotRelayed():
            return await missing.handle(rt, message, meant)
        case intents.Remind() | intents.More():
            return await missing.handle(rt, message, meant)
        case intents.Weekly() | intents.Material() | intents.Ledger():
            return await weekly.handle(rt, message, meant)
        case intents.Accept() | intents.Deny() | intents.DropIt() | intents.Digit():
            return await short.handle(rt, message, was, meant)
        case intents.ConfirmSend() | intents.SendLater() | intents.Answer():
            return await short.handle(rt, message, was, meant)
        case intents.Sign() | intents.NotReceived() | intents.AskWhoReceived() | intents.Sticker():
            return await receipt.handle(rt, message, meant)
        case intents.NewBroadcast() | intents.BroadcastStatus():
            return await broadcast.handle(rt, message, meant)
        case intents.MyData() | intents.WholeLetters():
            return await mine.handle(rt, message, meant)
        case intents.Opinion():
            return await opinion.handle(rt, message, meant)
        case intents.Unclear() | intents.Help() | intents.CannotUse() | intents.UnknownService():
            return await help.handle(rt, message, meant)
        case intents.Greeting() | intents.Thanks() | intents.SmallTalk() | intents.Complaint():
            return await help.handle(rt, message, meant)
        case _:
            assert_never(meant)
