"""Units: the tree they make, what is refused, what a second import changes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import errors
from bot.core import sheet, unitfile
from bot.core.model import Level
from bot.store import tables, units
from tests.org.conftest import UNITS

HEAD = "code,name,level,parent_code\n"


async def spans(rt: Any) -> Any:
    async with rt.read() as c:
        rows = await c.execute(
            sa.select(tables.unit.c.code, tables.unit.c.lo, tables.unit.c.hi)
            .where(tables.unit.c.ended_at_ms.is_(None))
            .order_by(tables.unit.c.lo)
        )
        return [tuple(row) for row in rows]


async def test_a_tree_is_numbered_in_official_order_and_kept_under_its_epoch(rt, load):
    changes = await load("units", UNITS)
    assert changes.new == 9
    found = await spans(rt)
    assert [code for code, _, _ in found][:6] == [
        "0", "35", "3507", "350725", "350725101", "350725101001",
    ]  # fmt: skip
    assert found[0][1:] == (0, 9)
    async with rt.read() as c:
        assert await units.epoch(c) == 1
        unit: Any = await units.by_code(c, "350725101001")
        assert (unit.display, unit.short) == ("东山村妇联", "东山村")
        assert [one.code for one in await units.ancestors(c, unit)] == [
            "0", "35", "3507", "350725", "350725101",
        ]  # fmt: skip
        kept = await c.scalar(sa.select(sa.func.count()).select_from(tables.unit_span))
        assert kept == 9
        assert [one.code for one in await units.named(c, "东山", [(0, 9)])] == [unit.code]
        assert await units.named(c, "东山", [(6, 9)]) == []
        assert await units.count_by_level(c, 3, 9) == {
            Level.COUNTY: 1, Level.TOWNSHIP: 2, Level.VILLAGE: 3,
        }  # fmt: skip


async def test_the_same_again_in_any_order_changes_nothing(rt, load):
    await load("units", UNITS)
    before = await spans(rt)
    head, *rows = UNITS.splitlines()
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        changes = await load("units", "\n".join([head, *rows]))
        assert (changes.new, changes.changed, changes.ended, changes.same) == (0, 0, 0, 9)
    assert await spans(rt) == before
    async with rt.read() as c:
        assert await units.epoch(c) == 1


async def test_columns_may_come_in_any_order_and_with_a_bom(rt, load):
    rows = [line.split(",") for line in UNITS.splitlines()]
    text = "\n".join(",".join([row[3], row[2], row[0], row[1]]) for row in rows)
    changes = await load("units", "\ufeff" + text)
    assert changes.new == 9


async def test_an_xlsx_says_the_same_as_a_csv(rt, load, tmp_path):
    path = tmp_path / "units.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for at, line in enumerate(UNITS.splitlines()):
        for place, cell in enumerate(line.split(",")):
            page.write(at, place, int(cell) if cell.isdigit() else cell)
    book.close()
    await load("units", UNITS)
    changes = await load("units", path.read_bytes(), name="units.xlsx")
    assert (changes.same, changes.new) == (9, 0)


async def test_an_unknown_parent_is_named_beside_other_faults_but_not_a_parent_with_a_fault(load):
    text = UNITS + "7,青山镇,planet,350725\n71,青山村委会,village,7\n8,白水村委会,village,nowhere\n"
    with pytest.raises(errors.BadInput) as caught:
        await load("units", text)
    said = str(caught.value)
    assert "units.csv:11:level: " in said
    assert "units.csv:13:parent_code: there is no unit 'nowhere'" in said
    assert "2 faults" in said


async def test_check_says_what_would_change_and_changes_nothing(rt, load):
    await load("units", UNITS)
    before = await spans(rt)
    text = UNITS + "350725103,铁山镇,township,350725\n"
    changes = await load("units", text.replace("西山村委会", "西岭村委会"), check=True)
    assert (changes.new, changes.changed) == (1, 1)
    assert any("350725103 铁山镇" in line for line in changes.lines)
    assert any("name" in line for line in changes.lines)
    assert await spans(rt) == before


async def test_a_move_makes_a_new_epoch_and_leaves_the_old_one_alone(rt, load):
    await load("units", UNITS)
    changes = await load("units", HEAD + "350725101002,西山村委会,village,350725102\n")
    assert (changes.changed, changes.new) == (1, 0)
    async with rt.read() as c:
        assert await units.epoch(c) == 2
        unit: Any = await units.by_code(c, "350725101002")
        above: Any = await units.parent(c, unit)
        assert above.code == "350725102"
        span = tables.unit_span.c
        was = (
            await c.execute(
                sa.select(span.lo, span.hi).where(span.epoch == 1, span.unit_id == unit.id)
            )
        ).one()
        assert tuple(was) == (6, 7)
        assert (unit.lo, unit.hi) == (7, 8)


async def test_a_new_name_alone_makes_no_epoch(rt, load):
    await load("units", UNITS)
    await load("units", HEAD + "350725101002,西岭村委会,village,350725101\n")
    async with rt.read() as c:
        assert await units.epoch(c) == 1
        unit: Any = await units.by_code(c, "350725101002")
        assert unit.display == "西岭村妇联"


async def test_nothing_is_deleted_without_prune_and_ended_with_it(rt, load, federation):
    part = HEAD + "350725101,星溪乡,township,350725\n350725101001,东山村委会,village,350725101\n"
    changes = await load("units", part)
    assert changes.ended == 0
    assert len(await spans(rt)) == 9
    changes = await load("units", part, prune=True)
    assert (changes.ended, changes.same) == (1, 2)
    codes = [code for code, _, _ in await spans(rt)]
    assert "350725101002" not in codes
    assert "350725102001" in codes, "outside the units the file names"
    changes = await load("units", UNITS)
    assert changes.new == 1, "an ended unit may come back"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("1,乙,province,0\n1,丙,province,0", "units.csv:4:code: '1' is in line 3 already"),
        ("1,乙,provinz,0", "units.csv:3:level: 'provinz' is no level"),
        ("1,,province,0", "units.csv:3:name: is empty"),
        ("1,乙,province,9", "units.csv:3:parent_code: there is no unit '9'"),
        ("1,乙,province,", "units.csv:3:parent_code: is empty, but '0' is the root already"),
        ("1,乙,national,0", "units.csv:3:level: national must be deeper than its parent '0'"),
        ("1,乙,city,2\n2,丙,city,1", "units.csv:3:parent_code: the units stand below one another"),
        ("1,乙,city,1", "in a loop: 1 → 1"),
        ("1,乙,city,0,too much", "units.csv:3: the row has more cells than the header"),
        (f"1,{'长' * 101},city,0", "units.csv:3:name: is longer than 100 characters"),
        ('1,"两\n行",city,0', "units.csv:3:name: holds a line break"),
    ],
)
async def test_a_bad_row_is_named_and_nothing_is_imported(rt, load, rows, fault):
    with pytest.raises(errors.BadInput) as said:
        await load("units", f"{HEAD}0,全国,national,\n{rows}\n")
    assert fault in str(said.value)
    assert await spans(rt) == []


async def test_a_parent_may_not_become_deeper_than_a_child_that_is_there(load):
    await load("units", UNITS)
    with pytest.raises(errors.BadInput, match="is not above its child"):
        await load("units", HEAD + "350725101,星溪乡,village,350725\n")


async def test_levels_may_be_skipped(rt, load):
    changes = await load("units", HEAD + "0,全国,national,\n9,直属村,village,0\n")
    assert changes.new == 2


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("code,name,level\n0,全国,national\n", "units.csv:1:parent_code: the column is missing"),
        (HEAD.strip() + ",colour\n", "units.csv:1:colour: unknown column; the columns are code,"),
        ("code,code,name,level,parent_code\n", "units.csv:1:code: the column is there twice"),
        ("", "units.csv: the file is empty"),
        (UNITS.encode("gb18030"), "units.csv: the file is not UTF-8 but looks like GB18030"),
        (b"\xff\xfe" + UNITS.encode("utf-16-le"), "units.csv: the file is not UTF-8"),
        (HEAD + '0,"全国,national,\n', "units.csv:2: not a row of CSV"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_in_one_sentence(load, file, fault):
    with pytest.raises(errors.BadInput) as said:
        await load("units", file)
    assert fault in str(said.value)
    assert "\n" not in str(said.value)


async def test_at_most_twenty_faults_are_shown_and_all_are_counted(load):
    bad = "".join(f"{n},村{n},hamlet,0\n" for n in range(1, 34))
    with pytest.raises(errors.BadInput) as said:
        await load("units", f"{HEAD}0,全国,national,\n{bad}")
    lines = str(said.value).splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("units.csv:3:level:")
    assert lines[-1] == "units.csv: 33 faults, the first 20 are shown; nothing was imported"


@st.composite
def trees(draw):
    """Rows of a sound tree in any order: each unit's parent stands before it and higher."""
    rows = [unitfile.Row(2, "u0", "u0", 1, "", None, None, None)]
    for n in range(1, draw(st.integers(1, 30))):
        above = draw(st.sampled_from([row for row in rows if row.level < 6]))
        level = draw(st.integers(above.level + 1, 6))
        sort = draw(st.one_of(st.none(), st.integers(-2, 2)))
        rows.append(unitfile.Row(n + 2, f"u{n}", f"u{n}", level, above.code, None, sort, None))
    return {row.code: row for row in draw(st.permutations(rows))}


def numbered(rows: Mapping[str, unitfile.Row]) -> dict[str, tuple[int, int]]:
    """Each code with its interval."""
    lo, hi = unitfile.number(rows)
    return {code: (lo[row.at], hi[row.at]) for code, row in rows.items()}


@given(trees())
def test_every_sound_tree_gets_intervals_that_nest_as_the_tree_does(rows):
    faults = sheet.Faults("units.csv")
    unitfile.check(rows, faults)
    faults.close()
    spans = numbered(rows)
    assert sorted(lo for lo, _ in spans.values()) == list(range(len(rows)))
    for code, row in rows.items():
        lo, hi = spans[code]
        below = {
            one for one in rows if code in _upward(one, {c: r.parent for c, r in rows.items()})
        }
        assert below == {one for one in rows if lo <= spans[one][0] < hi}
        if row.parent:
            assert spans[row.parent][0] < lo < hi <= spans[row.parent][1]
    again = numbered(dict(sorted(rows.items())))
    assert again == spans, "the order of the rows does not matter"


@given(trees(), st.data())
def test_a_unit_hung_below_itself_is_always_found(rows, data):
    inner = [row for row in rows.values() if row.parent]
    if not inner:
        return
    row = data.draw(st.sampled_from(inner))
    spans = numbered(rows)
    lo, hi = spans[row.code]
    row.parent = data.draw(st.sampled_from([c for c, span in spans.items() if lo <= span[0] < hi]))
    faults = sheet.Faults("units.csv")
    unitfile.check(rows, faults)
    with pytest.raises(errors.BadInput, match="loop"):
        faults.close()


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(UNITS.splitlines()[1:]), cut=st.integers(1, 8))
async def test_imports_in_shuffled_halves_end_in_the_same_tree(rt, load, order, cut):
    head = HEAD.strip()
    await load("units", UNITS)
    before = await spans(rt)
    for rows in (order[:cut], order[cut:]):
        await load("units", "\n".join([head, *rows]))
    assert await spans(rt) == before


def _upward(code: str, parents: Mapping[str, str]) -> list[str]:
    """A unit and all above it, by walking the parents: what the intervals must agree with."""
    return [code, *_upward(parents[code], parents)] if code else []
