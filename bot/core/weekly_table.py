"""The tables of a weekly analysis: every unit directly below in the official order, figures as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core import weekly_head, wording
from bot.core.weekly import Child, Figures, Place, Row

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the large table: `percent` are fractions."""

    name: str
    percent: bool = False


_NOT_ASKED: Final = "—"  # of this unit; what is asked and missing is empty, a zero is 0


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of the same length; `total`: one more row, of the unit itself."""

    head: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()


def of_row(words: wording.Words, one: Row) -> Table:
    """One indicator for a phone: unit, progress, this week, light."""
    names = ["table_unit", "table_sum" if one.measure.leads else "table_progress", "table_week"]
    if not one.measure.leads:
        names.append("table_light")
    rows = []
    for child in one.children:
        cells: list[Cell] = [
            child.place.short,
            brief(words, child, one),
            signed(_change(child, one)),
        ]
        if not one.measure.leads:
            cells.append(_light(words, child))
        rows.append(tuple(cells))
    return Table(tuple(Column(words.say(f"weekly.{name}")) for name in names), tuple(rows))


def of_paper(words: wording.Words, figures: Figures, *, indicators: int) -> Table:
    """The first indicators beside each other for one page of paper, with this week's change.

    A cell may have two lines: of a sum that is not complete, n of m stands on the second.
    """
    shown = figures.rows[:indicators]
    head = [Column(words.say("weekly.table_unit")), *(Column(one.measure.name) for one in shown)]
    rows: list[tuple[Cell, ...]] = []
    for place in places(figures):
        cells: list[Cell] = [place.short]
        for one in shown:
            child = _by_code(one).get(place.code)
            cells.append(_in_lines(words, child, one) if child else _NOT_ASKED)
        rows.append(tuple(cells))
    own = (_in_lines(words, _own(figures, one), one) for one in shown)
    return Table(tuple(head), tuple(rows), (words.say("weekly.table_total"), *own))


def whole(words: wording.Words, figures: Figures) -> Table:
    """Everything for a spreadsheet; numbers are numbers, a sum nobody reported to is empty."""
    head = [Column(words.say("weekly.table_code")), Column(words.say("weekly.table_unit"))]
    for one in figures.rows:
        for name, percent in _wide(one):
            head.append(Column(f"{one.measure.name} {words.say(f'weekly.{name}')}", percent))
    rows: list[tuple[Cell, ...]] = []
    for place in places(figures):
        cells: list[Cell] = [place.code, place.short]
        for one in figures.rows:
            child = _by_code(one).get(place.code)
            cells += _numbers(words, child, one) if child else [_NOT_ASKED] * len(_wide(one))
        rows.append(tuple(cells))
    total: list[Cell] = [figures.place.code, words.say("weekly.table_total")]
    for one in figures.rows:
        total += _numbers(words, _own(figures, one), one)
    return Table(tuple(head), tuple(rows), tuple(total))


def _own(figures: Figures, one: Row) -> Child:
    """The unit itself as one of its rows."""
    return Child(figures.place, one.expected, one.total, one.week, one.light, 0, one.silent)


def places(figures: Figures) -> list[Place]:
    """The units directly below of which anything is expected, in the official order."""
    order: list[Place] = []
    for one in figures.rows:
        # Each row has a part of the children in the same order; merge them without losing it.
        at = 0
        for child in one.children:
            if child.place in order:
                at = order.index(child.place) + 1
            else:
                order.insert(at, child.place)
                at += 1
    return order


def brief(words: wording.Words, child: Child, one: Row) -> str:
    """`3/12`, of who reports herself `已完成`, `第3步`; of a sum `41（7/15）` as long as not all have reported.

    Of a ratio part and whole. Nothing where nobody has reported to a sum, or she herself has not.
    """
    alone = child.place.level == one.measure.level
    if not child.total.reported and (alone or one.measure.leads):
        return ""
    if not one.measure.leads:
        if alone:
            return weekly_head.own(words, one.measure, child.total)
        return f"{child.total.done}/{child.expected}"
    if one.measure.ratio:
        return f"{child.total.value}/{child.total.whole}"
    short = child.total.reported < child.expected
    return f"{child.total.value}" + (
        f"（{child.total.reported}/{child.expected}）" if short else ""
    )


def _in_lines(words: wording.Words, child: Child, one: Row) -> str:
    figure, mark, of = brief(words, child, one).partition("（")
    first = f"{figure} {signed(_change(child, one))}".strip()
    return f"{first}\n{mark}{of}" if of else first


def signed(change: int) -> str:
    """`+3`; nothing for no change."""
    return f"{change:+d}" if change else ""


def _change(child: Child, one: Row) -> int:
    if one.measure.ratio:
        return 0  # it has no increase
    return child.week.value if one.measure.leads else child.week.done


def _light(words: wording.Words, child: Child) -> str:
    return words.say(f"progress.{child.light}") if child.light else ""


def _by_code(one: Row) -> dict[str, Child]:
    return {child.place.code: child for child in one.children}


def width(one: Row) -> int:
    """How many columns of the large table the indicator has."""
    return len(_wide(one))


def _wide(one: Row) -> list[tuple[str, bool]]:
    if one.measure.ratio:
        return [("what_value", False), ("what_whole", False), ("table_ratio", True),
                ("what_reported", False), ("what_expected", False), ("what_silent", False)]  # fmt: skip
    if one.measure.leads:
        return [("what_value", False), ("what_week_value", False), ("what_reported", False),
                ("what_expected", False), ("what_silent", False)]  # fmt: skip
    return [("what_done", False), ("what_expected", False), ("table_percent", True),
            ("what_week_done", False), ("table_light", False), ("what_silent", False)]  # fmt: skip


def _numbers(words: wording.Words, child: Child, one: Row) -> list[Cell]:
    total = child.total
    if one.measure.ratio:
        both: list[Cell] = [total.value, total.whole] if total.reported else ["", ""]
        part = total.value / total.whole if total.whole else ""
        return [*both, part, total.reported, child.expected, child.silent]
    if one.measure.leads:
        return [
            child.total.value if child.total.reported else "",
            child.week.value,
            child.total.reported,
            child.expected,
            child.silent,
        ]
    return [
        child.total.done,
        child.expected,
        child.total.done / child.expected if child.expected else 0.0,
        child.week.done,
        _light(words, child),
        child.silent,
    ]
