"""The few shapes our pictures are made of, as SVG text: units are pixels of a phone 360 wide."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

WIDTH: Final = 360
INK, GREY, FAINT, PAPER = "#1d1d1f", "#6b6b70", "#e4e4e7", "#ffffff"
# Quotes inside would end the attribute; the font we ship comes first, then what phones and PCs have.
_FAMILY: Final = "Noto Sans SC,PingFang SC,Microsoft YaHei,sans-serif"
_UNFIT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Point = tuple[float, float]


def picture(body: Sequence[str], *, height: float, title: str) -> str:
    """The whole SVG of these shapes; `title` is what a screen reader says."""
    name = _words(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}"'
        f' height="{_n(height)}" role="img" aria-label="{name}" font-family="{_FAMILY}"><title>{name}</title>'
        f'<rect width="{WIDTH}" height="{_n(height)}" fill="{PAPER}"/>{"".join(body)}</svg>'
    )


def moved(body: Sequence[str], down: float) -> str:
    """The shapes further down."""
    return f'<g transform="translate(0 {_n(down)})">{"".join(body)}</g>'


def text(
    at: Point,
    words: str,
    *,
    size: float = 14,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Words with their base line at `at`; bold by an outline, so that one font file is enough."""
    outline = f' stroke="{fill}" stroke-width="{_n(size / 40)}"' if bold else ""
    return (
        f'<text x="{_n(at[0])}" y="{_n(at[1])}" font-size="{_n(size)}" fill="{fill}"{outline}'
        f' text-anchor="{anchor}">{_words(words)}</text>'
    )


def box(at: Point, size: Point, *, fill: str, radius: float = 0) -> str:
    """A filled rectangle from its upper left corner."""
    return (
        f'<rect x="{_n(at[0])}" y="{_n(at[1])}" width="{_n(max(0.0, size[0]))}" height="{_n(size[1])}"'
        f' rx="{_n(radius)}" fill="{fill}"/>'
    )


def dot(at: Point, radius: float, *, fill: str, edge: str = "none") -> str:
    """A filled circle, with an edge 2 wide if one is given."""
    return (
        f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}" fill="{fill}" stroke="{edge}"'
        ' stroke-width="2"/>'
    )


def line(points: Sequence[Point], *, stroke: str, width: float, dashes: str = "") -> str:
    """A line through the points; `dashes` like `6 4`."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{_points(points)}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"'
        f' stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
    )


def area(points: Sequence[Point], *, fill: str, opacity: float) -> str:
    """A filled surface within the points."""
    return f'<polygon points="{_points(points)}" fill="{fill}" fill-opacity="{_n(opacity)}"/>'


def width(words: str, size: float) -> float:
    """About how wide the words are: an em for a Chinese character, a bit over half for a Latin one."""
    return size * sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.58 for one in words)


def fitted(words: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis where they would be wider than `room`."""
    if width(words, size) <= room:
        return words
    while words and width(words + "…", size) > room:
        words = words[:-1]
    return words + "…"


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _words(words: str) -> str:
    """Safe inside an element and an attribute; what XML does not know is left out."""
    return html.escape(_UNFIT.sub("", words))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
