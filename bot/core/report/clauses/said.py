"""What a sentence says, before it is settled which unit and which figure is meant; and the clauses it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, Question, Value
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind
from bot.core.unitnames import Place

COUNTED: Final = (IndicatorKind.COUNT,)
FINISHED: Final = (IndicatorKind.COMPLETION,)
SILENT: Final = (Kind.FILLER, Kind.EXPLAINED, Kind.OWN, Kind.PEOPLE)
NOUNS: Final = (Kind.LABEL, Kind.EXPECTED, Kind.PRESENT, Kind.ABSENT, Kind.RISKY)
VALUES: Final = (Kind.NUMBER, Kind.DONE, Kind.NOT_DONE, Kind.NONE, Kind.ZERO, Kind.SAME, Kind.APPROXIMATE)  # fmt: skip
_EDGE: Final = Token(Kind.BREAK, -9, -9, "")


class Sort(IntEnum):
    """How a number was said of its figure."""

    PLAIN = 0
    ADDED = 1  # 新增3名
    AGAIN = 2  # 又选了3名
    SO_FAR = 3  # 累计12名
    STOCK = 4  # 现有12名


@dataclass(slots=True)
class Raw:
    """A claim as it was said: candidates of units (empty: her own) and of indicators (empty: not named).

    `named`: the unit was named. `firm`: the figure was, or the deed (选了); else the number stood alone.
    `counted` is the word of counting, `deed` the word of adding; `summed`: 一共, 有 or 达到 stands before it.
    """

    places: tuple[Place, ...]
    indicators: tuple[Indicator, ...]
    value: Value
    named: bool
    span: tuple[int, int]
    sort: Sort = Sort.PLAIN
    firm: bool = True
    counted: str = ""
    deed: str = ""
    summed: bool = False


@dataclass(slots=True)
class Collected:
    """Everything one sentence says. `void`: claims that are planned, asked, quoted …, with the reason.

    `others`: numbers that belong to something else, explained only beside a figure of ours. `carried`: void
    only because words of others stand before. `idle`: named without a value.
    """

    claims: list[Raw] = field(default_factory=list)
    void: list[tuple[Raw, Ask]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    others: list[Token] = field(default_factory=list)
    idle: list[Token] = field(default_factory=list)
    carried: list[Raw] = field(default_factory=list)
    election: Token | None = None

    def ask(self, ask: Ask, token: Token) -> None:
        """Note a question about a token."""
        self.questions.append(Question(ask, (token.start, token.end)))


class Clause:
    """Tokens up to and with a break. `loud` are those with a meaning of their own."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.kinds = {token.kind for token in tokens}
        self.loud = [token for token in tokens if token.kind not in SILENT]
        ends = tokens[-1].kind is Kind.BREAK or tokens[-1].text == "?"
        self.end = tokens[-1].text if ends else ""

    def before(self, at: int) -> Token:
        """The loud token before number `at`; an empty one at the edge."""
        return self.loud[at - 1] if at else _EDGE

    def after(self, at: int, ahead: int = 1) -> Token:
        """The loud token behind number `at`; an empty one at the edge."""
        return self.loud[at + ahead] if at + ahead < len(self.loud) else _EDGE

    def has(self, *kinds: Kind) -> bool:
        """Whether a token of one of the kinds is in it."""
        return not self.kinds.isdisjoint(kinds)

    def content(self, *without: Kind) -> list[Token]:
        """The loud tokens but breaks and those kinds."""
        return [token for token in self.loud if token.kind not in (Kind.BREAK, *without)]

    def first(self, kind: Kind) -> Token:
        """The first token of a kind that is in it."""
        return next(token for token in self.tokens if token.kind is kind)


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Cut at commas, colons, brackets and stops; at 、 only behind a value (东山、林屯都是5个 is one)."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in _NOW and _of_another_week(found[-1]):
            found.append([])
        found[-1].append(token)
        if token.text == "?" or (token.kind is Kind.BREAK and not _goes_on(found[-1])):
            found.append([])
    return [Clause(clause) for clause in found if clause]


_NOW: Final = frozenset(
    str.split(
        "这周 本周 这次 本次 此次 这回 今次 这趟 这轮 本轮 这个礼拜 这礼拜 这个星期 这星期 今天 现在 如今 目前 这个月 本月"
    )
)


def _of_another_week(clause: list[Token]) -> bool:
    """上周执委5名这周再加2名: where what is said of this week begins."""
    kinds = {token.kind for token in clause}
    return Kind.EARLIER in kinds and Kind.NUMBER in kinds


def _goes_on(clause: list[Token]) -> bool:
    """Whether the clause is not at its end: 东山、林屯都是5个, 执委：12, 计划：执委12名."""
    said, sign = clause[:-1], clause[-1].text
    if any(token.kind in VALUES for token in said):
        return False
    quiet = (*SILENT, Kind.TEXT, Kind.BREAK, Kind.THING, Kind.MATTER)
    return sign == "、" or (sign == ":" and any(token.kind not in quiet for token in said))


def names(token: Token, kinds: tuple[IndicatorKind, ...]) -> bool:
    """Whether the token is the name of a figure of such a kind."""
    return token.kind is Kind.INDICATOR and any(one.kind in kinds for one in token.indicators)


def glued(left: Token, right: Token) -> bool:
    """Whether nothing stands between two tokens."""
    return left.end == right.start
