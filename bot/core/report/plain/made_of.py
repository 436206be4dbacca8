"""Whether a clause is made of nothing but words of a table: breadth without a pattern for every sentence."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 8


def wholly(said: str, words: frozenset[str]) -> bool:
    """Whether a clause is made of nothing but such words."""
    reached = {0}
    for start in range(len(said)):
        if start in reached:
            ends = range(start + 1, min(len(said), start + _LONGEST) + 1)
            reached.update(end for end in ends if said[start:end] in words)
    return len(said) in reached
