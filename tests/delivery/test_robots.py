"""A robot's key is asked for when it is entered, and is found nowhere in the clear afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.actions import robots, transfer
from bot.runtime import Runtime
from bot.store import tables
from tests.delivery import land as lands
from tests.sandbox.platform import Platform

KEY = "robot-0123-secret-of-a-test"
HEAD = "group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key\n"


async def test_a_key_that_the_platform_does_not_know_is_named_by_its_line_only(
    rt: Runtime, platform: Platform, tmp_path: Path
) -> None:
    await lands.settle(rt, platform, villages=1, unregistered=0)
    platform.control("groups", groups=[{"key": KEY}])
    file = tmp_path / "groups.csv"
    file.write_text(
        f"{HEAD}g1,群一,t,robot,,9,{KEY}\ng2,群二,t,robot,,9,nobody-has-this\n", "utf-8"
    )
    notes = (await transfer.load(rt, "groups", file, ask=True)).notes
    assert len(notes) == 1
    assert notes[0].startswith("webhook_key of line 3: ")
    assert "nobody-has-this" not in notes[0]
    # What is known already is not asked again, and nothing was said in the group.
    assert (await transfer.load(rt, "groups", file, ask=True)).notes == []
    assert all(not one["messages"] for one in platform.see("groups")["groups"])


async def test_without_an_answer_it_says_so_once(
    rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = rt.channels.sending["robot"]
    monkeypatch.setattr(robot, "_url", "http://127.0.0.1:9/cgi-bin/webhook/send")
    found = await robots.asked(rt, [(2, KEY), (3, "another-key")])
    assert found == ["2 robots' keys could not be checked: no answer"]


async def test_a_key_stands_in_no_row_and_no_log(
    rt: Runtime, platform: Platform, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    platform.control("groups", groups=[{"key": KEY}])
    file = tmp_path / "groups.csv"
    bad = f"bad-{KEY}"
    file.write_text(f"{HEAD}g1,群一,t,robot,,9,{KEY}\ng2,群二,t,robot,,9,{bad}\n", "utf-8")
    await transfer.load(rt, "groups", file, ask=True)
    sent = await land.send(groups=True)
    async with lands.working(rt):
        await land.done(sent.id)
    assert land.copies("webhook/send") == {KEY: 1}
    assert (await land.tally(sent.id)).groups.refused == 1
    printed = "".join(capfd.readouterr())
    assert "broadcast.done" in printed
    assert KEY not in printed
    kept = ""
    async with rt.read() as c:
        for table in tables.metadata.sorted_tables:
            kept += repr((await c.execute(sa.select(table))).all())
    assert "群二" in kept
    assert KEY not in kept
    assert KEY.encode().hex() not in kept
