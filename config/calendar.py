"""The table of holidays and swapped workdays (`calendar.csv`), which the office may edit."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path


def load() -> dict[date, bool]:
    """The days that differ from the plain week, True for a workday; ValueError names the line that is not `date,off|work,name`."""
    days: dict[date, bool] = {}
    with (Path(__file__).parent / "calendar.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if row["kind"] not in {"off", "work"}:
                raise ValueError(f"calendar.csv:{number}:kind: write off or work")
            days[date.fromisoformat(row["date"])] = row["kind"] == "work"
    return days
