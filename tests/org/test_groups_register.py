"""The register of groups: what a file adds, what an export gives back, and who is told when a group is left alone."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import register
from bot.core import period
from bot.runtime import Runtime
from bot.store import groups, people, tables
from schedules import groups_register, timetable
from tests.org.conftest import PEOPLE, Load

HEAD = "group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key"
FULL = f"""{HEAD},purpose,opened,ends
g1,东山姐妹群,350725101001,relay,p1,86,,宣传,2025-03-08,2026-12-31
g2,星溪工作群,350725101,relay,p2,40,,,,
g3,政和县工作群,350725,robot,,200,3f1c9a52-0000-4000-8000-000000000001,,,
"""
NOON = datetime.fromisoformat("2026-11-23T12:43+08:00")


async def said(rt: Runtime) -> list[tuple[int, str]]:
    """Whom something was said to, and what."""
    async with rt.read() as c:
        rows = await c.execute(
            sa.select(tables.outbox.c.person_id, tables.outbox.c.text).order_by(tables.outbox.c.id)
        )
        return [(row[0], row[1]) for row in rows]


async def bound(rt: Runtime, *keys: str) -> None:
    """These persons have accounts."""
    async with rt.write() as c:
        for key in keys:
            person = await people.by_key(c, key)
            assert person
            follower = await c.scalar(
                sa.insert(tables.follower)
                .values(account="wechat", openid_digest=key.encode().ljust(16), openid_sealed=b"x")
                .returning(tables.follower.c.id)
            )
            await c.execute(
                sa.insert(tables.binding).values(
                    person_id=person.id, follower_id=follower, bound_at_ms=0
                )
            )


async def tended(rt: Runtime, at: datetime, monkeypatch: pytest.MonkeyPatch) -> str | None:
    monkeypatch.setattr(rt, "now", lambda: at)
    job = next(one for one in timetable.JOBS if one.name == groups_register.NAME)
    return await timetable.run_once(rt, job, at)


async def test_an_export_can_be_imported_again_and_holds_no_key(
    rt: Runtime, load: Load, federation: None, tmp_path: Path
) -> None:
    assert (await load("groups", FULL)).new == 3
    file = tmp_path / "out.csv"
    assert await register.save(rt, file, None) == 3
    assert "3f1c9a52" not in file.read_text("utf-8-sig")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert rows[2] == {
        "group_id": "g1", "name": "东山姐妹群", "unit_code": "350725101001", "kind": "relay",
        "owner_person_id": "p1", "member_count": "86", "webhook_key": "", "purpose": "宣传",
        "opened": "2025-03-08", "ends": "2026-12-31", "last_use": "", "state": "owner-not-registered",
    }  # fmt: skip
    assert (await load("groups", file.read_text("utf-8-sig"))).same == 3
    # A file without the new columns takes nothing away.
    old = "\n".join(",".join(line.split(",")[:7]) for line in FULL.splitlines())
    assert (await load("groups", old)).same == 3
    assert await register.save(rt, file, "350725101") == 2
    with pytest.raises(errors.BadInput):
        await register.save(rt, file, "999")


async def test_owners_stay_when_the_file_has_no_column_for_them(
    rt: Runtime, load: Load, federation: None
) -> None:
    full = FULL.replace("robot,,200", "robot,p2,200")
    await load("groups", full)
    rows = [line.split(",") for line in full.splitlines()]
    without = "\n".join(",".join(row[:4] + row[5:]) for row in rows)
    assert (await load("groups", without)).same == 3
    renamed = await load("groups", without.replace("东山姐妹群", "东山群"))
    assert (renamed.changed, renamed.same) == (1, 2)
    async with rt.read() as c:
        kept = await groups.by_keys(c, ["g1", "g3"])
        owners = await people.by_key(c, "p1"), await people.by_key(c, "p2")
    assert [kept["g1"].owner_person_id, kept["g3"].owner_person_id] == [
        owner.id for owner in owners if owner
    ]
    # Who forwards to a new group, or to one that was a robot's without an owner, must be said.
    await load("groups", FULL)
    for row in ("g9,新群,350725,relay,5", "g3,政和县工作群,350725,relay,200"):
        with pytest.raises(errors.BadInput, match="csv:2:owner_person_id: is empty; a relay"):
            await load("groups", f"group_id,name,unit_code,kind,member_count\n{row}\n")


@pytest.mark.parametrize("column", ["opened", "ends"])
async def test_a_day_that_is_none_is_named(load: Load, federation: None, column: str) -> None:
    row = f"{HEAD},{column}\ng1,群,350725,relay,p1,1,,31.12.2026\n"
    with pytest.raises(errors.BadInput, match=f"groups.csv:2:{column}: '31.12.2026' is no day"):
        await load("groups", row)


async def test_groups_that_look_alike_are_reported_and_imported(
    load: Load, federation: None
) -> None:
    await load("groups", FULL)
    more = await load(
        "groups",
        f"{HEAD}\ng7,星溪 工作群,350725101,relay,p2,1,\ng8,新群,350725,relay,p1,1,\ng9,新群！,350725,relay,p1,1,\n",
    )
    assert more.new == 3
    assert more.notes == [
        "line 4 looks like line 3: the same name in the same unit",
        "line 2 looks like group 'g2': the same name in the same unit",
    ]


async def test_who_leaves_has_her_groups_flagged_the_same_day(
    rt: Runtime, load: Load, federation: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load("groups", FULL)
    await bound(rt, "p1", "p2", "root")
    assert await tended(rt, NOON, monkeypatch) == "0 without owner, 0 unused, 0 ended"
    without = "\n".join(line for line in PEOPLE.splitlines() if not line.startswith("p1"))
    await load("people", without, prune=True)
    assert (
        await tended(rt, NOON.replace(hour=17), monkeypatch) == "1 without owner, 0 unused, 0 ended"
    )
    assert [line for line in await register.problems(rt) if "has left" in line] == [
        "g1 东山姐妹群 (350725101001): its owner has left; give it another owner_person_id, or end it"
    ]
    async with rt.read() as c:
        staff = await people.by_key(c, "p2")
    assert staff
    told = await said(rt)
    assert [who for who, _ in told] == [staff.id]
    assert "东山姐妹群" in told[0][1]
    assert (
        await tended(rt, NOON.replace(hour=23), monkeypatch) == "0 without owner, 0 unused, 0 ended"
    )
    # A new owner ends it.
    await load("groups", FULL.replace("relay,p1", "relay,p2"))
    assert not [line for line in await register.problems(rt) if "has left" in line]


async def test_an_owner_is_asked_after_thirty_days_without_use_and_may_close(
    rt: Runtime, load: Load, federation: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = NOON - timedelta(days=31)
    monkeypatch.setattr(rt, "now", lambda: made)
    await load("groups", FULL)
    await bound(rt, "p1", "p2")
    async with rt.write() as c:
        used = (await groups.by_keys(c, ["g2"]))["g2"]
        await c.execute(
            sa.update(tables.wechat_group)
            .where(tables.wechat_group.c.id == used.id)
            .values(used_at_ms=period.ms(NOON - timedelta(days=29)))
        )
        owner = await people.by_key(c, "p1")
    assert owner
    assert await tended(rt, NOON, monkeypatch) == "0 without owner, 1 unused, 0 ended"
    told = await said(rt)
    assert [who for who, _ in told] == [owner.id]
    assert "东山姐妹群" in told[0][1]
    assert (
        await tended(rt, NOON + timedelta(days=1), monkeypatch)
        == "0 without owner, 0 unused, 0 ended"
    )
    assert await register.close(rt, owner, "星溪") == []  # not hers
    assert await register.close(rt, owner, "东山姐妹群") == ["东山姐妹群"]
    # Another is past its last day.
    await load("groups", f"{HEAD},ends\ng2,星溪工作群,350725101,relay,p2,40,,2026-11-23\n")
    assert (
        await tended(rt, NOON + timedelta(days=2), monkeypatch)
        == "0 without owner, 0 unused, 1 ended"
    )
    assert await register.save(rt, Path(str(rt.settings.data_dir)) / "left.csv", None) == 1
