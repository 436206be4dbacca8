"""What is odd about all that a sentence claims: two values for one figure, more than the figure can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest
from typing import Final

from bot.core.model import IndicatorKind
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question, Ratio, Step
from bot.core.report.clauses.said import COUNTED, FINISHED, Collected, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind


def conflicts(claims: list[Claim]) -> list[Question]:
    """Two values for one figure of one unit."""
    first: dict[tuple[tuple[str, ...], tuple[str, ...]], Claim] = {}
    found: list[Question] = []
    for claim in claims:
        other = first.setdefault((claim.units, claim.indicators), claim)
        none = {other.value, claim.value} in ({0, Mark.ZERO}, {Mark.SAME, Mark.ZERO})
        if other.value != claim.value and not none and not isinstance(claim.value, Step):
            found.append(Question(Ask.VALUES, claim.span, claim.indicators))
    wholes = [c for c in claims if not c.indicators and c.value in (Mark.ZERO, Mark.SAME)]
    return found + [
        Question(Ask.VALUES, whole.span)
        for whole in wholes
        if any(other.units == whole.units and _contradicts(other, whole) for other in claims)
    ]


def _contradicts(claim: Claim, whole: Claim) -> bool:
    if claim.value == 0 and whole.value is Mark.ZERO:
        return False
    kept = (Mark.SAME, Mark.ZERO)
    return claim.value != whole.value and not (claim.value in kept and whole.value in kept)


def out_of_range(claims: list[Claim], lexicon: Lexicon) -> list[Question]:
    """Counts beyond the most that the figure can be, ratios beyond their whole."""
    most = {i.code: i.most for i in lexicon.indicators}
    found: list[Question] = []
    for claim in claims:
        limits = [limit for code in claim.indicators if (limit := most.get(code)) is not None]
        if isinstance(claim.value, int) and limits and claim.value > max(limits):
            found.append(Question(Ask.RANGE, claim.span, claim.indicators))
        if isinstance(claim.value, Ratio) and not 0 <= claim.value.part <= claim.value.whole > 0:
            found.append(Question(Ask.RANGE, claim.span, claim.indicators))
    return found


def missing(claims: list[Claim], lexicon: Lexicon) -> list[Question]:
    """A unit that says it is done and gives no number."""
    kinds = {i.code: i for i in lexicon.indicators}
    found: list[Question] = []
    for done in claims:
        if done.value is not Mark.DONE or len(done.indicators) != 1:
            continue
        level = kinds[done.indicators[0]].level
        counts = [
            i.code for i in lexicon.indicators if i.level is level and i.kind is IndicatorKind.COUNT
        ]
        told = {code for c in claims if c.units == done.units for code in c.indicators}
        left = tuple(code for code in counts if code not in told)
        if left:
            found.append(Question(Ask.MISSING, done.span, left))
    return found


_FINISHED: Final = re.compile(
    "[已全]?(?:改[建革组造制])?(?:完成|完工|办结|落实)|[改弄搞办做][好完成定妥]"
)
_END: Final = Token(Kind.BREAK, -9, -9, "")


def _of_a_noun(number: Token, after: Token) -> bool:
    """转了三个群: the number of a thing that nobody knows."""
    return after.kind is Kind.TEXT and after.start == number.end


def lost(tokens: Sequence[Token], said: Collected) -> list[Token]:
    """Numbers and words of being done that nothing took for a value or explained, before the values are weighed."""
    spans = [raw.span for raw in said.claims] + [raw.span for raw, _ in said.void]
    mended = any(t.kind in (Kind.CORRECTION, Kind.VOID) for t in tokens)
    explained = {t.start for t in said.others}
    return [
        t
        for t, after in zip_longest(tokens, tokens[1:], fillvalue=_END)
        if (
            (t.kind is Kind.DONE and _FINISHED.match(t.text))
            or (t.kind is Kind.NUMBER and not mended and not _of_a_noun(t, after))
        )
        and t.start not in explained
        and not any(start < t.end and t.start < end for start, end in spans)
    ]


_TITLE: Final = re.compile(
    "(?:工作|情况|开展|进展|完成|推进|建设|选举|换届|的|简要|作)*(?:报告|汇报|总结|小结|简报|周报|说明)"
)


def _heads(behind: Sequence[Token]) -> bool:
    """会改联工作情况汇报：, by what stands behind the figure: it names what all the rest is about."""
    stop = next((n for n, t in enumerate(behind) if t.kind is Kind.BREAK), len(behind))
    title = "".join(t.text for t in behind[:stop])
    return stop < len(behind) and _TITLE.fullmatch(title) is not None


_GOING_ON: Final = re.compile(
    "(?:工作|还|也|都|仍|正|目前|现在)*在(?:弄|搞|办|做|推进|进行|筹备)[着中呢的]*"
)


def _going_on(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """镇区域化好了，松源村改联还在弄: nothing of a village below her that is not done yet."""
    last = next((t for t in reversed(before) if t.kind is not Kind.FILLER), None)
    stop = next((n for n, t in enumerate(behind) if t.kind is Kind.BREAK), len(behind))
    below = last is not None and last.kind is Kind.UNIT and last.places[0].depth > 0
    return below and _GOING_ON.fullmatch("".join(t.text for t in behind[:stop])) is not None


def passed_over(
    tokens: Sequence[Token], lost: Sequence[Token], claims: Sequence[Claim]
) -> list[Question]:
    """What is named beside a claim and was passed over: 会改联, 完成, a number."""
    if not claims or any(isinstance(claim.value, Step) for claim in claims):
        return []
    told = {code for claim in claims for code in claim.indicators}
    finished = any(claim.value in (Mark.DONE, Mark.NOT) for claim in claims)
    found = [t for t in lost if t.kind is Kind.NUMBER or not finished]
    found += [
        t
        for n, (t, after) in enumerate(zip_longest(tokens, tokens[1:], fillvalue=_END))
        if names(t, FINISHED)
        and told.isdisjoint(one.code for one in t.indicators)
        and after.kind not in (Kind.ADD, Kind.INDICATOR)  # 改联新增执委12名
        and not _heads(tokens[n + 1 :])
        and not _going_on(tokens[:n], tokens[n + 1 :])
    ]
    spans = [claim.span for claim in claims]
    left = [t for t in tokens if not any(start <= t.start < end for start, end in spans)]
    found += [t for n, t in enumerate(left) if _dropped(t, left[n + 1 : n + 4], told)]
    return [Question(Ask.UNREAD, (t.start, t.end)) for t in found]


def _dropped(figure: Token, behind: Sequence[Token], told: AbstractSet[str]) -> bool:
    """会改联完成，新增执委13条; 执委名额12人: a count that is named, with a number close behind it that nothing took."""
    registered = figure.kind is Kind.LABEL and figure.text == "执委报到" and len(told) == 1
    if registered:
        return any(t.kind is Kind.NUMBER for t in behind[:1])
    if not names(figure, COUNTED) or not told.isdisjoint(one.code for one in figure.indicators):
        return False
    for token in behind:
        if token.kind is Kind.NUMBER or (token.kind is Kind.THING and token.start == figure.end):
            return True
        if token.kind is Kind.BREAK:
            return False
    return False
