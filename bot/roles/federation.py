"""The demo's federation: the units of Nanping with made-up people, groups and one campaign, as files to import."""

from __future__ import annotations

import csv
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from bot.core import unitnames
from bot.core.model import Level

_CONFIG: Final = Path(__file__).parents[2] / "config"
_BEGAN: Final = timedelta(days=40)  # before today, so that a third is near
_UNREGISTERED: Final = 10  # every tenth has no account yet
_PEOPLE = ("person_id", "name", "phone", "unit_code", "role", "title", "openid")
_GROUPS = (
    "group_id", "name", "unit_code", "kind", "owner_person_id", "member_count", "webhook_key",
)  # fmt: skip

Row = dict[str, str]


@dataclass(slots=True)
class Federation:
    """The rows of the four files, and what the sandbox must know of them."""

    units: list[Row]
    people: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    campaign: dict[str, Any] = field(default_factory=dict)


def make(today: date) -> Federation:
    """The whole federation, always the same for the same day."""
    plan = yaml.safe_load((_CONFIG / "data" / "demo-federation.yaml").read_text("utf-8"))
    with (_CONFIG / "data" / "nanping-units.csv").open(encoding="utf-8-sig", newline="") as file:
        made = Federation(list(csv.DictReader(file)))
    made.people = list(_people(made.units, plan["posts"]))
    made.groups = list(_groups(made, plan))
    made.campaign = {**plan["campaign"], "start": (today - _BEGAN).isoformat()}
    return made


def _people(units: Iterable[Row], posts: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """One chair for each unit, at townships a deputy and a member of staff too; the first is admin as well."""
    counts = dict.fromkeys(posts, 0)
    total = 0
    for unit in units:
        township = unit["level"] == Level.TOWNSHIP.word
        for role in ("chair", "deputy", "staff") if township else ("chair",):
            counts[role] += 1
            total += 1
            key = f"{role}-{unit['code']}"
            row = {
                "person_id": key,
                "name": posts[role]["name"].format(n=f"{counts[role]:04d}"),
                "phone": "",
                "unit_code": unit["code"],
                "role": role,
                "title": posts[role]["title"],
                # Not the tenth itself: that is 政和县, with which the README's first steps are done.
                "openid": openid(key) if (total + 1) % _UNREGISTERED else "",
            }
            yield row
            if not unit["parent_code"]:
                yield {**row, "role": "admin", "title": posts["admin"]["title"]}


def openid(key: str) -> str:
    """Her WeChat account: stable, and of WeChat's form: `o` and 27 characters."""
    return "o" + hashlib.sha256(f"yihu demo {key}".encode()).hexdigest()[:27]


def _groups(made: Federation, plan: Mapping[str, Any]) -> Iterator[Row]:
    """A relay group for each township, forwarded to by its staff; a robot group for each county."""
    for unit in made.units:
        place = shown(unit)
        below = sum(1 for other in made.units if other["parent_code"] == unit["code"])
        common = {"unit_code": unit["code"], "member_count": str(30 + 12 * below)}
        if unit["level"] == Level.TOWNSHIP.word:
            yield {
                **common,
                "group_id": f"relay-{unit['code']}",
                "name": plan["relay_group"].format(unit=place),
                "kind": "relay",
                "owner_person_id": f"staff-{unit['code']}",
                "webhook_key": "",
            }
        elif unit["level"] == Level.COUNTY.word:
            yield {
                **common,
                "group_id": f"robot-{unit['code']}",
                "name": plan["robot_group"].format(unit=place),
                "kind": "robot",
                "owner_person_id": f"chair-{unit['code']}",
                "webhook_key": str(uuid.uuid5(uuid.NAMESPACE_URL, f"yihu:demo:{unit['code']}")),
            }


def shown(unit: Row) -> str:
    """A unit's name as its organisation."""
    return unitnames.display(unit["name"], Level[unit["level"].upper()])


def write(directory: Path, today: date) -> list[tuple[str, Path]]:
    """Write the four files, in the order of their import, and the sandbox's units, people, groups and circles.

    Returns (kind, path) for `transfer.load`.
    """
    made = make(today)
    directory.mkdir(parents=True, exist_ok=True)
    files = {
        "units": directory / "units.csv",
        "people": directory / "people.csv",
        "groups": directory / "groups.csv",
        "campaign": directory / "campaign.yaml",
    }
    _table(files["units"], tuple(made.units[0]), made.units)
    _table(files["people"], _PEOPLE, made.people)
    _table(files["groups"], _GROUPS, made.groups)
    files["campaign"].write_text(
        yaml.safe_dump(made.campaign, allow_unicode=True, sort_keys=False), "utf-8"
    )
    for name, body in (
        ("units", {"units": tree(made)}),
        ("people", {"people": followers(made)}),
        ("groups", {"groups": robots(made)}),
        ("circles", {"groups": circles(made)}),
    ):
        (directory / f"{name}.json").write_text(json.dumps(body), "utf-8")
    return list(files.items())


def followers(made: Federation) -> list[Row]:
    """Who follows the account, as the sandbox's control address takes them."""
    names = {unit["code"]: shown(unit) for unit in made.units}
    found = {
        row["openid"]: {
            "openid": row["openid"],
            "name": row["name"],
            "unit": names[row["unit_code"]],
            "code": row["unit_code"],
            "role": row["title"],
        }
        for row in reversed(made.people)
        if row["openid"]
    }
    return list(reversed(found.values()))


def robots(made: Federation) -> list[Row]:
    """The groups with a robot, as the sandbox's control address takes them."""
    return [
        {"key": row["webhook_key"], "name": row["name"], "unit": row["unit_code"]}
        for row in made.groups
        if row["webhook_key"]
    ]


def tree(made: Federation) -> list[Row]:
    """The units, parents first."""
    return [
        {"code": unit["code"], "name": shown(unit), "level": unit["level"], "parent": unit["parent_code"]}
        for unit in made.units
    ]  # fmt: skip


def circles(made: Federation) -> list[Row]:
    """The groups that somebody forwards to."""
    return [
        {"key": row["group_id"], "name": row["name"], "unit": row["unit_code"], "owner": openid(row["owner_person_id"])}
        for row in made.groups
        if not row["webhook_key"]
    ]  # fmt: skip


def _table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
