"""A QR code with a line above and lines below it, as a picture to be passed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.core import svg

_SIDE: Final = 280.0
_TOP: Final = 72.0
_QUIET: Final = 4  # modules of white that the standard wants around a code
_LINE: Final = 28.0


def draw(modules: Iterable[Sequence[int]], *, title: str, below: Sequence[str]) -> str:
    """The SVG: `modules` are the rows of the code without white around it, 1 is dark."""
    rows = [list(row) for row in modules]
    one = _SIDE / (len(rows) + 2 * _QUIET)
    left, top = (svg.WIDTH - _SIDE) / 2 + _QUIET * one, _TOP + _QUIET * one
    dark = "".join(
        f"M{left + x * one:.2f} {top + y * one:.2f}h{one:.2f}v{one:.2f}h-{one:.2f}z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    under = _TOP + _SIDE + _LINE
    middle = svg.WIDTH / 2
    body = [
        svg.text((middle, 48), title, size=20, anchor="middle", bold=True),
        f'<path d="{dark}" fill="{svg.INK}" shape-rendering="crispEdges"/>',
        *(
            svg.text((middle, under + n * _LINE), line, size=16, anchor="middle")
            for n, line in enumerate(below)
        ),
    ]
    return svg.picture(body, height=under + len(below) * _LINE, title=title)
