"""The unit a question or an order is about: taken, taken with a remark, or asked about."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

from bot.core import intents
from bot.core.intents import Open
from bot.core.model import Unit
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, choices, places
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "unit"
_ALSO: Final = 3  # units of the same name mentioned in a remark

Intent = (
    intents.AskProgress
    | intents.WhoIsSlow
    | intents.WhoNotReported
    | intents.WhoNotSigned
    | intents.WhoNotRelayed
    | intents.AskRelay
    | intents.Remind
    | intents.Weekly
    | intents.Material
    | intents.Ledger
    | intents.DifficultyList
    | intents.WantReport
)
"""What is about a unit that she names."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The unit, and a last line for the answer where the name was a guess or is not hers alone ('' else)."""

    unit: Unit
    note: str = ""


async def unit(
    rt: Runtime, message: Member, intent: Intent, *, acts: bool = False
) -> Chosen | Reply:
    """The unit that `intent.unit_words` mean, or the question which of several.

    With `acts` something is done to it: then a guess, or a name that others farther down share, is asked about
    as well. Raises NotFound for a name that is not in her scope.
    """
    meant = await places.find(rt, message, intent.unit_words)
    asked = (*meant.units, *meant.farther) if acts else meant.units
    if len(asked) > 1 or (acts and not meant.exact):
        return await _ask(rt, message, intent, asked[: places.MOST])
    return Chosen(meant.units[0], await _note(rt, intent, meant))


async def _note(rt: Runtime, intent: Intent, meant: places.Meant) -> str:
    if not meant.exact:
        said = intent.unit_words.strip()
        return rt.words.say("which.guess", said=said, unit=meant.units[0].short)
    if not meant.farther:
        return ""
    names = await choices.full_names(rt, meant.farther[:_ALSO])
    return rt.words.say("which.also", list="、".join(dict.fromkeys(names)))


async def _ask(rt: Runtime, message: Member, intent: Intent, some: tuple[Unit, ...]) -> Reply:
    names = await choices.full_names(rt, some)
    data = {
        "units": [one.code for one in some],
        "intent": type(intent).__name__,
        "fields": dataclasses.asdict(intent),
    }
    if len(some) == 1:
        sentence, kind = rt.words.say("which.is_it", unit=names[0]), Open.YESNO
    else:
        names_listed = choices.listed(names)
        sentence, kind = rt.words.say("reporting.which_unit", list=names_listed), Open.CHOICE
    note = await asking.ask(rt, message, Asked(kind, ABOUT, data, "", sentence))
    return message.say(sentence, note)
