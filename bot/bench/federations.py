"""The files of a measured federation: its units, the same with changes, chairs who report, one campaign."""

from __future__ import annotations

import csv
import gzip
import hashlib
import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

import config
from bot import errors
from bot.core.model import Level

NANPING: Final = Path(config.__file__).parent / "data" / "nanping-units.csv"
DAYS: Final = 60  # for how long the campaign has run
CAMPAIGN: Final = "bench"
_CHANGED: Final = 0.01
_OFFICES: Final = tuple(level.word for level in Level if level <= Level.COUNTY)
_KINDS: Final = (
    ("region", "township", "completion"),
    ("reform", "village", "completion"),
    ("members", "village", "count"),
)

Row = dict[str, str]


def unpacked(file: Path, room: Path) -> Path:
    """The file as CSV that an import takes; SetupError when it is neither .csv nor .csv.gz."""
    if file.suffix == ".csv":
        return file
    if not file.name.endswith(".csv.gz"):
        raise errors.SetupError(f"{file}: write a .csv or a .csv.gz of units")
    plain = room / file.stem
    with gzip.open(file) as packed, plain.open("wb") as to:
        shutil.copyfileobj(packed, to)
    return plain


def rows(units: Path) -> list[Row]:
    """All units of the file."""
    with units.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def changed(units: Path, to: Path) -> None:
    """The same units with one of a hundred villages changed: most renamed, some moved to the township before, some new."""
    draw = random.Random(1)
    with to.open("w", encoding="utf-8", newline="") as file:
        some = _changed(rows(units), draw)
        writer = csv.DictWriter(file, tuple(next(some)))
        writer.writeheader()
        writer.writerows(some)


def _changed(some: Sequence[Row], draw: random.Random) -> Iterator[Row]:
    yield some[0]  # for its columns
    township = ""
    for row in some:
        chance = draw.random() / _CHANGED
        if row["level"] == "village" and chance < 1:
            if chance < 0.8 or not township:
                row["name"] = f"{row['name'][:1]}{row['name']}"
            elif chance < 0.9:
                row["parent_code"] = township
            else:
                yield {**row, "code": f"{row['code']}N"}
        yield row
        if row["level"] == "township":
            township = row["code"]


def people(units: Path, to: Path, *, villages: int) -> list[str]:
    """A chair for every office down to counties and for some villages all over; the keys of those of villages."""
    all_ = rows(units)
    every = [row for row in all_ if row["level"] == "village"]
    some = random.Random(2).sample(every, min(villages, len(every)))
    offices = [row for row in all_ if row["level"] in _OFFICES]
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("person_id", "name", "phone", "unit_code", "role", "title", "openid"))
        for at, row in enumerate([*offices, *some]):
            openid = "o" + hashlib.sha256(row["code"].encode()).hexdigest()[:27]
            writer.writerow((f"p{row['code']}", f"P{at:06}", "", row["code"], "chair", "", openid))
    return [f"p{row['code']}" for row in some]


def campaign(units: Path, to: Path, today: date) -> None:
    """A campaign of all units that has run for `DAYS` and wants everything ten days later."""
    root = next(row["code"] for row in rows(units) if not row["parent_code"])
    start = today - timedelta(days=DAYS)
    plan: dict[str, Any] = {
        "code": CAMPAIGN,
        "name": CAMPAIGN,
        "goal": CAMPAIGN,
        "units": [root],
        "start": start.isoformat(),
        "end": "start+100d",
        "phases": [{"name": "all", "from": "start", "to": "start+100d"}],
        "measures": [],
        "mechanisms": [],
        "indicators": [
            {"code": name, "name": name, "level": level, "kind": kind, "unit_word": ""}
            for name, level, kind in _KINDS
        ],
        "milestones": [
            {"date": "start+30d", "fraction": "1/3"},
            {"date": f"start+{DAYS + 10}d", "fraction": 1},
        ],
    }
    to.write_text(yaml.safe_dump(plan), "utf-8")
