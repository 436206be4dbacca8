"""What an export of people gives: a table that comes back by an import, and to one woman all that is kept of her."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import difficulty, erase, export_people
from bot.runtime import Runtime
from bot.store import people, tables
from tests.ledger import land as lands
from tests.org.conftest import Load

POSTS = """person_id,name,phone,unit_code,role,title,openid,post_kind,term
p1,甲一,13800000001,350725101001,chair,主席,o1234567890123456789012345678,专职,十三届
p2,乙二,,350725101,staff,"=cmd|' /C calc'!A0",,,
p3,丁四,,350725102,chair,主席,,,
"""
PHONE = "13800000001"


async def test_the_table_comes_back_and_holds_no_account(
    rt: Runtime, load: Load, federation: None, tmp_path: Path
) -> None:
    await load("people", POSTS, prune=True)
    file = tmp_path / "out.csv"
    assert await export_people.save(rt, file, None) == 4
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "telephones are in it"
    text = file.read_text("utf-8-sig")
    assert "o1234567890123456789012345678" not in text
    rows = {row["person_id"]: row for row in csv.DictReader(text.splitlines())}
    assert rows["p1"] == {
        "person_id": "p1", "name": "甲一", "phone": PHONE, "unit_code": "350725101001",
        "role": "chair", "title": "主席", "post_kind": "专职", "term": "十三届",
    }  # fmt: skip
    assert rows["p2"]["title"] == "'=cmd|' /C calc'!A0", "a title is no formula"
    sheet = tmp_path / "out.xlsx"
    assert await export_people.save(rt, sheet, None) == 4
    again = await load("people", sheet.read_bytes(), name="people.xlsx")
    assert (again.new, again.changed, again.same) == (0, 0, 4)


async def test_an_office_gets_its_own_people(
    rt: Runtime, load: Load, federation: None, tmp_path: Path
) -> None:
    await load("people", POSTS)
    file = tmp_path / "out.csv"
    await export_people.save(rt, file, "350725101")
    whose = [row["unit_code"] for row in csv.DictReader(file.read_text("utf-8-sig").splitlines())]
    assert set(whose) == {"350725101", "350725101001"}
    with pytest.raises(errors.BadInput, match="999"):
        await export_people.save(rt, file, "999")


async def test_she_gets_all_that_is_kept_of_her_and_nothing_of_others(
    rt: Runtime, tmp_path: Path
) -> None:
    land = await lands.settle(rt)
    await lands.register(land, "c0t0v0")
    await land.say("c0t0v0", "members", 12, land.at(1))
    await land.say("c0t0v1", "members", 77, land.at(1))
    await land.say("c0t0", "reform", 1, land.at(2), of="c0t0v0")
    for place, words in (("c0t0v0", "=1+1没地方开会"), ("c0t0v1", "别人的事")):
        her = land.people[place]
        await difficulty.raise_(rt, her, words, land.at(3))
    async with rt.write() as c:
        sealed = rt.seal.seal(PHONE)
        await c.execute(
            sa.update(tables.person)
            .where(tables.person.c.key == "c0t0v0")
            .values(phone_sealed=sealed)
        )
    file = tmp_path / "her.csv"
    count = await export_people.one(rt, file, "c0t0v0")
    rows = [list(row.values()) for row in csv.DictReader(file.read_text("utf-8-sig").splitlines())]
    assert len(rows) == count
    known = {(row[0], row[2], row[3]) for row in rows}
    assert known >= {
        ("姓名", "", "c0t0v0的主席"),
        ("手机号", "", PHONE),
        ("微信登记", "", "已登记"),
        ("任职", "c0t0v0妇联", "主席"),
        ("上报", "c0t0v0妇联", "新增执委 12"),
        ("别人替您报的", "c0t0v0妇联", "会改联 1"),
    }
    assert ["上报", "2026-11-03 10:00"] in [row[:2] for row in rows]
    (trouble,) = (row for row in rows if row[0] == "反映困难")
    assert trouble[3].endswith("困难：=1+1没地方开会")
    text = file.read_text("utf-8-sig")
    assert "77" not in text
    assert "别人的事" not in text
    await erase.person(rt, "c0t0v0")
    for gone in ("c0t0v0", f"erased-{land.people['c0t0v0'].id}", "nobody"):
        with pytest.raises(errors.NotFound, match=gone):
            await export_people.one(rt, file, gone)
    async with rt.read() as c:
        assert await people.by_key(c, "c0t0v0") is None
