"""How much of a weekly analysis has room: in chat, on a page of paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.core import wording
from bot.core.weekly import Sentence

# Which kinds of sentences stay when not all have room in chat, the most wanted first.
_WORTH: Final = (
    "head", "corrected", "missed", "row", "finish", "stalled", "missing", "difficulties", "behind", "low",
    "missing_more", "zeros", "reached_late", "early", "same", "high",
)  # fmt: skip

# A page of paper in its parts, and the kinds of sentences in each.
_PARTS: Final = {
    "overall": ("head", "corrected", "row", "same", "reached_late"),
    "attention": (
        "missed",
        "stalled",
        "zeros",
        "low",
        "behind",
        "high",
        "missing",
        "missing_more",
        "difficulties",
    ),
    "outlook": ("finish", "early"),
}


def parts(sentences: Sequence[Sentence]) -> list[tuple[str, str]]:
    """The name of each part of the page and its text, without the heading that the first sentence begins with."""
    found = []
    for name, kinds in _PARTS.items():
        some = [
            one.text.partition("：")[2] if one.kind == "head" else one.text
            for one in sentences
            if one.kind in kinds
        ]
        if some:
            found.append((name, "".join(some)))
    return found


def text(words: wording.Words, sentences: Sequence[Sentence], *, limit: int) -> str:
    """What chat says: as many sentences as have room, the first always, in their order."""
    kept = chosen(sentences, limit)
    if len(kept) < len(sentences):
        kept = chosen(sentences, limit - len(words.say("weekly.rest", n=len(sentences))) - 1)
    said = "\n".join(one.text for one in kept)
    rest = words.say("weekly.rest", n=len(sentences) - len(kept))
    if len(kept) < len(sentences) and len(said) + 1 + len(rest) <= limit:
        return f"{said}\n{rest}"
    return wording.shorten(said, limit)


def chosen(
    sentences: Sequence[Sentence], limit: int, size: Callable[[str], float] = len
) -> tuple[Sentence, ...]:
    """The sentences that have room in so many characters, one a line: the most wanted, in their order."""
    order = sorted(range(1, len(sentences)), key=lambda at: (_WORTH.index(sentences[at].kind), at))
    kept, left = {0}, limit - size(sentences[0].text)
    for at in order:
        cost = size(sentences[at].text) + 1
        if cost <= left:
            kept.add(at)
            left -= cost
    return tuple(one for at, one in enumerate(sentences) if at in kept)
