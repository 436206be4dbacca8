"""The name of a figure or of a step where only its sound stands: 走仿家庭12户, 自愿者8名, 妇女之加建好了, 换界到备案了, 换届到备按了.

For the words that most campaigns share, tables say what is heard in their place; whatever else a campaign counts is known by its sound alone.
A word is put right only where half of its characters are right, the others sound the same without tones (in a long one, one of them may be one that is often confused), it is no word that is known otherwise,
and one figure alone sounds so. Two characters are too few to be sure of: they stand beside what is their own, a number with its word of counting,
a step of the stage, the stage of the step. The text stays as long as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core import ledger, unitlike
from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Lexicon
from bot.core.report.words import sounds
from bot.core.report.words.vocabulary import WORDS

_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_KEPT: Final = frozenset(
    "没未不无非莫别勿快将拟约近尽差几多余半一二两三四五六七八九十百千万零俩又再还本上下"
)
_NUMERAL: Final = "[0-9零〇一二两三四五六七八九十百廿卅]"
_SURE: Final = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """What a figure or one of its steps is called; `own`: what a short one stands beside, before or behind it."""

    word: str
    codes: frozenset[str]
    own: re.Pattern[str] | None


def put_right(text: str, lexicon: Lexicon) -> str:
    """The text with such names as they are written, and the word of counting behind a figure's number: 走访12护."""
    names = _names(lexicon.indicators)
    found = dict[tuple[int, int], list[_Name]]()
    for name in names:
        for span in _spans(text, name.word):
            found.setdefault(span, []).append(name)
    if found:
        kept = _kept(text, names, lexicon)
        for (start, end), some in found.items():
            free = all(
                b <= start or end <= a or _within((a, b), (start, end), codes, some)
                for a, b, codes in kept
            )
            if (
                len({one.codes for one in some}) == 1
                and free
                and _beside(text, (start, end), some[0])
            ):
                text = text[:start] + some[0].word + text[end:]
    return _counted(text, lexicon.indicators)


def _within(
    inner: tuple[int, int], outer: tuple[int, int], codes: frozenset[str], some: list[_Name]
) -> bool:
    """金帼志愿者 holds 志愿者, which is the same figure."""
    return outer[0] <= inner[0] and inner[1] <= outer[1] and codes == some[0].codes


def _kept(
    text: str, names: tuple[_Name, ...], lexicon: Lexicon
) -> list[tuple[int, int, frozenset[str]]]:
    """Where units and figures stand that are written as they should be."""
    units = [(m.start, m.end, frozenset[str]()) for m in lexicon.names.find(text)]
    figures = [
        (m.start(), m.end(), name.codes)
        for name in names
        for m in re.finditer(re.escape(name.word), text)
    ]
    return units + figures


def _spans(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where something of the length and the sound of the word stands that is no word itself."""
    size = len(word)
    starts = {at - n for n, char in enumerate(word) if char in text for at in _places(text, char)}
    for start in sorted(starts):
        said = text[max(start, 0) : start + size]
        wrong = [n for n, (a, b) in enumerate(zip(said, word, strict=False)) if a != b]
        if (
            len(said) == size
            and wrong
            and 2 * len(wrong) <= size
            and _HAN.fullmatch(said)
            and not any(said[n] in _KEPT for n in wrong)
            and (unitlike.sounds_nearly if size >= _SURE else unitlike.sounds_the_same)(said, word)
            and not _known(said)
            and not (wrong[0] == 0 and _known(text[start - 1 : start + 1]))
            and not (wrong[-1] == size - 1 and _known(text[start + size - 1 : start + size + 1]))
        ):
            yield start, start + size


def _places(text: str, char: str) -> list[int]:
    return [n for n, one in enumerate(text) if one == char]


def _known(word: str) -> bool:
    """Whether it is a word of ours, or of the dictionary that knows how words are read."""
    return len(word) > 1 and (word in WORDS or unitlike.is_word(word))


def _beside(text: str, span: tuple[int, int], name: _Name) -> bool:
    if len(name.word) >= _SURE:
        return True
    before = re.split("[,;。!?\n]", text[: span[0]])[-1]
    behind = re.split("[,;。!?\n]", text[span[1] :])[0]
    return name.own is not None and name.own.search(f"{before}~{behind}") is not None


@lru_cache(maxsize=64)
def _names(indicators: tuple[Indicator, ...]) -> tuple[_Name, ...]:
    """Every name that the tables do not know, the longest first."""
    said: dict[str, list[tuple[Indicator, str]]] = {}
    for one in indicators:
        called = dict.fromkeys((one.name, ledger.spoken(one), *one.aliases))
        steps = "|".join(map(re.escape, one.steps))
        own = f"~.*(?:{steps})" if steps else ""
        if one.kind is IndicatorKind.COUNT and one.unit_word:
            word = re.escape(one.unit_word)
            own = f"{_NUMERAL}\\s*{word}(?:的|新)?~|~[:了是有共\\s]*{_NUMERAL}+\\s*{word}"
        for name in called:
            said.setdefault(name, []).append((one, own))
        for step in one.steps:
            said.setdefault(step, []).append((one, f"(?:{'|'.join(map(re.escape, called))}).*~"))
    return tuple(
        _Name(
            word,
            frozenset(one.code for one, _ in some),
            re.compile(some[0][1]) if some[0][1] else None,
        )
        for word, some in sorted(said.items(), key=lambda row: (-len(row[0]), row[0]))
        if len(word) > 1 and _HAN.fullmatch(word) and not sounds.TABLED.search(word)
    )


# ---- the word of counting ---------------------------------------------------------------------------------


def _counted(text: str, indicators: tuple[Indicator, ...]) -> str:
    """走访家庭12护."""
    for pattern, word in _counting(indicators):
        for found in pattern.finditer(text):
            if unitlike.sounds_the_same(found["said"], word) and found["said"] not in WORDS:
                text = text[: found.start("said")] + word + text[found.end("said") :]
    return text


@lru_cache(maxsize=64)
def _counting(indicators: tuple[Indicator, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What stands behind the number of each figure that is counted with a word of its own."""
    return tuple(
        (
            re.compile(
                f"(?:{'|'.join(map(re.escape, (one.name, *one.aliases)))})[:了是有共\\s]*{_NUMERAL}+(?P<said>(?!{re.escape(one.unit_word)})[\u4e00-\u9fff])(?=$|[,;。!\\s])"
            ),
            one.unit_word,
        )
        for one in indicators
        if one.kind is IndicatorKind.COUNT
        and len(one.unit_word) == 1
        and not sounds.TABLED.search(one.name)
    )
