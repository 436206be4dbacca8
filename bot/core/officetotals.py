"""Sums of an office's table, to be compared with its own rows 合计 and 小计."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core import officevalue
from bot.core.model import Level
from bot.core.officesheet import Row, Total

_Sums = dict[tuple[int, Level], int]
"""By column of figures and level of the units summed."""


@dataclass(slots=True)
class Sums:
    """What the rows of a table add up to so far."""

    _all: _Sums = field(default_factory=dict)
    _since: _Sums = field(default_factory=dict)
    _groups: dict[str, _Sums] = field(default_factory=dict)
    _waiting: list[Total] = field(default_factory=list)

    def add(self, row: Row, level: Level, column: int, value: int) -> None:
        """Count one value in."""
        groups = [self._groups.setdefault(officevalue.plain(name), {}) for name in row.above]
        for sums in (self._all, self._since, *groups):
            sums[column, level] = sums.get((column, level), 0) + value

    def meet(self, total: Total) -> list[tuple[int, str, int]]:
        """What is wrong with a row of sums, as `wrong` says it; one over all is judged at the end."""
        if total.part and not total.group:
            since, self._since = self._since, {}
            return _wrong(total, since)
        self._waiting.append(total)
        self._since = {}
        return []

    def end(self) -> list[tuple[Total, list[tuple[int, str, int]]]]:
        """Every row of sums that is wrong: (column, what it says, what the rows add up to)."""
        found = []
        for total in self._waiting:
            known = self._groups.get(officevalue.plain(total.group)) if total.group else None
            wrong = _wrong(total, self._all if known is None else known)
            if wrong:
                found.append((total, wrong))
        return found


def _wrong(total: Total, sums: _Sums) -> list[tuple[int, str, int]]:
    wrong = []
    for column, cell in enumerate(total.cells):
        said = officevalue.number(officevalue.plain(cell)) if cell else None
        if said is None:
            continue  # empty, a share in per cent, 31/129
        parts = [value for (at, _), value in sums.items() if at == column]
        if said != sum(parts) and said not in parts:
            wrong.append((column, cell, sum(parts)))
    return wrong
