"""A small made-up federation of six levels with one campaign, and what a test says in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from bot.actions import report
from bot.core import tree
from bot.core.ledger import Claim, Doubt
from bot.core.model import Campaign, Indicator, Level, Person, Role, Unit
from bot.runtime import Runtime
from bot.store import campaigns, expectations, people, tables, unit_rows, units
from bot.store.database import Connection

COUNTIES, TOWNSHIPS, VILLAGES = 2, 2, 3  # each below the one before
START = date(2026, 11, 2)  # a Monday
FULL = START + timedelta(days=60)


@dataclass
class Land:
    """What is there, by code; `person(code)` is a unit's chair."""

    rt: Runtime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    campaign: Campaign | None = None
    sources: itertools.count[int] = field(default_factory=itertools.count)

    def indicator(self, code: str) -> Indicator:
        assert self.campaign
        return next(one for one in self.campaign.indicators if one.code == code)

    def claim(self, code: str, indicator: str, value: int, *doubts: Doubt) -> Claim:
        return Claim(self.units[code], self.indicator(indicator), value, frozenset(doubts))

    def source(self) -> bytes:
        return next(self.sources).to_bytes(32, "big")

    async def say(
        self, who: str, indicator: str, value: int, at: datetime, *, of: str | None = None
    ) -> report.Recorded:
        return await report.record(
            self.rt,
            self.people[who],
            [self.claim(of or who, indicator, value)],
            source=self.source(),
            said_at=at,
        )

    def villages(self) -> list[str]:
        return [code for code, unit in self.units.items() if unit.level is Level.VILLAGE]

    def at(self, day: int, hour: int = 10, minute: int = 0) -> datetime:
        """A local time `day` days after the start."""
        return self.rt.calendar.moment(START + timedelta(days=day), hour, minute)


async def settle(rt: Runtime) -> Land:
    """Make the land in an empty database."""
    async with rt.write() as c:
        await _plant(c)
        await unit_rows.new_epoch(c, 0)
        await _elect(c)
        await _campaign(c)
        campaign = await campaigns.by_code(c, "hundred")
        assert campaign
        await expectations.prepare(c, campaign.indicators)
    return await look(rt)


async def look(rt: Runtime) -> Land:
    """What `settle` has made."""
    land = Land(rt)
    async with rt.read() as c:
        for unit in await units.inside(c, 0, 2**31 - 1):
            land.units[unit.code] = unit
        everybody = (await c.scalars(sa.select(tables.person.c.id))).all()
        for one in (await people.many(c, everybody)).values():
            land.people[one.key] = one
        land.campaign = await campaigns.by_code(c, "hundred")
    return land


def _nodes() -> list[tree.Node]:
    nodes = [
        tree.Node("0", None, (0, "")),
        tree.Node("p", "0", (0, "")),
        tree.Node("s", "p", (0, "")),
    ]
    for county in range(COUNTIES):
        nodes.append(tree.Node(f"c{county}", "s", (county, "")))
        for township in range(TOWNSHIPS):
            nodes.append(tree.Node(f"c{county}t{township}", f"c{county}", (township, "")))
            nodes.extend(
                tree.Node(f"c{county}t{township}v{village}", f"c{county}t{township}", (village, ""))
                for village in range(VILLAGES)
            )
    # A village directly below its county, as under a development zone.
    nodes.append(tree.Node("c0v9", "c0", (9, "")))
    return nodes


def level_of(code: str) -> Level:
    if "v" in code:
        return Level.VILLAGE
    if "t" in code:
        return Level.TOWNSHIP
    return {"0": Level.NATIONAL, "p": Level.PROVINCE, "s": Level.CITY}.get(code, Level.COUNTY)


async def _plant(c: Connection) -> None:
    """The units, a level at a time so that parents have their ids."""
    nodes = _nodes()
    spans = tree.number(nodes)
    ids: dict[str | None, int | None] = {None: None}
    for level in Level:
        rows = [
            {
                "code": node.key,
                "name": f"{node.key}村",
                "display": f"{node.key}妇联",
                "short": node.key,
                "stem": node.key,
                "level": int(level),
                "kind": "regional",
                "parent_id": ids[node.parent],
                "sort": 0,
                "lo": spans[node.key][0],
                "hi": spans[node.key][1],
            }
            for node in nodes
            if level_of(node.key) is level
        ]
        await c.execute(sa.insert(tables.unit), rows)
        made = await c.execute(sa.select(tables.unit.c.code, tables.unit.c.id))
        ids.update({row.code: row.id for row in made})


async def _elect(c: Connection) -> None:
    """A chair for every unit."""
    ids = {unit.code: unit.id for unit in await units.inside(c, 0, 2**31 - 1)}
    rows = [{"key": code, "name": f"{code}的主席"} for code in ids]
    await c.execute(sa.insert(tables.person), rows)
    person, post = tables.person.c, tables.post
    made = {row.key: row.id for row in await c.execute(sa.select(person.key, person.id))}
    posts = [
        {"person_id": made[code], "unit_id": unit_id, "role": Role.CHAIR.value}
        for code, unit_id in ids.items()
    ]
    await c.execute(sa.insert(post), posts)


async def second(land: Land, code: str, role: Role) -> Person:
    """Another office-holder of the unit."""
    key = f"{code}-{role}"
    async with land.rt.write() as c:
        await c.execute(sa.insert(tables.person).values(key=key, name=f"{code}的{role}"))
        made = await people.by_key(c, key)
        assert made
        await c.execute(
            sa.insert(tables.post).values(
                person_id=made.id, unit_id=land.units[code].id, role=role.value
            )
        )
        found = await people.by_id(c, made.id)
    assert found
    return found


async def register(land: Land, *codes: str) -> None:
    """Bind the chairs of these units to made-up WeChat accounts."""
    async with land.rt.write() as c:
        for code in codes:
            follower = await c.scalar(
                sa.insert(tables.follower)
                .values(
                    account="wechat",
                    openid_digest=code.encode().ljust(16, b"."),
                    openid_sealed=b"-",
                )
                .returning(tables.follower.c.id)
            )
            await c.execute(
                sa.insert(tables.binding).values(
                    person_id=land.people[code].id, follower_id=follower, bound_at_ms=0
                )
            )


async def _campaign(c: Connection) -> None:
    campaign_id = await c.scalar(
        sa.insert(tables.campaign)
        .values(
            code="hundred",
            name="百日攻坚",
            goal="",
            starts_on=START.isoformat(),
            ends_on=(START + timedelta(days=100)).isoformat(),
            more={},
            made_at_ms=0,
        )
        .returning(tables.campaign.c.id)
    )
    city = await units.by_code(c, "s")
    assert city
    await c.execute(
        sa.insert(tables.campaign_unit).values(campaign_id=campaign_id, unit_id=city.id)
    )
    kinds = [
        ("region", "乡镇区域化", "completion", Level.TOWNSHIP, "total", []),
        ("reform", "会改联", "completion", Level.VILLAGE, "total", []),
        ("members", "新增执委", "count", Level.VILLAGE, "total", []),
        ("visits", "走访", "count", Level.VILLAGE, "increment", []),
        ("steps", "选举", "stage", Level.VILLAGE, "total", ["摸底", "推荐", "选举会"]),
    ]
    for sort, (code, name, kind, level, mode, steps) in enumerate(kinds):
        await c.execute(
            sa.insert(tables.indicator).values(
                campaign_id=campaign_id,
                code=code,
                name=name,
                aliases=[],
                kind=kind,
                level=int(level),
                unit_word="名",
                mode=mode,
                steps=steps,
                sort=sort,
            )
        )
    for on, fraction in ((START + timedelta(days=20), 1 / 3), (FULL, 1.0)):
        await c.execute(
            sa.insert(tables.milestone).values(
                campaign_id=campaign_id,
                on_day=on.isoformat(),
                fraction=fraction,
                indicators=["region", "reform"],
            )
        )
