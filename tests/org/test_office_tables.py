"""An office's own table goes in and comes out: headings, sums, zeros, names, all or nothing, nothing computed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import sqlalchemy as sa
import xlsxwriter

from bot import errors
from bot.actions import export_ledger, mend, transfer_ledger
from bot.store import cells, people, recount, tables, units

CAMPAIGN = """
code: hundred
name: 百日攻坚
units: ["3507"]
start: 2026-01-02
end: 2099-02-09
indicators:
  - {code: region, name: 乡镇区域化, aliases: [区域化], kind: completion, level: township}
  - {code: reform, name: 会改联, aliases: [费改联], kind: completion, level: village}
  - {code: town, name: 新增执委·乡镇, aliases: [新增执委], kind: count, level: township, unit_word: 名}
  - {code: members, name: 新增执委·村, aliases: [新增执委], kind: count, level: village, unit_word: 名}
  - {code: steps, name: 选举, kind: stage, level: village, steps: [摸底, 推荐, 选举会]}
"""
PEOPLE = """person_id,name,phone,unit_code,role,title
staff,执委0001,,350725,staff,干事
east,执委0002,,350725101001,chair,主席
"""
Rows = Sequence[Sequence[object]]


@pytest.fixture
async def office(rt, federation, load) -> Any:
    await load("people", PEOPLE)
    await load("campaign", CAMPAIGN)
    return rt


def sheet(path: Path, rows: Rows, merged: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell not in ("", None):
                page.write(y, x, cell)
    for y, x, last_y, last_x in merged:
        page.merge_range(y, x, last_y, last_x, rows[y][x])
    book.close()
    return path


async def put(rt: Any, path: Path, **how: Any) -> transfer_ledger.Outcome:
    how = {"campaign_code": "hundred", "by": "staff", **how}
    return await transfer_ledger.load(rt, path, **how)


async def held(rt: Any) -> dict[tuple[str, str], int | None]:
    """Every cell by indicator and unit code."""
    indicator, unit, cell = tables.indicator.c, tables.unit.c, tables.cell.c
    asked = (
        sa.select(indicator.code, unit.code, cell.value)
        .join(tables.indicator, indicator.id == cell.indicator_id)
        .join(tables.unit, unit.id == cell.unit_id)
    )
    async with rt.read() as c:
        return {(row[0], row[1]): row[2] for row in await c.execute(asked)}


async def sound(rt: Any) -> bool:
    async with rt.write() as c:
        return await recount.differences(c, limit=5) == []


OFFICE: Rows = [
    ["政和县强基固本进度表（截至7月）"],
    ["序号", "乡镇", "村名", "会改联", "", "新增执委", "选举"],
    ["", "", "", "是否完成", "备注", "人数（名）", "进展"],
    [1, "星溪乡", "东山村", "是", "好", 12, "选举会"],
    [2, "", "西山村委会", "否", "", 0, "推荐"],
    ["", "", "小计", 1, "", 12, ""],
    [3, "石屯镇", "石屯社区", "√", "", "8名", ""],
    [4, "石屯镇", "", "—", "", "３", ""],
    ["合计", "", "", 2, "", 23, ""],
]
MERGED = [(0, 0, 0, 6), (1, 3, 1, 4), (3, 1, 4, 1)]


async def test_an_offices_own_table_with_titles_merged_headings_and_sums_is_read(office, tmp_path):
    done = await put(office, sheet(tmp_path / "进度.xlsx", OFFICE, MERGED))
    assert (done.changes.new, done.zero, done.missing, done.not_expected) == (9, 2, 2, 1)
    assert done.totals == 2
    assert await held(office) == {
        ("reform", "350725101001"): 1,
        ("reform", "350725101002"): 0,
        ("reform", "350725102001"): 1,
        ("members", "350725101001"): 12,
        ("members", "350725101002"): 0,
        ("members", "350725102001"): 8,
        ("town", "350725102"): 3,
        ("steps", "350725101001"): 3,
        ("steps", "350725101002"): 2,
    }
    assert await sound(office)
    entry = tables.entry.c
    async with office.read() as c:
        rows = (await c.execute(sa.select(tables.entry).order_by(entry.part))).all()
        chair = await c.scalar(sa.select(tables.person.c.id).where(tables.person.c.key == "p1"))
        city = await units.by_code(c, "3507")
    assert city is not None
    assert {row.kind for row in rows} == {"file"}
    assert all(row.on_behalf and row.source.startswith(b"file:") for row in rows)
    assert rows[0].for_person_id == chair
    again = await put(office, tmp_path / "进度.xlsx")
    assert (again.changes.new, again.changes.changed, again.changes.same) == (0, 0, 9)


async def test_what_goes_out_comes_in_unchanged(office, tmp_path):
    await put(office, sheet(tmp_path / "in.xlsx", OFFICE, MERGED))
    before = await held(office)
    asked = await export_ledger.ask(
        office, unit_code="3507", campaign_code=None, indicator_codes=(), span=None, blank=False
    )
    for name in ("out.xlsx", "out.csv"):
        assert await export_ledger.save(office, tmp_path / name, asked) == 5
        done = await put(office, tmp_path / name)
        assert (done.changes.new, done.changes.changed, done.changes.same) == (0, 0, 9)
    assert await held(office) == before
    rows = python_calamine.CalamineWorkbook.from_path(tmp_path / "out.xlsx")
    head, first, *_ = rows.get_sheet_by_index(0).iter_rows()
    assert head == ["代码", "县（市、区）", "乡镇（街道）", "村（社区）", "乡镇区域化是否完成",
                    "会改联是否完成", "新增执委数", "选举进展"]  # fmt: skip
    assert first == ["350725101", "政和县", "星溪乡", "", "", "—", "", "—"]
    blank = await export_ledger.ask(
        office, unit_code="350725101", campaign_code="hundred", indicator_codes=["members"],
        span=None, blank=True,
    )  # fmt: skip
    await export_ledger.save(office, tmp_path / "blank.csv", blank)
    lines = (tmp_path / "blank.csv").read_text("utf-8-sig").splitlines()
    assert lines == ["代码,村（社区）,新增执委数", "350725101001,东山村,", "350725101002,西山村,"]


async def test_a_townships_own_row_has_its_name(office, tmp_path):
    asked = await export_ledger.ask(
        office, unit_code="350725101", campaign_code=None, indicator_codes=(), span=None, blank=True
    )
    await export_ledger.save(office, tmp_path / "own.csv", asked)
    lines = (tmp_path / "own.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("350725101,星溪乡,,")
    assert lines[2].startswith("350725101001,星溪乡,东山村,")


async def test_a_past_period_goes_out_as_it_was(office, tmp_path):
    await put(office, sheet(tmp_path / "in.xlsx", OFFICE, MERGED))
    for span, values in (("2026-01-05", ["", ""]), ("2099-01-05", ["12", "0"])):
        asked = await export_ledger.ask(
            office, unit_code="350725101", campaign_code="hundred", indicator_codes=["members"],
            span=span, blank=False,
        )  # fmt: skip
        await export_ledger.save(office, tmp_path / "out.csv", asked)
        lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1:]
        assert [line.split(",")[-1] for line in lines] == values
    with pytest.raises(errors.BadInput, match="2026-W47"):
        await export_ledger.ask(
            office, unit_code="3507", campaign_code=None, indicator_codes=(), span="x", blank=False
        )


BAD: list[tuple[str, Rows, str]] = [
    ("a value", [["村名", "会改联"], ["东山村", "也许"]], "f.xlsx:2:会改联: '也许' is no value"),
    ("a fraction", [["村名", "新增执委数"], ["东山村", 1.5]], "f.xlsx:2:新增执委数: '1.5' is no value"),
    ("a minus", [["村名", "新增执委数"], ["东山村", -1]], "no value of this count"),
    ("too many", [["村名", "新增执委数"], ["东山村", 1200]], "f.xlsx:2:新增执委数: 1200 is more than 60"),
    ("twice", [["村名", "会改联"], ["东山村", "是"], ["东山", "否"]], "f.xlsx:3:会改联: .* there twice"),
    ("nobody", [["村名", "会改联"], ["南山村", "是"]], "f.xlsx:2: there is no unit '南山村'"),
    ("other level", [["单位", "会改联"], ["星溪乡", "是"]], "星溪乡 is not asked for this"),
    ("wrong code", [["代码", "村名", "会改联"], ["350725101001", "西山村", "是"]], "is 东山村, not 西山村"),
    ("sum", [["村名", "新增执委数"], ["东山村", 3], ["合计", 4]], "f.xlsx:3:新增执委数: .* says 4, .* 3"),
    ("column", [["村名", "新增直委数", "会改联"], ["东山村", 3, "是"]], "f.xlsx:1:新增直委数: unknown column"),
    ("no headings", [["东山村", 3]], "f.xlsx: no headings"),
]  # fmt: skip


async def test_a_wrong_table_is_refused_whole_and_says_where(office, tmp_path):
    for what, rows, said in BAD:
        good = [*rows, ["西山村", *["" for _ in rows[0][1:]]]]
        with pytest.raises(errors.BadInput) as refused:
            await put(office, sheet(tmp_path / "f.xlsx", good))
        assert re.search(said, str(refused.value)), f"{what}: {refused.value}"
    assert await held(office) == {}
    assert await sound(office)


async def test_names_are_told_apart_by_the_township_beside_them_or_asked_for(
    office, load, tmp_path
):
    await load("units", "code,name,level,parent_code\n350725102002,东山村委会,village,350725102\n")
    rows = [["乡镇", "村名", "会改联"], ["石屯镇", "东山村", "是"]]
    await put(office, sheet(tmp_path / "f.xlsx", rows))
    assert await held(office) == {("reform", "350725102002"): 1}
    with pytest.raises(
        errors.BadInput, match="may be any of 东山村 350725101001, 东山村 350725102002"
    ):
        await put(office, sheet(tmp_path / "g.xlsx", [["村名", "会改联"], ["东山村", "是"]]))


async def test_nobody_imports_for_units_that_are_not_hers(office, tmp_path):
    path = sheet(tmp_path / "f.xlsx", [["村名", "会改联"], ["东山村", "是"], ["西山村", "是"]])
    with pytest.raises(errors.BadInput, match="there is no unit '西山村' in the scope of east"):
        await put(office, path, by="east")
    with pytest.raises(errors.NotFound, match="there is no person 'nobody'"):
        await put(office, path, by="nobody")
    done = await put(office, path, check=True)
    assert done.changes.new == 2
    assert await held(office) == {}


async def test_csv_is_read_as_offices_save_it(office, tmp_path):
    path = tmp_path / "f.csv"
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "gbk", "gb18030"), start=1):
        path.write_bytes(f"村名,新增执委数\n东山村,{number}名\n西山村,\n".encode(encoding))
        await put(office, path)
        assert await held(office) == {("members", "350725101001"): number}


async def test_a_cell_that_looks_like_a_formula_stays_text(office, load, tmp_path):
    await load("units", "code,name,level,parent_code\n-9,=1+1村,village,350725101\n")
    asked = await export_ledger.ask(
        office, unit_code="350725101", campaign_code="hundred", indicator_codes=["members"],
        span=None, blank=True,
    )  # fmt: skip
    await export_ledger.save(office, tmp_path / "out.csv", asked)
    await export_ledger.save(office, tmp_path / "out.xlsx", asked)
    cells_ = [cell for row in csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig")))
              for cell in row]  # fmt: skip
    assert {"'-9", "'=1+1村"} <= set(cells_)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "=1+1村" in page
    await put(office, tmp_path / "out.csv")
    await put(office, tmp_path / "out.xlsx")


async def test_of_a_formula_the_kept_value_is_read_and_none_is_computed(office, tmp_path):
    def write(path: Path, value: object) -> Path:
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet()
        page.write_row(0, 0, ["村名", "新增执委数"])
        page.write(1, 0, "东山村")
        page.write_formula(1, 1, "=3+4", None, value)
        book.close()
        return path

    await put(office, write(tmp_path / "kept.xlsx", 9))
    assert await held(office) == {("members", "350725101001"): 9}
    with pytest.raises(errors.BadInput, match="never computed"):
        await put(office, write(tmp_path / "none.xlsx", ""))


async def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_read(office, tmp_path):
    far = sheet(tmp_path / "far.xlsx", [["村名", "会改联"]])
    book = xlsxwriter.Workbook(str(far))
    book.add_worksheet().write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(errors.BadInput, match="beyond row"):
        await put(office, far)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in range(5):
            packed.writestr(f"xl/worksheets/sheet{part}.xml", bytes(100_000_000))
    with pytest.raises(errors.BadInput, match="unpacked the file would be too large"):
        await put(office, bomb)
    (tmp_path / "no.xlsx").write_bytes(b"PK no zip")
    with pytest.raises(errors.BadInput, match=r"is no \.xlsx"):
        await put(office, tmp_path / "no.xlsx")


async def test_a_table_is_no_message_that_she_can_take_back(office, tmp_path):
    await put(office, sheet(tmp_path / "in.xlsx", OFFICE, MERGED))
    async with office.read() as c:
        person = await people.by_key(c, "staff")
        reform = await c.scalar(
            sa.select(tables.indicator.c.id).where(tables.indicator.c.code == "reform")
        )
        east = await units.by_code(c, "350725101001")
        assert person is not None
        assert east is not None
        found = await cells.held(c, [(reform, east.id)])
    assert found[reform, east.id].value == 1
    assert await mend.last(office, person, office.now()) == ()
