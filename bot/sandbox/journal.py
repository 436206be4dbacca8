"""The append-only file that a restart is read back from: one JSON object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

NAME = "ledger.jsonl"


class Journal:
    """Writes lines when there is a data directory, and nothing otherwise.

    Each line reaches the operating system before the answer does (no fsync): it survives kill -9, not a power cut.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / NAME if folder else None
        self._file: BinaryIO | None = None

    def read(self) -> Iterator[dict[str, Any]]:
        """The lines of the last run; a torn last line is left out."""
        if self._path is None or not self._path.exists():
            return
        with self._path.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    yield json.loads(line)

    def open(self) -> None:
        """Start to append; the directory is made when missing, and a torn last line is cut off."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab", buffering=0)
        whole = self._path.read_bytes().rfind(b"\n") + 1
        self._file.truncate(whole)

    def write(self, kind: str, **fields: Any) -> None:
        """Append one line."""
        if self._file is not None:
            line = {"k": kind, **fields}
            self._file.write(
                json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            )

    def clear(self) -> None:
        """Forget everything written so far (control reset)."""
        if self._file is not None:
            self._file.truncate(0)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
