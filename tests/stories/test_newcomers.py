"""The audience grows: a chair reports new members, passes the picture on, and they register themselves."""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import Sequence

import pytest
import python_calamine
import xlsxwriter

from tests.stories.federation import Federation, Unit
from tests.stories.stage import Stage

ONE_DATABASE = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


def with_chair(federation: Federation) -> tuple[Unit, str]:
    """A village whose chair is registered, and she."""
    for unit in federation.at("village"):
        openid = federation.speaker(unit.code, "chair")
        if openid and federation.speaker(unit.parent, "staff"):
            return unit, openid
    raise AssertionError("no such village")


async def picture(stage: Stage, openid: str) -> bytes:
    """The last picture on her phone, once it has come."""
    seen: list[str] = []

    async def there() -> bool:
        lines = (await stage.control(f"chat/{openid}"))["lines"]
        seen[:] = [line["content"]["media_id"] for line in lines if line["kind"] == "image"]
        return bool(seen)

    await stage.eventually(there, "a picture reaches her")
    status, told = await stage.ask("GET", f"{stage.sandbox_url}/control/media/{seen[-1]}")
    assert status == 200
    return told


@ONE_DATABASE
async def test_new_members_scan_and_the_chair_says_who_does_not_belong(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    village, chair = with_chair(federation)
    new = [(await stage.control("openid"))["openid"] for _ in range(4)]

    answer = await stage.says(chair, "新增执委3名")
    assert answer.startswith("记上了")
    assert "码马上发您" in answer
    assert (await picture(stage, chair)).startswith(b"\x89PNG")
    made = [
        one["body"] for one in await stage.ledger("qrcode/create") if "QR_STR_SCENE" in one["body"]
    ]
    code = made[-1].split()[-1]
    assert len(code) == 8
    status, page = await stage.ask("GET", f"http://127.0.0.1:{stage.port}/h5/join/{code}")
    assert status == 200
    assert f"绑定 {code}" in page.decode()

    for openid, name in zip(new, ("王小花", "李大梅", "赵小英"), strict=False):
        assert "只要姓名" in await stage.does("scan", openid, scene=code)
        assert (await stage.says(openid, name)).startswith("登记好了")
    assert "登记满了" in await stage.does("scan", new[3], scene=code)
    assert "新增执委报3人、登记3人" in await stage.says(chair, "进度 新增执委")

    async def told() -> bool:
        return sum("登记了" in line for line in await stage.sees(chair)) == 3

    await stage.eventually(told, "the chair is told of each")
    asked = next(line for line in await stage.sees(chair) if "李*梅登记了" in line)
    number = asked.split("不是 ")[1].split("”")[0]
    assert "李*梅不再算" in await stage.says(chair, f"不是 {number}")
    assert "登记满了" not in await stage.does("scan", new[3], scene=code)

    await stage.does("unfollow", new[0])
    token = await stage.token(village.parent, "staff")
    told_ = await stage.api(f"/units/{village.parent}/progress", token)
    below = {
        one["unit"]["code"]: (one["value"], one["registered"])
        for item in told_["items"]
        for one in item["children"]
        if one["registered"] is not None
    }
    assert below[village.code] == (3, 1)
    listed = await stage.says(federation.speaker(village.parent, "staff"), "谁没登记")
    assert f"{village.short}报3登记1" in listed


@ONE_DATABASE
async def test_a_township_takes_its_empty_table_fills_it_and_gives_it_back(
    play: tuple[Stage, Federation],
) -> None:
    stage, federation = play
    village, chair = with_chair(federation)
    staff = next(
        post.person
        for post in federation.posts
        if post.unit == village.parent and post.role == "staff"
    )
    files = {name: str(stage.room / f"{name}.xlsx") for name in ("blank", "filled", "out")}

    async def yihu(*words: str, code: int = 0) -> str:
        return await asyncio.to_thread(lambda: stage.yihu("ledger", *words, code=code))

    await yihu("export", files["blank"], "--unit", village.parent, "--blank")
    head, rows = table(files["blank"])
    number = head.index("新增执委数")
    for at, row in enumerate(rows):
        row[number] = "7" if row[number] == "" else row[number]
        if at == 1:
            row[number] = "0"
    fill(files["filled"], [head, *rows])
    assert "nothing was changed" in await yihu("import", files["filled"], "--by", staff, "--check")
    assert "0 changed" in await yihu("import", files["filled"], "--by", staff)
    await yihu("export", files["out"], "--unit", village.parent)
    _, out = table(files["out"])
    assert [row[number] for row in out] == [row[number] for row in rows]
    assert "执委" in await stage.says(chair, "进度 新增执委")
    assert "all totals agree" in await yihu("verify")
    rows[0][number] = "many"
    fill(files["filled"], [head, *rows])
    wrong = await yihu("import", files["filled"], "--by", staff, code=2)
    assert wrong.startswith("filled.xlsx:2:新增执委数: 'many' is no value")


def table(path: str) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows of a table as text."""
    assert zipfile.is_zipfile(path)
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    lines = [
        [f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row]
        for row in sheet.iter_rows()
    ]
    return lines[0], lines[1:]


def fill(path: str, rows: Sequence[Sequence[str]]) -> None:
    """Write rows as an office does, numbers as numbers."""
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": True})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, [cell or None for cell in row])
    book.close()
