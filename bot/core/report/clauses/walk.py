"""What is remembered while a sentence is read: of whom she speaks, which figure waits for its value."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core import ledger
from bot.core.model import Indicator, IndicatorKind, Level
from bot.core.reading import Ask, Mark, Question, Step, Value
from bot.core.report.clauses.said import COUNTED, VALUES, Clause, Collected, Raw, Sort, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.units import own as report_own
from bot.core.report.words.vocabulary import Kind
from bot.core.unitnames import Place

_SUMMED = re.compile("(?:一共|总共|共|合计|拢共|总计|统共|达到?|已有|现有|有)(?:是|有|为)?\\s*$")


_ALL = re.compile("[^,;。!\n]*?[都均各]|[^,;。!\n]*?分别")


def _sort(value: Value) -> str:
    """A number, a step or a mark: one takes the place of its like."""
    return "number" if isinstance(value, int) else "step" if isinstance(value, Step) else "mark"


class Walk:
    """From left to right.

    `here` is the clause that is read, `since` how many claims there were before it, `skip` the loud tokens of it that are dealt with, `spent` where values
    stand that are claimed. `waiting`: figures without a value. `sort`, `base`, `deed`: how the next number is
    said. `part`: numbers are parts of one said before. `mending`: the next value takes the place of the last; `corrected`: she has
    taken something back, `mended`: and said what is right, `slip`: in these words. `quoted`, `reported`, `cited` (with a colon), `foreign`: what follows is not her own; `planned`, `ordered`,
    `conditional`, `earlier`: it is no news of how things stand. `headed`: said before its units.
    `lonely`: a clause of a few unknown characters.
    """

    def __init__(self, text: str, own: Level) -> None:
        self.text = text
        self.own = own
        self.out = Collected()
        self.here = Clause([Token(Kind.BREAK, 0, 0, "")])
        self.since = 0
        self.skip: set[int] = set()
        self.spent: set[int] = set()
        self.units: list[tuple[Place, ...]] = []
        self.unit_tokens: list[Token] = []
        self.used = True
        self.waiting: list[Token] = []
        self.sort = Sort.PLAIN
        self.base: int | None = None
        self.deed = ""
        self.each = self.part = self.mending = self.corrected = self.mended = False
        self.slip = ""
        self.quoted = self.reported = self.cited = False
        self.planned = self.ordered = self.earlier = self.conditional = False
        self.foreign: Token | None = None
        self.headed: list[Raw] = []
        self.lonely: Token | None = None

    def ask(self, ask: Ask, token: Token) -> None:
        """Note a question about a token."""
        self.out.ask(ask, token)

    # ---- units -------------------------------------------------------------------------------------------

    def speaks_of(self, places: tuple[Place, ...], token: Token) -> None:
        """From here on it is of this unit."""
        self.headed_units()
        self.units, self.unit_tokens, self.used = [places], [token], False

    def unit(self, at: int) -> None:
        """A unit is named: alone, one of several, or inside the one before it."""
        token = self.here.loud[at]
        if all(place.depth < 0 for place in token.places):
            self._above(at)
            return
        led = bool(self.units) and not self.used and self._leads(token)
        if led and self._inside(token):
            self.unit_tokens[-1] = token
        elif self.used or token.places in self.units or (self.units and not self._joins(token)):
            self.speaks_of(token.places, token)  # 石门和际下报反了，石门9名
        else:
            self.units.append(token.places)
            self.unit_tokens.append(token)
        self.used = False

    def _leads(self, token: Token) -> bool:
        """星溪乡念山村; 星溪乡本周情况：念山村: the unit before it says where it is."""
        last = self.unit_tokens[-1]
        between = self.text[last.end : token.start]
        if last.text.endswith(("乡", "镇", "妇联")):
            between = between.rstrip(";。 ")  # 报送单位：星溪乡妇联；富美村…
        return last.end <= token.start and report_own.leads(between)

    def _joins(self, token: Token) -> bool:
        """念山、富美; 念山在忙，富美完成了: what stands between is no list, so the first is spoken of no more."""
        last = self.unit_tokens[-1]
        between = self.text[last.end : token.start] if last.end <= token.start else ""
        kept = token.start in self.spent or report_own.joins(between)
        if not kept and last.places[0].depth > 0 and not report_own.aside(between):
            self.ask(Ask.UNIT, last)  # 念山弄妥帖哩，富美完成: what was said of the first?
        return kept

    def _inside(self, token: Token) -> bool:
        """铁山镇半源村: the second is inside the first; 东山林屯 are two."""
        if not self.text[self.unit_tokens[-1].end : token.start].strip() and self._sisters(token):
            return False
        above = {place.key for place in self.units[-1]}
        within = tuple(place for place in token.places if place.parent in above)
        self.units[-1] = within or self.units[-1]
        return bool(within) or any(place.key in above for place in token.places)

    def _sisters(self, token: Token) -> bool:
        """石屯松源都完成了, by 石屯镇 which has a 石屯村 too: two villages; 石屯松源完成了: one or two?"""
        sisters = {place.parent for place in token.places if place.depth == 1}
        last = tuple(place for place in self.units[-1] if place.parent in sisters)
        twofold = last and any(place.key in sisters for place in self.units[-1])
        if self.own is not Level.TOWNSHIP or not twofold or token.text.endswith(("村", "社区")):
            return False
        if not _ALL.match(self.text, token.end):
            self.ask(Ask.UNIT, token)
        self.units[-1] = last
        return True

    def _above(self, at: int) -> None:
        """星溪乡东山村: the unit above only says where hers is; standing alone it is nothing she may report for."""
        values = self.here.has(*VALUES, Kind.INDICATOR)
        addressed = self.text[: self.here.loud[at].start].endswith(("尊敬的", "敬爱的"))
        if self.here.after(at).kind is not Kind.UNIT and values and not addressed:
            self.ask(Ask.UNIT, self.here.loud[at])

    def own_unit(self) -> None:
        """我村 after another unit means hers again; said by somebody who is no village it is a riddle."""
        if self.here.has(Kind.UNIT) or not self.used:
            return
        for token in self.here.tokens:
            if token.kind is not Kind.OWN:
                continue
            if token.text.startswith("全") and self.own is not Level.VILLAGE:
                self.ask(Ask.UNIT, token)
            if report_own.fits(token.text, self.own):
                self.units, self.unit_tokens = [], []
            elif not self.units:
                self.ask(Ask.UNIT, token)

    def headed_units(self) -> None:
        """已完成：东山、林屯: what was said before the units is said of each."""
        if self.used or not self.headed or not self.units:
            return
        for raw in self.headed:
            if raw in self.out.claims:
                self.out.claims.remove(raw)
        self.out.claims += [
            Raw(places, raw.indicators, raw.value, named=True, span=raw.span)
            for places in self.units
            for raw in self.headed
        ]
        self.used, self.units, self.unit_tokens, self.headed = True, [], [], []

    # ---- figures -----------------------------------------------------------------------------------------

    def waits(self, kinds: tuple[IndicatorKind, ...]) -> bool:
        """Whether a figure of such a kind was named and has no value yet."""
        return any(names(token, kinds) for token in self.waiting)

    def take_waiting(self, kinds: tuple[IndicatorKind, ...]) -> tuple[Indicator, ...]:
        """The named figure of such a kind that has no value yet; others that are counted lose their turn."""
        for token in reversed(self.waiting):
            if not names(token, kinds):
                continue
            self.waiting.remove(token)
            if kinds is COUNTED:
                for other in self.waiting:
                    beside = other.start >= self.here.tokens[0].start
                    if beside and names(other, COUNTED) and not self._again(other, token):
                        self.ask(Ask.INDICATOR, other)
                self.waiting.clear()
            return tuple(i for i in token.indicators if i.kind in kinds)
        return ()

    def _again(self, first: Token, then: Token) -> bool:
        """新增执委执委12名: whether the same figure is named twice."""
        alike = first.text.endswith(then.text) or then.text.endswith(first.text)
        between = self.text[first.end : then.start].strip()
        return first.text == then.text or (
            alike and not between and first.indicators == then.indicators
        )

    def named(self, at: int, kinds: tuple[IndicatorKind, ...]) -> tuple[Indicator, ...]:
        """The figure that waits, or that stands directly behind loud token `at`."""
        found = self.take_waiting(kinds)
        following = self.here.after(at)
        if found or not names(following, kinds):
            return found
        self.skip.add(at + 1)
        return tuple(i for i in following.indicators if i.kind in kinds)

    def last_number(self) -> Raw | None:
        """The last claim with a number."""
        return next((r for r in reversed(self.out.claims) if isinstance(r.value, int)), None)

    # ---- claims ------------------------------------------------------------------------------------------

    def claim(self, indicators: tuple[Indicator, ...], value: Value, token: Token) -> None:
        """Something is said of the units that are spoken of."""
        counted = isinstance(value, int)
        if not indicators and self.sort in (Sort.SO_FAR, Sort.STOCK) and counted:
            last = self.last_number()
            indicators = last.indicators if last is not None else ()
        if not indicators and counted and self.sort is Sort.PLAIN:
            indicators = self._still()
        firm = bool(indicators) or self.sort is not Sort.PLAIN or not counted
        if self.mending and (counted or isinstance(value, Step) or value in (Mark.NOT, Mark.DONE)):
            indicators = self._mended(indicators, value)
        if len(self.units) > 1 and not isinstance(value, Mark | Step) and not self.each:
            self.ask(Ask.UNIT, token)
        self.spent |= {unit.start for unit in self.unit_tokens}
        for places in self._spoken_of(indicators):
            raw = Raw(places, indicators, value, bool(places), (token.start, token.end))
            raw.sort, raw.firm, raw.counted, raw.deed = self.sort, firm, token.counted, self.deed
            raw.summed = _SUMMED.search(self.text[: token.start]) is not None
            self._put(raw)
        self.spent.add(token.start)
        if counted:
            self.sort, self.base, self.deed = Sort.PLAIN, None, ""
        self.used, self.mended = True, self.mended or self.corrected

    def _spoken_of(self, indicators: tuple[Indicator, ...]) -> list[tuple[Place, ...]]:
        """Her own unit, for 念山10、富美8，区域化已完成: no village has that figure."""
        hers = bool(indicators) and all(i.level is self.own for i in indicators)
        hers = hers and self.own is not Level.VILLAGE and not self.here.has(Kind.UNIT)
        return [()] if hers or not self.units else self.units

    def _still(self) -> tuple[Indicator, ...]:
        """妇女之家没变，还是2个: the number is of what was said to be as it was."""
        last = self.out.claims[-1] if self.out.claims else None
        kept = (
            last is not None and last.value in (Mark.SAME, Mark.ZERO) and len(last.indicators) == 1
        )
        if last is None or not kept or any(ledger.adds(one) for one in last.indicators):
            return ()
        self.out.claims.remove(last)
        return last.indicators

    def _put(self, raw: Raw) -> None:
        self.out.claims.append(raw)
        if self.base is not None and isinstance(raw.value, int) and raw.value < self.base:
            self.out.questions.append(Question(Ask.VALUES, raw.span))  # 从12个减到10个
        if (
            self.base is not None and isinstance(raw.value, int) and raw.value > self.base
        ):  # 由5名增加到12名: or are 7 meant?
            self.out.void.append((replace(raw, value=raw.value - self.base), Ask.VALUES))
        if not raw.places and isinstance(raw.value, Mark):
            self.headed.append(raw)

    def _mended(self, indicators: tuple[Indicator, ...], value: Value) -> tuple[Indicator, ...]:
        """The claim before is taken back; the new one is of the same figure unless it names another."""
        self.mending = False
        named = self.units if self.here.has(Kind.UNIT) else []
        if self.units and not named and all(r.places not in self.units for r in self.out.claims):
            return indicators  # 念山12名，富美9名作废，改成10名: hers was never put
        if not named and not self.used:
            named = self.units  # 富美12，念山9，富美打错了，是13
        same = [raw for raw in self.out.claims if raw.places in named] or [
            raw for raw in self.out.claims if indicators and raw.indicators == indicators
        ]
        for last in reversed(same or self.out.claims):
            if _sort(last.value) == _sort(value):
                if named and last.places and last.places not in named and last.value != value:
                    self.out.questions.append(Question(Ask.UNIT, last.span))  # 富美13错了，念山9
                self.out.claims.remove(last)
                self.since -= isinstance(value, Step)  # 到推荐了，不对，选举会也快了
                return indicators or last.indicators
        if any(isinstance(one, Step) for one in (value, *(r.value for r in self.out.claims[-1:]))):
            self.out.questions.append(Question(Ask.VALUES, self.out.claims[-1].span))
        return indicators
