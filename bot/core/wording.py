"""Sentences for people: filled, measured, cut to what a phone shows."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence

VILLAGE_LIMIT = 120
LIMIT = 600


class Words:
    """All sentences under their names, as the office may have changed them."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    def say(self, key: str, **values: object) -> str:
        """The sentence `key` with its blanks filled; KeyError if either is missing."""
        return self._sentences[key].format(**values).strip()

    def blanks(self, key: str) -> frozenset[str]:
        """The names of the blanks of a sentence."""
        fields = (name for _, name, _, _ in string.Formatter().parse(self._sentences[key]) if name)
        return frozenset(name.partition(".")[0] for name in fields)

    def __contains__(self, key: object) -> bool:
        return key in self._sentences

    def keys(self) -> Iterable[str]:
        """The names of all sentences."""
        return self._sentences.keys()


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def whole(parts: Sequence[str], limit: int, joint: str = "") -> str:
    """The parts that fit into `limit` characters, none of them cut; the first one always, shortened if need be."""
    said = shorten(parts[0], limit)
    for part in parts[1:]:
        if len(said) + len(joint) + len(part) > limit:
            break
        said += joint + part
    return said


def split_bytes(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` UTF-8 bytes, cut at line ends where one is near, never inside a character."""
    pieces: list[str] = []
    rest = text
    while len(rest.encode()) > limit:
        piece = rest.encode()[:limit].decode(errors="ignore")
        at_line = piece.rfind("\n")
        if at_line > len(piece) // 2:
            piece = piece[: at_line + 1]
        pieces.append(piece)
        rest = rest[len(piece) :]
    return [*pieces, rest] if rest or not pieces else pieces


def masked(name: str) -> str:
    """A name that only its bearer recognises: 张*英, 李*."""
    if len(name) <= 1:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}*{name[-1]}"


def percent(part: int, whole: int) -> str:
    """`24.0%`; `—` where nothing is expected."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def ratio(part: int, whole: int) -> str:
    """`1520/1841（82.6%）`; `0/0` without a percentage."""
    return f"{part}/{whole}（{percent(part, whole)}）" if whole else f"{part}/{whole}"
