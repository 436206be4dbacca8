"""The weekly reminder: exactly the persons and groups that owe, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import runtime
from bot.actions import remind
from bot.core.model import Role
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, tables
from config.settings import Settings
from schedules import timetable, weekly_reminder
from tests.ledger import land as lands
from tests.ledger.land import Land

_UNIT = tables.unit.c


@pytest.fixture
async def land(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Land]:
    """A federation with a campaign since Monday, 2 November 2026."""
    settings = Settings(
        database_url=database_url, data_dir=tmp_path, secret_key="of a test", quiet_hours="off"
    )
    async with runtime.opened(settings, redis_url) as rt:
        yield await lands.settle(rt)


async def planned(rt: Runtime) -> tuple[Counter[int], Counter[int]]:
    """How often each person and each group is in a weekly broadcast."""
    persons: Counter[int] = Counter()
    groups: Counter[int] = Counter()
    async with rt.read() as c:
        for sent in await broadcasts.recent(c, None, 100):
            assert sent.purpose == "weekly"
            for batch in await batch_states.of(c, sent.id, ["template"], None):
                persons.update(batch.members.tolist())
            for batch in await batch_states.of(c, sent.id, ["robot", "relay"], None):
                groups.update(batch.members.tolist())
    return persons, groups


async def test_exactly_those_who_owe_are_reminded_once_however_often_it_runs(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    rt = land.rt
    due = land.at(3, 19, 7)
    monkeypatch.setattr(rt, "now", lambda: due)
    await lands.second(land, "c0t0", Role.DEPUTY)  # the chair answers for the township
    group_ids: dict[str, int] = {}
    async with rt.write() as c:
        for code, kind in (("c0t0", "robot"), ("c1t1", "robot"), ("c1", "relay")):
            owner = land.people[code].id if kind == "relay" else None
            made: int | None = await c.scalar(
                sa.insert(tables.wechat_group)
                .values(
                    key=code,
                    name=code,
                    unit_id=land.units[code].id,
                    kind=kind,
                    owner_person_id=owner,
                )
                .returning(tables.wechat_group.c.id)
            )
            assert made
            group_ids[code] = made
    # One township with all below has said everything; one village only half.
    for code in [code for code in land.units if code.startswith("c1t1")]:
        for indicator in ("reform", "members", "visits", "steps") if "v" in code else ("region",):
            await land.say(code, indicator, 3 if indicator == "steps" else 1, land.at(1))
    await land.say("c0t0v1", "reform", 1, land.at(1))
    quiet = {"0", "p", "s", "c0", "c1"} | {c for c in land.units if c.startswith("c1t1")}
    owing = {land.people[code].id for code in land.units if code not in quiet}

    job = next(one for one in timetable.JOBS if one.name == weekly_reminder.NAME)
    assert await timetable.run_once(rt, job, due)
    assert await timetable.run_once(rt, job, due) is None
    await remind.weekly(rt, due)  # even past its claim
    persons, groups = await planned(rt)
    assert set(persons) == owing
    assert set(persons.values()) == {1}
    assert groups == {group_ids["c0t0"]: 1, group_ids["c1"]: 1}, "by robot and through its owner"
    async with rt.read() as c:
        said = [one.body for one in await broadcasts.recent(c, None, 100) if one.groups_n]
        names = list(await c.scalars(sa.select(tables.person.c.name)))
        names += [one for row in await c.execute(sa.select(_UNIT.short, _UNIT.name)) for one in row]
    assert said
    for body in said:
        assert body.startswith("姐妹们好，本周还有村、社区没有报：")
        assert not [name for name in names if name in body], "nobody is named before a group"


async def test_the_reminder_comes_from_whose_campaign_it_is_and_not_from_the_nation(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = land.at(3, 19, 7)
    monkeypatch.setattr(land.rt, "now", lambda: due)

    async def senders() -> set[str]:
        async with land.rt.read() as c:
            sent = await broadcasts.recent(c, None, 100)
        return {
            code for code, unit in land.units.items() if unit.id in {one.unit_id for one in sent}
        }

    await remind.weekly(land.rt, due)
    assert await senders() == {"s"}, "the city's"
    async with land.rt.write() as c:  # now two townships of one county are asked
        await c.execute(sa.delete(tables.campaign_unit))
        for code in ("c0t0", "c0t1"):
            await c.execute(
                sa.insert(tables.campaign_unit).values(
                    campaign_id=land.campaign.id if land.campaign else 0,
                    unit_id=land.units[code].id,
                )
            )
    due = land.at(10, 19, 7)
    await remind.weekly(land.rt, due)
    assert await senders() == {"s", "c0"}
