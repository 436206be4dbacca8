"""Claims offered in a question: read back, a number wanted, one of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.core import ledger, period
from bot.core.intents import Open
from bot.core.ledger import Claim
from bot.core.model import IndicatorKind
from bot.runtime import Runtime
from handlers.chat import claims
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "report"


def readback(
    rt: Runtime,
    message: Member,
    some: Sequence[Claim],
    key: str,
    before: str = "",
    *,
    more: str = "",
) -> Asked:
    """「…，对吗？」 about claims; what is accepted are these values."""
    said = claims.listed(rt, some)
    which = ledger.meant([one.indicator for one in some])
    number = which is not None and some[which].indicator.kind is IndicatorKind.COUNT
    wrong = rt.words.say("reporting.wrong_number" if number else "reporting.wrong_words")
    sentence = rt.words.say(key, said=said, before=before, more=more, wrong=wrong)
    data = {"claims": claims.keep(some)}
    return Asked(Open.READBACK, ABOUT, dated(message, data), said, sentence)


def number(rt: Runtime, message: Member, some: Sequence[Claim], sentence: str) -> Asked:
    """A number is wanted for the last of the claims."""
    last = some[-1]
    data = {"claims": claims.keep(some)}
    what = rt.words.say(
        "reporting.open_number", unit=last.unit.short, indicator=ledger.spoken(last.indicator)
    )
    return Asked(Open.NUMBER, ABOUT, dated(message, data), what, sentence)


def choice(
    rt: Runtime, message: Member, options: Sequence[Sequence[Claim]], key: str, names: str
) -> Asked:
    """A digit picks one of `options`; `names` is the numbered list."""
    sentence = rt.words.say(key, list=names)
    data = {"options": [claims.keep(option) for option in options]}
    return Asked(Open.CHOICE, ABOUT, dated(message, data), names, sentence)


def dated(message: Member, data: dict[str, Any]) -> dict[str, Any]:
    """The data with the moment at which it was said: period and lateness count from there."""
    return {**data, "said_at_ms": period.ms(message.at)}
