"""Imports a campaign from YAML: its indicators, milestones, units and reference lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot import errors
from bot.core import campaignfile, sheet
from bot.core.changes import Changes, Progress
from bot.runtime import Runtime
from bot.store import campaign_rows, campaigns, expectations
from bot.store.database import Connection


class Plan:
    """The file as it was read, and the row ids of the units it names."""

    def __init__(self, name: str) -> None:
        self.faults = sheet.Faults(name)
        self.file: campaignfile.File | None = None
        self.changes = Changes()
        self.units: dict[str, int] = {}

    async def apply(
        self, rt: Runtime, c: Connection, *, prune: bool, progress: Progress
    ) -> Changes:
        """Write what differs, inside the caller's transaction."""
        self.faults.close()
        assert self.file is not None
        file = self.file
        head = await campaign_rows.head(c, file.code)
        earlier = head.values["more"].get("dates", {}) if head else {}
        dates = campaignfile.dates(file, earlier, self.faults)
        await _find_units(c, self, file)
        self.faults.close()
        assert dates is not None
        campaign_id = await _put_head(rt, c, self, head, dates)
        await _put_units(c, self, campaign_id, prune=prune)
        await _put_indicators(c, self, campaign_id, prune=prune)
        await _put_milestones(c, self, campaign_id, dates, prune=prune)
        self.faults.close()
        if self.changes.new or self.changes.changed or self.changes.ended:
            campaign = await campaigns.by_id(c, campaign_id)
            assert campaign is not None
            today = rt.calendar.day(rt.now()).toordinal()
            await expectations.prepare(c, campaign.indicators, day=today)
        progress("writing the campaign", 1, 1)
        return self.changes


def read(path: Path) -> Plan:
    """Read the file; its faults are noted, not yet raised."""
    plan = Plan(path.name)
    try:
        # Everything as text: YAML would read the code 0350 as an octal number.
        raw = yaml.load(path.read_text("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506  # builds nothing but text
    except UnicodeDecodeError as error:
        raise errors.BadInput(
            f"{path.name}: the file is not UTF-8; save it again as UTF-8"
        ) from error
    except OSError as error:
        raise errors.BadInput(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise errors.BadInput(f"{path.name}:{line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise errors.BadInput(f"{path.name}: not YAML") from error
    plan.file = campaignfile.read(raw, plan.faults)
    return plan


async def _find_units(c: Connection, plan: Plan, file: campaignfile.File) -> None:
    codes = set(file.units)
    for one in file.indicators:
        if one.reference != "all":
            codes.update(one.reference)
    found = await campaign_rows.levels(c, codes)
    plan.units = {code: unit_id for code, (unit_id, _) in found.items()}
    campaignfile.check_units(file, {code: level for code, (_, level) in found.items()}, plan.faults)


async def _put_head(
    rt: Runtime,
    c: Connection,
    plan: Plan,
    known: campaign_rows.Known | None,
    dates: campaignfile.Dates,
) -> int:
    file = plan.file
    assert file is not None
    phases = [
        {"name": phase.name, "from": first.isoformat(), "to": last.isoformat()}
        for phase, (first, last) in zip(file.phases, dates.phases, strict=True)
    ]
    values: dict[str, Any] = {
        "code": file.code,
        "name": file.name,
        "goal": file.goal,
        "starts_on": dates.start.isoformat(),
        "ends_on": dates.end.isoformat(),
        "more": {
            "phases": phases,
            "measures": list(file.measures),
            "mechanisms": list(file.mechanisms),
            "dates": dict(dates.relative),
        },
    }
    plan.changes.add(_became(known, values), f"campaign {file.code} {file.name}")
    return await campaign_rows.put_head(c, known, values, rt.now_ms())


def _became(known: campaign_rows.Known | None, values: dict[str, Any]) -> str:
    if known is None:
        return "new"
    return "same" if known.values == values else "changed"


async def _put_units(c: Connection, plan: Plan, campaign_id: int, *, prune: bool) -> None:
    assert plan.file is not None
    wanted = {plan.units[code]: code for code in plan.file.units}
    there = await campaign_rows.covered(c, campaign_id)
    drop = there - wanted.keys() if prune else set()
    for unit_id, code in wanted.items():
        plan.changes.add("same" if unit_id in there else "new", f"unit {code}")
    for _ in drop:
        plan.changes.add("ended", "a unit of the campaign")
    await campaign_rows.cover(c, campaign_id, wanted.keys() - there, drop)


async def _put_indicators(c: Connection, plan: Plan, campaign_id: int, *, prune: bool) -> None:
    assert plan.file is not None
    there = await campaign_rows.indicators(c, campaign_id)
    reported = await campaign_rows.reported(c, [known.id for known in there.values()])
    for n, one in enumerate(plan.file.indicators):
        values = _indicator(one, n, plan.file)
        known = there.get(one.code)
        if known is not None and known.id in reported:
            for name in ("kind", "level"):
                if known.values[name] != values[name]:
                    plan.faults.add(
                        0, f"indicators[{n}].{name}", "cannot change any more: there are reports"
                    )
        indicator_id = await campaign_rows.put_indicator(c, campaign_id, known, values)
        plan.changes.add(_became(known, values), f"indicator {one.code} {one.name}")
        await _put_reference(c, plan, indicator_id, one, prune=prune)
    lacking = there.keys() - {one.code for one in plan.file.indicators} if prune else set()
    for code in sorted(lacking):
        if there[code].id in reported:
            plan.faults.add(0, "indicators", f"{code!r} has reports; it cannot be ended")
        else:
            await campaign_rows.drop_indicator(c, there[code].id)
            plan.changes.add("ended", f"indicator {code}")


def _indicator(
    one: campaignfile.Indicator, position: int, file: campaignfile.File
) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "aliases": list(one.aliases),
        "kind": one.kind.value,
        "level": int(one.level),
        "unit_word": one.unit_word,
        "mode": one.value.value,
        "steps": list(one.steps),
        "most": one.most,
        "sort": position,
        "by_list": one.reference != "all",
        "registers": one.registers,
        "approvals": [int(level) for level in campaignfile.approvals(file, one)],
        "evidence": one.evidence,
    }


async def _put_reference(
    c: Connection, plan: Plan, indicator_id: int, one: campaignfile.Indicator, *, prune: bool
) -> None:
    wanted = set() if one.reference == "all" else {plan.units[code] for code in one.reference}
    there = await campaign_rows.listed(c, indicator_id)
    drop = there - wanted if prune else set()
    if wanted - there:
        plan.changes.add("new", f"{len(wanted - there)} units in the reference of {one.code}")
    elif wanted:
        plan.changes.add("same", f"the reference of {one.code}")
    if drop:
        plan.changes.add("ended", f"{len(drop)} units in the reference of {one.code}")
    await campaign_rows.list_units(c, indicator_id, wanted - there, drop)


async def _put_milestones(
    c: Connection, plan: Plan, campaign_id: int, dates: campaignfile.Dates, *, prune: bool
) -> None:
    assert plan.file is not None
    there = await campaign_rows.milestones(c, campaign_id)
    every = [one.code for one in plan.file.indicators]
    seen: dict[tuple[str, float], int] = {}
    for n, (stone, day) in enumerate(zip(plan.file.milestones, dates.milestones, strict=True)):
        values = {
            "on_day": day.isoformat(),
            "fraction": stone.fraction,
            "indicators": list(stone.indicators) or every,
        }
        place = (day.isoformat(), stone.fraction)
        if seen.setdefault(place, n) != n:
            what = f"has the date and fraction of milestones[{seen[place]}]; join their indicators"
            plan.faults.add(0, f"milestones[{n}]", what)
            continue
        known = there.pop(place, None)
        await campaign_rows.put_milestone(c, campaign_id, known, values)
        plan.changes.add(_became(known, values), f"milestone {day}")
    if prune:
        for (day_text, _), known in there.items():
            await campaign_rows.drop_milestone(c, known.id)
            plan.changes.add("ended", f"milestone {day_text}")
