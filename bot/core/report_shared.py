"""What is said of several units at once, told of each: 分别是12、9, 每村5名, 除九蓬外各5名, 12名念山 9名富美, 只有九蓬是11名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.reading import Ask, Mark, Question
from bot.core.report_said import COUNTED, VALUES, Collected, Raw, names
from bot.core.report_sheet import Sheet, Token
from bot.core.report_vocabulary import Kind

_JOINING: Final = ("", "、", ",", " ", "+", "/", "\n", "|", "和", "及", "以及", "与", "跟", "还有")
_EVERY: Final = re.compile("每一?个?(?:行政)?(?:村|社区|乡镇|乡|镇|街道)(?:都|各)?")
_THEY: Final = frozenset(str.split("她们 他们 她们村 他们村 她们那边 她村"))
_SPOKE: Final = re.compile(
    "主席|主任|书记|电话|来电|微信|短信|[报发托捎]来|带话|捎话|托我|[让叫请]我"
)
_EXCEPT: Final = re.compile(
    "(?:除了?|除去|除开|扣除)(?P<them>[^,。;!\n\x00]?\x00+(?:[、和及与,]\x00+)*)(?P<said>[^,。;!\n\x00]{0,4}(?:\x00+)?[^,。;!\n\x00]{0,4})(?P<end>[之以]?外)"
)


def mark(sheet: Sheet) -> None:
    """Take 除 and 外 around names of units: EXCEPT, with the words between in sight."""
    if "外" not in sheet.left:
        return
    for found in list(_EXCEPT.finditer(sheet.left)):
        first, last = found.start("them"), found.start("end")
        sheet.take(Token(Kind.EXCEPT, found.start(), first, sheet.text[found.start() : first]))
        sheet.take(Token(Kind.EXCEPT, last, found.end(), sheet.text[last : found.end()]))


def told_of_each(tokens: list[Token], *, office: bool) -> list[Token]:
    """The tokens with what is shared by several units behind each of them; of a village nothing is."""
    if not office:
        return tokens
    return _respectively(_excepted(_every(_number_first(tokens))))


# ---- groups ----------------------------------------------------------------------------------------------


def _group(tokens: Sequence[Token], until: int) -> tuple[int, list[Token]]:
    """The last names of units before a place that are joined to one list, and where it begins."""
    found: list[Token] = []
    start = until
    for n in range(until - 1, -1, -1):
        token = tokens[n]
        if token.kind is Kind.UNIT:
            found.insert(0, token)
            start = n
        elif found and token.text.strip(" ") not in _JOINING:
            break
    return start, found


def _told(tokens: Sequence[Token]) -> bool:
    return any(t.kind in VALUES for t in tokens)


# ---- each, they -------------------------------------------------------------------------------------------


def _every(tokens: list[Token]) -> list[Token]:
    """念山、富美都完成，每村5名; 念山主席来电话，她们完成了: of those that were named."""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        group = _group(tokens, n)[1] if token.kind is Kind.FOREIGN else []
        if len(group) > 1 and _EVERY.fullmatch(token.text):
            found.append(replace(token, kind=Kind.EACH))
        elif group and token.text in _THEY and _heard_of(tokens[:n], group[-1]):
            found.append(replace(token, kind=Kind.FILLER))
        else:
            found.append(token)
    return found


def _heard_of(tokens: Sequence[Token], last: Token) -> bool:
    """Whether who leads the unit spoke to her."""
    behind = "".join(t.text for t in tokens if t.start >= last.end)
    return _SPOKE.search(behind) is not None


# ---- except ----------------------------------------------------------------------------------------------


def _excepted(tokens: list[Token]) -> list[Token]:
    """除九蓬外各5名, behind 念山、富美、九蓬: of the others; 除九蓬没有外，念山5名: nothing but a way to say it."""
    first = next((n for n, t in enumerate(tokens) if t.kind is Kind.EXCEPT), None)
    if first is None:
        return tokens
    last = next((n for n in range(first + 1, len(tokens)) if tokens[n].kind is Kind.EXCEPT), first)
    inside = tokens[first + 1 : last]
    before, behind = tokens[:first], _excepted(tokens[last + 1 :])
    out = {t.places for t in inside if t.kind is Kind.UNIT}
    stop = Token(Kind.BREAK, tokens[last].start, tokens[last].start, ",")
    if _told(inside):
        return [*before, *inside, stop, *behind]
    named = next((t for t in behind if t.kind in (Kind.UNIT, *VALUES)), None)
    _, group = _group(before, len(before))
    left = [t for t in group if t.places not in out]
    if named is not None and named.kind is Kind.UNIT and named.places not in out:
        return [*before, stop, *behind]
    if left and len(left) == len(group) - len(out):
        while behind and behind[0].text == ",":
            behind = behind[1:]
        return [*before, stop, *left, *behind]
    return [*before, *inside, replace(tokens[last], kind=Kind.FOREIGN), *behind]


# ---- one after the other ---------------------------------------------------------------------------------


def _number_first(tokens: list[Token]) -> list[Token]:
    """12名念山 9名富美: the number behind its unit."""
    at = 0
    while at < len(tokens):
        pairs, end = _pairs(tokens, at)
        if pairs:
            turned = [
                token
                for number, unit in pairs
                for token in (unit, number, Token(Kind.BREAK, number.end, number.end, ","))
            ]
            return [*tokens[:at], *turned, *_number_first(tokens[end:])]
        at += 1
    return tokens


def _pairs(tokens: Sequence[Token], at: int) -> tuple[list[tuple[Token, Token]], int]:
    """Numbers from `at`, each with its unit in one breath behind it, and where they end."""
    pairs: list[tuple[Token, Token]] = []
    before = _loud_before(tokens, at)
    n = at
    while n < len(tokens) and tokens[n].kind is Kind.NUMBER:
        unit = n + 1
        while unit < len(tokens) and tokens[unit].text in ("的", "是", "在"):
            unit += 1
        if unit >= len(tokens) or tokens[unit].kind is not Kind.UNIT:
            break
        following = unit + 1
        while following < len(tokens) and tokens[following].text.strip(" ") in _JOINING:
            following += 1
        apart = following > unit + 1 or following == len(tokens)
        if not apart:
            break
        pairs.append((tokens[n], tokens[unit]))
        n = following
    alone = before is None or (before.kind is Kind.BREAK and before.text in ",;。!\n:")
    if before is not None and before.kind is Kind.INDICATOR and len(pairs) > 1:
        alone = True
    ended = n >= len(tokens) or tokens[n].kind is not Kind.NUMBER
    return (pairs, n) if pairs and alone and ended else ([], at)


def _loud_before(tokens: Sequence[Token], at: int) -> Token | None:
    return next((t for t in reversed(tokens[:at]) if t.kind is not Kind.FILLER), None)


def _respectively(tokens: list[Token]) -> list[Token]:
    """念山、富美都完成了，新增执委分别是12、9名: as many numbers as units, each to its own."""
    at = 0
    while at < len(tokens):
        numbers, end = _numbers(tokens, at)
        start, group = _group(tokens, at)
        if len(numbers) > 1 and len(numbers) == len(group):
            between = tokens[start + 2 * len(group) - 1 : at]
            told = _told(between)
            head = next((n for n in range(at - 1, start, -1) if _opens(tokens[n])), start)
            said = [t for t in tokens[head + 1 : end] if t.kind is Kind.ADD]
            figures = [t for t in tokens[start:end] if names(t, COUNTED)]
            clear = _in_turn(tokens[start:end]) or _apart(numbers)
            near = told or all(t.kind not in (Kind.BREAK, Kind.UNIT) for t in between)
            if clear and near and len({t.text for t in figures}) <= 1:
                kept = tokens[: head + 1] if told else tokens[:start]
                pairs = [
                    token
                    for unit, number in zip(group, numbers, strict=True)
                    for token in (
                        unit, *figures[-1:], *said[:1], number, Token(Kind.BREAK, number.end, number.end, ",")
                    )
                ]  # fmt: skip
                return [*kept, *pairs, *_respectively(tokens[end:])]
        at = max(at + 1, end)
    return tokens


def _opens(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.text in ",;。!\n:"


def _in_turn(tokens: Sequence[Token]) -> bool:
    return any(t.kind is Kind.RESPECTIVELY for t in tokens)


def _apart(numbers: Sequence[Token]) -> bool:
    """12、13 may be a guess."""
    return len(numbers) > 2 or abs(numbers[0].number - numbers[1].number) > 1


def _numbers(tokens: Sequence[Token], at: int) -> tuple[list[Token], int]:
    """Numbers from `at` with only signs between, and where they end; none in the midst of them."""
    found: list[Token] = []
    end = n = at
    if at and tokens[at].kind is Kind.NUMBER and tokens[at - 1].kind is Kind.UNIT:
        return found, end
    while n < len(tokens):
        if tokens[n].kind is Kind.NUMBER:
            found.append(tokens[n])
            end = n + 1
        elif not found or tokens[n].text.strip(" ") not in _JOINING or tokens[n].text == "\n":
            break
        n += 1
    behind = tokens[end] if end < len(tokens) else None
    if found and behind is not None and names(behind, COUNTED):
        end += 1  # 分别选出12、9名执委
    return found, end


# ---- when all is read ------------------------------------------------------------------------------------

_ONLY: Final = re.compile("(?:但是?|不过|可是?|其中|就|只有?|仅有?|唯独?|唯有|单单|只是|而)+$")
_ALIKE: Final = frozenset(str.split("一样 也一样 都一样 还一样 一个样 相同 一致 同样"))


def settle(said: Collected, tokens: Sequence[Token], text: str) -> None:
    """都是9名，只有九蓬是11名: what is said of one holds for it; 松源村也一样: as the unit before it, and not as last week."""
    for raw in list(said.claims):
        if raw.shared or not raw.named:
            continue
        if raw.value is Mark.SAME and not raw.indicators:
            _alike(said, raw, text)
        elif _set_apart(raw, tokens, text):
            for other in [r for r in said.claims if r.shared and _same(r, raw)]:
                raw.indicators = raw.indicators or other.indicators
                said.claims.remove(other)


def _set_apart(raw: Raw, tokens: Sequence[Token], text: str) -> bool:
    units = [t for t in tokens if t.kind is Kind.UNIT and t.places == raw.places]
    before = [t for t in units if t.start < raw.span[0]]
    return bool(before) and _ONLY.search(text[: before[-1].start].rstrip(" ")) is not None


def _same(shared: Raw, single: Raw) -> bool:
    """Whether the second says the same figure of a unit of which the first speaks among others."""
    kind = isinstance(shared.value, int) is isinstance(single.value, int)
    figure = (
        not single.indicators or not shared.indicators or single.indicators == shared.indicators
    )
    return kind and figure and shared.places == single.places and shared.span < single.span


def _alike(said: Collected, raw: Raw, text: str) -> None:
    if text[raw.span[0] : raw.span[1]] not in _ALIKE:
        return
    others = [r for r in said.claims if r.named and r.places != raw.places and r.span < raw.span]
    own = [r for r in said.claims if r.places == raw.places and r is not raw]
    if not others:
        return
    said.claims.remove(raw)
    if not own:
        said.questions.append(Question(Ask.VALUES, raw.span))
