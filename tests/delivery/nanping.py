"""Nanping's units and what will be done in each; the chain and the reminders reckoned from that alone."""

from __future__ import annotations

import csv
import math
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.bench import federations
from tests.delivery import land as lands

LEVELS = ("county", "township", "village")


@dataclass
class Unit:
    """A unit of the file, and what will be done there: the hour of 转了 with how many people, of 收到, of 转不了, of opening by how many."""

    code: str
    parent: str
    level: str
    above: list[str]
    size: int = 0
    relays: tuple[int, int | None] | None = None
    signs: int | None = None
    cannot: int | None = None
    opens: tuple[int, int] | None = None

    def came(self, hour: int) -> int | None:
        """The minute since approval in which it came, if it has by the hour."""
        if self.level == "county":
            return 1  # its robot says it at once
        at = [self.relays and self.relays[0], self.signs]
        if self.opens and self.opens[1] >= 2:  # one may be the owner herself
            at.append(self.opens[0])
        done = [one for one in at if one is not None and one <= hour]
        return min(done) * 60 + 1 if done else None

    def forwarded(self, hour: int) -> bool:
        return self.level == "county" or bool(self.relays and self.relays[0] <= hour)

    def numbers(self, hour: int) -> tuple[int, ...]:
        """Asked, reached, signed, relayed, cannot; each 0 or 1."""
        here = self.came(hour) is not None
        signed = self.signs is not None and self.signs <= hour
        refused = not here and self.cannot is not None and self.cannot <= hour
        return (1, here, signed, self.forwarded(hour), refused)


def total(some: list[Unit], hour: int) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(one.numbers(hour) for one in some), strict=True)))


@dataclass
class Plain:
    """The same without the program: what has been done by an hour, and who was reminded of it."""

    units: dict[str, Unit]
    times: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    owners: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)

    def inside(self, top: str) -> list[Unit]:
        return [one for one in self.units.values() if top in one.above and one.level in LEVELS]

    def took(self, top: str, hour: int) -> dict[int, int | None]:
        """Minutes until 50, 90 and 100 % of the villages had it."""
        villages = [one for one in self.inside(top) if one.level == "village"]
        came = sorted(at for one in villages if (at := one.came(hour)) is not None)
        need = {share: math.ceil(len(villages) * share / 100) for share in (50, 90, 100)}
        return {s: came[n - 1] if villages and len(came) >= n else None for s, n in need.items()}

    def remind(self, minute: int) -> str:
        """What the job of this minute says, from the rule: a day of silence before each of three steps."""
        first: list[str] = []
        offices: set[str] = set()
        for one in self.units.values():
            if one.level not in ("township", "village"):
                continue
            said = [one.relays and one.relays[0], one.cannot]
            if any(at is not None and at * 60 < minute for at in said):
                continue
            times = self.times.get(one.code, 0)
            since = self.last.get(one.code, 0)
            if times == 3 or minute - since < 24 * 60:
                continue
            if times:
                offices.add(one.parent if times == 1 else self.units[one.parent].parent)
            else:
                first.append(one.code)
            self.times[one.code], self.last[one.code] = times + 1, minute
        self.owners.update(first)
        self.offices.update(offices)
        return f"{len(first)} owners reminded, {len(offices)} lines to the levels above"


def plan(only: str | None) -> Plain:
    draw = random.Random(7)
    found: dict[str, Unit] = {}
    for row in federations.rows(federations.NANPING):
        high = row["level"] in ("national", "province", "city")
        code = row["code"]
        if only and not high and not code.startswith(only) and not only.startswith(code):
            continue
        above = [code, *(found[row["parent_code"]].above if row["parent_code"] else ())]
        one = found[code] = Unit(code, row["parent_code"], row["level"], above)
        if one.level == "county":
            one.size = 200
        if one.level in ("township", "village"):
            one.size = draw.choice([0, 35, 120, 480])
            kind = draw.random()
            if kind < 0.75:
                one.relays = (draw.randrange(1, 60), draw.choice([None, 40, 420]))
            elif kind < 0.8:
                one.cannot = draw.randrange(1, 30)
            if one.level == "village" and draw.random() < 0.6:
                one.signs = draw.randrange(1, 70)
            if draw.random() < 0.2:
                one.opens = (draw.randrange(1, 70), draw.choice([1, 2, 9]))
    return Plain(found)


def files(plain: Plain, room: Path) -> None:
    rows = [row for row in federations.rows(federations.NANPING) if row["code"] in plain.units]
    with (room / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tuple(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    lines = ["person_id,name,phone,unit_code,role,title,openid"]
    lines += [f"p{c},主席{c},,{c},chair,主席,{lands.openid('p' + c)}" for c in plain.units]
    (room / "people.csv").write_text("\n".join(lines) + "\n", "utf-8")
    lines = ["group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key"]
    for one in plain.units.values():
        if one.level == "county":
            lines.append(
                f"g{one.code},县群{one.code},{one.code},robot,,{one.size},robot-{one.code}"
            )
        elif one.level in ("township", "village"):
            lines.append(f"g{one.code},群{one.code},{one.code},relay,p{one.code},{one.size},")
    (room / "groups.csv").write_text("\n".join(lines) + "\n", "utf-8")
