"""Which unit a row of an office's table means: by its code, or by names of it and of those above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.core import officevalue, unitnames
from bot.core.model import Level, Unit
from bot.core.officesheet import Row


def spellings(row: Row, levels: Iterable[Level]) -> set[str]:
    """What to look up for a row that has no code: names as units are kept with them."""
    found: set[str] = set()
    for level in [row.level] if row.level is not None else levels:
        for name in _said(row.name, level):
            found |= {name, unitnames.short(name, level), unitnames.bare(name, level)}
    return found


def _said(name: str, level: Level) -> set[str]:
    plain = name.removesuffix(unitnames.ORGANISATION).replace(" ", "").replace("\u3000", "")
    return {plain, plain + "村"} if level is Level.VILLAGE else {plain}


def answers(unit: Unit, name: str) -> bool:
    """Whether people write the unit so."""
    if name in (unit.short, unit.name, unit.display):
        return True
    said = officevalue.plain(name)
    return said == officevalue.plain(unit.display) or said in unitnames.aliases(
        unit.name, unit.level
    )


class Shelf:
    """Units that were looked up for some rows, by the words they were found under."""

    def __init__(
        self, some: Iterable[Unit], above: Mapping[int, Unit], levels: Iterable[Level]
    ) -> None:
        self._above = above
        self._levels = frozenset(levels)
        self._by_word: dict[str, list[Unit]] = {}
        for unit in {unit.id: unit for unit in some}.values():
            for word in {unit.short, unitnames.bare(unit.name, unit.level)}:
                self._by_word.setdefault(word, []).append(unit)

    def meant(self, row: Row) -> list[Unit]:
        """The units the row may mean: one is sure, several or none are for people.

        A full name is better than one without its kind (麻沙社区, 麻沙村).
        """
        wanted = {row.level} if row.level is not None else self._levels
        words = spellings(row, self._levels)
        some = {unit.id: unit for word in words for unit in self._by_word.get(word, ())}
        fit = [
            unit
            for unit in some.values()
            if unit.level in wanted and answers(unit, row.name) and self._below(unit, row.above)
        ]
        full = officevalue.plain(row.name)
        return [unit for unit in fit if officevalue.plain(unit.short) == full] or fit

    def _below(self, unit: Unit, names: Sequence[str]) -> bool:
        """Whether every name is that of a unit above this one."""
        line: list[Unit] = []
        parent = self._above.get(unit.parent_id or 0)
        while parent is not None:
            line.append(parent)
            parent = self._above.get(parent.parent_id or 0)
        return all(any(answers(one, name) for one in line) for name in names)
