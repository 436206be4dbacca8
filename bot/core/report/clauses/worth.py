"""What a clause is worth: her report of how things stand, or a plan, a question, words of others, a doubt."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.model import Level
from bot.core.reading import Ask, Mark, Question, Step
from bot.core.report.clauses import kept as report_kept
from bot.core.report.clauses.said import FINISHED, Clause, Raw, names
from bot.core.report.clauses.walk import Walk
from bot.core.report.doubts import times, unknown
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_PRESENT: Final = re.compile(
    "了|已|当[天日晚场]|会上|现场|实际|最后|最终|结果|目前|现在|今[天日年早]|昨|刚|这[周次回个]|本[周月次]|再|又|早就"
)


_BARE: Final = frozenset(str.split("选 选举 推选 增选 推举"))
"""按要求选12名 is the order itself; 按要求选了12名 was done."""
_ELECTED: Final = re.compile("经[^,]{2,30}选举|选举产生")


def weigh(walk: Walk, claims_before: int, asked_before: int) -> None:
    """Keep what the clause claims, or set it aside with the reason; ask about what is doubtful in it."""
    clause, out = walk.here, walk.out
    fresh = out.claims[claims_before:]
    raised = out.questions[asked_before:]
    del out.questions[asked_before:]
    reason = _reason(walk, fresh)
    if reason is not None:
        if reason in (Ask.ASKED, Ask.REPORTED) and not out.claims:
            start = clause.tokens[0].start
            out.others = [t for t in out.others if t.start < start]
        _odd_beside(walk)
        times.left_out(walk, reason)
        times.still_to_come(walk, reason, fresh)
        out.void += [(raw, reason) for raw in fresh]
        del out.claims[claims_before:]
        walk.used, walk.lonely = True, None
        walk.waiting.clear()
        return
    out.questions += raised
    _doubts(walk, fresh)
    _left_without(walk, fresh)
    unknown.denied(walk, fresh)
    report_kept.weigh(walk, fresh)
    if fresh and not clause.has(Kind.HEDGE, Kind.UNSURE, Kind.RISKY):
        unknown.ask(walk, fresh)
    if fresh and walk.foreign is not None and not clause.has(Kind.OWN, Kind.UNIT):
        walk.ask(Ask.UNIT, walk.foreign)
    unnamed = bool(fresh) and not any(raw.named for raw in fresh)
    if unnamed and walk.lonely is not None and not clause.has(Kind.OWN):
        walk.ask(Ask.UNREAD, walk.lonely)
    walk.lonely = unknown.lonely(clause)


# ---- set aside -------------------------------------------------------------------------------------------


def _reason(walk: Walk, fresh: list[Raw]) -> Ask | None:
    """Why nothing of this clause may be taken for a report of how things stand."""
    clause = walk.here
    if _of_others(walk, fresh):
        return Ask.REPORTED
    if clause.has(Kind.ASKING):
        return _asking(walk, fresh)
    if clause.has(Kind.CONFIRM):
        alone = not clause.content(Kind.CONFIRM, Kind.CORRECTION)
        if (alone and walk.out.claims) or (fresh and not clause.has(Kind.PLAN, Kind.EARLIER)):
            walk.ask(Ask.ASKED, clause.first(Kind.CONFIRM))
        return Ask.ASKED
    if clause.has(Kind.BEHALF) and not (walk.units and walk.own is not Level.VILLAGE):
        walk.ask(Ask.UNIT, clause.first(Kind.BEHALF))
        return Ask.UNIT
    when = _another_time(walk, fresh)
    if when is not None:
        return when
    relayed = _relayed(walk) or times.called_up(walk, fresh)
    if clause.has(Kind.FOREIGN) and not (relayed and _only_they(clause)):
        walk.foreign = clause.first(Kind.FOREIGN)
        theirs = walk.own is not Level.VILLAGE and (
            bool(walk.headed) or clause.has(Kind.DONE, Kind.ZERO, Kind.SAME)
        )
        mended = clause.has(Kind.CORRECTION) and clause.has(Kind.NUMBER)  # 隔壁村说错了是13
        if fresh or theirs or mended or clause.has(Kind.APPROXIMATE, Kind.ODD, Kind.INDICATOR):
            walk.ask(Ask.UNIT, clause.first(Kind.FOREIGN))
        return Ask.UNIT
    return None


def _another_time(walk: Walk, fresh: list[Raw]) -> Ask | None:
    """下周开会，选12名: a plan or a past that was spoken of before goes on, until she comes back to the present."""
    clause = walk.here
    if clause.has(Kind.PLAN):
        return times.planned(walk, fresh)
    if clause.has(Kind.EARLIER):
        return times.past(walk, fresh)
    walk.ordered = walk.ordered or clause.has(Kind.ORDER)
    said = walk.text[clause.tokens[0].start : clause.tokens[-1].end]
    if not walk.conditional and (_PRESENT.search(said) or _ELECTED.search(said)):
        walk.planned = walk.ordered = walk.earlier = False
    if clause.has(Kind.OWN, Kind.UNIT):
        walk.ordered = False
    numbers = (int, Step) if walk.conditional else int  # 如果顺利，已经备案了
    if not any(isinstance(raw.value, numbers) or raw.value is Mark.DONE for raw in fresh):
        return None
    numbers_of = [raw for raw in fresh if isinstance(raw.value, int)]
    deeds = [raw for raw in numbers_of if raw.deed not in _BARE and (raw.deed or raw.sort)]
    if walk.ordered and deeds:
        walk.ordered = False  # 按5号文件，执委补选了6名
    if not (walk.planned or walk.ordered or walk.earlier):
        return None
    walk.out.carried += [raw for raw in fresh if isinstance(raw.value, int | Mark)]
    return Ask.EARLIER if walk.earlier else Ask.NOT_DONE


def _of_others(walk: Walk, fresh: list[Raw]) -> bool:
    """王主席说…, 【转发】…: words of others, to the end of the sentence or of all."""
    clause = walk.here
    if _relayed(walk):
        return walk.quoted
    walk.quoted = walk.quoted or clause.has(Kind.QUOTED)
    if clause.has(Kind.OWN) and not clause.has(Kind.REPORTED) and not walk.cited:
        walk.reported = False
    if clause.has(Kind.REPORTED):
        last, last_said = clause.content()[-1], clause.first(Kind.REPORTED)
        colon = any(t.text == ":" for t in clause.tokens if t.start >= last_said.end)
        walk.cited = walk.cited or colon
        walk.reported = walk.reported or colon or last.kind is Kind.REPORTED
    if fresh and not clause.has(Kind.QUOTED, Kind.REPORTED) and (walk.quoted or walk.reported):
        walk.out.carried += [raw for raw in fresh if isinstance(raw.value, int)]
    return walk.quoted or walk.reported or clause.has(Kind.REPORTED)


_THEY: Final = frozenset(str.split("她们 他们 她们村 他们村 人家"))


def _relayed(walk: Walk) -> bool:
    """富美村主席打电话说…, by an office: a report for the unit that is named, which is asked about anyway."""
    below = any(place.depth > 0 for places in walk.units for place in places)
    spoken_of = walk.here.has(Kind.UNIT) or not walk.used
    return walk.own is not Level.VILLAGE and spoken_of and below


def _only_they(clause: Clause) -> bool:
    return all(token.text in _THEY for token in clause.tokens if token.kind is Kind.FOREIGN)


_OF_ANOTHER: Final = frozenset(str.split("什么 怎么 啥 谁 哪里 哪个 哪些 几时 何时 如何"))
"""还要报什么吗: she asks something else."""


def _asking(walk: Walk, fresh: list[Raw]) -> Ask:
    """A question is no report; one that only doubts what it says (完成了吗, 12名？) is asked back."""
    clause = walk.here
    words = {t.text for t in clause.tokens if t.kind is Kind.ASKING}
    finished = any(raw.value is Mark.DONE for raw in fresh)
    alone = not clause.content(Kind.ASKING, Kind.CONFIRM, Kind.CORRECTION)
    alone = alone and words.isdisjoint(_OF_ANOTHER)
    finished = finished or bool(walk.out.claims)  # 会改联完成。新增执委12名吗
    doubts = words <= {"?"} or (finished and words <= {"吗", "么", "?"}) or (alone and not fresh)
    named = clause.has(Kind.UNIT) and walk.own is not Level.VILLAGE
    if named and (
        any(w.endswith("还是") for w in words) or (words <= {"?"} and not fresh and walk.out.claims)
    ):
        walk.ask(Ask.ASKED, clause.first(Kind.ASKING))  # 富美12还是13，念山9; 富美12，念山？
    if fresh and clause.has(Kind.UNSURE):  # 11还是12记不清了
        walk.ask(Ask.APPROXIMATE, clause.first(Kind.UNSURE))
    kept = bool(fresh) and all(raw.value is Mark.SAME for raw in fresh)
    if doubts and not kept and (fresh or (alone and walk.out.claims)) and not clause.has(Kind.PLAN):
        walk.ask(Ask.ASKED, clause.first(Kind.ASKING))
    return Ask.ASKED


def _odd_beside(walk: Walk) -> None:
    """1，谁没签收 1,100: digits with no single value beside a claim, though in a clause that is set aside."""
    for token in walk.here.tokens if walk.out.claims else ():
        if token.kind is Kind.ODD:
            walk.ask(Ask.DIGITS, token)


# ---- doubts ----------------------------------------------------------------------------------------------


_PLACE: Final = re.compile("[个行村社乡镇街]")


def _doubts(walk: Walk, fresh: list[Raw]) -> None:
    """Ask about hedges, odd digits, other numbers of units and words that make another thing of a value."""
    clause, out = walk.here, walk.out
    parts = not fresh and (walk.part or clause.has(Kind.PART, Kind.LABEL))
    risky = (
        fresh or walk.waiting or clause.has(Kind.STEP) or (out.claims and clause.has(Kind.NUMBER))
    )
    only = {Kind.RISKY, Kind.FILLER, Kind.BREAK}
    risky = risky or bool(out.claims and clause.kinds <= only)  # 执委12名，候选人
    counts = [raw for raw in out.claims if raw.value is not Mark.DONE]
    none = bool(counts) and all(raw.value in _KEPT for raw in counts)
    risky = risky and not none  # 没有新增，都是老的
    for token in clause.tokens:
        match token.kind:
            case Kind.APPROXIMATE if not parts:
                walk.ask(Ask.APPROXIMATE, token)
            case Kind.PERCENT if not (parts or _within(token, fresh)):
                walk.ask(Ask.DIGITS, token)
            case Kind.ODD | Kind.RATIO:
                walk.ask(Ask.DIGITS, token)
            case Kind.UNSURE:
                _hedge(walk, token)
            case Kind.HEDGE if (fresh or not clause.has(Kind.TEXT)) and not _of_time(clause, token):
                _hedge(walk, token)
            case Kind.RISKY if risky and not times.as_before(walk, token):
                walk.ask(Ask.UNREAD, token)
            case Kind.PLACES:
                number = numerals.value(_PLACE.split(token.text)[0].strip())
                out.questions.append(Question(Ask.PLACES, (token.start, token.end), (str(number),)))
            case Kind.CHANGED:
                _changed(walk, token, fresh)
            case _:
                pass


def _changed(walk: Walk, token: Token, fresh: list[Raw]) -> None:
    """会改联没变化但执委变了: how many are there now?"""
    if fresh:
        walk.ask(Ask.VALUE, token)
    else:
        walk.out.idle.append(token)


_KEPT: Final = (Mark.ZERO, Mark.SAME, 0)
ABOUT: Final = frozenset(str.split("大概 大约 差不多 约 约莫 将近 估计"))
"""Hedges that are only about the word behind them if that is a time or a number of something else."""


_CLOCK: Final = re.compile("[点时钟岁]")


def is_time(token: Token) -> bool:
    """三点多, 80块, 八十号人."""
    clock = token.kind is Kind.EXPLAINED and _CLOCK.search(token.text) is not None
    return clock or token.kind in (Kind.THING, Kind.LABEL)


def _of_time(clause: Clause, hedge: Token) -> bool:
    """大概三点多散的会: what is guessed is the time."""
    return hedge.text in ABOUT and any(t.start == hedge.end and is_time(t) for t in clause.tokens)


def _within(token: Token, fresh: list[Raw]) -> bool:
    """会改联100%: the percentage is the value itself."""
    return any(raw.span[0] < token.end <= raw.span[1] for raw in fresh)


_TOPIC: Final = re.compile(
    "(?:的|工作|情况|这块|这边|方面|事|这项|这事|这里|数据?|上报|报|汇报|如下|在|了解)*"
)


def _said_of_it(clause: Clause, figure: Token) -> bool:
    """改联得咗，执委9个: small words behind a figure may be its value; 会改联的情况，执委9个 is a head."""
    behind = [t for t in clause.tokens if t.start >= figure.end and t.kind is not Kind.BREAK]
    said = "".join(t.text for t in behind).strip()
    small = bool(behind) and all(t.kind in (Kind.FILLER, Kind.PART) for t in behind)
    return small and clause.end in ("", *",。;!\n") and _TOPIC.fullmatch(said) is None


def _left_without(walk: Walk, fresh: list[Raw]) -> None:
    """会改联弄罢了，执委7: a figure with words we do not know for its value; 9名执委到会: of whom is it said?"""
    clause = walk.here
    for token in walk.waiting:
        here = token.start >= clause.tokens[0].start and names(token, FINISHED)
        if here and not fresh and _said_of_it(clause, token):
            walk.ask(Ask.VALUE, token)
        if here and any(t.kind is Kind.TEXT and t.start >= token.end for t in clause.tokens):
            walk.ask(Ask.VALUE, token)
    counted = any(isinstance(raw.value, int) and raw.indicators for raw in fresh)
    if counted and clause.has(Kind.PRESENT, Kind.ABSENT):
        walk.ask(
            Ask.UNREAD, clause.first(Kind.PRESENT if clause.has(Kind.PRESENT) else Kind.ABSENT)
        )


def _hedge(walk: Walk, hedge: Token) -> None:
    """The question about a hedge holds the number beside it; 应该是11 after 写错了 is none."""
    if walk.corrected and hedge.text.startswith(("应该", "应当")):
        return
    near = [
        t
        for t in walk.here.tokens
        if t.kind is Kind.NUMBER and t.start - hedge.end <= 2 and hedge.start - t.end <= 2
    ]
    start = min([hedge.start, *(t.start for t in near)])
    end = max([hedge.end, *(t.end for t in near)])
    walk.out.questions.append(Question(Ask.APPROXIMATE, (start, end)))
