"""Where the font of charts lies: pictures look alike on every machine, whatever fonts it has."""

from __future__ import annotations

from pathlib import Path

FAMILY = "Noto Sans SC"


def path() -> Path:
    """The one font file that charts are drawn with."""
    return Path(__file__).parent / "fonts" / "NotoSansSC-Medium.ttf"
