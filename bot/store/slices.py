"""Long lists in pieces that one statement can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

ROWS: Final = 10_000  # of one executemany
VALUES: Final = 500  # of one IN


def cut(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The values in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
