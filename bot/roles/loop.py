"""The loop a long-running process lives on."""

from __future__ import annotations

import gc
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

import uvloop

T = TypeVar("T")

# Objects made and not yet freed before the youngest are looked through, and how often the older ones are. With
# Python's own numbers (700, 10, 10) a third of what a call costs was looking for cycles where there are none.
_LOOK_THROUGH: Final = (20_000, 20, 100)


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a role to its end; what is imported by now is never looked through for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_LOOK_THROUGH)
    return uvloop.run(main)
