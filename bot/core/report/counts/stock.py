"""The new ones, and all there are: 新增3名，累计15名; 原有5名新增8名共13名; 现在执委13名 alone is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest
from typing import Final

from bot.core import ledger
from bot.core.model import Indicator
from bot.core.reading import Ask, Mark, Question
from bot.core.report.clauses.said import Collected, Raw, Sort
from bot.core.report.counts import parts as report_parts
from bot.core.report.counts import so_far
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

Meant = Callable[[Raw], tuple[Indicator, ...]]

_DEEDS: Final = frozenset({Kind.ADD, Kind.AGAIN, Kind.ELECTION, Kind.DONE})
_IN_ALL: Final = frozenset(
    str.split(
        "一共 总共 共有 共计 总计 合计 拢共 拢总 统共 通共 总数 总人数 总量 一总 加起来 合起来"
    )
)
_MENDED: Final = frozenset({Kind.CORRECTION, Kind.VOID})
_SUMS: Final = _IN_ALL | {"共"}
"""共 without 执委 leads to any number."""
_STATE: Final = re.compile("有|共|一起|合计|总|截[至止]|到(?:目前|现在|今天)|至今|加起来|合起来")
_ALL: Final = re.compile("全(?:村|社区|乡|镇)")
_SPREAD: Final = re.compile("每|各")
"""What tells of 执委 how many they are, and not how many were chosen: 村里有执委15名, 执委共15名, 全村执委15名."""
_NOW: Final = frozenset(str.split("现在 目前 如今 眼下 眼前 当下 现 今 此刻 这会儿 现时"))
_TOLD: Final = re.compile("[报汇说填补发]|告诉|更正|应|改(?!联)")
_AFTER: Final = re.compile("[后完毕]|[之以]后")
"""增补后一共14名: not all of them are new."""
_END: Final = Token(Kind.BREAK, 0, 0, "")
_THAN: Final = re.compile(
    "比(?:上|前|原|以前|之前|去年|往|换届).{0,6}?(?:多|少|增|减|扩)[了加出]?[0-9一二两三四五六七八九十]"
)
_THIS: Final = re.compile("[本这今此][个一]?(?:周|次|期|月|回|轮|年|礼拜|星期|天)")


def weigh(said: Collected, tokens: Sequence[Token], meant: Meant) -> None:
    """Keep the new ones where both are said; where only one is, an increment is what was added, a total what there is."""
    _summed(said, tokens)
    _beside(said, tokens, meant)
    told = {r.span: _words(said, r, tokens) for r in _numbers(said)}
    whole = {r.span for r in _numbers(said) if _all_there_are(r, told[r.span])}
    so_far.weigh(said, meant, whole)
    _alone(said, tokens, meant)


# ---- what is said of a number ----------------------------------------------------------------------------


def _words(said: Collected, raw: Raw, tokens: Sequence[Token]) -> list[Token]:
    """What stands before a number since the one before it and since the break, with the figure that it is of."""
    since = max((r.span[1] for r in said.claims if r.span[1] <= raw.span[0]), default=0)
    before = [t for t in tokens if since <= t.start < raw.span[0]]
    head = next((t for t in reversed(before) if t.kind is Kind.INDICATOR), None)
    last = max((n for n, t in enumerate(before) if t.kind is Kind.BREAK), default=-1)
    here = before[last + 1 :]
    behind = [
        t
        for t in tokens
        if t.start == raw.span[1] and (t.kind is Kind.INDICATOR or t.text.startswith("新"))
    ]
    return [*([head] if head is not None and head not in here else []), *here, *behind]


def _new(words: Sequence[Token]) -> bool:
    """Whether it is said that they are new: 新增执委, 选了, 新执委."""
    return any(
        (t.kind in (Kind.ADD, Kind.AGAIN) and not _AFTER.match(after.text))
        or (t.text == "新" and after.kind in (Kind.INDICATOR, Kind.BREAK))
        or t.text == "新的"
        or (t.kind is Kind.INDICATOR and "新" in t.text and not _AFTER.match(after.text))
        for t, after in zip_longest(words, words[1:], fillvalue=_END)
    )


def _now(words: Sequence[Token]) -> bool:
    """现在执委, 执委目前是: as things stand; 现在补报执委 is not."""
    at = next((n for n, t in enumerate(words) if t.text in _NOW), -1)
    between = "".join(t.text for t in words[at + 1 :] if t.kind is not Kind.INDICATOR)
    return at >= 0 and _TOLD.search(between) is None


def _all_there_are(raw: Raw, words: Sequence[Token]) -> bool:
    if raw.sort in (Sort.SO_FAR, Sort.STOCK):
        return True
    plain = raw.sort is Sort.PLAIN or (raw.sort is Sort.ADDED and not _new(words))
    return plain and (_now(words) or any(t.text in _SUMS for t in words))


def _once(words: Sequence[Token]) -> bool:
    """原有5名: as many as there were."""
    return any(t.kind is Kind.STOCK and "原" in t.text for t in words)


def _same(one: Raw, other: Raw) -> bool:
    both = one.indicators and other.indicators
    return one.places == other.places and (not both or one.indicators == other.indicators)


def _ask(said: Collected, ask: Ask, span: tuple[int, int]) -> None:
    said.questions.append(Question(ask, span))


def _fresh(figures: tuple[Indicator, ...]) -> bool:
    return any("新" in one.name for one in figures)


def _numbers(said: Collected) -> list[Raw]:
    return [r for r in said.claims if isinstance(r.value, int)]


# ---- sums ------------------------------------------------------------------------------------------------


def _summed(said: Collected, tokens: Sequence[Token]) -> None:
    """上午选了5名，下午选了4名，一共9名: of her own unit the sum alone is the value."""
    told = _numbers(said)
    if len(told) < 3 or any(not so_far.same_figure(r, told[-1]) for r in told):  # two and their sum
        return
    *parts, last = told
    words = _words(said, last, tokens)
    if not any(t.text in _SUMS for t in words) or any(
        _once(_words(said, r, tokens)) for r in parts
    ):
        return
    if sum(r.value for r in parts if isinstance(r.value, int)) != last.value:
        return
    last.indicators = last.indicators or parts[-1].indicators
    last.sort, last.deed = Sort.ADDED, last.deed or parts[-1].deed
    spans = {r.span for r in told}
    said.claims = [r for r in said.claims if r not in parts]
    said.questions = [q for q in said.questions if q.span not in spans]


# ---- beside the new ones ---------------------------------------------------------------------------------


def _beside(said: Collected, tokens: Sequence[Token], meant: Meant) -> None:
    """新增3名，累计15名; 原有5名新增8名共13名: what was there and all there are explain what is new."""
    if len(_numbers(said)) < 2:
        return
    told = {id(r): _words(said, r, tokens) for r in _numbers(said)}
    for new in _numbers(said):
        figures = new.indicators or meant(new)
        said_new = _new(told[id(new)]) or _THIS.search("".join(t.text for t in told[id(new)]))
        if new.sort in (Sort.AGAIN, Sort.SO_FAR, Sort.STOCK) or not said_new:
            continue
        if not (_fresh(figures) or any(ledger.adds(i) for i in figures)):
            continue
        rest = [r for r in _numbers(said) if r is not new and so_far.same_figure(r, new)]
        once = [r for r in rest if _once(told[id(r)])]
        before = [r for r, why in said.void if why is Ask.EARLIER and so_far.same_figure(r, new)]
        whole = [
            r
            for r in rest
            if r not in once
            and (_all_there_are(r, told[id(r)]) or _within(r, new, tokens))
            and not _new(told[id(r)])
        ]
        if not (once or whole) or len(once) + len(whole) < len(rest):
            continue
        for raw in [*once, *whole]:
            said.claims.remove(raw)
            gone = (Ask.UNREAD, Ask.INDICATOR)
            said.questions = [q for q in said.questions if q.ask not in gone or q.span != raw.span]
        old = [t for t in said.others if _old(tokens, t)]
        if old:
            kept = {
                (t.start, t.end) for t in tokens if t.kind is Kind.RISKY and _OLD.search(t.text)
            }
            said.questions = [q for q in said.questions if q.span not in kept]
        beside = [t for t in said.others if t not in old]
        others = any(report_parts.adds_up(r, [new], beside) for r in whole)
        if others or not _fits(new, [*once, *before], whole):
            _ask(said, Ask.VALUES, (whole or once)[0].span)
        return


def _within(whole: Raw, new: Raw, tokens: Sequence[Token]) -> bool:
    """执委15人（新增9人）, 执委15人，其中新增9人."""
    between = "".join(t.text for t in tokens if whole.span[1] <= t.start < new.span[0])
    told = between.startswith("(") or _AMONG.match(between) is not None
    return told and report_parts.more(whole, new)


_AMONG: Final = re.compile(
    "(?:[,。;\\s]|执委)*(?:其中|里面|里头|当中)(?:有)?(?:新增|新选|新当选|增选)"
)


_OLD: Final = re.compile("[老原旧]|上届|[连留]任")


def _old(tokens: Sequence[Token], number: Token) -> bool:
    """老执委5名: a number of those who were there before."""
    before = [t.text for t in tokens if t.end <= number.start]
    return _OLD.search("".join(before[-2:])) is not None


def _fits(new: Raw, once: Sequence[Raw], whole: Sequence[Raw]) -> bool:
    """Whether the new ones are a part of all there are, and the rest of them were there before."""
    before = once[0].value if len(once) == 1 else None
    for raw in whole:
        if not isinstance(raw.value, int) or not isinstance(new.value, int):
            return False
        if raw.value < new.value or (isinstance(before, int) and raw.value != before + new.value):
            return False
    return all(a.value == b.value for a, b in pairwise(whole))


# ---- alone -----------------------------------------------------------------------------------------------


def _alone(said: Collected, tokens: Sequence[Token], meant: Meant) -> None:
    """现在执委13名, 执委一共13名: how many of them are new? 会改联完成，执委一共13名 are those who were elected."""
    for raw in _numbers(said):
        words = _words(said, raw, tokens)
        if not _fresh(raw.indicators or meant(raw)) or _new(words) or raw.value == 0:
            continue
        named = any(t.kind is Kind.INDICATOR for t in words)
        if _listed(said, raw, tokens):
            continue
        if not named and any(t.kind in _MENDED and t.end <= raw.span[0] for t in tokens):
            continue  # 更正，现在是12名
        if any(r.value in (Mark.ZERO, Mark.SAME, 0) and _same(r, raw) for r in said.claims):
            continue
        whole = raw.sort in (Sort.PLAIN, Sort.ADDED) and not _chosen(tokens)
        whole = whole and (any(t.text in _IN_ALL for t in words) or _state(raw, words, tokens))
        counted = any(t.text in _SUMS for t in words)
        whole = whole or (counted and _THAN.search("".join(t.text for t in tokens)) is not None)
        asked = any(q.span == raw.span for q in said.questions)
        if not asked and (
            whole or raw.sort is Sort.SO_FAR or (raw.sort is Sort.PLAIN and _now(words))
        ):
            _ask(said, Ask.UNREAD, raw.span)


def _listed(said: Collected, raw: Raw, tokens: Sequence[Token]) -> bool:
    """富美有8个新执委，念山有9个: whether the unit before it told of new ones, and its own clause names no figure."""
    before = [r for r in said.claims if r.named and r.span < raw.span and r.places != raw.places]
    if not before or not raw.named:
        return False
    stops = [t.start for t in tokens if t.kind is Kind.BREAK and t.start < raw.span[0]]
    since = max(stops, default=0)
    figures = [t for t in tokens if t.kind is Kind.INDICATOR and since < t.start < raw.span[0]]
    here = [t.text for t in tokens if since < t.start < raw.span[0] and t.kind is Kind.FILLER]
    new = before[-1].value is Mark.ZERO or _new(_words(said, before[-1], tokens))
    return new and not figures and set(here) <= {"有", "也", "也有", "就", "则"}


def _chosen(tokens: Sequence[Token]) -> bool:
    """Whether it is said anywhere that some were elected or added."""
    return any(
        (t.kind in _DEEDS or (t.kind is Kind.INDICATOR and "新" in t.text))
        and not (t.kind in (Kind.ADD, Kind.INDICATOR) and _AFTER.match(after.text))
        for t, after in zip_longest(tokens, tokens[1:], fillvalue=_END)
    )


def _state(raw: Raw, words: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """我村有执委15名, 执委15名了."""
    named = [t for t in words if t.kind is Kind.INDICATOR]
    end = max([raw.span[1], *(t.end for t in named)])
    so_many = any(t.start == end and t.text.startswith("了") for t in tokens)
    before = [t for t in tokens if t.start < raw.span[0]]
    if any(t.kind in _MENDED or _SPREAD.search(t.text) for t in before):
        return False  # 执委6名有误，应为9名; 每组2名，共12名执委
    told = "".join(" " if t.kind is Kind.INDICATOR else t.text for t in words)
    whole = _ALL.search("".join(t.text for t in words))
    return bool(named) and (so_many or (_STATE.search(told) or whole) is not None)
