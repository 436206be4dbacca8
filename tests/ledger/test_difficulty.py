"""困难: forwarded upward, answered, solved or not, passed on, closed by the level above only."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import difficulty
from bot.core.model import Role
from bot.core.trouble import Kind
from bot.store import difficulties, difficulty_lists, opinions, tables
from bot.store.difficulties import Difficulty, State
from tests.ledger import land as lands
from tests.ledger.land import Land


async def told(land: Land) -> list[tuple[str, str]]:
    """Who is to be told what, in order."""
    by_id = {person.id: code for code, person in land.people.items()}
    async with land.rt.read() as c:
        outbox = tables.outbox.c
        rows = await c.execute(sa.select(outbox.person_id, outbox.text).order_by(outbox.id))
        return [(by_id[row.person_id], row.text) for row in rows]


async def raised(land: Land, at: int = 3) -> Difficulty:
    """A difficulty of the village c0t0v0; day 3 is a Thursday."""
    await lands.register(land, "c0t0", "c0", "c0t0v0")
    return await difficulty.raise_(land.rt, land.people["c0t0v0"], "没有办公场所", land.at(at))


async def test_it_goes_to_the_level_above_with_three_workdays(land: Land):
    one = await raised(land)
    assert (one.owner.code, one.state) == ("c0t0", State.OPEN)
    assert one.due_on == date(2026, 11, 10)  # Friday, Monday, Tuesday
    ((who, text),) = await told(land)
    assert who == "c0t0"
    assert f"困难{one.id}号" in text
    assert "没有办公场所" in text
    assert "11月10日" in text


async def test_where_nobody_is_registered_the_next_level_is_told_and_the_owner_stays(land: Land):
    await lands.register(land, "c1", "c1t0v0")
    one = await difficulty.raise_(land.rt, land.people["c1t0v0"], "没有经费", land.at(3))
    assert one.owner.code == "c1t0"
    assert [who for who, _ in await told(land)] == ["c1"]


async def test_the_answer_reaches_her_and_she_says_whether_it_is_solved(land: Land):
    one = await raised(land)
    await difficulty.answer(land.rt, land.people["c0t0"], one.id, "村部二楼腾出一间", land.at(4))
    who, text = (await told(land))[-1]
    assert who == "c0t0v0"
    assert text.startswith(f"您反映的{one.id}号困难，c0t0妇联答复：村部二楼腾出一间")
    again = await difficulty.not_solved(land.rt, land.people["c0t0v0"], None, land.at(5))
    assert again.state is State.UNSOLVED
    assert (await told(land))[-1][0] == "c0t0"
    await difficulty.answer(land.rt, land.people["c0t0"], None, "下周就腾", land.at(6))
    done = await difficulty.solved(land.rt, land.people["c0t0v0"], None, land.at(7))
    assert done.state is State.SOLVED
    closed = await difficulty.close(land.rt, land.people["c0t0"], None, land.at(8))
    assert closed.state is State.CLOSED


async def test_who_gets_it_passed_on_hears_why_the_answer_before_solved_nothing(land: Land):
    one = await raised(land)
    assert (await told(land))[-1][1].endswith(f"；要上级办，回“转交 {one.id}”。")
    await difficulty.answer(land.rt, land.people["c0t0"], one.id, "村部二楼腾出一间", land.at(4))
    await difficulty.not_solved(
        land.rt, land.people["c0t0v0"], one.id, land.at(5), reason="钥匙还没给。"
    )
    await difficulty.transfer(land.rt, land.people["c0t0"], one.id, land.at(5))
    text = next(text for who, text in await told(land) if who == "c0")
    assert "没有办公场所。还没解决：钥匙还没给。请在" in text


async def test_the_highest_unit_has_nobody_above_it_and_passes_nothing_on(land: Land):
    await lands.register(land, "0", "p")
    one = await difficulty.raise_(land.rt, land.people["0"], "没有编制", land.at(3))
    assert one.owner.code == one.unit.code == "0"
    assert await told(land) == []
    await difficulty.answer(land.rt, land.people["0"], one.id, "明年办", land.at(3))
    for reason in ("", "指标还没下来"):
        await difficulty.not_solved(land.rt, land.people["0"], one.id, land.at(3), reason=reason)
    assert await told(land) == []  # she has said it herself
    up = await difficulty.raise_(land.rt, land.people["p"], "没有经费", land.at(3))
    assert (await told(land))[-1][0] == "0"
    assert "转交" not in (await told(land))[-1][1]
    assert (await difficulty.solved(land.rt, land.people["0"], one.id, land.at(4))).id < up.id
    assert len(await told(land)) == 1


async def test_only_the_level_above_closes_and_not_before_it_has_answered(land: Land):
    one = await raised(land)
    with pytest.raises(errors.Conflict):
        await difficulty.close(land.rt, land.people["c0t0"], one.id, land.at(4))
    await difficulty.answer(land.rt, land.people["c0t0"], one.id, "好", land.at(4))
    for who in ("c0t0v0", "c0"):
        with pytest.raises(errors.NotAllowed):
            await difficulty.close(land.rt, land.people[who], one.id, land.at(4))
    await difficulty.close(land.rt, land.people["c0t0"], one.id, land.at(4))
    with pytest.raises(errors.Conflict):
        await difficulty.answer(land.rt, land.people["c0t0"], one.id, "再说", land.at(5))


async def test_one_outside_her_scope_is_like_one_that_does_not_exist(land: Land):
    one = await raised(land)
    for who in ("c1t0", "c0t0v1"):
        for number in (one.id, 4711):
            with pytest.raises(errors.NotFound):
                await difficulty.ask(land.rt, land.people[who], number)
            with pytest.raises(errors.NotFound):
                await difficulty.answer(land.rt, land.people[who], number, "好", land.at(4))
            with pytest.raises(errors.NotFound):
                await difficulty.solved(land.rt, land.people[who], number, land.at(4))


async def test_passed_on_it_is_the_next_levels_with_a_new_day(land: Land):
    one = await raised(land)
    passed = await difficulty.transfer(land.rt, land.people["c0t0"], one.id, land.at(8))
    assert (passed.owner.code, passed.due_on) == ("c0", date(2026, 11, 13))
    assert [who for who, _ in (await told(land))[1:]] == ["c0", "c0t0v0"]
    with pytest.raises(errors.NotAllowed):
        await difficulty.answer(land.rt, land.people["c0t0"], one.id, "好", land.at(8))
    await difficulty.answer(land.rt, land.people["c0"], one.id, "好", land.at(8))


async def test_the_top_has_nobody_to_pass_it_to(land: Land):
    one = await difficulty.raise_(land.rt, land.people["0"], "难", land.at(1))
    assert one.owner.code == "0"
    with pytest.raises(errors.Conflict):
        await difficulty.transfer(land.rt, land.people["0"], one.id, land.at(1))


async def test_without_a_number_it_must_be_plain_which_is_meant(land: Land):
    with pytest.raises(errors.NotFound):
        await difficulty.ask(land.rt, land.people["c0t0v0"], None)
    await raised(land)
    await difficulty.raise_(land.rt, land.people["c0t0v1"], "没有人愿意干", land.at(3))
    with pytest.raises(errors.NotFound):
        await difficulty.answer(land.rt, land.people["c0t0"], None, "好", land.at(4))


async def test_an_empty_text_and_a_unit_that_is_not_hers_are_refused(land: Land):
    chair = land.people["c0t0v0"]
    with pytest.raises(errors.BadInput):
        await difficulty.raise_(land.rt, chair, "  ", land.at(1))
    with pytest.raises(errors.NotAllowed):
        await difficulty.raise_(land.rt, chair, "难", land.at(1), unit=land.units["c0t0v1"])


async def test_a_deputy_of_the_owner_answers_a_member_does_not(land: Land):
    one = await raised(land)
    member = await lands.second(land, "c0t0", Role.MEMBER)
    with pytest.raises(errors.NotAllowed):
        await difficulty.answer(land.rt, member, one.id, "好", land.at(4))
    deputy = await lands.second(land, "c0t0", Role.DEPUTY)
    await difficulty.answer(land.rt, deputy, one.id, "好", land.at(4))


async def test_overdue_ones_are_counted_by_place(land: Land):
    await raised(land)
    async with land.rt.read() as c:
        place = (land.units["c0"].lo, land.units["c0"].hi)
        other = (land.units["c1"].lo, land.units["c1"].hi)
        assert await difficulties.count_waiting(c, place) == 1
        assert await difficulties.count_waiting(c, other) == 0
        due = date(2026, 11, 10)
        assert await difficulties.count_waiting(c, place, due_before=due) == 0
        later = date(2026, 11, 11)
        assert await difficulties.count_waiting(c, place, due_before=later) == 1


def test_an_opinion_has_no_column_for_a_person_or_a_time():
    assert set(tables.opinion.c.keys()) == {"id", "county_unit_id", "text"}


async def test_an_opinion_is_kept_with_the_county_only(land: Land):
    async with land.rt.write() as c:
        await opinions.add(c, county_unit_id=land.units["c0"].id, text="少开会")
        assert await c.scalar(sa.select(tables.opinion.c.text)) == "少开会"


async def test_the_kind_follows_from_her_words(land: Land):
    said = {
        "没有办公场所": Kind.PLACE,
        "经费没下来咋办": Kind.MONEY,
        "我们村没有编制": Kind.POSTS,
        "没人愿干": Kind.PEOPLE,
        "路太远": Kind.OTHER,
    }
    for text, kind in said.items():
        one = await difficulty.raise_(land.rt, land.people["c0t0v0"], text, land.at(3))
        assert one.kind is kind, text


async def test_the_same_words_again_are_the_same_difficulty(land: Land):
    one = await raised(land)
    again = await difficulty.raise_(land.rt, land.people["c0t0v0"], "没有办公场所", land.at(4))
    assert (again.id, again.due_on) == (one.id, one.due_on)
    assert len(await told(land)) == 1


async def test_where_nobody_is_registered_who_was_told_may_answer(land: Land):
    await lands.register(land, "c1", "c1t0v0")
    one = await difficulty.raise_(land.rt, land.people["c1t0v0"], "没有经费", land.at(3))
    with pytest.raises(errors.NotAllowed):
        await difficulty.answer(land.rt, land.people["s"], one.id, "好", land.at(4))
    done = await difficulty.answer(land.rt, land.people["c1"], one.id, "好", land.at(4))
    assert done.state is State.ANSWERED


async def test_without_a_number_several_are_named(land: Land):
    one = await raised(land)
    two = await difficulty.raise_(land.rt, land.people["c0t0v0"], "没有经费", land.at(3))
    with pytest.raises(errors.Several) as asked:
        await difficulty.ask(land.rt, land.people["c0t0v0"], None)
    assert set(asked.value.numbers) == {one.id, two.id}
    await difficulty.answer(land.rt, land.people["c0t0"], two.id, "下月到账", land.at(4))
    done = await difficulty.solved(land.rt, land.people["c0t0v0"], None, land.at(5))
    assert done.id == two.id, "the only one that was answered"


async def test_not_solved_goes_back_with_its_reason_and_a_new_day(land: Land):
    one = await raised(land)
    village, township = land.people["c0t0v0"], land.people["c0t0"]
    same = await difficulty.not_solved(land.rt, village, one.id, land.at(4), reason="还没有")
    assert (same.state, same.due_on) == (State.OPEN, one.due_on), "nobody has answered yet"
    await difficulty.answer(land.rt, township, one.id, "下周可用", land.at(4))
    again = await difficulty.not_solved(land.rt, village, one.id, land.at(7), reason="钥匙没给")
    assert (again.state, again.reason) == (State.UNSOLVED, "钥匙没给")
    assert again.due_on == date(2026, 11, 12)
    assert "钥匙没给" in (await told(land))[-1][1]
    later = await difficulty.not_solved(land.rt, village, one.id, land.at(8), reason="门也锁着")
    assert later.due_on == again.due_on, "a promise that stands is not put off"


async def test_of_two_who_answer_at_once_the_second_is_refused(land: Land):
    one = await raised(land)
    deputy = await lands.second(land, "c0t0", Role.DEPUTY)
    answers = await asyncio.gather(
        difficulty.answer(land.rt, land.people["c0t0"], one.id, "甲", land.at(4)),
        difficulty.answer(land.rt, deputy, one.id, "乙", land.at(4)),
        difficulty.transfer(land.rt, deputy, one.id, land.at(4)),
        return_exceptions=True,
    )
    good = [one for one in answers if isinstance(one, Difficulty)]
    bad = [one for one in answers if isinstance(one, Exception)]
    assert len(good) == 1
    assert {type(one) for one in bad} <= {errors.Conflict, errors.NotAllowed}
    async with land.rt.read() as c:
        kept = await difficulties.by_id(c, one.id)
        steps = await c.scalars(
            sa.select(tables.audit.c.deed).where(tables.audit.c.object == f"difficulty:{one.id}")
        )
        assert len(list(steps)) == 2
    assert kept
    assert (kept.answer, kept.owner.code) == (good[0].answer, good[0].owner.code)


@pytest.mark.parametrize(
    ("to", "owner"), [("县里", "c0"), ("给c0", "c0"), ("市妇联", "s"), ("省", "p")]
)
async def test_passed_to_a_named_level_of_its_line(land: Land, to: str, owner: str):
    one = await raised(land)
    name = to.removeprefix("给")
    passed = await difficulty.transfer(land.rt, land.people["c0t0"], one.id, land.at(4), to=name)
    assert passed.owner.code == owner


@pytest.mark.parametrize("to", ["c1", "c0t1", "c0t0v1", "火星"])
async def test_outside_its_line_nobody_gets_it(land: Land, to: str):
    one = await raised(land)
    with pytest.raises(errors.NotFound):
        await difficulty.transfer(land.rt, land.people["c0t0"], one.id, land.at(4), to=to)


async def test_the_list_counts_by_state_kind_and_place(land: Land):
    one = await raised(land)
    await difficulty.raise_(land.rt, land.people["c0t1v0"], "没有经费", land.at(3))
    await difficulty.answer(land.rt, land.people["c0t0"], one.id, "好", land.at(4))
    async with land.rt.read() as c:
        county = (land.units["c0"].lo, land.units["c0"].hi)
        counts = await difficulty_lists.counts(c, county, date(2026, 11, 11))
        assert [(each.state, each.kind, each.n, each.overdue) for each in counts] == [
            (State.ANSWERED, Kind.PLACE, 1, 0),
            (State.OPEN, Kind.MONEY, 1, 1),
        ]
        page = await difficulty_lists.page(c, county, (State.OPEN,))
        assert [each.text for each in page] == ["没有经费"]
