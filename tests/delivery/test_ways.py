"""A notice to people who are reached by five different channels: each once, and the sum is what the platforms say."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from bot.actions import broadcast
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.store import broadcasts, members, receipts, tables
from tests.delivery import land as lands
from tests.delivery import ways
from tests.delivery.land import Land, openid
from tests.delivery.ways import land, rt
from tests.sandbox.platform import Platform

__all__ = ["land", "rt"]


async def test_five_channels_carry_one_notice_and_everybody_has_it_once(land: Land) -> None:
    await ways.every_channel(land)  # the first of the corp has no account with us
    shown = await broadcast.preview(land.rt, await land.actor("s-chair"), land.draft())
    split = {part.channel: part.members for part in shown.parts}
    assert split == {"template": 6, "custom": 2, "subscribe": 1, "wecom_app": 3, "mass": 10}
    assert (shown.people, shown.reached, shown.unregistered) == (23, 22, 1)
    assert (shown.calls, shown.batches) == (6 + 2 + 1 + 1 + 1, 5)
    sent = await land.send()
    async with lands.working(land.rt):
        await land.done(sent.id)
    assert await ways.counted(land, sent.id) == split
    everybody = await ways.adds_up(land, sent.id)
    assert len(everybody) == 22
    assert openid(ways.chair(10)) not in everybody
    assert (await land.tally(sent.id)).people.unregistered == 1


async def test_whom_one_channel_surely_did_not_reach_gets_it_by_the_next(land: Land) -> None:
    await ways.member(land, ways.chair(1))
    await ways.member(land, ways.chair(2), known=False)
    await ways.member(land, ways.chair(0), known=False)  # no account with us either
    await ways.speaks(land, ways.chair(3), really=False)
    await ways.agrees(land, ways.chair(4), really=False)
    await ways.templates_left(land, 20)
    await land.send()
    n = 1
    async with lands.working(land.rt):
        await land.done(n)
    everybody = await ways.adds_up(land, n)
    assert everybody[openid(ways.chair(2))] == 1
    assert "u-" + ways.chair(1) in everybody
    tally = (await land.tally(n)).people
    assert (tally.accepted, tally.refused, tally.unregistered) == (21, 1, 1)
    async with land.rt.read() as c:
        assert set(await members.of(c, list(land.persons.values()))) == {
            land.persons[ways.chair(1)]
        }
        rows = await receipts.counts_by_child(c, await broadcasts.get(c, n), land.units["s"])
    assert (sum(row.people for row in rows), sum(row.reached for row in rows)) == (23, 21)


async def test_windows_and_consents_that_are_not_there_fall_back_to_templates(land: Land) -> None:
    await ways.speaks(land, ways.chair(3), really=False)
    await ways.agrees(land, ways.chair(4), really=False)
    await ways.no_mass_messages(land)
    await ways.templates_left(land, 18)  # for 21: two take another way, one waits for tomorrow
    await land.send()
    async with lands.working(land.rt):

        async def rests() -> bool:
            states = await land.states(1, "custom") | await land.states(1, "subscribe")
            if set(states.values()) == {
                State.MOVED
            }:  # the templates wait until the others have ended
                await lands.hurry(land.rt)
            return await land.phase(1) is Phase.PAUSED

        await land.until(rests)
    tally = (await land.tally(1)).people
    assert (tally.accepted, tally.unsent, tally.unknown) == (18, 3, 0)
    assert tally.whole
    told = ways.received(land)
    assert not told["custom"]
    assert not told["subscribe"]


async def test_in_doubt_nobody_changes_the_channel(land: Land, platform: Platform) -> None:
    for number in (1, 2, 3):
        await ways.member(land, ways.chair(number))
    platform.control("faults", endpoint="message/send", drop=True, next=1)
    sent = await land.send()
    async with lands.working(land.rt):
        await land.done(sent.id)
    everybody = await ways.adds_up(land, sent.id)
    assert [everybody[f"u-{ways.chair(number)}"] for number in (1, 2, 3)] == [1, 1, 1]
    assert not any(everybody[openid(ways.chair(number))] for number in (1, 2, 3))


async def test_a_mass_message_in_doubt_stays_one_though_the_first_on_its_list_leaves(
    land: Land, platform: Platform
) -> None:
    await ways.templates_left(land, 6)
    platform.control("faults", endpoint="mass/send", drop=True, next=2)
    sent = await land.send()
    async with lands.working(land.rt):

        async def in_doubt() -> bool:
            return State.RETRY in (await land.states(sent.id, "mass")).values()

        await land.until(in_doubt)
        first = next(iter(await land.states(sent.id, "mass")))
        async with land.rt.write() as c:
            gone = sa.delete(tables.binding).where(tables.binding.c.person_id == first)
            await c.execute(gone)

        async def over() -> bool:
            await lands.hurry(land.rt)
            return await land.phase(sent.id) is Phase.DONE

        await land.until(over)
    told = ways.received(land)["mass"]
    assert (len(told), set(told.values())) == (15, {1})
    people = (await land.tally(sent.id)).people
    assert (people.accepted, people.unknown) == (20, 1)


async def test_who_is_in_doubt_and_then_leaves_or_is_refused_is_unknown_and_gets_no_second_copy(
    land: Land, platform: Platform
) -> None:
    refused, opted_out, gone = (ways.chair(number) for number in (1, 2, 3))
    userid = await ways.member(land, refused)
    platform.control("faults", endpoint="message/send", drop=True, next=1)
    for key in (opted_out, gone):
        platform.control("faults", endpoint="template/send", drop=True, who=openid(key), next=1)
    sent = await land.send()
    hers = [land.persons[key] for key in (refused, opted_out, gone)]

    async def in_doubt() -> bool:
        states = await land.states(sent.id) | await land.states(sent.id, "wecom_app")
        return all(states[person] == State.RETRY for person in hers)

    async def over() -> bool:
        await lands.hurry(land.rt)
        return await land.phase(sent.id) is Phase.DONE

    async with lands.working(land.rt):
        await land.until(in_doubt)
        platform.control("faults", endpoint="message/send", code=60111, next=9)
        person, binding = tables.person.c, tables.binding.c
        async with land.rt.write() as c:
            paused = sa.update(tables.person).where(person.id == hers[1]).values(paused_at_ms=1)
            await c.execute(paused)
            await c.execute(sa.delete(tables.binding).where(binding.person_id == hers[2]))
        await land.until(over)
    people = (await land.tally(sent.id)).people
    assert (people.unknown, people.refused, people.whole) == (3, 0, True)
    everybody: Counter[str] = sum(ways.received(land).values(), Counter())
    found = [everybody[who] for who in (userid, *map(openid, (refused, opted_out, gone)))]
    assert found == [1, 0, 1, 1]
