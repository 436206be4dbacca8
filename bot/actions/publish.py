"""Publishes the weekly analyses: each is kept once, told to its leaders, and never changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot import errors
from bot.actions import analyse, offices
from bot.actions.analyse import Frame, Made
from bot.core import period, weekly, weekly_chat, weekly_link, wording
from bot.core.model import Campaign, Person, Role, Unit
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import analyses, campaigns, courses, leaders, outbox, people, slices, units
from config import analysis

SLICE: Final = 100  # offices looked at and kept in one go; others may write between two of them
_EVERYWHERE: Final = (0, 2**31 - 1)
_WEEK: Final = timedelta(days=7)
_LATE: Final = timedelta(days=14)  # one run may have been missed; whether it is news is seen then
_LEADERS: Final = (Role.CHAIR, Role.DEPUTY, Role.STAFF)


@dataclass(frozen=True, slots=True)
class Shown:
    """An analysis as somebody sees it. `id`: None as long as it is not published."""

    id: int | None
    unit: Unit
    figures: weekly.Figures
    sentences: tuple[weekly.Sentence, ...]
    text: str
    news: bool


async def every(rt: Runtime, due: datetime) -> None:
    """Publish what is new for every office in the week of `due`, some offices in each transaction.

    May be run again, or by two at once: whoever has an analysis of the week gets no second one, and a letter is
    written in the transaction that keeps the analysis it is about.
    """
    for campaign in await _campaigns(rt, rt.calendar.day(due)):
        concerned = await offices.concerned(rt, campaign)
        shared = await analyse.frame(rt, campaign, due, _EVERYWHERE)
        for some in slices.cut(concerned, SLICE):
            await _slice(rt, shared, some)


async def _campaigns(rt: Runtime, day: date) -> list[Campaign]:
    """Those that run, those that ended in the last week, and those over into which late figures still come."""
    since = (day - _LATE).toordinal()
    async with rt.read() as c:
        found = await campaigns.active(c, day)
        root = await units.root(c)
        if root is None:
            return found
        for campaign in await campaigns.ended(c, day):
            ids = [one.id for one in campaign.indicators]
            changes = await courses.by_day(c, ids, root.id, upto=day.toordinal())
            late = any(on >= since for each in changes.values() for on, _ in each)
            found += [campaign] if late or day - campaign.ends <= _WEEK else []
    return found


async def summary(rt: Runtime, due: datetime) -> str:
    """One English line on what was published for `due`."""
    async with rt.read() as c:
        made, told = await analyses.counts(c, due)
    return f"{made} analyses to {told} leaders"


async def _slice(rt: Runtime, shared: Frame, some: Sequence[Unit]) -> None:
    ids = [unit.id for unit in some]
    async with rt.read() as c:
        have = await analyses.have(c, ids, shared.campaign.id, week=shared.week)
    left = [unit for unit in some if unit.id not in have]
    if not left:
        return
    made = await analyse.of(rt, shared, left)
    new = [one for one in made if one.news and one.figures.rows]
    if not new:
        return
    readers: dict[int, list[int]] = {}
    async with rt.read() as c:
        for unit_id, person_id in await leaders.of(c, [one.unit.id for one in new], _LEADERS):
            readers.setdefault(unit_id, []).append(person_id)
    rows = await asyncio.to_thread(
        lambda: [_row(rt, shared, one, len(readers.get(one.unit.id, ()))) for one in new]
    )
    texts = {row.unit_id: row.text for row in rows}
    async with rt.write() as c:
        kept = await analyses.add(c, rows, now_ms=rt.now_ms())
        letters = [
            (person_id, with_link(rt, texts[unit_id], kept[unit_id], person_id, shared.due))
            for unit_id, persons in readers.items()
            if unit_id in kept
            for person_id in persons
        ]
        if letters:
            # A run that was missed may be made up for at night or on a Saturday.
            begin = period.ms(rt.quiet.office_at(rt.now(), rt.calendar))
            await outbox.add_all(c, letters, at_ms=rt.now_ms(), not_before_ms=begin)
            rt.wake(wake.WORK)


def _row(rt: Runtime, shared: Frame, one: Made, told: int) -> analyses.New:
    return analyses.New(
        one.unit.id,
        shared.campaign.id,
        shared.week,
        shared.due,
        analyse.FIGURES.dump_python(one.figures, mode="json"),
        analyse.SENTENCES.dump_json(one.sentences),
        weekly_chat.text(rt.words, one.sentences, limit=_room(rt, shared.due)),
        told,
    )


def _room(rt: Runtime, due: datetime) -> int:
    """What the link leaves of a message."""
    return wording.LIMIT - len(with_link(rt, "", 1, 1, due))


def with_link(rt: Runtime, text: str, analysis_id: int, person_id: int, at: datetime) -> str:
    """The text with the reader's own address of the page on a last line."""
    url = address(rt, analysis_id, person_id, at)
    return f"{text}\n{rt.words.say('weekly.link', url=url)}"


def address(rt: Runtime, analysis_id: int, person_id: int, at: datetime) -> str:
    """The page of an analysis for one reader, from `at` on for the days that the office stated."""
    until = at + timedelta(days=analysis.load().weekly_link_days)
    token = weekly_link.token(rt.seal, analysis_id, person_id, period.ms(until) // 1000)
    home = rt.settings.public_url or f"http://{rt.settings.host}:{rt.settings.port}"
    return f"{home.rstrip('/')}/h5/weekly/{token}"


async def opened(rt: Runtime, token: str) -> tuple[Shown, Person, datetime]:
    """The analysis behind a link, who reads it and until when; NotFound unless it is hers to see now."""
    known = weekly_link.read(rt.seal, token)
    if known is None or known.until_s * 1000 <= rt.now_ms():
        raise errors.NotFound
    async with rt.read() as c:
        found = await analyses.by_id(c, known.thing_id)
        person = await people.by_id(c, known.person_id)
        unit = await units.by_id(c, found.unit_id) if found else None
        if found is None or person is None or unit is None or not person.posts:
            raise errors.NotFound
        actor = await people.actor(c, person)
    if not actor.sees(unit):
        raise errors.NotFound
    return _shown(unit, found), person, period.at(known.until_s * 1000)


async def newest(
    rt: Runtime, unit: Unit, campaign: Campaign, *, week: str | None = None
) -> Shown | None:
    """The newest published analysis of the unit, or that of one week."""
    async with rt.read() as c:
        found = await analyses.newest(c, unit.id, campaign.id, week=week)
    return _shown(unit, found) if found else None


async def today(rt: Runtime, unit: Unit, campaign: Campaign, at: datetime) -> Shown:
    """What an analysis would say now; nothing is kept."""
    shared = await analyse.frame(rt, campaign, at, (unit.lo, unit.hi))
    one = (await analyse.of(rt, shared, [unit]))[0]
    text = weekly_chat.text(rt.words, one.sentences, limit=wording.LIMIT)
    return Shown(None, unit, one.figures, one.sentences, text, one.news)


def _shown(unit: Unit, found: analyses.Published) -> Shown:
    figures = analyse.FIGURES.validate_python(found.figures)
    sentences = analyse.SENTENCES.validate_json(found.sentences)
    return Shown(found.id, unit, figures, sentences, found.text, news=True)
