"""A report that names a unit nobody in her scope is called: whom she may have meant, always as a question."""

from __future__ import annotations

import re
from typing import Final

from bot import errors
from bot.core import placewords
from bot.core.model import Unit
from bot.core.reading import Ask
from bot.runtime import Runtime
from handlers.chat import choices, doubts, lines, offers, places
from handlers.chat.asking import Asked
from handlers.chat.lines import Read
from handlers.chat.message import Member

_LATIN: Final = re.compile("[A-Za-z][A-Za-z' ]{2,}[A-Za-z]")
_LENGTHS: Final = range(2, 9)  # characters of a name that may have been mistyped


async def asked(rt: Runtime, message: Member, read: Read) -> Asked | None:
    """The question whether it is one of hers that sounds or looks like it; None when nothing of that kind was said."""
    span = _unknown(read)
    if span is None:
        return None
    start, end = span
    try:
        meant = await places.guessed(rt, message, read.said[start:end].strip())
    except errors.NotFound:
        return None
    options, fitting = [], list[Unit]()
    for unit in meant.units:
        said = f"{read.said[:start]}{unit.short}{read.said[end:]}"
        again = await lines.of_line(rt, message, said)
        some = await doubts.for_unit(rt, message, again, unit) if again else []
        some = [claim for claim in some if claim.unit.id == unit.id]
        if some:
            options.append(some)
            fitting.append(unit)
    if not options:
        return None
    if len(options) == 1:
        return offers.readback(rt, message, options[0], "reporting.is_it")
    names = choices.listed(await choices.full_names(rt, fitting))
    return offers.choice(rt, message, options, "reporting.which_unit", names)


def _unknown(read: Read) -> tuple[int, int] | None:
    """Where the words stand that can be a name: letters, a place that is not hers, or what begins the line."""
    if not read.reading.questions:
        return None
    latin = _LATIN.search(read.said)
    if latin:
        return latin.span()
    for question in read.reading.questions:
        start, end = question.span
        start = placewords.begin(read.said[:end], start)
        said = read.said[start:end]
        named = any(claim.span == question.span for claim in read.reading.claims)
        opens = question.ask is Ask.UNREAD and start <= 1
        if (
            (question.ask is Ask.UNIT or opens)
            and not named
            and end - start in _LENGTHS
            and not read.places.names.named(said)
        ):
            return start, end
    return None
