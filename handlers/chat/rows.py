"""进度 政和县 各乡镇: the figures of every unit of a level below, in the official order."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import below
from bot.core import asof, intents, wording
from bot.core import progress as rules
from bot.core.model import Level
from bot.core.progress import Light, Progress
from bot.runtime import Runtime
from handlers.chat import pictured
from handlers.chat.message import Member


async def answer(
    rt: Runtime, message: Member, intent: intents.AskProgress, shown: Sequence[Progress]
) -> tuple[str, list[str]]:
    """What is said of the units below, and last lines. Sums are shown only where she names them."""
    finishing = [one for one in shown if not rules.counts(one.indicator)]
    some = shown if intent.indicator_words else finishing or shown
    level = None if intent.below == asof.ANY_BELOW else Level[intent.below.upper()]
    try:
        tables = [(one, await below.rows(rt, one, level)) for one in some]
    except below.TooMany as error:
        return _which(rt, error, level), []
    tables = [(one, rows) for one, rows in tables if rows] or tables[:1]
    with_rows = intent.picture and tables[0][1]
    notes = [await pictured.send_rows(rt, message, tables)] if with_rows else []
    return _told(rt, message, tables), notes


def _told(rt: Runtime, message: Member, tables: Sequence[tuple[Progress, list[Progress]]]) -> str:
    """The first line of each indicator and its rows, as many as her phone holds; then as-of."""
    end = rules.as_of(rt.words, tables[0][0].as_of.astimezone(rt.calendar.zone))
    room = message.limit - len(end) - 1
    said = ""
    for one, table in tables:
        block = _block(rt, one, table, room - len(said))
        if said and not block:
            break
        said += ("\n" if said else "") + block
    return f"{said}\n{end}"


def _block(rt: Runtime, one: Progress, table: Sequence[Progress], room: int) -> str:
    """One indicator; '' where not even its first line and one row fit."""
    first = rules.first_line(rt.words, one)
    if not table:
        none = rt.words.say("figures.none_below", unit=one.unit.short, indicator=one.indicator.name)
        return wording.whole([first, none], room, "\n")
    parts = [_row(rt, row) for row in table]
    comma = rt.words.say("analysis.comma")
    more = rt.words.say("figures.rows_more", n=len(parts))
    line = comma.join(parts)
    if len(first) + 1 + len(line) > room:
        line = wording.whole(parts, room - len(first) - 1 - len(more), comma) + more
    return f"{first}\n{line}" if len(first) + len(parts[0]) + len(more) < room else ""


def _row(rt: Runtime, row: Progress) -> str:
    counts, alone = rules.counts(row.indicator), row.unit.level is row.indicator.level
    key = "row_of" if counts and not alone else "row"
    if not counts and row.light is Light.BEHIND:
        key = "row_behind"
    return rt.words.say(
        f"figures.{key}",
        unit=row.unit.short,
        figure=rules.brief(rt.words, row),
        expected=row.expected,
        reported=row.reported,
    )


def _which(rt: Runtime, error: below.TooMany, level: Level | None) -> str:
    assert level is not None  # nobody has so many units directly below
    return rt.words.say(
        "figures.too_deep",
        n=error.count,
        place=rt.words.say(f"place.{error.between.level.word}"),
        unit=error.between.short,
        below=rt.words.say(f"place.{level.word}"),
    )
