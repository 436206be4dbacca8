"""Pieces of a sentence → what is claimed of whom, before it is settled which unit and which figure is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from bot.core.model import Indicator, IndicatorKind, Level
from bot.core.reading import Ask, Mark, Question, Step, Value
from bot.core.report_scan import Piece
from bot.core.report_words import Kind
from bot.core.unitnames import Place

COUNTED: Final = (IndicatorKind.COUNT, IndicatorKind.RATIO)

_QUIET: Final = (Kind.FILLER, Kind.SKIP, Kind.OWN)
_HARD: Final = ("。", "!", "\n", ";")
_AT_ONCE: Final = {
    Kind.APPROXIMATE: Ask.APPROXIMATE,
    Kind.HEDGE: Ask.APPROXIMATE,
    Kind.DIGITS: Ask.DIGITS,
    Kind.ROLES: Ask.VALUES,
    Kind.PLACES: Ask.UNIT,
    Kind.FOREIGN: Ask.UNIT,
    Kind.ADDITION: Ask.ADDITION,
    Kind.ASKED: Ask.ASKED,
    Kind.NOT_DONE: Ask.NOT_DONE,
    Kind.PLAN: Ask.NOT_DONE,
    Kind.RISKY: Ask.UNREAD,
}
"""Pieces that are a question by themselves, wherever they stand."""


@dataclass(slots=True)
class Raw:
    """A claim as it was said: candidates of units (empty: her own) and of indicators (empty: not named)."""

    places: tuple[Place, ...]
    indicators: tuple[Indicator, ...]
    value: Value
    named: bool
    span: tuple[int, int]


@dataclass(slots=True)
class Collected:
    """Everything one sentence says."""

    claims: list[Raw] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    election: Piece | None = None
    idle: list[Piece] = field(default_factory=list)


def collect(pieces: list[Piece], own: Level) -> Collected:
    """Walk the pieces clause by clause; `own` is the level of the speaker's unit."""
    walk = _Walk(own)
    for clause in _clauses(pieces):
        walk.clause(clause)
    walk.close()
    return walk.out


def _clauses(pieces: list[Piece]) -> list[list[Piece]]:
    clauses: list[list[Piece]] = [[]]
    for piece in pieces:
        clauses[-1].append(piece)
        if piece.kind is Kind.BREAK:
            clauses.append([])
    return clauses


class _Walk:
    """What is remembered from left to right: of whom she speaks, which figure waits for its value."""

    def __init__(self, own: Level) -> None:
        self.own = own
        self.out = Collected()
        self.units: list[tuple[Place, ...]] = []
        self.unit_pieces: list[Piece] = []
        self.used = True
        self.waiting: list[Piece] = []
        self.held: Piece | None = None
        self.correcting = False
        self.each = False

    def clause(self, clause: list[Piece]) -> None:
        """One clause, up to and with its break."""
        before = len(self.out.claims)
        self.each = any(p.kind is Kind.FILLER and re.search("[各均]", p.text) for p in clause)
        loud = [p for p in clause if p.kind not in _QUIET]
        planned = any(p.kind in (Kind.PLAN, Kind.NOT_DONE) for p in clause)
        self._own(clause)
        for at, piece in enumerate(loud):
            following = loud[at + 1] if at + 1 < len(loud) else None
            previous = loud[at - 1] if at else None
            self._piece(piece, previous, following)
        self._release()
        if planned:
            del self.out.claims[before:]
            self.used = True
        elif len(self.out.claims) > before:
            self._unread(clause)
        if clause and clause[-1].text in _HARD:
            self.waiting.clear()

    def _own(self, clause: list[Piece]) -> None:
        """我村 after another unit means hers again; said by somebody who is no village it is a riddle."""
        if any(p.kind is Kind.UNIT for p in clause):
            return
        for piece in clause:
            if piece.kind is not Kind.OWN or not self.used:
                continue
            if piece.text.startswith("全") and self.own is not Level.VILLAGE:
                self._ask(Ask.UNIT, piece)
            if _fits(piece.text, self.own):
                self.units, self.unit_pieces = [], []
            elif not self.units:
                self._ask(Ask.UNIT, piece)

    def _unread(self, clause: list[Piece]) -> None:
        for piece in clause:
            if piece.kind is Kind.TEXT:
                self._ask(Ask.UNREAD, piece)

    def _piece(self, piece: Piece, previous: Piece | None, following: Piece | None) -> None:
        asked = _AT_ONCE.get(piece.kind)
        match piece.kind:
            case _ if asked is not None:
                self._ask(asked, piece)
            case Kind.UNIT if all(place.depth < 0 for place in piece.places):
                self._above(piece, following)
            case Kind.UNIT:
                self._unit(piece, previous)
            case Kind.INDICATOR:
                self._indicator(piece, following)
            case Kind.ELECTION:
                self.out.election = piece
            case Kind.CORRECTION:
                self.correcting = bool(self.out.claims)
            case _:
                self._value(piece, previous, following)

    def _value(self, piece: Piece, previous: Piece | None, following: Piece | None) -> None:
        match piece.kind:
            case Kind.NUMBER:
                self._number(piece, previous, following)
            case Kind.RATIO:
                self._ratio(piece)
            case Kind.DONE:
                self._done(piece, previous, following)
            case Kind.STEP:
                self._claim(piece.indicators, Step(piece.text), piece)
            case Kind.ZERO | Kind.NONE:
                self._nothing_new(Mark.ZERO, piece, following)
            case Kind.SAME:
                self._nothing_new(Mark.SAME, piece, following)
            case _:
                pass

    # ---- units ---------------------------------------------------------------------------------------------

    def _unit(self, piece: Piece, previous: Piece | None) -> None:
        self._release()
        inside = (
            previous is not None
            and previous.kind is Kind.UNIT
            and previous.end == piece.start
            and not self.used
        )
        if inside and self.units:
            self._narrow(piece)
        elif self.used:
            self.units, self.unit_pieces = [piece.places], [piece]
        else:
            self.units.append(piece.places)
            self.unit_pieces.append(piece)
        self.used = False

    def _above(self, piece: Piece, following: Piece | None) -> None:
        """星溪乡东山村: the unit above only says where hers is; standing alone it is nothing she may report for."""
        if following is None or following.kind is not Kind.UNIT or following.start != piece.end:
            self._ask(Ask.UNIT, piece)

    def _narrow(self, piece: Piece) -> None:
        """铁山镇半源村: the second is inside the first."""
        above = {place.key for place in self.units[-1]}
        within = tuple(place for place in piece.places if place.parent in above)
        self.units[-1] = within or piece.places
        self.unit_pieces[-1] = piece
        if not within and not any(place.key in above for place in piece.places):
            self._ask(Ask.UNIT, piece)

    # ---- values -----------------------------------------------------------------------------------------------

    def _indicator(self, piece: Piece, following: Piece | None) -> None:
        held, self.held = self.held, None
        if (
            held is not None
            and _kinds(piece, COUNTED)
            and not (following and following.kind is Kind.NUMBER)
        ):
            self._claim(piece.indicators, held.number, held)
            return
        if held is not None:
            self._claim((), held.number, held)
        self.waiting.append(piece)

    def _number(self, piece: Piece, previous: Piece | None, following: Piece | None) -> None:
        named = self._waiting_for(COUNTED)
        if named:
            self._claim(named, piece.number, piece)
        elif following is not None and following.kind is Kind.INDICATOR:
            self.held = piece
        elif self.waiting or (
            previous is not None and previous.kind is Kind.DONE and previous.end == piece.start
        ):
            self.waiting.clear()
            self._ask(Ask.INDICATOR, piece)
        else:
            self._claim((), piece.number, piece)

    def _ratio(self, piece: Piece) -> None:
        named = self._waiting_for((IndicatorKind.RATIO,))
        if named and piece.ratio is not None:
            self._claim(named, piece.ratio, piece)
        else:
            self._ask(Ask.DIGITS, piece)

    def _done(self, piece: Piece, previous: Piece | None, following: Piece | None) -> None:
        named = self._waiting_for((IndicatorKind.COMPLETION,))
        if not named and self.waiting:
            self._ask(Ask.INDICATOR, piece)
            self.waiting.clear()
        elif not named and following is not None and _kinds(following, (IndicatorKind.COMPLETION,)):
            self._claim(following.indicators, Mark.DONE, piece)
        elif not named and previous is not None and previous.kind is Kind.NUMBER:
            self._ask(Ask.INDICATOR, piece)
        else:
            self._claim(named, Mark.DONE, piece)

    def _nothing_new(self, mark: Mark, piece: Piece, following: Piece | None) -> None:
        named = self._waiting_for(COUNTED)
        if not named and following is not None and following.kind is Kind.INDICATOR:
            named = tuple(i for i in following.indicators if i.kind in COUNTED)
        self._claim(named, mark, piece)

    def _waiting_for(self, kinds: tuple[IndicatorKind, ...]) -> tuple[Indicator, ...]:
        """The named figure of such a kind that has no value yet."""
        for piece in reversed(self.waiting):
            if _kinds(piece, kinds):
                self.waiting.clear()
                return tuple(i for i in piece.indicators if i.kind in kinds)
        return ()

    def _release(self) -> None:
        """A number that waited for the figure behind it in vain."""
        held, self.held = self.held, None
        if held is not None:
            self._claim((), held.number, held)

    def _claim(self, indicators: tuple[Indicator, ...], value: Value, piece: Piece) -> None:
        span = (piece.start, piece.end)
        if self.correcting and self.out.claims and isinstance(value, int):
            last = self.out.claims.pop()
            indicators = indicators or last.indicators
            self.correcting = False
        if len(self.units) > 1 and not isinstance(value, Mark) and not self.each:
            self._ask(Ask.UNIT, piece)
        for places in self.units or [()]:
            self.out.claims.append(Raw(places, indicators, value, named=bool(places), span=span))
        self.used = True

    def _ask(self, ask: Ask, piece: Piece) -> None:
        self.out.questions.append(Question(ask, (piece.start, piece.end)))

    def close(self) -> None:
        """What was named and got no value."""
        self._release()
        self.out.idle = list(self.waiting)
        if not self.used and self.out.claims:
            for piece in self.unit_pieces:
                self._ask(Ask.UNIT, piece)


def _kinds(piece: Piece, kinds: tuple[IndicatorKind, ...]) -> bool:
    return any(indicator.kind in kinds for indicator in piece.indicators)


def _fits(said: str, own: Level) -> bool:
    """Whether 我村, 本社区, 全乡 can be her own unit."""
    if re.search("[村区]|嘎查|连|居委", said):
        return own is Level.VILLAGE or (
            own is Level.COUNTY and said.endswith("区") and "社区" not in said
        )
    if re.search("[乡镇]|街道|苏木|团", said):
        return own is Level.TOWNSHIP
    return own in (Level.COUNTY, Level.CITY)
