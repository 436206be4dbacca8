"""Numbers of one figure weighed against each other: 累计 beside 新增, parts, sums, steps, words of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from bot.core import ledger
from bot.core.model import Indicator
from bot.core.reading import Ask, Mark, Question, Step
from bot.core.report.clauses import said as report_said
from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.counts import parts, stock
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

Meant = Callable[[Raw], tuple[Indicator, ...]]


def settle(said: Collected, tokens: list[Token], meant: Meant) -> None:
    """Keep the claims that hold, ask about those that do not; what is planned or quoted is void.

    `meant` tells the indicators of a claim that names none.
    """
    _answered(said, tokens)
    _for_sure(said, tokens)
    _none_explained(said, tokens)
    _none_of_those(said, tokens, meant)
    _kept(said)
    stock.weigh(said, tokens, meant)
    _furthest(said)
    _places(said)
    parts.weigh(said, tokens)
    _others(said, tokens)
    _void(said)


def _ask(said: Collected, ask: Ask, span: tuple[int, int]) -> None:
    said.questions.append(Question(ask, span))


def _answered(said: Collected, tokens: list[Token]) -> None:
    """改联花了2个月，总算完成了: the value of a figure comes in a clause of its own."""
    told = {one for raw in said.claims for one in raw.indicators}
    named = {(t.start, t.end): t.indicators for t in tokens if t.kind is Kind.INDICATOR}
    said.questions = [
        q
        for q in said.questions
        if q.ask is not Ask.VALUE or not named.get(q.span) or told.isdisjoint(named[q.span])
    ]
    done = {(t.start, t.end) for t in tokens if t.kind is Kind.DONE}
    after = [r.span for r in said.claims if isinstance(r.value, int) and r.indicators]
    said.questions = [
        q  # 执委弄好了，12个
        for q in said.questions
        if q.ask is not Ask.INDICATOR or q.span not in done or all(s < q.span for s in after)
    ]


def _for_sure(said: Collected, tokens: list[Token]) -> None:
    """先写了12，后来核对是11，执委以11为准: whatever was said before it of the same figure is gone."""
    for before, token in pairwise(tokens):
        if token.text != "为准" or before.kind is not Kind.NUMBER:
            continue
        firm = [r for r in said.claims if r.span[0] == before.start and r.indicators]
        if firm:
            rest = [r for r in said.claims if r.indicators not in ((), firm[0].indicators)]
            said.claims = [*rest, firm[0]]
            gone = (Ask.UNREAD, Ask.VALUES)
            said.questions = [q for q in said.questions if q.ask not in gone]
            said.others, said.void = [], []


# ---- none ------------------------------------------------------------------------------------------------

_OF_PEOPLE: Final = re.compile("[增添加选补进]")


_NO_ELECTION: Final = re.compile("没有?(?:开|召开|选|换届)")


def _none_explained(said: Collected, tokens: list[Token]) -> None:
    """农忙没开会，没有新增执委: why there are none."""
    if not said.claims or any(r.value not in (Mark.ZERO, 0) for r in said.claims):
        return
    why = {t.start for t in tokens if _NO_ELECTION.match(t.text)}
    said.questions = [
        q for q in said.questions if q.ask is not Ask.NOT_DONE or q.span[0] not in why
    ]


def _none_of_those(said: Collected, tokens: list[Token], meant: Meant) -> None:
    """会改联完成，没有新增: none of what is counted, where something was said of what is not."""
    marked = {r.places for r in said.claims if r.value in (Mark.DONE, Mark.NOT) and r.indicators}
    for raw in said.claims:
        if raw.value is not Mark.ZERO or raw.indicators or raw.places not in marked:
            continue
        added = any(
            raw.span[0] <= t.start < raw.span[1] and _OF_PEOPLE.search(t.text) for t in tokens
        )
        figures = meant(raw) if added else ()
        raw.indicators = figures if len(figures) == 1 else ()


# ---- as it was -------------------------------------------------------------------------------------------


def _kept(said: Collected) -> None:
    """妇女之家3个，没新建: as it was, and how many that is."""
    whole = [r for r in said.claims if r.value is Mark.ZERO and not r.indicators]
    still = [r for r in said.claims if r.value is Mark.SAME and len(r.indicators) == 1]
    if whole and still and all(ledger.adds(one) for one in still[0].indicators):
        still[0].value = Mark.ZERO  # 执委没动静，报0
        said.claims.remove(whole[0])
    told = [
        (r.places, r.indicators) for r in said.claims if isinstance(r.value, int) and r.indicators
    ]
    for raw in [r for r in said.claims if r.value in (Mark.SAME, Mark.ZERO)]:
        total = raw.indicators and not any(ledger.adds(one) for one in raw.indicators)
        total = total and not (
            raw.value is Mark.ZERO and any("新" in i.name for i in raw.indicators)
        )
        counts = [r for r in said.claims if isinstance(r.value, int)]
        zero = any(
            r.value == 0 and r.places == raw.places and r.indicators in ((), raw.indicators)
            for r in counts
        )
        if raw.indicators and ((total and (raw.places, raw.indicators) in told) or zero):
            said.claims.remove(raw)


# ---- steps, places ---------------------------------------------------------------------------------------


def _furthest(said: Collected) -> None:
    """摸底、推荐都完成: the furthest step is the value; a doubtful one that is not beyond it does not matter."""
    steps = [raw for raw in said.claims if isinstance(raw.value, Step)]
    doubtful = {q.span for q in said.questions if q.ask is Ask.STEP}
    for places in {raw.places for raw in steps}:
        here = [raw for raw in steps if raw.places == places]
        sure = [raw for raw in here if raw.span not in doubtful] or here
        best = max(sure, key=_rank)
        for raw in here:
            if raw is best:
                continue
            if _rank(raw) > _rank(best):
                continue
            said.claims.remove(raw)
            said.questions = [
                q for q in said.questions if q.ask is not Ask.STEP or q.span != raw.span
            ]


def _rank(raw: Raw) -> int:
    name = raw.value.name if isinstance(raw.value, Step) else ""
    return max((i.steps.index(name) for i in raw.indicators if name in i.steps), default=-1)


def _places(said: Collected) -> None:
    """3个村完成：东山、林屯、宝岱: as many as were named."""
    named = [raw for raw in said.claims if raw.named]
    if len({raw.places for raw in named}) < 2:
        return
    asked = sorted(q.span[0] for q in said.questions if q.ask is Ask.PLACES)

    def told(question: Question) -> bool:
        until = min((at for at in asked if at > question.span[0]), default=1 << 30)
        behind = {raw.places for raw in named if question.span[0] < raw.span[0] < until}
        numbers = (str(len(behind)), str(len({raw.places for raw in named})))
        return question.codes[0] in numbers

    said.questions = [q for q in said.questions if q.ask is not Ask.PLACES or not told(q)]


# ---- what is left over -----------------------------------------------------------------------------------


def _others(said: Collected, tokens: list[Token]) -> None:
    """Numbers with a noun of their own (党员3名) are explained beside a figure of ours, else asked about."""
    counted = [r for r in said.claims if isinstance(r.value, int) and r.firm]
    marked = [
        r for r in said.claims if isinstance(r.value, Mark | Step) or not isinstance(r.value, int)
    ]
    known = {
        Kind.LABEL,
        Kind.PART,
        Kind.EXPECTED,
        Kind.PRESENT,
        Kind.ABSENT,
        Kind.PEOPLE,
        Kind.THING,
    }
    waits = [t for t in said.idle if report_said.names(t, report_said.COUNTED)]
    for token in said.others:
        if counted:
            if waits and token.kind is Kind.NUMBER:
                _ask(said, Ask.VALUE, (waits[0].start, waits[0].end))
            continue
        if parts.part_of_one(token, said.claims, tokens):
            continue
        before = [t for t in tokens if t.end <= token.start and t.kind is not Kind.FILLER]
        after = [t for t in tokens if t.start >= token.end]
        labelled = (before and before[-1].kind in known) or (after and after[0].kind in known)
        if marked and labelled:
            continue
        _ask(said, Ask.UNREAD, (token.start, token.end))
        if token.kind is Kind.NUMBER:
            raw = Raw((), (), token.number, named=False, span=(token.start, token.end), firm=False)
            said.void.append((raw, Ask.UNREAD))


def _void(said: Collected) -> None:
    numbers = [(raw, why) for raw, why in said.void if isinstance(raw.value, int)]
    if said.claims:
        bare = any(isinstance(r.value, int) and not r.firm for r in said.claims)
        for raw, why in numbers:
            if any(raw.value == one.value for one in said.claims):
                continue  # 上周报8名，这周还是8名
            other = why is Ask.REPORTED and _disputed(raw, said.claims)
            if other or (bare and why in (Ask.REPORTED, Ask.EARLIER)) or raw in said.carried:
                _ask(said, Ask.VALUES, raw.span)
        _questioned(said, numbers)
        for raw, why in said.void:
            if raw.value is Mark.DONE and raw in said.carried:
                _ask(said, why, raw.span)  # 按要求报送：会改联完成；新增执委10名
        if not said.questions:
            said.void.clear()
        return
    for raw, why in said.void:
        if _worth_asking(raw, why):
            _ask(said, why, raw.span)


def _questioned(said: Collected, numbers: list[tuple[Raw, Ask]]) -> None:
    """会改联完成，新增执委12个够不够: a number with a question behind it, and no other one told."""
    if any(isinstance(raw.value, int) for raw in said.claims):
        return
    for raw, why in numbers:
        if why is Ask.ASKED and raw.indicators and raw.value:
            _ask(said, why, raw.span)


def _disputed(raw: Raw, claims: list[Raw]) -> bool:
    """选了11个，也有说12个的: somebody says another number of what she counts."""
    return (
        any(
            isinstance(r.value, int)
            and r.value != raw.value
            and raw.counted
            and (not r.named or not raw.named or r.places == raw.places)
            for r in claims
        )
        and not raw.indicators
    )


def _worth_asking(raw: Raw, why: Ask) -> bool:
    match why:
        case Ask.NOT_DONE:
            return raw.value not in (Mark.SAME, Mark.ZERO)
        case Ask.REPORTED:
            return isinstance(raw.value, int) and bool(raw.indicators or raw.named)
        case Ask.EARLIER:
            return True
        case _:
            return False
