"""A folded sentence cut into tokens: every character belongs to exactly one, so that nothing is overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core import ledger, numerals
from bot.core.model import Indicator, Level
from bot.core.reading import Lexicon
from bot.core.report.aside import particulars
from bot.core.report.counts import due, ratio
from bot.core.report.plain import enumerated
from bot.core.report.tokens import forms, numbers, places
from bot.core.report.tokens import steps as report_steps
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.units import own, shared
from bot.core.report.words import sounds as report_sounds
from bot.core.report.words import step_words, vocabulary
from bot.core.report.words.vocabulary import SIGNS, WORDS, Kind

_PLACES: Final = frozenset("村社居乡镇街县市省区")
"""Characters of which the name of any kind of place holds one."""


def tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of the sentence, left to right."""
    sheet = Sheet(text)
    words = _words(lexicon.indicators)
    for start, end in enumerated.list_marks(text):
        sheet.take(Token(Kind.BREAK, start, end, text[start:end]))
    for mention in lexicon.names.find(text):
        if "\x00" not in sheet.left[mention.start : mention.end]:
            said = text[mention.start : mention.end]
            sheet.take(Token(Kind.UNIT, mention.start, mention.end, said, places=mention.places))
    own.mark(sheet, lexicon.own)
    places.foreign(sheet)
    if lexicon.own.level is not Level.VILLAGE:
        shared.mark(sheet)
    forms.beyond(sheet)
    due.names_first(sheet, lexicon.indicators)
    sheet.mark_all(particulars.BEFORE_NAMES)
    sheet.mark_all(forms.BEFORE_NAMES)
    sheet.mark_all(numbers.BEFORE_NAMES)
    _campaign(sheet, words)
    report_steps.take_every(sheet, lexicon.indicators)
    report_steps.take_nth(sheet, lexicon.indicators)
    _numeric_words(sheet)
    _from_to(sheet)
    places.like_numbers(sheet)
    forms.broken_down(sheet)
    sheet.mark_all(particulars.AFTER_NAMES)
    sheet.mark_all(forms.AFTER_NAMES)
    sheet.mark_all(numbers.EXPLAINED)
    ratio.mark(sheet)
    if not _PLACES.isdisjoint(sheet.left):
        sheet.mark(Kind.FOREIGN, numbers.NUMERAL_PLACES)
    _things(sheet, words.things)
    _numbers(sheet, words)
    sheet.tokens += _rest(sheet.left)
    return sorted(sheet.tokens, key=lambda token: token.start)


# ---- the campaign's words --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Campaign:
    """What the indicators of a campaign are called, compiled once."""

    pattern: re.Pattern[str]
    meant: dict[str, tuple[Indicator, ...]]
    steps: dict[str, tuple[Indicator, str]]
    things: re.Pattern[str]
    others: re.Pattern[str]
    counted: re.Pattern[str]


_LEVELS: Final = {Level.VILLAGE: "村", Level.TOWNSHIP: "乡镇", Level.COUNTY: "县", Level.CITY: "市"}


def _by_level(said: Mapping[str, Sequence[Indicator]]) -> list[tuple[str, str, Indicator]]:
    """A name that figures of several levels share, with the level that tells them apart: 村执委 and 乡镇执委 where both are called 执委 (and 新增执委, of which the shorter is enough)."""
    shared = [alias for alias, of in said.items() if len({one.level for one in of}) > 1]
    least = [one for one in shared if not any(one != o and one.endswith(o) for o in shared)]
    return [(one, _LEVELS[i.level], i) for one in least for i in said[one] if i.level in _LEVELS]


@lru_cache(maxsize=64)
def _words(indicators: tuple[Indicator, ...]) -> _Campaign:
    said: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        for alias in {indicator.name, ledger.spoken(indicator), *indicator.aliases}:
            said.setdefault(alias, []).append(indicator)
    for alias, level, indicator in _by_level(said):
        said.setdefault(level + alias, [indicator])
    steps = {
        word: (indicator, step)
        for indicator in indicators
        for step in indicator.steps
        for word in (step, *step_words.STEPS.get(step, ()))
    }
    ours = frozenset(one.unit_word for one in indicators)
    parts, meant = [], {}
    for n, word in enumerate(sorted({*said, *steps}, key=lambda one: (-len(one), one))):
        sounds = re.escape(word) if word in steps else report_sounds.pattern_of(word)
        sounds = f"(?<!个){sounds}" if word[0] in "村乡镇" else sounds  # 三个村执委
        parts.append(f"(?P<w{n}>{sounds})")
        meant[f"w{n}"] = word
    reached = {
        f"r{n}": (indicator, step)
        for n, (indicator, step) in enumerate((i, s) for i in indicators for s in i.steps)
        if step in step_words.DONE_STEPS
    }
    parts = [f"(?P<{at}>{step_words.DONE_STEPS[s]})" for at, (_, s) in reached.items()] + parts
    return _Campaign(
        re.compile("|".join(parts) or "(?!)"),
        {group: tuple(said.get(word, ())) for group, word in meant.items()},
        {group: steps[word] for group, word in meant.items() if word in steps} | reached,
        numbers.things(ours),
        numbers.measures(ours),
        numbers.counted(ours),
    )


def _campaign(sheet: Sheet, words: _Campaign) -> None:
    for found in list(words.pattern.finditer(sheet.left)):
        group = found.lastgroup or ""
        start, end, text = found.start(), found.end(), found[0]
        if group in words.steps:
            report_steps.take(sheet, found, *words.steps[group])
        else:
            sheet.take(Token(Kind.INDICATOR, start, end, text, indicators=words.meant[group]))


def called(indicators: tuple[Indicator, ...]) -> re.Pattern[str]:
    """What finds the names of figures and steps of a campaign."""
    return _words(indicators).pattern


# ---- numbers ---------------------------------------------------------------------------------------------


_AMOUNT: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万两]+")


def _things(sheet: Sheet, pattern: re.Pattern[str]) -> None:
    """Numbers of other things; 三四户 is no number."""
    for found in list(pattern.finditer(sheet.left)):
        number = _AMOUNT.match(found[0])
        exact = number is not None and ("." in number[0] or numerals.value(number[0]) is not None)
        if exact and not _of_figure(sheet, found):
            sheet.take(Token(Kind.THING, found.start(), found.end(), found[0]))


_PLAIN: Final = re.compile(
    r"(?:目前|现在|现有|已有|一共|共|有|还是|建了|建成了?|新建了?|设了|[:\s])*"
)


def _of_figure(sheet: Sheet, found: re.Match[str]) -> bool:
    """妇女之家1所: another word of counting for what is counted in 个."""
    if found[0][-1] not in "所处座家间":
        return False
    start = len(sheet.left[: found.start()].rstrip())
    named = (
        t
        for t in sheet.tokens
        if t.kind is Kind.INDICATOR
        and t.end <= start
        and _PLAIN.fullmatch(sheet.text[t.end : start])
    )
    return any(i.unit_word == "个" for t in named for i in t.indicators)


_MORE: Final = re.compile("余|来(?:$|[,。;!\\s吧])|多(?![少谢亏休保多关照])")


def _numbers(sheet: Sheet, words: _Campaign) -> None:
    for found in numerals.find(sheet.left):
        start, end = found.start, found.end
        said = sheet.text[start:end]
        match found.kind:
            case numerals.Kind.EXACT:
                counted = words.counted.match(sheet.left, end)
                end = counted.end() if counted else end
                word = counted["word"] if counted else ""
                number = found.value or 0
                said = sheet.text[start:end]
                more = _MORE.match(sheet.left[end : end + 2])
                kind = Kind.APPROXIMATE if more else Kind.NUMBER
                sheet.take(Token(kind, start, end, said, number=number, counted=word))
            case numerals.Kind.APPROXIMATE if said[-1] in "条号件次口" or words.others.match(
                sheet.left, end
            ):
                sheet.take(Token(Kind.THING, start, end, said))
            case numerals.Kind.APPROXIMATE:
                _hedged(sheet, start, end)
            case numerals.Kind.PERCENT:
                sheet.take(Token(Kind.PERCENT, start, end, said))
            case numerals.Kind.ORDINAL:
                sheet.take(Token(Kind.EXPLAINED, start, end, said))
            case _:
                sheet.take(Token(Kind.ODD, start, end, said))


_HEDGED: Final = re.compile(
    r"(?P<before>[^0-9零一二三四五六七八九十百千两]*)(?P<number>[0-9零一二三四五六七八九十百千两]+)(?P<word>[名个人位]?)(?P<after>左右|上下|出头)?"
)


def _hedged(sheet: Sheet, start: int, end: int) -> None:
    """大概12名: a hedge and a number that can be offered; 十来个 is neither."""
    said = sheet.text[start:end]
    found = _HEDGED.fullmatch(said)
    number = numerals.value(found["number"]) if found else None
    if found is None or number is None or not (found["before"] or found["after"]):
        sheet.take(Token(Kind.APPROXIMATE, start, end, said))
        return
    at = start + found.start("number")
    counted = numbers.COUNTED.match(sheet.left, start + found.end("number"))
    if at > start:
        sheet.take(Token(Kind.HEDGE, start, at, found["before"]))
    stop = counted.end() if counted else start + found.end("word")
    word = counted["word"] if counted else ""
    sheet.take(Token(Kind.NUMBER, at, stop, sheet.text[at:stop], number=number, counted=word))
    if found["after"]:
        sheet.take(Token(Kind.HEDGE, end - len(found["after"]), end, found["after"]))


def _from_to(sheet: Sheet) -> None:
    for found in list(numbers.FROM_TO.finditer(sheet.left)):
        number = numerals.value(found["n"] or found["was"])
        if number is not None:
            sheet.take(
                Token(
                    Kind.TOTAL, found.start(), found.end(), found[0], number=number, counted="from"
                )
            )


_DIGITS: Final = frozenset("0123456789零一二三四五六七八九十百千万两")


def _numeric_words(sheet: Sheet) -> None:
    """跟上周一样, 零报告: before 周一 is taken for a day and 零 for a number."""
    left, at = sheet.left, 0
    while at < len(left):
        for end in range(
            min(len(left), at + vocabulary.REACH_NUMERIC.get(left[at], 0)), at + 1, -1
        ):
            kind = vocabulary.NUMERIC.get(left[at:end])
            if kind is not None and not (at and left[at] in _DIGITS and left[at - 1] in _DIGITS):
                sheet.take(Token(kind, at, end, left[at:end]))
                at = end - 1
                break
        at += 1


# ---- words -----------------------------------------------------------------------------------------------


def _rest(left: str) -> Iterator[Token]:
    """Known words, the longest at each place; what is left is TEXT."""
    at, unknown = 0, -1
    while at < len(left):
        token = None if left[at] == "\x00" else _word(left, at)
        if (token is not None or left[at] == "\x00") and unknown >= 0:
            yield Token(Kind.TEXT, unknown, at, left[unknown:at])
            unknown = -1
        if token is not None:
            yield token
            at = token.end
            continue
        if left[at] != "\x00" and unknown < 0:
            unknown = at
        at += 1
    if unknown >= 0:
        yield Token(Kind.TEXT, unknown, at, left[unknown:])


_TO_COME: Final = re.compile("(?<!一)下个?(?:周(?!报)|月|礼拜|星期)|明[天年早晚日儿]")
"""Of 说下周完成 the word is 说, and not 说下 (a word that ends where a time to come begins)."""


def _word(left: str, at: int) -> Token | None:
    reach = vocabulary.REACH.get(left[at], 0)
    for end in range(min(len(left), at + reach), at, -1):
        kind = WORDS.get(left[at:end])
        if kind is not None and not (end > at + 1 and _TO_COME.match(left, end - 1)):
            return Token(kind, at, end, left[at:end])
    sign = left[at]
    if sign in ",;。!\n:()、":
        return Token(Kind.BREAK, at, at + 1, sign)
    return Token(Kind.FILLER, at, at + 1, sign) if sign in SIGNS else None
