"""Lines of a sentence that are no news: the head and the foreign columns of a table, the example above her own line."""

from __future__ import annotations

import re
from typing import Final

_CELLS: Final = re.compile(r"\s*[,|]\s*|\s+")
_PLACES: Final = re.compile("村名?|社区|村\\(社区\\)|单位|名称|村居|乡镇|镇|乡|街道")
_VALUE: Final = re.compile("[0-9✓✗]|完成$|完成[ ,|]|[一二三四五六七八九十]名")
_UNIT: Final = re.compile(r"\([^()]*\)$|人?数$")
_NEW: Final = re.compile("(?:本[周月次])?新[增选]的?(?:妇联)?(?:执委)?")
_STOCK: Final = re.compile("(?:妇联)?执委会?")
"""执委 beside 新增 are all there are."""
_ROLES: Final = frozenset(("主席", "副主席"))
_ABOVE: Final = re.compile("乡镇?|镇|街道|县")
_EXAMPLE: Final = re.compile(
    "^(?:样例|示例|范例|例如?|模板|格式|参考|样式|通知(?:要求|内容)?|要求|原文)[^\\n]{0,4}[::]"
)
_OWN: Final = re.compile(
    "^(?:我村|本村|我们|我社区|本社区|回填|实报|填报|答|回复|我报|我的)[^\\n]{0,6}[:]?"
)


def plain(text: str, called: re.Pattern[str]) -> str:
    """The text without those lines and columns, as long as before; `called` finds the names of figures."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    if _EXAMPLE.search(lines[0]) and any(_OWN.search(line) for line in lines[1:]):
        return "\n".join([" " * len(lines[0]), *lines[1:]])
    return "\n".join(_table(lines, called) or lines)


def _table(lines: list[str], called: re.Pattern[str]) -> list[str] | None:
    """The lines with only the columns that are hers: units, and figures of the campaign."""
    head = _columns(lines[0])
    names = [lines[0][start:end] for start, end in head]
    said = [_UNIT.sub("", name) for name in names]
    ours = _ours(said, called)
    villages = any(_PLACES.fullmatch(name) and not _ABOVE.fullmatch(name) for name in names)
    kept = [
        mine or (_PLACES.fullmatch(name) is not None and not (villages and _ABOVE.fullmatch(name)))
        for name, mine in zip(names, ours, strict=True)
    ]
    rows = [_columns(line) for line in lines[1:]]
    if (
        len(head) < 3
        or not any(ours)
        or _VALUE.search(lines[0])
        or (all(kept) and all(_PLACES.fullmatch(n) or called.fullmatch(n) for n in said))
        or any(len(row) != len(head) for row in rows)
        or _of_roles(names, lines[1], rows[0])
    ):
        return None
    return [" " * len(lines[0])] + [
        _only(line, row, kept) for line, row in zip(lines[1:], rows, strict=True)
    ]


def _ours(names: list[str], called: re.Pattern[str]) -> list[bool]:
    """Which columns are figures of the campaign: 会改联/区域化 is, and 新增 rather than 执委 beside it."""
    new = any(_NEW.fullmatch(name) for name in names)
    return [
        _NEW.fullmatch(name) is not None
        or (
            all(called.fullmatch(one) for one in name.split("/"))
            and not (new and _STOCK.fullmatch(name))
        )
        for name in names
    ]


def _of_roles(names: list[str], line: str, row: list[tuple[int, int]]) -> bool:
    """Whether chairs are counted in a column of their own: are they among the members?"""
    return any(
        name in _ROLES and line[start:end].isdigit()
        for name, (start, end) in zip(names, row, strict=True)
    )


def _columns(line: str) -> list[tuple[int, int]]:
    """Where the cells of a line begin and end."""
    found: list[tuple[int, int]] = []
    at = 0
    for sign in _CELLS.finditer(line):
        found.append((at, sign.start()))
        at = sign.end()
    return [span for span in [*found, (at, len(line))] if span[0] < span[1]]


def _only(line: str, row: list[tuple[int, int]], kept: list[bool]) -> str:
    """The line with the other cells, and the signs between, blank."""
    left = [" "] * len(line)
    for (start, end), keep in zip(row, kept, strict=True):
        if keep:
            left[start:end] = line[start:end]
    return "".join(left)
