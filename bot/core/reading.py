"""What a report says: claims that may be recorded, and the questions that must be asked first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.core.model import Indicator
from bot.core.unitnames import Names, Place


class How(StrEnum):
    """How the sentence came to us; a number that was heard is always asked back."""

    TYPED = "typed"
    HEARD = "heard"


class Mark(StrEnum):
    """A value that is not a number."""

    DONE = "done"  # a completion
    NOT = "not"  # 没完成: a completion that is not yet
    ZERO = "zero"  # 零报告, 本周无新增: an explicit zero; a total keeps what it was
    SAME = "same"  # 跟上周一样, 没变化: as it was


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that was reached."""

    name: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """12 of 30."""

    part: int
    whole: int


Value: TypeAlias = int | Mark | Step | Ratio


@dataclass(frozen=True, slots=True)
class Claim:
    """One value. One unit key and one indicator code when settled; several are candidates to ask about.

    `indicators` is empty for a ZERO or SAME that names none: it holds for all that is hers.
    `named` tells that she named the unit; `span` is where in the folded text it was read.
    """

    units: tuple[str, ...]
    indicators: tuple[str, ...]
    value: Value
    named: bool
    span: tuple[int, int]


class Ask(StrEnum):
    """Why we must ask."""

    UNIT = "unit"  # which unit? several fit, none fits, or it is not in her scope
    INDICATOR = "indicator"  # which figure?
    VALUE = "value"  # a figure is named, no value
    APPROXIMATE = "approximate"  # 十来个, 基本完成
    VALUES = "values"  # several values for one figure, or 主席1副主席2执委11
    NOT_DONE = "not_done"  # 快了, 下礼拜搞, 还没完成, 计划12名
    ADDITION = "addition"  # 又选了3个: added to the last, or all in all?
    DIGITS = "digits"  # digits we cannot place
    UNREAD = "unread"  # words beside a value that we do not understand
    RANGE = "range"  # more than the figure can be
    HEARD = "heard"  # a number that was heard
    ASKED = "asked"  # she asks rather than tells
    INFERRED = "inferred"  # 选举会开了: is it done?
    MISSING = "missing"  # done, and how many?
    STEP = "step"  # 推荐12名: is that the step that was reached?
    PLACES = "places"  # 8个村: which?
    REPORTED = "reported"  # words of others
    EARLIER = "earlier"  # another period


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask; `span` is where in the folded text it arose, `codes` the indicators it is about.

    `again`: she spoke of what was there before (又建了1个, 累计3个).
    """

    ask: Ask
    span: tuple[int, int] = (0, 0)
    codes: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one sentence.

    `questions` must be answered before any claim is recorded; `follow_ups` (MISSING, INFERRED) are asked after.
    """

    claims: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()
    follow_ups: tuple[Question, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether the claims may be recorded as they stand (range and history are the caller's to judge)."""
        return bool(self.claims) and not self.questions

    @property
    def nothing(self) -> bool:
        """Whether the sentence is no report at all."""
        return not self.claims and not self.questions


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What may be spoken of: the campaign's indicators, her own unit, and every unit she may name.

    `names` holds hers (depth 0), those below, and those above (negative depth), which only say where hers is.
    `elsewhere` holds units that are not hers and whose names she may let fall: none of it is hers to report.
    `today` is the day on which she speaks, if that is known.
    """

    indicators: tuple[Indicator, ...]
    own: Place
    names: Names
    today: date | None = None
    elsewhere: Names | None = None
