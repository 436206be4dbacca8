"""The figures behind each sentence of a weekly analysis: whose, of what, how much, as of when, where the API gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.core import wording
from bot.core.forecast import Outlook
from bot.core.weekly import Child, Evidence, Figures, Place, Row, Stone


def totals(words: wording.Words, figures: Figures, one: Row) -> list[Evidence]:
    """What the first line rests on."""
    pairs: list[tuple[str, object]] = [
        ("done", one.total.done),
        ("reported", one.total.reported),
        ("expected", one.expected),
    ]
    if one.measure.leads:
        pairs[0] = ("value", one.total.value)
    if one.measure.ratio:
        pairs.insert(1, ("whole", one.total.whole))
    if one.planned is not None:
        pairs.append(("planned", f"{one.planned:.1%}"))
    return _of(words, figures, one, figures.place, pairs)


def change(words: wording.Words, figures: Figures, one: Row) -> tuple[Evidence, ...]:
    """This week beside plan."""
    pairs: list[tuple[str, object]] = [
        ("week_value", one.week.value) if one.measure.leads else ("week_done", one.week.done),
        ("week_reported", one.week.reported),
    ]
    if one.measure.ratio:
        pairs = [("value", one.total.value), ("whole", one.total.whole), pairs[1]]
    if one.wanted is not None and not one.measure.leads:
        pairs += [("done", one.total.done), ("planned_units", one.wanted)]
    return tuple(_of(words, figures, one, figures.place, pairs))


def steps(words: wording.Words, figures: Figures, one: Row) -> tuple[Evidence, ...]:
    """The steps taken this week, and who said something."""
    pairs = [("week_steps", one.week.value), ("week_reported", one.week.reported)]
    return tuple(_of(words, figures, one, figures.place, pairs))


def corrected(words: wording.Words, figures: Figures, one: Row) -> list[Evidence]:
    """What changed in former weeks after their analysis."""
    share = one.corrected
    pairs: list[tuple[str, object]] = [
        ("corrected_value", f"{share.value:+d}")
        if one.measure.leads
        else ("corrected_done", f"{share.done:+d}"),
        ("corrected_reported", f"{share.reported:+d}"),
    ]
    sunday = figures.monday - timedelta(days=1)
    path = _progress(figures, figures.place.code, one, sunday.isoformat())
    return _of(words, figures, one, figures.place, pairs, path=path)


def stone(words: wording.Words, figures: Figures, one: Row, it: Stone) -> tuple[Evidence, ...]:
    """A milestone beside what was done."""
    pairs: list[tuple[str, object]] = [
        ("stone_on", it.on.isoformat()),
        ("stone_needed", it.needed),
        ("done", one.total.done),
        ("expected", one.expected),
    ]
    if it.reached_on is not None:
        pairs.append(("reached_on", it.reached_on.isoformat()))
    return tuple(_of(words, figures, one, figures.place, pairs))


def idle(
    words: wording.Words, figures: Figures, one: Row, some: Iterable[Child]
) -> tuple[Evidence, ...]:
    """How long each of these has not moved, and where it stands."""
    found = []
    for child in some:
        pairs = [("idle", child.idle), ("done", child.total.done), ("expected", child.expected)]
        found += _of(words, figures, one, child.place, pairs)
    return tuple(found)


def children(
    words: wording.Words, figures: Figures, one: Row, some: Iterable[Child]
) -> tuple[Evidence, ...]:
    """Where each of these stands."""
    found = []
    for child in some:
        first = ("value", child.total.value) if one.measure.leads else ("done", child.total.done)
        pairs = [first, ("reported", child.total.reported), ("expected", child.expected)]
        if one.measure.ratio:
            pairs.insert(1, ("whole", child.total.whole))
        found += _of(words, figures, one, child.place, pairs)
    return tuple(found)


def outlook(words: wording.Words, figures: Figures, one: Row, out: Outlook) -> tuple[Evidence, ...]:
    """What was forecast, from what."""
    pairs: list[tuple[str, object]] = [("done", one.total.done), ("expected", one.expected)]
    days = (
        ("done_on", out.done_on),
        ("earliest", out.earliest),
        ("likely", out.likely),
        ("latest", out.latest),
        ("due", one.due),
    )
    pairs += [(name, day.isoformat()) for name, day in days if day is not None]
    return tuple(_of(words, figures, one, figures.place, pairs, path=_weekly(figures)))


def silent(
    words: wording.Words, figures: Figures, one: Row, some: Sequence[Child]
) -> tuple[Evidence, ...]:
    """How many below each of these said nothing."""
    path = _weekly(figures)
    found = _of(words, figures, one, figures.place, [("silent", one.silent)], path=path)
    for child in some:
        found += _of(words, figures, one, child.place, [("silent", child.silent)], path=path)
    return tuple(found)


def difficulties(words: wording.Words, figures: Figures) -> tuple[Evidence, ...]:
    """How many wait, and how many of them for too long."""
    pairs = (("waiting", figures.waiting), ("overdue", figures.overdue))
    return tuple(
        Evidence(
            figures.place.code,
            figures.place.short,
            "",
            words.say("weekly.difficulty"),
            words.say(f"weekly.what_{name}"),
            str(value),
            figures.as_of,
            _weekly(figures),
        )
        for name, value in pairs
    )


def _of(
    words: wording.Words,
    figures: Figures,
    one: Row,
    place: Place,
    pairs: Iterable[tuple[str, object]],
    *,
    path: str = "",
) -> list[Evidence]:
    day = figures.as_of.date().isoformat()
    return [
        Evidence(
            place.code,
            place.short,
            one.measure.code,
            one.measure.name,
            words.say(f"weekly.what_{name}"),
            str(value),
            figures.as_of,
            path or _progress(figures, place.code, one, day),
        )
        for name, value in pairs
    ]


def _progress(figures: Figures, code: str, one: Row, day: str) -> str:
    asked = f"campaign={figures.campaign}&indicator={one.measure.code}&period={day}"
    return f"/api/v1/units/{code}/progress?{asked}"


def _weekly(figures: Figures) -> str:
    asked = f"campaign={figures.campaign}&period={figures.week}"
    return f"/api/v1/units/{figures.place.code}/weekly?{asked}"
