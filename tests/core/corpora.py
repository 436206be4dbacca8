"""The tables of tests/corpus, read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "corpus"


def tables(pattern: str) -> list[str]:
    """The names of the tables that fit."""
    return [path.name for path in sorted(FOLDER.glob(pattern))]


def rows(pattern: str) -> list[Any]:
    """Rows of every table whose name fits, each with its file's name under `file`."""
    found: list[Any] = []
    for path in sorted(FOLDER.glob(pattern)):
        found += [
            row | {"file": path.stem}
            for row in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        ]
    return found


def name(row: Any) -> str:
    """The name of a case: the sentence itself."""
    return f"{row['file']}:{row.get('open', '')}:{row['say']}"
