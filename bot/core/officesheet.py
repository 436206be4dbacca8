"""An office's own table: where its columns stand under their headings, and what one row of it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import ledger, text
from bot.core.model import Indicator, Level
from config.headers import Headers

LOOKED_AT: Final = 30  # rows from the top in which the headings must stand
_QUOTED: Final = re.compile("'[-=+@\t\r]")  # kept from being computed, by us or by an office
Line = tuple[int, Sequence[str]]
"""The number of a row in the file, and its cells as text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of figures: of `indicators`, told apart by the level of the row's unit."""

    at: int
    label: str
    indicators: tuple[int, ...]  # places in the campaign's list


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands; `ends` is the number of the last row of headings. Places run from above to below."""

    ends: int
    code: int | None
    unit: int | None
    places: tuple[tuple[Level, int], ...]
    figures: tuple[Figure, ...]
    unknown: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of whom: `above` are names of units above, `level` that of the column of its name, if any."""

    line: int
    code: str
    name: str
    level: Level | None
    above: tuple[str, ...]
    cells: tuple[str, ...]  # in the order of the layout's figures


@dataclass(frozen=True, slots=True)
class Total:
    """A row that adds up others: of the group `group`, of all, or of those since the last (`part`)."""

    line: int
    group: str
    part: bool
    cells: tuple[str, ...]


class Headings:
    """What the headings of one campaign's table may be called."""

    def __init__(self, words: Headers, indicators: Sequence[Indicator]) -> None:
        self._codes = _keys(words.code)
        self._units = _keys(words.unit)
        self._places = {
            key: level for level in Level for key in _keys(words.places.get(level.word, ()))
        }
        self._ignored = _keys(words.ignored)
        found: dict[str, list[int]] = {}
        for at, one in enumerate(indicators):
            for name in _names(words, one):
                found.setdefault(name, []).append(at)
        self._figures: Mapping[str, tuple[int, ...]] = {k: tuple(v) for k, v in found.items()}

    def find(self, top: Sequence[Line]) -> Layout | None:
        """The headings among the first rows: one row, or two of which the upper has merged cells."""
        best: Layout | None = None
        for n, (line, cells) in enumerate(top):
            tries = [self._layout(line, [(cell,) for cell in cells])]
            if n + 1 < len(top):
                under_line, under = top[n + 1]
                tries.append(self._layout(under_line, _stacked(cells, under)))
            for one in tries:
                if one is not None and (best is None or _known(one) > _known(best)):
                    best = one
        return best

    def _layout(self, line: int, heads: Sequence[Sequence[str]]) -> Layout | None:
        code = unit = None
        places: dict[Level, int] = {}
        figures: list[Figure] = []
        unknown: list[tuple[int, str]] = []
        for at, spellings in enumerate(heads):
            known = next((s for s in spellings if self._knows(text.key(s))), "")
            key = text.key(known)
            if key in self._codes and code is None:
                code = at
            elif key in self._units and unit is None:
                unit = at
            elif key in self._places and self._places[key] not in places:
                places[self._places[key]] = at
            elif key in self._figures:
                figures.append(Figure(at, known.strip(), self._figures[key]))
            elif key not in self._ignored and any(s.strip() for s in spellings):
                unknown.append((at, next(s.strip() for s in spellings if s.strip())))
        if not figures or (code is None and unit is None and not places):
            return None
        return Layout(
            line, code, unit, tuple(sorted(places.items())), tuple(figures), tuple(unknown)
        )

    def _knows(self, key: str) -> bool:
        return bool(key) and (
            key in self._codes
            or key in self._units
            or key in self._places
            or key in self._figures
            or key in self._ignored
        )


def heading(words: Headers, indicator: Indicator, others: Iterable[Indicator]) -> str:
    """The heading we write over an indicator's column; the long name where another of its level is called the same."""
    ending = words.endings[indicator.kind][0]
    short = ledger.spoken(indicator)
    taken = any(
        ledger.spoken(one) == short and one.level is indicator.level and one.id != indicator.id
        for one in others
    )
    name = indicator.name if taken else short
    return name if name.endswith(ending) else name + ending


def _names(words: Headers, one: Indicator) -> set[str]:
    """Every heading of an indicator's column, folded."""
    called = [one.name, ledger.spoken(one), one.code, *one.aliases]
    said = {
        name + ending + word
        for name in called
        for ending in ("", *words.endings[one.kind])
        for word in ("", one.unit_word)
    }
    return _keys([*said, *words.indicators.get(one.code, ())])


def _keys(spellings: Iterable[str]) -> set[str]:
    return {key for key in map(text.key, spellings) if key}


def _known(layout: Layout) -> int:
    found = len(layout.figures) * 2 + len(layout.places)
    return found + (layout.code is not None) + (layout.unit is not None)


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Two rows of headings: of a merged cell only the first holds the words, which go on to the right."""
    heads: list[tuple[str, ...]] = []
    merged = ""
    for at in range(max(len(upper), len(lower))):
        over = upper[at].strip() if at < len(upper) else ""
        under = lower[at].strip() if at < len(lower) else ""
        merged = over or merged
        if under:
            heads.append((merged + under, under, over))
        else:
            heads.append((over,))
    return heads


class Rows:
    """Reads the rows below the headings, one after the other: merged cells hold for those below."""

    def __init__(self, layout: Layout, words: Headers) -> None:
        self._layout = layout
        self._held: dict[Level, str] = {}
        self._totals = frozenset(words.totals)
        self._subtotals = frozenset(words.subtotals)

    def read(self, line: int, raw: Sequence[str]) -> Row | Total | None:
        """What the row says; None for one that is empty but for numbers and remarks."""
        layout = self._layout
        code, unit = self._cell(raw, layout.code), self._cell(raw, layout.unit)
        names = [(level, self._cell(raw, at)) for level, at in layout.places]
        cells = tuple(self._cell(raw, figure.at) for figure in layout.figures)
        total = self._total(line, raw, [code, unit, *(name for _, name in names)], cells)
        if total is not None:
            return total
        own: Level | None = None
        for level, name in names:
            if name:
                self._held = {k: v for k, v in self._held.items() if k < level} | {level: name}
                own = level
        if own is None and not unit and not code:
            return None
        above = tuple(
            name for level, name in self._held.items() if unit or own is None or level < own
        )
        name = unit or (self._held[own] if own is not None else "")
        return Row(line, code, name, None if unit else own, above, cells)

    def _total(
        self, line: int, raw: Sequence[str], names: Sequence[str], cells: tuple[str, ...]
    ) -> Total | None:
        said = [*names, *(cell for at, cell in enumerate(raw) if at < 2 and cell not in names)]
        for cell in said:
            plain = "".join(cell.split())  # 合　计
            for words, part in ((self._totals, False), (self._subtotals, True)):
                ending = next((word for word in words if plain.endswith(word)), None)
                if ending is None:
                    continue
                group = plain.removesuffix(ending)
                if part and not group:
                    others = [name for name in names if name and name != cell]
                    group = others[-1] if others else ""
                return Total(line, group, part, cells)
        return None

    def _cell(self, raw: Sequence[str], at: int | None) -> str:
        cell = raw[at].strip() if at is not None and at < len(raw) else ""
        return cell[1:] if _QUOTED.match(cell) else cell
