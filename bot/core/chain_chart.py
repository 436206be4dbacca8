"""The chain of a notice as a picture, from the highest level to the lowest, then the units directly below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.core import chart_parts as parts
from bot.core import svg, wording
from bot.core.chain import SHARES, Count, Standing
from bot.core.chart_parts import LEFT, RIGHT

_MOST: Final = 40  # units below
_ROW, _LEVEL_ROW = 46.0, 56.0
_TRACK: Final = "#ececef"
_RELAYED, _HEARD = "#18845b", "#8fb8d8"
_HOUR, _DAY = 60, 24 * 60


def svg_of(words: wording.Words, title: str, found: Standing, *, local: datetime) -> str:
    """The picture as SVG, as wide as a phone."""
    all_ = found.all
    head = words.say("chain.chart_title", unit=found.unit.short)
    body = [
        svg.text((LEFT, 34), svg.fitted(head, 20, RIGHT - LEFT), size=20, bold=True),
        svg.text((LEFT, 58), svg.fitted(title, 15, RIGHT - LEFT), size=15),
        svg.text((LEFT, 80), parts.as_of(words, local), size=13, fill=svg.GREY),
    ]
    down = 100.0
    for level, count in found.levels.items():
        body += _bar(words.say(f"chain.{level.word}"), count, down)
        down += _LEVEL_ROW
        body += _chain(down - 14) if level is not max(found.levels) else []
    body += _legend(words, down + 8)
    down += 36
    people = words.say("chain.people", people=f"{found.people:,}")
    readers = words.say("chain.readers", readers=f"{found.readers:,}")
    named = words.say(f"chain.{found.timed.word}")
    for line in (people, readers, *(f"{named}{said}" for said in _took(words, found))):
        body.append(svg.text((LEFT, down), svg.fitted(line, 14, RIGHT - LEFT), size=14))
        down += 24
    if found.below:
        down += 14
        body.append(
            svg.text((LEFT, down), words.say("chart.below", n=len(found.below)), size=17, bold=True)
        )
        down += 10
        for unit, count in found.below[:_MOST]:
            body += _bar(unit.short, count, down)
            down += _ROW
        if len(found.below) > _MOST:
            more = words.say("chart.more", n=len(found.below) - _MOST)
            body.append(svg.text((LEFT, down + 16), more, size=13, fill=svg.GREY))
            down += 24
    name = f"{title} {all_.reached}/{all_.asked}"
    return svg.picture(body, height=round(down + 16), title=name)


def took(words: wording.Words, found: Standing) -> str:
    """「村（社区）：2小时传到一半，6小时传到九成，还没有全部传到」."""
    said = "，".join(_took(words, found))
    return words.say("chain.took", level=words.say(f"chain.{found.timed.word}"), list=said)


def _took(words: wording.Words, found: Standing) -> list[str]:
    """Each share that was reached with its time, of equal times the last, and the first share that was not reached."""
    reached = [share for share in SHARES if found.took[share] is not None]
    last = {found.took[share]: share for share in reached}
    said = [
        words.say(f"chain.took_{share}", time=lasted(words, minutes))
        for minutes, share in last.items()
    ]
    if len(reached) < len(SHARES):
        said.append(words.say(f"chain.not_{SHARES[len(reached)]}"))
    return said


def lasted(words: wording.Words, minutes: int | None) -> str:
    """「40分钟」「3小时」「2天」, rounded up."""
    n = minutes or 0
    if n < _HOUR:
        return words.say("chain.minutes", n=n)
    if n < 2 * _DAY:
        return words.say("chain.hours", n=-(-n // _HOUR))
    return words.say("chain.days", n=-(-n // _DAY))


def _bar(name: str, count: Count, top: float) -> Iterator[str]:
    """What was forwarded, what is only signed or opened, and in grey what is not yet."""
    figures = f"{count.reached}/{count.asked}"
    percent = wording.percent(count.reached, count.asked)
    yield svg.text((RIGHT, top + 20), figures, size=16, anchor="end", bold=True)
    edge = RIGHT - svg.width(figures, 16) - 8
    yield svg.text((edge, top + 20), percent, size=13, fill=svg.GREY, anchor="end")
    room = edge - svg.width(percent, 13) - 8 - LEFT
    yield svg.text((LEFT, top + 20), svg.fitted(name, 16, room), size=16)
    wide = RIGHT - LEFT
    yield svg.box((LEFT, top + 28), (wide, 10), fill=_TRACK, radius=5)
    if not count.asked:
        return
    # What is forwarded lies on top: it may be signed as well.
    for part, colour in ((count.reached, _HEARD), (count.relayed, _RELAYED)):
        if part:
            share = max(10.0, wide * part / count.asked)
            yield svg.box((LEFT, top + 28), (share, 10), fill=colour, radius=5)


def _chain(at: float) -> list[str]:
    """A short line from one level to the next."""
    return [svg.line([(LEFT + 6, at), (LEFT + 6, at + 12)], stroke=svg.GREY, width=2)]


def _legend(words: wording.Words, base: float) -> Iterator[str]:
    x = LEFT
    for key, colour in (("relayed", _RELAYED), ("heard", _HEARD), ("not", _TRACK)):
        said = words.say(f"chain.legend_{key}")
        yield svg.dot((x + 5, base - 4), 5, fill=colour)
        yield svg.text((x + 14, base), said, size=13, fill=svg.GREY)
        x += 26 + svg.width(said, 13)
