"""暂停, 继续, 停止, 撤回, 同意, 不同意: what happens to a notice that was made."""

from __future__ import annotations

import dataclasses
from typing import Final

from bot import errors
from bot.actions import broadcast, recall, settle
from bot.actions.recall import Recalled
from bot.actions.settle import Stopped
from bot.core import access, intents, wording
from bot.core.intents import Open
from bot.core.plan import Broadcast, Phase
from bot.core.reply import Reply, TextReply
from bot.runtime import Runtime
from bot.store import broadcasts, units
from handlers.chat import asking
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "control"
_RECENT: Final = 20  # of the newest notices one without a number is looked for

Intent = (
    intents.Pause
    | intents.Resume
    | intents.Stop
    | intents.Recall
    | intents.Approve
    | intents.Disapprove
)


async def handle(rt: Runtime, message: Member, intent: Intent) -> Reply:
    """Do it; without a number, to the only notice that can be meant."""
    number = intent.number
    if number is None:
        fitting = await _fitting(rt, message, intent)
        if len(fitting) != 1:
            return message.say(_which(rt, fitting, intent))
        number = fitting[0].id
    try:
        if isinstance(intent, intents.Approve):  # a refusal keeps the new size that she is told
            return await _do(rt, message, intent, number)
        async with rt.db.savepoint():
            return await _do(rt, message, intent, number)
    except errors.NotFound:
        return message.say(rt.words.say("notice.no_such", n=number))
    except errors.OwnDraft:
        return message.say(rt.words.say("notice.own", n=number))
    except errors.NotAllowed:
        return message.say(rt.words.say("chat.not_allowed"))
    except (errors.Conflict, errors.BadInput) as error:
        return message.say(str(error))


async def answered(
    rt: Runtime, message: Member, standing: asking.Standing, said: asking.Short
) -> Reply:
    """The reason for 不同意."""
    question, asked = standing
    if not isinstance(said, intents.Answer):
        return message.say(rt.words.say("question.again", sentence=asked.sentence))
    await asking.take(rt, question)
    return await handle(rt, message, intents.Disapprove(asked.data["number"], said.text))


async def _do(rt: Runtime, message: Member, intent: Intent, n: int) -> Reply:
    actor, say = message.actor, rt.words.say
    match intent:
        case intents.Pause():
            await broadcast.pause(rt, actor, n)
            return message.say(say("notice.paused", n=n))
        case intents.Resume():
            held = await broadcast.resume(rt, actor, n)
            key = "notice.resumed" if held.state is Phase.SENDING else "notice.resumes_later"
            return message.say(say(key, n=n))
        case intents.Stop():
            return _whole(await _stopped(rt, n, await settle.stop(rt, actor, n)))
        case intents.Recall():
            back = await recall.recall(rt, actor, n)
            said = [await _stopped(rt, n, back.stopped)] if back.stopped else []
            return _whole("\n".join([*said, *_taken_back(rt, n, back)]))
        case intents.Approve():
            await broadcast.approve(rt, actor, n)
            return message.say(say("notice.approved", n=n))
        case intents.Disapprove(reason=reason):
            if reason:
                await broadcast.disapprove(rt, actor, n, reason)
                return message.say(say("notice.disapproved", n=n))
            return await _ask_reason(rt, message, n)


async def _stopped(rt: Runtime, n: int, found: Stopped) -> str:
    sums = broadcast.sum_line(rt, n, await broadcast.tally(rt, n))
    key = "notice.stopped_flying" if found.flying else "notice.stopped"
    return rt.words.say(key, n=n, sums=sums, **dataclasses.asdict(found))


def _taken_back(rt: Runtime, n: int, back: Recalled) -> list[str]:
    """What is taken back, what cannot be, and how those who have it are told."""
    say, lines = rt.words.say, list[str]()
    if back.sums.waiting:
        lines.append(say("notice.recalling", n=n, waiting=back.sums.waiting))
    elif back.sums.done:
        lines.append(say("notice.recalled", n=n, done=back.sums.done))
    if back.beyond:
        lines.append(say("notice.recall_beyond", n=n, beyond=back.beyond))
    elif not lines and back.stopped is None:
        lines.append(say("notice.recall_nobody", n=n))
    return lines


def _whole(text: str) -> TextReply:
    """Figures that must add up are never cut, not even for a village."""
    return TextReply(wording.shorten(text, wording.LIMIT))


async def _ask_reason(rt: Runtime, message: Member, n: int) -> Reply:
    await broadcast.decidable(rt, message.actor, n)
    sentence = rt.words.say("notice.why_not", n=n)
    asked = Asked(Open.TEXT, ABOUT, {"number": n}, "", sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def _fitting(rt: Runtime, message: Member, intent: Intent) -> list[Broadcast]:
    """The notices she may mean: those waiting for her 同意, or the newest of her own that can be changed so."""
    async with rt.read() as c:
        if isinstance(intent, intents.Approve | intents.Disapprove):
            some = await broadcasts.waiting(c, _RECENT)
            places = await units.many(c, [one.unit_id for one in some])
            others = [
                one
                for one in some
                if access.may_decide(
                    message.actor, author_id=one.author_id, unit=places[one.unit_id]
                )
            ]
            # her own only where there is no other: she is told that she cannot decide it
            return others or [one for one in some if one.author_id == message.person.id][:1]
        homes = [post.unit.id for post in message.person.posts]
        newest = await broadcasts.recent(c, homes, _RECENT, purposes=("notice", "reminder"))
        mine = [
            one
            for one in newest
            if one.author_id == message.person.id and one.state in _changeable(intent)
        ]
    return mine[:1]


def _changeable(intent: Intent) -> tuple[Phase, ...]:
    match intent:
        case intents.Pause():
            return (Phase.READY, Phase.SENDING)
        case intents.Resume():
            return (Phase.PAUSED,)
        case intents.Recall():
            return (Phase.WAITING, Phase.READY, Phase.SENDING, Phase.PAUSED, Phase.DONE)
        case _:
            return (Phase.WAITING, Phase.READY, Phase.SENDING, Phase.PAUSED)


def _which(rt: Runtime, fitting: list[Broadcast], intent: Intent) -> str:
    if fitting:
        names = "、".join(
            rt.words.say("notice.named", n=one.id, title=one.title) for one in fitting
        )
        return rt.words.say("notice.which", list=names)
    if isinstance(intent, intents.Approve | intents.Disapprove):
        return rt.words.say("notice.none_waiting")
    return rt.words.say("notice.none_to_change")
