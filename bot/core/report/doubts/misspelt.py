"""Words that sound like others which would turn the sense: 时二名 may be 十二名, 十久名 19, 梅完成 没完成, 预记 预计.

Thumbs take the first character that is offered. What surely is meant is put right elsewhere; where it would be another number, or no news at all, it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from bot.core import numerals, unitlike
from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_DIGITS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile("[零〇一二两三四五六七八九十百千万廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰仟]+")
_COUNTED: Final = re.compile("[名个位人](?![个单副人字])")
_PLAIN: Final = frozenset("是就已才有只共起")
"""Words that stand in front of a number as they are; only 是二名, where people say 两名, is 十二名 as well."""
_FOR_NOT: Final = re.compile(
    "(?<![到况态度展果均都全已应改正记是此定: ])[为位](?=[完玩][成城程](?![率度]))"
)
"""会改联还为完成, and not 情况为完成."""
_ONE: Final = frozenset("没未快要将差约近缺不待无莫")
_NEVER: Final = frozenset("每喂木")
_BETWEEN: Final = frozenset("块位")
"""Words that cannot stand in front of 完成, or right between it and its figure, but in place of 没, 快 and 未."""
_WORDS: Final = str.split(
    "预计 基本 大概 估计 大约 将近 可能 好像 也许 恐怕 应该 左右 上下 明天 后天 明年 下周 月底 年底 马上 尽快 快要 即将 准备 计划 打算 争取 希望 如果 要是 正在 还没 没有 尚未 未能 听说 据说 差点 差一点 差不多 至少 最少 最多 不到 不足 超过 大于 下个月 下礼拜"
)
_HEADS: Final = (Kind.DONE, Kind.NUMBER, Kind.ADD, Kind.INDICATOR)
_STOPS: Final = frozenset(",。;!?:\n")


def doubts(text: str, tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Question]:
    """Questions about claims that a word in front of them, or behind their number, may make another thing of."""
    found: list[Question] = []
    for claim in claims:
        if claim.value in (Mark.NOT, Mark.SAME, Mark.ZERO, 0):
            continue
        number = _NUMBER.match(text, *claim.span)
        if number is not None and (_in_front(tokens, number) or _behind(text, number)):
            found.append(Question(Ask.DIGITS, claim.span, claim.indicators))
        elif _turned(text, tokens, claim):
            found.append(Question(Ask.UNREAD, claim.span, claim.indicators))
    return found


# ---- digits ----------------------------------------------------------------------------------------------


def _in_front(tokens: Sequence[Token], number: re.Match[str]) -> bool:
    """时二名, 伞十名: a character of its own, and another number with it; 执委五新增: 无新增."""
    for n, token in enumerate(tokens):
        if token.end == number.start() and len(token.text) == 1:
            plain = token.text in _PLAIN and token.text + number[0] != "是二"
            known = plain or token.kind not in (Kind.TEXT, Kind.FILLER)
            return not known and _another(number[0], digits(token.text), front=True)
        if token.start == number.start() and token.text == "五" and tokens[n + 1 :]:
            return tokens[n + 1].kind is Kind.ADD and tokens[n + 1].start == token.end
    return False


def _behind(text: str, number: re.Match[str]) -> bool:
    """十久名, 十于名."""
    at = number.end()
    if _COUNTED.match(text, at + 1) is None:
        return False
    more = any(_alike(text[at], one) for one in "余多来几")
    return more or _another(number[0], digits(text[at]), front=False)


def _another(number: str, heard: str, *, front: bool) -> bool:
    """Whether one of the digits makes another number of it."""
    meant = (numerals.value(one + number if front else number + one) for one in heard)
    return any(one not in (None, numerals.value(number)) for one in meant)


@lru_cache(maxsize=1024)
def digits(char: str) -> str:
    """The digits that sound like a character that is none itself."""
    if not "\u4e00" <= char <= "\u9fff" or _NUMBER.fullmatch(char):
        return ""
    return "".join(one for one in _DIGITS if _alike(char, one))


# ---- words that turn the sense ---------------------------------------------------------------------------


def _turned(text: str, tokens: Sequence[Token], claim: Claim) -> bool:
    """梅完成, 预记新增十名, 十名左又."""
    start = max((text.rfind(one, 0, claim.span[0]) for one in _STOPS), default=-1) + 1
    if _FOR_NOT.search(text, start, claim.span[0] + 2):
        return True
    return any(
        (token.kind is Kind.TEXT and _sounds(text, tokens, n, (start, claim.span)))
        or _out_of_place(tokens, n)
        for n, token in enumerate(tokens)
        if start <= token.start < claim.span[1] + 2
    )


def _out_of_place(tokens: Sequence[Token], n: int) -> bool:
    """会改联每完成, 新增执委块十名."""
    token = tokens[n]
    if token.text not in _NEVER | _BETWEEN or not tokens[n + 1 :]:
        return False
    following = tokens[n + 2 if tokens[n + 1].text == "有" and tokens[n + 2 :] else n + 1]
    fits = following.kind is Kind.DONE or (token.text == "块" and following.kind is Kind.NUMBER)
    glued = fits and following.start <= token.end + 1 and following.text[0] not in "已了"
    named = n > 0 and tokens[n - 1].kind is Kind.INDICATOR and tokens[n - 1].end == token.start
    return glued and (named or token.text in _NEVER)


def _sounds(text: str, tokens: Sequence[Token], n: int, where: tuple[int, tuple[int, int]]) -> bool:
    token, (start, (first, last)) = tokens[n], where
    heads = any(t.start == token.end and t.kind in _HEADS for t in tokens[n + 1 : n + 2])
    if token.end <= first and heads and any(_alike(token.text, one) for one in _ONE):
        return True
    end = len(text) if token.start >= last else first
    return any(_alike(said, word) for said, word in _windows(text, token, start, end))


def _windows(text: str, token: Token, start: int, end: int) -> Iterator[tuple[str, str]]:
    """What stands at an unknown word, with each word as long as it."""
    for size in (2, 3):
        for at in range(max(start, token.start - size + 1), min(token.end, end - size + 1)):
            for word in _WORDS:
                if len(word) == size:
                    yield text[at : at + size], word


@lru_cache(maxsize=8192)
def _alike(said: str, word: str) -> bool:
    """Whether both sound the same without tones."""
    if (
        said == word
        or len(said) != len(word)
        or not all("\u4e00" <= one <= "\u9fff" for one in said)
    ):
        return False
    return all(a & b for a, b in zip(unitlike.sounds(said), unitlike.sounds(word), strict=True))
