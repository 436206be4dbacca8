"""An answer that is late is asked for, climbs one level and stops; nobody is woken for it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.actions import difficulty, overdue
from bot.core import period
from bot.store import outbox, tables
from bot.store.difficulties import State
from tests.ledger import land as lands
from tests.ledger.land import Land
from tests.ledger.test_difficulty import raised, told


async def test_an_overdue_answer_is_asked_for_once_climbs_once_and_stops(land: Land):
    one = await raised(land)  # answer promised for Tuesday, day 8
    await difficulty.raise_(land.rt, land.people["c0t0v1"], "没有经费", land.at(3))
    before = len(await told(land))
    said = [await overdue.check(land.rt, land.at(day, 8, 52)) for day in (8, 9, 10, 11, 12, 14)]
    nothing = "0 reminded, 0 told to the level above"
    assert said == [
        nothing,
        "2 reminded, 0 told to the level above",
        "0 reminded, 2 told to the level above",
        nothing,
        "no workday",
        nothing,
    ]
    who = (await told(land))[before:]
    assert sorted(code for code, _ in who) == ["c0", "c0t0", "c0t0v0", "c0t0v1"]
    texts = dict(who)
    assert "您有2个困难过了答复的日子" in texts["c0t0"]
    assert "c0t0妇联有2个困难过了期还没有答复" in texts["c0"]
    assert "没有办公场所" not in texts["c0"]
    assert "已请c0妇联过问" in texts["c0t0v0"]
    await difficulty.transfer(land.rt, land.people["c0t0"], one.id, land.at(15))
    moved = await overdue.check(land.rt, land.at(21, 8, 52))
    assert moved == "1 reminded, 0 told to the level above", "a new promise, a new count"


async def test_what_she_adds_before_an_answer_is_told_to_the_office_once(land: Land):
    one = await raised(land)
    for _ in range(2):
        again = await difficulty.not_solved(
            land.rt, land.people["c0t0v0"], one.id, land.at(4), reason="下雨还漏水。"
        )
    assert (again.state, again.due_on, again.reason) == (State.OPEN, one.due_on, "下雨还漏水。")
    said = [text for who, text in await told(land) if who == "c0t0"][1:]
    assert [
        text.startswith(
            f"困难{one.id}号（没有办公场所），c0t0v0又说：下雨还漏水。请在11月10日前答复"
        )
        for text in said
    ] == [True]


async def test_an_office_is_told_in_the_morning_of_a_workday_a_village_after_the_night(
    land: Land, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(land.rt, "quiet", period.QuietHours.read("21:00-08:00"))
    await lands.register(land, "c0t0", "c0t0v0")
    friday_night, saturday = land.at(4, 22), land.at(5, 11)
    with land.rt.at(friday_night):
        one = await difficulty.raise_(land.rt, land.people["c0t0v0"], "难", friday_night)
    with land.rt.at(saturday):
        await difficulty.answer(land.rt, land.people["c0t0"], one.id, "好", saturday)
    async with land.rt.write() as c:
        held = list(await c.scalars(sa.select(tables.outbox.c.not_before_ms)))
        assert held == [period.ms(land.at(7, 8)), 0], "Monday at eight; at once"
        early = await outbox.claim(c, 9, at_ms=period.ms(saturday))
        assert [letter.person_id for letter in early] == [land.people["c0t0v0"].id]
        assert len(await outbox.claim(c, 9, at_ms=period.ms(land.at(7, 8)))) == 1
