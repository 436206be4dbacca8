"""SVG → PNG with the font we ship: the same picture on every machine."""

from __future__ import annotations

import re
from typing import Final

import resvg_py

from config import fonts

# Pixels for one of the phone's. A long list gets fewer, so that no picture takes longer than a third of a second.
_SHARP: Final = 2.5
_LEAST: Final = 1.5
_BUDGET: Final = 1_400_000
_SIZE: Final = re.compile(r'viewBox="0 0 (\d+) (\d+)')


def png(svg: str) -> bytes:
    """The picture, two and a half pixels for each unit. CPU for 50 to 200 ms: call it in a thread.

    ValueError for what is no SVG with a viewBox from 0 0.
    """
    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("this SVG has no viewBox that begins with 0 0")
    wide, high = int(size[1]), max(1, int(size[2]))
    zoom = max(_LEAST, min(_SHARP, (_BUDGET / (wide * high)) ** 0.5))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=round(wide * zoom),
            skip_system_fonts=True,
            font_files=[str(fonts.path())],
            font_family=fonts.FAMILY,
            sans_serif_family=fonts.FAMILY,
        )
    )
