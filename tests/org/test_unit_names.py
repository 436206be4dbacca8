"""The rules of `config/units.yaml`, edited after units were imported."""

from __future__ import annotations

import pytest

from bot.runtime import Runtime
from bot.store import units
from config import units as naming
from tests.org.conftest import UNITS, Load


async def test_other_rules_of_the_office_rename_all_units_at_the_next_import(
    rt: Runtime, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [line + "," for line in UNITS.splitlines()[1:]]
    rows[-1] += "石屯妇女之家"
    await load("units", "\n".join(["code,name,level,parent_code,display", *rows, ""]))
    was = naming.load()
    rules = (("village", "村委会", "嘎查"), *was.rules)
    monkeypatch.setattr(naming, "load", lambda: naming.Naming("妇工委", rules))
    some = "code,name,level,parent_code\n350725101001,东山村委会,village,350725101\n"
    changes = await load("units", some)
    assert changes.sentence() == "0 new, 0 changed, 0 ended, 1 the same"
    assert changes.notes == [
        "the rules of config/units.yaml have changed: 9 units are called by the new ones"
    ]
    async with rt.read() as c:
        found = [
            await units.by_code(c, code)
            for code in ("350725101001", "350725101002", "3507", "350725102001")
        ]
    assert [(one.display, one.short) for one in found if one] == [
        ("东山嘎查妇工委", "东山嘎查"), ("西山嘎查妇工委", "西山嘎查"), ("南平市妇工委", "南平市"), ("石屯妇女之家", "石屯社区"),
    ]  # fmt: skip
    assert (await load("units", some)).notes == []
