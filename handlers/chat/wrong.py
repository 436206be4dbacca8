"""新增执委报错了 without the right number: which figure is meant, what stands of it, and what is right?"""

from __future__ import annotations

from bot.actions import mend
from bot.core import intent_wrong, ledger
from bot.core.intents import Open
from bot.core.ledger import Claim
from bot.core.model import IndicatorKind
from bot.core.report import like
from bot.core.unitnames import nearest
from bot.runtime import Runtime
from bot.store import cells
from handlers.chat import claims, lines
from handlers.chat.asking import Asked
from handlers.chat.lines import Read
from handlers.chat.message import Member


async def figure(rt: Runtime, message: Member, read: Read) -> Claim | None:
    """The figure that she names without a value, as it stands: what she reported last, else her unit's; None for none."""
    said = read.said
    found = read.places.names.find(said)
    sizes = [(lines.longest(one, said), one) for one in read.campaign.indicators]
    size = max((size for size, _ in sizes), default=0)
    some = [one for at, one in sizes if at == size]
    words = [*like.words_of(some), *(said[one.start : one.end] for one in found)]
    if not size or len(found) > 1 or intent_wrong.rest(said, words):
        return None
    units = [read.places.unit(place) for one in found for place in nearest(one.places)]
    last = [
        Claim(one.unit, one.indicator, one.value, whole=one.whole)
        for one in await mend.last(rt, message.person, message.at)
        if one.value is not None and one.indicator.id in {each.id for each in some}
    ]
    mine = [one for one in last if not units or one.unit.id in {unit.id for unit in units}]
    if len(mine) == 1:
        return mine[0]
    keys = {
        (one.id, unit.id): (one, unit)
        for unit in units or [message.home]
        for one in some
        if one.level is unit.level
    }
    async with rt.read() as c:
        held = await cells.held(c, list(keys))
    told = [
        Claim(unit, one, cell.value, whole=cell.whole)
        for key, cell in held.items()
        if cell.value is not None
        for one, unit in [keys[key]]
    ]
    return told[0] if len(told) == 1 else None


def ask(rt: Runtime, wrong: Claim, about: str) -> Asked | str:
    """What stands, and what is right? `about` takes the answer; a sentence where the right one is to be said in full."""
    say, indicator = rt.words.say, wrong.indicator
    what = claims.listed(rt, [wrong])
    match indicator.kind:
        case IndicatorKind.COUNT:
            opens, right = Open.NUMBER, wrong
            sentence = say("reporting.fix_number", what=what)
        case IndicatorKind.COMPLETION:
            opens, right = Open.YESNO, Claim(wrong.unit, indicator, 0 if wrong.value else 1)
            value = claims.value(rt, indicator, right.value)
            sentence = say("reporting.fix_to", what=what, right=value)
        case IndicatorKind.STAGE:
            value = claims.value(rt, indicator, 2 if wrong.value == 1 else 1)
            return say("reporting.fix_fully", what=what, right=value)
        case IndicatorKind.RATIO:
            value = say("value.ratio_said", indicator=ledger.spoken(indicator))
            return say("reporting.fix_fully", what=what, right=value)
    return Asked(opens, about, {"claims": claims.keep([right])}, "", sentence)
