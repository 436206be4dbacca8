"""The sentence of the weekly analysis about the finishing day, and days as it writes them."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.core import wording
from bot.core.forecast import Outlook, Standing
from bot.core.weekly import Figures, Row

_NEAR: Final = 180  # days: 1月21日, said in December, is next month


def outlook(words: wording.Words, figures: Figures, one: Row, out: Outlook) -> str:
    """When all will be done; empty where it is too early to say (see `early`), or all was done before this week."""
    name = one.measure.name
    if out.standing is Standing.DONE and out.done_on is not None:
        if (figures.as_of.date() - out.done_on).days >= 7:
            return ""
        on = date_of(words, figures, out.done_on)
        against = _against(words, one, out.done_on)
        return words.say("weekly.finished", indicator=name, date=on, against=against)
    if out.standing is Standing.STALLED:
        return words.say("weekly.stopped", indicator=name)
    if out.standing is not Standing.OPEN:
        return ""
    if out.earliest is None:
        return words.say("weekly.never", indicator=name)
    early = date_of(words, figures, out.earliest)
    if out.likely is None:
        return words.say("weekly.hardly", indicator=name, early=early)
    return words.say(
        "weekly.finish" if out.latest else "weekly.finish_open",
        indicator=name,
        date=date_of(words, figures, out.likely),
        early=early,
        late=date_of(words, figures, out.latest) if out.latest else "",
        against=_against(words, one, out.likely),
    )


def early(one: Row) -> bool:
    """Whether something has been done, and too little to say when all will be."""
    return bool(one.outlook and one.outlook.standing is Standing.TOO_EARLY and one.total.done)


def _against(words: wording.Words, one: Row, day: date) -> str:
    n = (day - one.due).days
    if n == 0:
        return words.say("weekly.on_day")
    return words.say("weekly.days_late" if n > 0 else "weekly.days_early", n=abs(n))


def date_of(words: wording.Words, figures: Figures, day: date) -> str:
    """With the year only where a reader might take it for a day of another one."""
    far = abs((day - figures.as_of.date()).days) > _NEAR
    key = "weekly.date_year" if far and day.year != figures.as_of.year else "weekly.date"
    return words.say(key, year=day.year, month=day.month, day=day.day)
