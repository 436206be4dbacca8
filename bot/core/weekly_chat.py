"""How much of a weekly analysis has room: in chat, on a page of paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.core import wording
from bot.core.weekly import Sentence

# Which kinds of sentences stay when not all have room in chat, the most wanted first.
_WORTH: Final = (
    "head", "corrected", "missed", "stalled", "finish", "missing", "difficulties", "behind", "low",
    "zeros", "reached_late", "row", "same", "high",
)  # fmt: skip


def text(words: wording.Words, sentences: Sequence[Sentence], *, limit: int) -> str:
    """What chat says: as many sentences as have room, the first always, in their order."""
    kept = chosen(sentences, limit)
    if len(kept) < len(sentences):
        kept = chosen(sentences, limit - len(words.say("weekly.rest", n=len(sentences))) - 1)
    lines = [one.text for one in kept]
    if len(kept) < len(sentences):
        lines.append(words.say("weekly.rest", n=len(sentences) - len(kept)))
    return wording.shorten("\n".join(lines), limit)


def chosen(sentences: Sequence[Sentence], limit: int) -> tuple[Sentence, ...]:
    """The sentences that have room in so many characters, one a line: the most wanted, in their order."""
    order = sorted(range(1, len(sentences)), key=lambda at: (_WORTH.index(sentences[at].kind), at))
    kept, left = {0}, limit - len(sentences[0].text)
    for at in order:
        cost = len(sentences[at].text) + 1
        if cost <= left:
            kept.add(at)
            left -= cost
    return tuple(one for at, one in enumerate(sentences) if at in kept)
