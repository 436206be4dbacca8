"""Tokens → what is claimed of whom, clause by clause, before it is settled which unit and which figure is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from bot.core import numerals, report_steps
from bot.core.model import Indicator, IndicatorKind, Level
from bot.core.reading import Ask, Mark, Question, Step, Value
from bot.core.report_tokens import Token
from bot.core.report_vocabulary import DANGEROUS, Kind
from bot.core.unitnames import Place

COUNTED: Final = (IndicatorKind.COUNT,)
FINISHED: Final = (IndicatorKind.COMPLETION,)


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


@dataclass(slots=True)
class Collected:
    """Everything one sentence says. `void`: claims that are planned, asked, quoted …, with the reason.

    `others`: numbers that belong to something else, explained only beside a figure of ours.
    """

    claims: list[Raw] = field(default_factory=list)
    void: list[tuple[Raw, Ask]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    others: list[Token] = field(default_factory=list)
    idle: list[Token] = field(default_factory=list)
    election: Token | None = None
    carried: list[Raw] = field(default_factory=list)


_SILENT: Final = (Kind.FILLER, Kind.EXPLAINED, Kind.OWN, Kind.PEOPLE)
_NOUNS: Final = (Kind.LABEL, Kind.EXPECTED, Kind.PRESENT, Kind.ABSENT, Kind.RISKY)
_VALUES: Final = (Kind.NUMBER, Kind.DONE, Kind.NOT_DONE, Kind.NONE, Kind.ZERO, Kind.SAME, Kind.APPROXIMATE)  # fmt: skip
_HARD: Final = "。;!\n"


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at commas, colons, brackets and stops; at 、 only behind a value (东山、林屯都是5个 is one)."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        found[-1].append(token)
        if token.kind is not Kind.BREAK:
            continue
        if token.text == "、" and not any(t.kind in _VALUES for t in found[-1]):
            continue
        found.append([])
    return [clause for clause in found if clause]


def collect(text: str, tokens: Sequence[Token], own: Level) -> Collected:
    """Walk the sentence; `own` is the level of the speaker's unit."""
    walk = _Walk(text, own)
    for clause in clauses(tokens):
        walk.clause(clause)
    walk.close()
    return walk.out


class _Walk:
    """What is remembered from left to right: of whom she speaks, which figure waits for its value."""

    def __init__(self, text: str, own: Level) -> None:
        self.text = text
        self.own = own
        self.out = Collected()
        self.units: list[tuple[Place, ...]] = []
        self.unit_tokens: list[Token] = []
        self.used = True
        self.waiting: list[Token] = []
        self.mending = False
        self.corrected = False
        self.base: int | None = None
        self.here: list[Token] = []
        self.part = False
        self.each = False
        self.quoted = False
        self.reported = False
        self.sort = Sort.PLAIN
        self.deed = ""
        self.headed: list[Raw] = []
        self.lonely: Token | None = None
        self.skip: set[int] = set()

    # ---- clauses -----------------------------------------------------------------------------------------

    def clause(self, clause: list[Token]) -> None:
        """One clause, up to and with its break."""
        kinds = {token.kind for token in clause}
        before = len(self.out.claims)
        asked = len(self.out.questions)
        self.here = clause
        self.each = Kind.EACH in kinds
        self.sort = self.sort if clause[0].kind is Kind.BREAK else Sort.PLAIN
        self._own(clause, kinds)
        loud = [token for token in clause if token.kind not in _SILENT]
        self.skip = set()
        for at, token in enumerate(loud):
            if at not in self.skip:
                self._token(loud, at)
        self._judge(clause, kinds, before, asked)
        self._end(clause)

    def _end(self, clause: list[Token]) -> None:
        last = clause[-1].text if clause[-1].kind is Kind.BREAK else ""
        if last != ":" and not (last in "(" and last):
            self.sort = Sort.PLAIN
        if last and last in _HARD:
            self._headed_units()
            self.part = self.reported = False
            self.headed = []
        if last and last in "。;!":
            self.out.idle += self.waiting
            self.waiting.clear()
        if last == ")":
            self.part = False

    def _own(self, clause: list[Token], kinds: set[Kind]) -> None:
        """我村 after another unit means hers again; said by somebody who is no village it is a riddle."""
        if Kind.UNIT in kinds:
            return
        for token in clause:
            if token.kind is not Kind.OWN or not self.used:
                continue
            if token.text.startswith("全") and self.own is not Level.VILLAGE:
                self.ask(Ask.UNIT, token)
            if _fits(token.text, self.own):
                self.units, self.unit_tokens = [], []
            elif not self.units:
                self.ask(Ask.UNIT, token)

    def ask(self, ask: Ask, token: Token) -> None:
        """Note a question about a token."""
        self.out.questions.append(Question(ask, (token.start, token.end)))

    # ---- what a clause is worth --------------------------------------------------------------------------

    def _judge(self, clause: list[Token], kinds: set[Kind], before: int, asked: int) -> None:
        fresh = self.out.claims[before:]
        raised = self.out.questions[asked:]
        del self.out.questions[asked:]
        reason = self._reason(clause, kinds, fresh)
        if reason is None:
            self.out.questions += raised
        else:
            self._left_out(clause, kinds, reason)
            self.out.void += [(raw, reason) for raw in fresh]
            del self.out.claims[before:]
            self.used = True
            self.waiting.clear()
            self.lonely = None
            return
        tail = self._doubts(clause, kinds, fresh)
        self._words(clause, fresh, tail)
        if fresh and self.lonely is not None and not any(raw.named for raw in fresh):
            if Kind.OWN not in kinds:
                self.ask(Ask.UNREAD, self.lonely)
        self.lonely = _lonely(clause)

    def _reason(self, clause: list[Token], kinds: set[Kind], fresh: list[Raw]) -> Ask | None:
        """Why nothing of this clause may be taken for a report of how things stand."""
        content = [t for t in clause if t.kind not in (*_SILENT, Kind.BREAK)]
        if Kind.QUOTED in kinds:
            self.quoted = True
        if Kind.REPORTED in kinds:
            last = clause[-1].text if clause[-1].kind is Kind.BREAK else ""
            self.reported = self.reported or last == ":" or content[-1].kind is Kind.REPORTED
        if self.quoted or self.reported or Kind.REPORTED in kinds:
            if fresh and not kinds & {Kind.QUOTED, Kind.REPORTED}:
                self.out.carried += [raw for raw in fresh if isinstance(raw.value, int)]
            return Ask.REPORTED
        if Kind.ASKING in kinds:
            return self._asking(clause, fresh)
        if Kind.CONFIRM in kinds:
            alone = all(t.kind in (Kind.CONFIRM, Kind.CORRECTION) for t in content)
            token = next(t for t in clause if t.kind is Kind.CONFIRM)
            if (alone and self.out.claims) or (fresh and Kind.PLAN not in kinds):
                self.ask(Ask.ASKED, token)
            return Ask.ASKED
        if Kind.PLAN in kinds:
            return None if self._paperwork(clause) else Ask.NOT_DONE
        if Kind.EARLIER in kinds:
            return Ask.EARLIER
        if Kind.BEHALF in kinds:
            self.ask(Ask.UNIT, next(t for t in clause if t.kind is Kind.BEHALF))
            return Ask.UNIT
        if Kind.FOREIGN in kinds:
            token = next(t for t in clause if t.kind is Kind.FOREIGN)
            if fresh or kinds & {Kind.APPROXIMATE, Kind.ODD, Kind.INDICATOR}:
                self.ask(Ask.UNIT, token)
            return Ask.UNIT
        return None

    def _left_out(self, clause: list[Token], kinds: set[Kind], reason: Ask) -> None:
        """（含3名上届）, 加上昨天报的3名: what is left out changes what was said before it."""
        numbers = [t for t in clause if t.kind is Kind.NUMBER]
        last = next((r for r in reversed(self.out.claims) if isinstance(r.value, int)), None)
        changes = reason is Ask.EARLIER and kinds & {Kind.PART, Kind.RISKY}
        if not (changes and numbers and last is not None and isinstance(last.value, int)):
            return
        self.ask(Ask.VALUES, numbers[0])
        sign = -1 if Kind.PART in kinds else 1
        value = last.value + sign * numbers[0].number
        self.out.void.append((replace(last, value=value), Ask.VALUES))

    def _asking(self, clause: list[Token], fresh: list[Raw]) -> Ask:
        """A question is no report; one that only doubts what it says (完成了吗, 12名？) is asked back."""
        words = {t.text for t in clause if t.kind is Kind.ASKING}
        content = [t for t in clause if t.kind not in (*_SILENT, Kind.BREAK, Kind.ASKING)]
        doubts = words <= {"?"} or (
            words <= {"吗", "么", "?"} and any(r.value is Mark.DONE for r in fresh)
        )
        token = next(t for t in clause if t.kind is Kind.ASKING)
        only = all(t.kind in (Kind.CORRECTION, Kind.CONFIRM) for t in content)
        if (
            doubts
            and (fresh or (only and self.out.claims))
            and Kind.PLAN not in {t.kind for t in clause}
        ):
            self.ask(Ask.ASKED, token)
        return Ask.ASKED

    @staticmethod
    def _paperwork(clause: list[Token]) -> bool:
        """新增执委12名 8.1前上墙: what is planned is only to show it."""
        plans = [n for n, t in enumerate(clause) if t.kind is Kind.PLAN]
        numbers = [n for n, t in enumerate(clause) if t.kind is Kind.NUMBER]
        behind = clause[plans[0] + 1 :]
        shown = any(re.search("上墙|公示|公布|报送|附|交|发", t.text) for t in behind)
        return (
            bool(numbers)
            and max(numbers) < plans[0]
            and shown
            and clause[plans[0]].text[-1] == "前"
        )

    def _doubts(self, clause: list[Token], kinds: set[Kind], fresh: list[Raw]) -> bool:
        """Ask about hedges, odd digits and risky words; True when the tail of the clause is asked about."""
        parts = self.part or Kind.PART in kinds or bool(kinds & {Kind.LABEL})
        for token in clause:
            match token.kind:
                case Kind.APPROXIMATE if not (parts and not fresh):
                    self.ask(Ask.APPROXIMATE, token)
                case Kind.PERCENT if not (parts and not fresh):
                    self.ask(Ask.DIGITS, token)
                case Kind.ODD | Kind.RATIO:
                    self.ask(Ask.DIGITS, token)
                case Kind.HEDGE if fresh or Kind.TEXT not in kinds:
                    if not (self.corrected and token.text.startswith(("应该", "应当"))):
                        self._hedge(clause, token)
                case Kind.RISKY if (
                    fresh
                    or self.waiting
                    or Kind.STEP in kinds
                    or (self.out.claims and Kind.NUMBER in kinds)
                ):
                    self.ask(Ask.UNREAD, token)
                case Kind.PLACES:
                    number = str(
                        numerals.value(re.split("个|行|村|社|乡|镇|街", token.text)[0].strip())
                    )
                    span = (token.start, token.end)
                    self.out.questions.append(Question(Ask.PLACES, span, (number,)))
                case Kind.CHANGED if not fresh:
                    self.out.idle.append(token)
                case _:
                    continue
        return bool(kinds & {Kind.HEDGE, Kind.RISKY})

    def _hedge(self, clause: list[Token], hedge: Token) -> None:
        """The question about a hedge holds the number beside it."""
        near = [
            t
            for t in clause
            if t.kind is Kind.NUMBER and t.start - hedge.end <= 2 >= hedge.start - t.end
        ]
        start = min([hedge.start, *(t.start for t in near)])
        end = max([hedge.end, *(t.end for t in near)])
        self.out.questions.append(Question(Ask.APPROXIMATE, (start, end)))

    def _words(self, clause: list[Token], fresh: list[Raw], asked: bool) -> None:
        """Unknown words: none before or inside a claim; behind it only harmless ones."""
        if not fresh or asked:
            return
        first, last = min(r.span[0] for r in fresh), max(r.span[1] for r in fresh)
        start = min(
            (t.start for t in clause if t.kind in (Kind.INDICATOR, Kind.ADD) and t.start < first),
            default=first,
        )
        for n, token in enumerate(clause):
            if token.kind is not Kind.TEXT:
                continue
            if token.start > last:
                if not all(raw.firm for raw in fresh) or set(token.text) & DANGEROUS:
                    self.ask(Ask.UNREAD, token)
                continue
            again = any(t.kind in (Kind.OWN, Kind.UNIT) for t in clause[n + 1 :])
            apart = any(" " in t.text for t in clause[n + 1 :] if t.end <= start)
            more = sum(1 for t in clause if t.end <= start and t.text.strip()) > 1
            harmless = apart and more and not set(token.text) & set("村乡镇县市候补代替不没未")
            if token.start > start or not (again or harmless):
                self.ask(Ask.UNREAD, token)

    # ---- tokens ------------------------------------------------------------------------------------------

    def _token(self, loud: list[Token], at: int) -> None:
        token = loud[at]
        match token.kind:
            case Kind.UNIT if all(place.depth < 0 for place in token.places):
                self._above(loud, at)
            case Kind.UNIT:
                self._unit(loud, at)
            case Kind.INDICATOR:
                self._indicator(loud, at)
            case Kind.STEP:
                self._step(loud, at)
            case Kind.ELECTION:
                refused = any(t.kind in (Kind.NOT_DONE, Kind.PLAN, Kind.RISKY) for t in loud)
                self.out.election = None if refused else token
            case Kind.CORRECTION:
                self.mending = bool(self.out.claims) or self.mending
                self.corrected = True
                self.waiting.clear()
            case Kind.PART:
                self.part = True
            case Kind.ADD:
                self.deed = token.text
                self.sort = max(self.sort, Sort.ADDED) if self.sort < Sort.SO_FAR else Sort.ADDED
            case Kind.AGAIN:
                self.sort = max(self.sort, Sort.AGAIN)
            case Kind.TOTAL:
                self.sort = Sort.SO_FAR
                self.base = token.number if token.counted else None
            case Kind.STOCK:
                self.sort = Sort.STOCK
            case _:
                self._value(loud, at)

    def _value(self, loud: list[Token], at: int) -> None:
        token = loud[at]
        match token.kind:
            case Kind.NUMBER:
                self._number(loud, at)
            case Kind.DONE:
                self._done(loud, at)
            case Kind.NOT_DONE:
                self._not_done(loud, at)
            case Kind.ZERO:
                self._zero(loud, at)
            case Kind.NONE:
                self._none(loud, at)
            case Kind.SAME:
                self._same(loud, at)
            case _:
                pass

    # ---- units -------------------------------------------------------------------------------------------

    def _unit(self, loud: list[Token], at: int) -> None:
        token, previous = loud[at], loud[at - 1] if at else None
        glued = previous is not None and previous.kind is Kind.UNIT and previous.end == token.start
        if glued and self.units and not self.used and self._inside(token):
            self.unit_tokens[-1] = token
        elif self.used:
            self.units, self.unit_tokens = [token.places], [token]
        else:
            self.units.append(token.places)
            self.unit_tokens.append(token)
        self.used = False

    def _inside(self, token: Token) -> bool:
        """铁山镇半源村: the second is inside the first; 东山林屯 are two."""
        above = {place.key for place in self.units[-1]}
        within = tuple(place for place in token.places if place.parent in above)
        if within:
            self.units[-1] = within
            return True
        same = any(place.key in above for place in token.places)
        return same

    def _above(self, loud: list[Token], at: int) -> None:
        """星溪乡东山村: the unit above only says where hers is; standing alone it is nothing she may report for."""
        following = loud[at + 1] if at + 1 < len(loud) else None
        glued = following is not None and following.kind is Kind.UNIT
        values = any(t.kind in (*_VALUES, Kind.INDICATOR) for t in loud)
        if not glued and values:
            self.ask(Ask.UNIT, loud[at])

    def _headed_units(self) -> None:
        """已完成：东山、林屯: what was said before the units is said of each."""
        if self.used or not self.headed or not self.units:
            return
        for raw in self.headed:
            if raw in self.out.claims:
                self.out.claims.remove(raw)
        for places in self.units:
            for raw in self.headed:
                span = (raw.span[0], raw.span[1])
                self.out.claims.append(
                    Raw(places, raw.indicators, raw.value, named=True, span=span)
                )
        self.used, self.units, self.unit_tokens, self.headed = True, [], [], []

    # ---- values ------------------------------------------------------------------------------------------

    def _indicator(self, loud: list[Token], at: int) -> None:
        token, previous = loud[at], loud[at - 1] if at else None
        glued = previous is not None and previous.end == token.start
        if glued and previous is not None and previous.kind in (Kind.LABEL, Kind.ROLE, Kind.RISKY):
            self.ask(Ask.UNREAD, previous)
        if _kinds(token, COUNTED) and self.part and self.sort is not Sort.PLAIN:
            self.part = False
        elif _kinds(token, COUNTED) and not any(t.kind is Kind.PART for t in loud):
            self.part = False
        self.waiting.append(token)

    def _number(self, loud: list[Token], at: int) -> None:
        token = loud[at]
        previous = loud[at - 1] if at else None
        following = loud[at + 1] if at + 1 < len(loud) else None
        if self._not_a_value(loud, at):
            return
        if self._one_none(loud, at):
            return
        named = self._waiting_for(COUNTED)
        if named and previous is not None and previous.kind is Kind.RESPECTIVELY:
            self.ask(Ask.VALUES, token)
        if (
            not named
            and following is not None
            and _kinds(following, COUNTED)
            and not _own_number(loud, at + 1)
        ):
            self.skip.add(at + 1)
            after = loud[at + 2] if at + 2 < len(loud) else None
            spelled = (
                not token.counted
                and not token.text.strip().isascii()
                and token.text.strip() not in "俩仨"
            )
            if spelled or (not token.counted and (after is not None and after.kind is Kind.NUMBER)):
                self.ask(Ask.VALUES, token)
            named = tuple(i for i in following.indicators if i.kind in COUNTED)
            if (
                following.end - following.start
                and previous is not None
                and previous.kind is Kind.LABEL
            ):
                self.ask(Ask.UNREAD, previous)
        elif not named and self.waiting:
            self._misplaced(token)
            return
        elif not named and previous is not None and previous.kind is Kind.DONE:
            if previous.end == token.start and not token.counted.startswith(("名", "人", "位")):
                self._misplaced(token)
                return
        elif not named and self._behind_unit(loud, at):
            return
        self._claim(named, token.number, token)

    def _misplaced(self, token: Token) -> None:
        """会改联12: a number for what is no number."""
        self.waiting.clear()
        self.ask(Ask.INDICATOR, token)

    def _not_a_value(self, loud: list[Token], at: int) -> bool:
        """Whether the number is that of something else (党员5名), a part (其中3名), or expressly not it (不是12)."""
        token = loud[at]
        said = [t for t in loud[:at] if t.kind not in (Kind.EACH, Kind.RESPECTIVELY)]
        previous = said[-1] if said else None
        following = loud[at + 1] if at + 1 < len(loud) else None
        if previous is not None and previous.kind is Kind.VOID:
            self._denied(previous)
            return True
        waits = any(_kinds(one, COUNTED) for one in self.waiting)
        if self.part and not (previous is not None and previous.kind in (Kind.ADD, Kind.INDICATOR)):
            self.out.others.append(token)
            return True
        if (previous is not None and previous.kind in _NOUNS) or (
            not waits and self._of_people(token)
        ):
            self.out.others.append(token)
            return True
        if waits and glued_noun(loud, at):
            self.ask(Ask.UNREAD, loud[at + 1])
        for role in (previous, following):
            if role is not None and role.kind is Kind.ROLE and not waits:
                self.ask(Ask.VALUES, token)
                self.out.others.append(token)
                return True
        if previous is not None and previous.kind is Kind.TEXT and not waits:
            self.out.others.append(token)
            return True
        glued = following is not None and following.start == token.end
        if glued and following is not None and not waits and following.kind in (*_NOUNS, Kind.TEXT):
            self.out.others.append(token)
            return True
        return False

    def _of_people(self, token: Token) -> bool:
        """妇女520人: a noun for people before the number, no deed."""
        before = [t for t in self.here if t.end <= token.start and t.kind is not Kind.FILLER]
        plain = self.sort is Sort.PLAIN
        things = any(t.kind is Kind.THING for t in before) and not self.units
        return plain and bool(before) and (before[-1].kind is Kind.PEOPLE or things)

    def _denied(self, void: Token) -> None:
        """不是12: the number before it that says so is taken back, the next one is right."""
        self.corrected = True

    def _one_none(self, loud: list[Token], at: int) -> bool:
        """一名执委都没增加, 执委一个也没有: none."""
        token = loud[at]
        rest = [t for t in loud[at + 1 :] if t.kind is not Kind.INDICATOR]
        nothing = rest and rest[0].kind in (Kind.ZERO, Kind.NONE, Kind.NOT_DONE)
        if (
            token.number != 1
            or not nothing
            or not re.search("[都也]", self.text[token.end : rest[0].end])
        ):
            return False
        named = self._waiting_for(COUNTED)
        if not named:
            named = tuple(i for t in loud[at + 1 :] for i in t.indicators if i.kind in COUNTED)
        self.skip |= set(range(at + 1, len(loud)))
        self._claim(named, _nothing(named), token)
        return True

    def _behind_unit(self, loud: list[Token], at: int) -> bool:
        """3东山，0林屯: the number before its unit, where a clause holds nothing else."""
        rest = [t for t in loud if t.kind is not Kind.BREAK]
        if len(rest) != 2 or rest[1].kind is not Kind.UNIT or rest[0] is not loud[at]:
            return False
        self.skip.add(at + 1)
        self.units, self.unit_tokens, self.used = [rest[1].places], [rest[1]], False
        self._claim((), loud[at].number, loud[at])
        return True

    def _step(self, loud: list[Token], at: int) -> None:
        token = loud[at]
        said = report_steps.state(self.text, token)
        if said is report_steps.State.NOT:
            self.waiting.clear()
            return
        claim = Step(token.step)
        named = report_steps.named_before(loud, at)
        refused = any(t.kind is Kind.NOT_DONE for t in loud)
        self.waiting = [one for one in self.waiting if _kinds(one, COUNTED)]
        if refused or (said is report_steps.State.UNCLEAR and not named):
            self.ask(Ask.STEP, token)
        self._claim(token.indicators, claim, token)

    def _done(self, loud: list[Token], at: int) -> None:
        token, previous = loud[at], loud[at - 1] if at else None
        following = loud[at + 1] if at + 1 < len(loud) else None
        counts = any(_kinds(one, COUNTED) for one in self.waiting)
        named = self._waiting_for(FINISHED)
        if not named and counts and (following is None or following.kind is not Kind.NUMBER):
            if not any(raw.span[0] >= loud[0].start for raw in self.out.claims):
                self.ask(Ask.INDICATOR, token)
            self.waiting.clear()
            return
        if not named and counts:
            return
        if not named and following is not None and _kinds(following, FINISHED):
            after = loud[at + 2] if at + 2 < len(loud) else None
            if after is None or after.kind not in (Kind.DONE, Kind.NOT_DONE):
                self.skip.add(at + 1)
                named = tuple(i for i in following.indicators if i.kind in FINISHED)
        if not named:
            stray = previous is not None and previous.kind in (
                *_NOUNS,
                Kind.TEXT,
                Kind.THING,
                Kind.ROLE,
                Kind.ELECTION,
                Kind.STEP,
            )
            behind = (
                following is not None
                and following.kind in (Kind.TEXT, Kind.LABEL)
                and following.start == token.end
            )
            if stray and previous is not None and previous.kind in (Kind.ELECTION, Kind.STEP):
                return
            said = any(
                raw.span[0] >= loud[0].start and isinstance(raw.value, int)
                for raw in self.out.claims
            )
            if said and self.used:
                return
            if stray or behind:
                self.out.others.append(token)
                return
        self._claim(named, Mark.DONE, token)

    def _not_done(self, loud: list[Token], at: int) -> None:
        token = loud[at]
        following = loud[at + 1] if at + 1 < len(loud) else None
        named = self._waiting_for(FINISHED)
        if not named and following is not None and _kinds(following, FINISHED):
            self.skip.add(at + 1)
            named = tuple(i for i in following.indicators if i.kind in FINISHED)
        if following is not None and following.kind is Kind.NUMBER:
            self.skip.add(at + 1)
            self.ask(Ask.NOT_DONE, token)
        elif named or (self.units and not self.used) or self.here[-1].text == ":":
            self._claim(named, Mark.NOT, token)
        elif self.waiting or not any(t.kind in (Kind.ELECTION, Kind.STEP, Kind.TEXT) for t in loud):
            self.waiting.clear()
            self.ask(Ask.NOT_DONE, token)

    def _zero(self, loud: list[Token], at: int) -> None:
        token = loud[at]
        following = loud[at + 1] if at + 1 < len(loud) else None
        named = self._waiting_for(COUNTED)
        if not named and following is not None and _kinds(following, COUNTED):
            self.skip.add(at + 1)
            named = tuple(i for i in following.indicators if i.kind in COUNTED)
        if following is not None and following.kind is Kind.NUMBER:
            self.skip.add(at + 1)
            self.ask(Ask.NOT_DONE, token)
            return
        if (
            following is not None
            and following.kind in (*_NOUNS, Kind.TEXT)
            and following.start == token.end
        ):
            self.ask(Ask.UNREAD, following)
        self._claim(named, Mark.ZERO, token)

    def _none(self, loud: list[Token], at: int) -> None:
        token, previous = loud[at], loud[at - 1] if at else None
        following = loud[at + 1] if at + 1 < len(loud) else None
        if previous is not None and previous.kind is Kind.VOID:
            self.skip.add(at)
            return
        named = self._waiting_for(COUNTED)
        if not named and following is not None and _kinds(following, COUNTED):
            self.skip.add(at + 1)
            named = tuple(i for i in following.indicators if i.kind in COUNTED)
        if following is not None and following.kind is Kind.NUMBER and following.start == token.end:
            self.skip.add(at + 1)
            self.ask(Ask.NOT_DONE, token)
            return
        alone = all(t.kind in (Kind.UNIT, Kind.BREAK, Kind.NONE) for t in loud)
        if named:
            self._claim(named, _nothing(named), token)
        elif alone:
            self._claim((), Mark.ZERO, token)

    def _same(self, loud: list[Token], at: int) -> None:
        token, previous = loud[at], loud[at - 1] if at else None
        if previous is not None and previous.text in ("其他", "其它"):
            return
        named: tuple[Indicator, ...] = ()
        if self.waiting:
            named = tuple(i for one in self.waiting for i in one.indicators)
            self.waiting.clear()
        if previous is not None and previous.kind in (Kind.TEXT, Kind.LABEL):
            self.ask(Ask.UNREAD, previous)
        self._claim(named, Mark.SAME, token)

    def _waiting_for(self, kinds: tuple[IndicatorKind, ...]) -> tuple[Indicator, ...]:
        """The named figure of such a kind that has no value yet."""
        for token in reversed(self.waiting):
            if _kinds(token, kinds):
                self.waiting.remove(token)
                if kinds is COUNTED:
                    for other in self.waiting:
                        if (
                            _kinds(other, COUNTED)
                            and other.start >= self.here[0].start
                            and other.text != token.text
                        ):
                            self.ask(Ask.INDICATOR, other)
                    self.waiting.clear()
                return tuple(i for i in token.indicators if i.kind in kinds)
        return ()

    def _claim(self, indicators: tuple[Indicator, ...], value: Value, token: Token) -> None:
        if not indicators and self.sort is Sort.SO_FAR and isinstance(value, int):
            last = next((r for r in reversed(self.out.claims) if isinstance(r.value, int)), None)
            indicators = last.indicators if last is not None else ()
        firm = bool(indicators) or self.sort is not Sort.PLAIN or not isinstance(value, int)
        if self.mending and (isinstance(value, int) or value in (Mark.NOT, Mark.DONE)):
            indicators = self._mended(indicators, value)
        if len(self.units) > 1 and not isinstance(value, Mark) and not self.each:
            self.ask(Ask.UNIT, token)
        span = (token.start, token.end)
        for places in self.units or [()]:
            raw = Raw(
                places,
                indicators,
                value,
                bool(places),
                span,
                self.sort,
                firm,
                token.counted,
                self.deed,
            )
            self.out.claims.append(raw)
            if self.base is not None and isinstance(value, int):
                self.out.void.append((replace(raw, value=value - self.base), Ask.VALUES))
            if not places and isinstance(value, Mark):
                self.headed.append(raw)
        if isinstance(value, int):
            self.sort, self.base, self.deed = Sort.PLAIN, None, ""
        self.used = True

    def _mended(self, indicators: tuple[Indicator, ...], value: Value) -> tuple[Indicator, ...]:
        """The claim before is taken back; the new one is of the same figure unless it names another."""
        self.mending = False
        for last in reversed(self.out.claims):
            if isinstance(last.value, int) is isinstance(value, int):
                self.out.claims.remove(last)
                return indicators or last.indicators
        return indicators

    def close(self) -> None:
        """What was named and got no value."""
        self._headed_units()
        self.out.idle += self.waiting
        if self.mending and self.out.claims:
            last = self.out.claims.pop()
            self.out.void.append((last, Ask.VALUES))
            self.out.questions.append(Question(Ask.VALUES, last.span))
        strangers = any(p.depth > 0 for places in self.units for p in places)
        if not self.used and self.out.claims and strangers:
            for token in self.unit_tokens:
                self.ask(Ask.UNIT, token)


def _own_number(loud: list[Token], at: int) -> bool:
    """3个新增执委2名: the figure has its own number behind it, unless that belongs to the next one."""
    after = loud[at + 1 : at + 3]
    if not after or after[0].kind is not Kind.NUMBER or not after[0].counted:
        return False
    if len(after) < 2:
        return True
    glued = after[1].start == after[0].end
    return not (
        after[1].kind is Kind.INDICATOR or (glued and after[1].kind in (Kind.LABEL, Kind.TEXT))
    )


def glued_noun(loud: list[Token], at: int) -> bool:
    """新增执委3名女能人9名: whose number is 3?"""
    token, after = loud[at], loud[at + 1 : at + 3]
    if len(after) < 2 or after[0].start != token.end or after[1].kind is not Kind.NUMBER:
        return False
    return after[0].kind in (Kind.LABEL, Kind.TEXT, Kind.RISKY)


def _nothing(indicators: tuple[Indicator, ...]) -> Value:
    """没有 said of a figure: no new ones, or none at all where the figure is what there is."""
    fresh = not indicators or any("新" in one.name for one in indicators)
    adds = any(one.mode == "increment" for one in indicators)
    return Mark.ZERO if fresh or adds else 0


def _lonely(clause: list[Token]) -> Token | None:
    """A clause that is a few unknown characters and nothing else: it may be somebody's name."""
    said = [t for t in clause if t.kind is not Kind.BREAK and t.text.strip()]
    only = len(said) == 1 and said[0].kind is Kind.TEXT and len(said[0].text) <= 4
    return said[0] if only else None


def _kinds(token: Token, kinds: tuple[IndicatorKind, ...]) -> bool:
    return (
        any(indicator.kind in kinds for indicator in token.indicators)
        and token.kind is Kind.INDICATOR
    )


def _fits(said: str, own: Level) -> bool:
    """Whether 我村, 本社区, 全乡 can be her own unit."""
    if re.search("[村区]|嘎查|连|居委", said):
        return own is Level.VILLAGE or (
            own is Level.COUNTY and said.endswith("区") and "社区" not in said
        )
    if re.search("[乡镇]|街道|苏木|团", said):
        return own is Level.TOWNSHIP
    return own in (Level.COUNTY, Level.CITY)
