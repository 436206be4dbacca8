"""The federation as its files have it, read and counted apart from the program."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.roles import federation

LEVELS = ("national", "province", "city", "county", "township", "village")
# How people shorten a name; written down here a second time on purpose.
ENDINGS = (("村民委员会", "村"), ("村委会", "村"), ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("居委会", "社区"))  # fmt: skip


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    level: str
    parent: str

    @property
    def short(self) -> str:
        if self.level == "village":
            for ending, word in ENDINGS:
                if self.name.endswith(ending):
                    return self.name.removesuffix(ending) + word
        return self.name


@dataclass(frozen=True)
class Post:
    person: str
    name: str
    unit: str
    role: str
    openid: str


@dataclass(frozen=True)
class Group:
    id: str
    unit: str
    kind: str
    owner: str
    key: str


@dataclass
class Federation:
    room: Path
    files: list[tuple[str, Path]]
    units: dict[str, Unit] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: list[Post] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    campaign: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def made(cls, room: Path, today: date, *, only: str = "") -> Federation:
        """The demo's files for a federation whose campaign begins around `today`, read back.

        With `only`, a county's code: that county with all above it, the rest cut out of the files.
        """
        found = cls(room, [(kind, Path(path)) for kind, path in federation.write(room, today)])
        if only:
            found._cut(only)
        for kind, path in found.files:
            if kind == "campaign":
                found.campaign = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            else:
                for row in rows(path):
                    found._take(kind, row)
        return found

    def _cut(self, county: str) -> None:
        for kind, path in self.files:
            if kind == "campaign":
                continue
            column = "code" if kind == "units" else "unit_code"
            kept = [
                row
                for row in rows(path)
                if row[column].startswith(county) or county.startswith(row[column])
                or row[column] == "0"
            ]  # fmt: skip
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(kept[0]))
                writer.writeheader()
                writer.writerows(kept)

    def _take(self, kind: str, row: dict[str, str]) -> None:
        if kind == "units":
            unit = Unit(row["code"], row["name"], row["level"], row["parent_code"])
            self.units[unit.code] = unit
            self.below[unit.parent].append(unit.code)
        elif kind == "people":
            openid = row.get("openid", "")
            self.posts.append(
                Post(row["person_id"], row["name"], row["unit_code"], row["role"], openid)
            )
        elif kind == "groups":
            self.groups.append(
                Group(
                    row["group_id"], row["unit_code"], row["kind"],
                    row["owner_person_id"], row.get("webhook_key", ""),
                )
            )  # fmt: skip

    def at(self, level: str, scope: str = "0") -> list[Unit]:
        """The units of a level inside `scope`."""
        return [self.units[code] for code in self.inside(scope) if self.units[code].level == level]

    def inside(self, scope: str) -> Iterator[str]:
        """`scope` and everything below it."""
        yield scope
        for child in self.below[scope]:
            yield from self.inside(child)

    def above(self, code: str) -> Iterator[str]:
        """The unit and everything above it."""
        while code:
            yield code
            code = self.units[code].parent

    def posts_in(self, scope: str, *roles: str) -> list[Post]:
        """Who holds a post inside `scope`."""
        inside = set(self.inside(scope))
        return [
            post for post in self.posts if post.unit in inside and post.role in (roles or ROLES)
        ]

    def chairs(self) -> list[str]:
        """The village chairs who are registered: their openids."""
        found = (self.speaker(unit.code, "chair") for unit in self.at("village"))
        return [openid for openid in found if openid]

    def speaker(self, unit: str, *roles: str) -> str:
        """The openid of somebody registered of this very unit; empty if nobody is."""
        for role in roles or ROLES:
            for post in self._held[unit]:
                if post.role == role and post.openid:
                    return post.openid
        return ""

    @property
    def _held(self) -> dict[str, list[Post]]:
        if not hasattr(self, "_by_unit"):
            self._by_unit: dict[str, list[Post]] = defaultdict(list)
            for post in self.posts:
                self._by_unit[post.unit].append(post)
        return self._by_unit

    def day(self, written: str | date) -> date:
        """A date of the campaign file; `start+30d` counts from its start."""
        text = str(written).replace(" ", "")
        if text.startswith("start"):
            return self.day(self.campaign["start"]) + timedelta(days=int(text[5:-1] or 0))
        return date.fromisoformat(text)

    def openids(self) -> list[str]:
        """Everybody who is registered."""
        return sorted({post.openid for post in self.posts if post.openid})


ROLES = ("chair", "deputy", "staff", "member", "admin")


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Book:
    """What the units said, counted apart from the program: indicator → unit → value."""

    of: Federation
    values: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def put(self, unit: str, said: dict[str, int]) -> None:
        """`unit` said these values, in place of what it said before."""
        for indicator, value in said.items():
            self.values[indicator][unit] = value

    def kept(self) -> Book:
        """A copy of today's state."""
        copy = Book(self.of)
        copy.values.update({name: dict(held) for name, held in self.values.items()})
        return copy

    def expected(self, indicator: dict[str, Any], scope: str) -> list[str]:
        """Which units of `scope` have to say it."""
        covered = {code for unit in self.of.campaign["units"] for code in self.of.inside(unit)}
        return [unit.code for unit in self.of.at(indicator["level"], scope) if unit.code in covered]

    def share(self, indicator: dict[str, Any], scope: str) -> tuple[int, int, int, int]:
        """(done, sum, reported, expected) inside `scope`."""
        expected = self.expected(indicator, scope)
        held = self.values[indicator["code"]]
        said = [held[code] for code in expected if code in held]
        least = 1 if indicator["kind"] == "completion" else 0  # of a count, a zero is done too
        return sum(value >= least for value in said), sum(said), len(said), len(expected)

    def figures(self, indicator: dict[str, Any], scope: str) -> dict[str, int]:
        """The figures inside `scope` by the names of the interface."""
        done, total, reported, expected = self.share(indicator, scope)
        return {"done": done, "value": total, "reported": reported, "expected": expected}

    def line(self, indicator: dict[str, Any], scope: str) -> str:
        """The first line of 进度 as the contract writes it."""
        done, total, reported, expected = self.share(indicator, scope)
        head = f"{self.of.units[scope].short} {indicator['name']}"
        if indicator["kind"] == "completion":
            return f"{head} {done}/{expected}（{percent(done, expected)}）"
        return f"{head} {total}（已报 {reported}/{expected}）"


def percent(part: int, whole: int) -> str:
    """As Python prints one decimal."""
    return f"{part * 100 / whole:.1f}%"
