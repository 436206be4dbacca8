"""What is said of figures that stand: 附图 by herself; 待审, 同意 东山, 都同意, 退回 东山 数不对 from above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import agree, tell
from bot.actions.agree import Figure, Returned
from bot.core import intent_agreeing, intents, ledger, wording
from bot.core.intents import Open
from bot.core.ledger import Claim
from bot.core.model import IndicatorKind
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import bindings, questions
from handlers.chat import asking, claims, correct, photos
from handlers.chat.message import Member

Intent = intents.AttachPhoto | intents.WaitingFigures | intents.AgreeFigures | intents.ReturnFigures
_NAMES: Final = 300  # characters of a list


async def handle(rt: Runtime, message: Member, intent: Intent) -> Reply:
    """Show them, agree to them, or send one unit's back with the reason."""
    if isinstance(intent, intents.AttachPhoto):
        return await photos.ask(rt, message)
    waits = await agree.waiting(rt, message.actor)
    if not waits:
        return message.say(rt.words.say("agreeing.none"))
    fresh = [one for one in waits if not one.held.returned]
    match intent:
        case intents.WaitingFigures():
            return message.say(_waiting(rt, waits, fresh))
        case intents.AgreeFigures(words=""):
            # What was sent back waits for another number; who agrees to it after all says whose it is.
            return message.say(
                await _agreed(rt, message, fresh) if fresh else _waiting(rt, waits, fresh)
            )
        case intents.AgreeFigures(words=words):
            some, _ = _named(waits, words)
            if not some:
                return message.say(_listed(rt, "agreeing.which", waits))
            return message.say(await _agreed(rt, message, some))
        case intents.ReturnFigures(words=words):
            some, reason = _named(waits, words)
            if not some:
                return message.say(_listed(rt, "agreeing.which", waits))
            if not reason:
                return message.say(rt.words.say("agreeing.why", unit=some[0].unit.short))
            return message.say(await _returned(rt, message, some, reason))


def _waiting(rt: Runtime, waits: Sequence[Figure], fresh: Sequence[Figure]) -> str:
    """What waits for her, and what was sent back and waits for another number."""
    said = [_listed(rt, "agreeing.waiting", fresh) if fresh else rt.words.say("agreeing.none")]
    if back := [one for one in waits if one.held.returned]:
        said.append(_listed(rt, "agreeing.returned_wait", back))
    return "\n".join(said)


async def _agreed(rt: Runtime, message: Member, some: Sequence[Figure]) -> str:
    done = await agree.agree(rt, message.actor, some)
    if not done:
        return rt.words.say("agreeing.none")
    said = _listed(rt, "agreeing.agreed", done)
    levels = [ledger.awaited(one.indicator, one.level) for one in done]
    ahead = max((level for level in levels if level), default=None)
    if ahead is None:
        return said
    return said + rt.words.say("agreeing.next", level=rt.words.say(f"place.{ahead.word}"))


async def _returned(rt: Runtime, message: Member, some: Sequence[Figure], reason: str) -> str:
    """Tell whoever said them, once for all; her answer with the right number is taken at once."""
    done = await agree.send_back(rt, message.actor, some, reason)
    reason = wording.shorten(reason, 40)
    hers: dict[int, list[Claim]] = {}
    agreed: dict[int, list[Claim]] = {}
    for one in done:
        claim = _claim(one.figure)
        if one.hearer is not None:
            hers.setdefault(one.hearer.id, []).append(claim)
        for person_id in one.agreed:
            agreed.setdefault(person_id, []).append(claim)
    for key, told in (("returned_to_her", hers), ("returned_after_her", agreed)):
        for person_id, theirs in told.items():
            said = _sent_back(rt, message, key, theirs, reason)
            await tell.person(rt, person_id, said)
            if told is hers and len(theirs) == 1:
                await _ask(rt, person_id, theirs[0], said)
    if not done:
        return rt.words.say("agreeing.none")
    unheard = [one for one in done if one.hearer is None]
    what = wording.shorten(claims.listed(rt, [_claim(one.figure) for one in done]), _NAMES)
    key = "agreeing.returned" if len(unheard) < len(done) else "agreeing.returned_unheard"
    said = rt.words.say(key, unit=some[0].unit.short, what=what, reason=reason)
    return said + (await _instead(rt, message, unheard, reason) if unheard else "")


def _sent_back(rt: Runtime, message: Member, key: str, theirs: Sequence[Claim], reason: str) -> str:
    return rt.words.say(
        f"agreeing.{key}",
        unit=theirs[0].unit.short,
        what=wording.shorten(claims.listed(rt, theirs), _NAMES),
        by=message.home.display,
        reason=reason,
        example=_right(rt, theirs),
    )


async def _instead(rt: Runtime, message: Member, unheard: Sequence[Returned], reason: str) -> str:
    """Nobody of the unit can hear it: the nearest level between is told, else she is told what she can do herself."""
    theirs = [_claim(one.figure) for one in unheard]
    place, sitting = unheard[0].place, unheard[0].instead
    unit, example = theirs[0].unit.short, claims.example(rt, theirs[0].indicator)
    if not message.home.lo < place.lo < message.home.hi:
        return rt.words.say("agreeing.unheard", unit=unit, example=example)
    said = _sent_back(rt, message, "returned_instead", theirs, reason)
    for person in sitting:
        await tell.person(rt, person.id, said)
    return rt.words.say("agreeing.unheard_told", unit=unit, place=place.display)


def _right(rt: Runtime, theirs: Sequence[Claim]) -> str:
    """How she may say the right number: of a single count shortly, else with what it is of."""
    one = theirs[0].indicator
    if len(theirs) == 1 and one.kind is IndicatorKind.COUNT:
        return claims.other(rt, one, theirs[0].value)
    return claims.example(rt, one)


async def _ask(rt: Runtime, person_id: int, claim: Claim, said: str) -> None:
    """Open the question for the right number with her, unless something else stands open there."""
    now_ms = rt.now_ms()
    async with rt.write() as c:
        follower_id = await bindings.follower_of(c, person_id)
        if follower_id is None or await questions.current(c, follower_id, now_ms) is not None:
            return
        held = {"data": {"claims": claims.keep([claim])}, "summary": "", "sentence": said}
        kind = f"{Open.READBACK}:{correct.ABOUT}"
        await questions.ask(
            c, questions.Question(follower_id, kind, held, now_ms, now_ms + asking.DAY)
        )


def _named(waits: Sequence[Figure], words: str) -> tuple[list[Figure], str]:
    """The figures of the unit that the words begin with, and what she says of them.

    Only those of the indicator that she goes on with, if she does: 退回 东山 到会 人数不对.
    """
    unit_id, rest = intent_agreeing.named([one.unit for one in waits], words)
    some = [one for one in waits if one.unit.id == unit_id]
    for one in some:
        for name in sorted({ledger.spoken(one.indicator), *one.indicator.aliases}, key=len)[::-1]:
            if rest.startswith(name):
                meant = [it for it in some if it.indicator.id == one.indicator.id]
                return meant, "" if rest == name else rest
    return some, rest


def _listed(rt: Runtime, key: str, some: Sequence[Figure]) -> str:
    units = len({one.unit.id for one in some})
    what = wording.shorten(claims.listed(rt, [_claim(one) for one in some]), _NAMES)
    return rt.words.say(key, n=len(some), units=units, what=what, unit=some[0].unit.short)


def _claim(one: Figure) -> Claim:
    return Claim(one.unit, one.indicator, one.held.value, whole=one.held.whole)
