"""The bare ledger ours is measured against: sqlite3, two tables, sums over codes that begin alike.

It has what a report and a question need and nothing else: no history by day, no one's scope, no plan, no
expected units. Its codes must be those of the official system, where a unit's begins with its parent's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

_TABLES = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, indicator INTEGER, code TEXT, value INTEGER, before INTEGER, day INTEGER);
CREATE INDEX entry_code ON entry (indicator, code, day, value, before);
CREATE TABLE cell (indicator INTEGER, code TEXT, value INTEGER, PRIMARY KEY (indicator, code)) WITHOUT ROWID;
"""
_ENTRY = "INSERT INTO entry (code, indicator, value, before, day) VALUES (?, ?, ?, ?, ?)"
_CELL = "INSERT INTO cell (code, indicator, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_TOTAL = """
SELECT count(value), sum(value >= ?), sum(value) FROM cell
WHERE indicator = ? AND code >= ? AND code < ? || '~'
"""
_WEEK = """
SELECT sum(value - coalesce(before, 0)) FROM entry
WHERE indicator = ? AND code >= ? AND code < ? || '~' AND day >= ?
"""

Entry = tuple[str, int, int | None, int | None, int]
"""Unit code, indicator, value, the value before, day."""


class Bare:
    """An open ledger in a file of its own, with the same pragmas as ours."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_TABLES)

    def load(self, some: Sequence[Entry]) -> None:
        """Take in a part of a ledger, oldest entries first."""
        self._db.execute("BEGIN")
        self._db.executemany(_ENTRY, some)
        self._db.executemany(_CELL, [one[:3] for one in some])
        self._db.execute("COMMIT")

    def report(self, entry: Entry) -> None:
        """One report in one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(_ENTRY, entry)
        self._db.execute(_CELL, entry[:3])
        self._db.execute("COMMIT")

    def progress(self, prefix: str, indicator: int, least: int, since: int) -> tuple[int, ...]:
        """Units that reported, units done, sum, and its change from the day `since` on; '' for everything."""
        place = (indicator, prefix, prefix or "~")
        total = self._db.execute(_TOTAL, (least, *place)).fetchone()
        week = self._db.execute(_WEEK, (*place, since)).fetchone()
        return tuple(number or 0 for number in (*total, *week))

    def close(self) -> None:
        """Give the file back."""
        self._db.close()
