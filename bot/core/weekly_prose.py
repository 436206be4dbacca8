"""The weekly analysis in sentences, each with the figures it rests on; what hurts comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core import weekly_finish, weekly_head, wording
from bot.core import weekly_proof as proof
from bot.core import weekly_rules as rules
from bot.core.model import IndicatorKind, Level
from bot.core.weekly import Child, Figures, Row, Sentence
from bot.core.weekly_rules import Limits


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes the sentences of one analysis; `names`: how many units one sentence names."""

    words: wording.Words
    figures: Figures
    limits: Limits
    names: int

    def sentences(self) -> tuple[Sentence, ...]:
        """All of them, in the order in which they are read."""
        rows = self.figures.rows
        said = [weekly_head.sentence(self.words, self.figures), *self._corrected()]
        order = (self._missed, self._stalled, self._zeros, self._odd, self._behind, self._row)
        for tell in (*order, self._finish):
            for one in rows:
                said.extend(tell(one))
        last = (self._early, self._same, self._missing, self._difficulties)
        return (*said, *(one for tell in last for one in tell()))

    def _corrected(self) -> Iterable[Sentence]:
        """上周之后的更正: what came in for the weeks before after their analysis was published."""
        parts, found = [], []
        for one in self.figures.rows:
            change = one.corrected.value if one.measure.leads else one.corrected.done
            if one.corrected:
                key = "weekly.corrected_less" if change < 0 else "weekly.corrected_more"
                if one.measure.ratio:
                    key = "weekly.corrected_ratio"
                parts.append(
                    self.words.say(
                        key, indicator=one.measure.name, n=abs(change), word=self._word(one)
                    )
                )
                found += proof.corrected(self.words, self.figures, one)
        if parts:
            text = self.words.say(
                "weekly.corrected", list=self.words.say("weekly.between").join(parts)
            )
            yield Sentence("corrected", text, tuple(found))

    def _missed(self, one: Row) -> Iterable[Sentence]:
        for stone in rules.missed(one):
            text = self.words.say(
                "weekly.missed",
                indicator=one.measure.name,
                date=weekly_finish.date_of(self.words, self.figures, stone.on),
                percent=wording.percent(round(stone.fraction * 1000), 1000),
                n=stone.days,
                needed=stone.needed,
                short=stone.needed - one.total.done,
            )
            yield Sentence("missed", text, proof.stone(self.words, self.figures, one, stone))
        for stone in rules.late_this_week(one, self.figures.as_of.date()):
            text = self.words.say(
                "weekly.reached_late",
                indicator=one.measure.name,
                date=weekly_finish.date_of(self.words, self.figures, stone.on),
                percent=wording.percent(round(stone.fraction * 1000), 1000),
                n=stone.days,
            )
            yield Sentence("reached_late", text, proof.stone(self.words, self.figures, one, stone))

    def _stalled(self, one: Row) -> Iterable[Sentence]:
        some = rules.stalled(one, self.limits)
        if some:
            text = self._counted("weekly.stalled", one, some, weeks=self.limits.stalled_weeks)
            yield Sentence("stalled", text, proof.idle(self.words, self.figures, one, some))

    def _zeros(self, one: Row) -> Iterable[Sentence]:
        if some := rules.zeros(one):
            text = self._counted("weekly.zeros", one, some, among=rules.compared(one))
            yield Sentence("zeros", text, proof.children(self.words, self.figures, one, some))

    def _counted(
        self,
        key: str,
        one: Row,
        some: Sequence[Child],
        *,
        among: Sequence[Child] = (),
        weeks: int = 0,
    ) -> str:
        """How many they are and who; nobody is named where it is all of those among whom they are."""
        levels = {child.place.level for child in some}
        place = f"place.{Level(min(levels)).word}_all" if len(levels) == 1 else "weekly.units"
        return self.words.say(
            f"{key}_all" if len(some) == len(among) > 1 else key,
            indicator=one.measure.name,
            n=len(some),
            place=self.words.say(place),
            names=self._names([child.place.short for child in some], more="weekly.more_counted"),
            weeks=weeks,
        )

    def _odd(self, one: Row) -> Iterable[Sentence]:
        odd = one.odd
        by_code = {child.place.code: child for child in one.children}
        for kind, codes in (("low", odd.low), ("high", odd.high)):
            if codes:
                some = [by_code[code] for code in codes]
                ratio, mean = one.measure.ratio, one.measure.leads and not one.measure.ratio
                text = self.words.say(
                    f"weekly.{kind}" + ("_ratio" if ratio else "_sum" if mean else ""),
                    indicator=one.measure.name,
                    names=self._names([child.place.short for child in some]),
                    middle=f"{odd.middle:.1f}" if mean else f"{odd.middle:.1%}",
                    word=self._word(one),
                )
                yield Sentence(kind, text, proof.children(self.words, self.figures, one, some))

    def _behind(self, one: Row) -> Iterable[Sentence]:
        """All children behind plan, and those who report themselves and are not through where the whole is behind."""
        for key, some, among in (
            ("weekly.behind", rules.behind(one), rules.compared(one)),
            ("weekly.undone", rules.undone(one), one.children),
        ):
            if some:
                text = self._counted(key, one, some, among=among)
                yield Sentence("behind", text, proof.children(self.words, self.figures, one, some))

    def _row(self, one: Row) -> Iterable[Sentence]:
        if self._of_ratio(one):
            yield self._ratio(one)
        if steps := self._steps(one):
            text = self.words.say("weekly.row_steps", indicator=one.measure.name, n=steps)
            yield Sentence("row", text, proof.steps(self.words, self.figures, one))
        alone = self.figures.place.level == one.measure.level and not one.measure.leads
        if one.measure.ratio or one.change == 0 or alone:
            return  # of itself alone the first line says enough
        key = "weekly.row_no_plan"
        if one.wanted is not None and not one.measure.leads:
            key = "weekly.row"
        change = "progress.week_more" if one.change > 0 else "progress.week_less"
        text = self.words.say(
            key,
            indicator=one.measure.name,
            change=self.words.say(change, n=abs(one.change), word=self._word(one)),
            done=one.total.done,
            planned=one.wanted,
            off=self._off(one.total.done - (one.wanted or 0)),
        )
        yield Sentence("row", text, proof.change(self.words, self.figures, one))

    def _off(self, more: int) -> str:
        """How far from the target; nothing for exactly there."""
        if more == 0:
            return ""
        return self.words.say("weekly.row_more" if more > 0 else "weekly.row_less", n=abs(more))

    @staticmethod
    def _steps(one: Row) -> int:
        """The steps taken this week; 0 for what has no steps, or went back."""
        return max(0, one.week.value) if one.measure.kind == IndicatorKind.STAGE else 0

    @staticmethod
    def _of_ratio(one: Row) -> bool:
        """Whether it is a ratio in which something moved, be it the whole alone."""
        return one.measure.ratio and bool(one.week) and one.total.whole > 0

    def _ratio(self, one: Row) -> Sentence:
        """A ratio has no increase to be told, only what it was and is."""
        before = one.total - one.week
        text = self.words.say(
            "weekly.row_ratio" if before.whole else "weekly.row_ratio_first",
            indicator=one.measure.name,
            before=wording.percent(before.value, before.whole),
            now=wording.percent(one.total.value, one.total.whole),
        )
        return Sentence("row", text, proof.change(self.words, self.figures, one))

    def _same(self) -> Iterable[Sentence]:
        """What did not change and is not through, in one sentence."""
        some = [
            one
            for one in self.figures.rows
            if one.change == 0 and one.total.done < one.expected
            if not (self._steps(one) or self._of_ratio(one))
        ]
        if some:
            comma = self.words.say("weekly.comma")
            names = comma.join(one.measure.name for one in some)
            found = [it for one in some for it in proof.change(self.words, self.figures, one)]
            yield Sentence("same", self.words.say("weekly.same", names=names), tuple(found))

    def _finish(self, one: Row) -> Iterable[Sentence]:
        out = one.outlook
        text = weekly_finish.outlook(self.words, self.figures, one, out) if out else ""
        if out and text:
            yield Sentence("finish", text, proof.outlook(self.words, self.figures, one, out))

    def _early(self) -> Iterable[Sentence]:
        """Of what it is too early to say when all will be done, in one sentence."""
        if some := [one for one in self.figures.rows if weekly_finish.early(one)]:
            names = self.words.say("weekly.comma").join(one.measure.name for one in some)
            found = [
                it
                for one in some
                if one.outlook
                for it in proof.outlook(self.words, self.figures, one, one.outlook)
            ]
            yield Sentence("early", self.words.say("weekly.too_early", names=names), tuple(found))

    def _missing(self) -> Iterable[Sentence]:
        """Who said nothing this week, figures that lack the same units in one sentence; units below are counted, not named."""
        alike: dict[tuple[int, int, tuple[str, ...]], list[Row]] = {}
        for one in self.figures.rows:
            if one.silent:
                key = (one.measure.level, one.silent, self._lacking(one))
                alike.setdefault(key, []).append(one)
        told: set[int] = set()
        for (level, n, names), rows in alike.items():
            text = self.words.say(
                "weekly.missing" if names else "weekly.missing_all",
                indicator=self.words.say("weekly.comma").join(one.measure.name for one in rows),
                n=n,
                names=self._names(names),
                place=self.words.say(f"place.{Level(level).word}_all"),
            )
            found = [
                it
                for one in rows
                for it in proof.silent(
                    self.words, self.figures, one, [child for child in one.children if child.silent]
                )
            ]
            yield Sentence("missing_more" if level in told else "missing", text, tuple(found))
            told.add(level)

    def _lacking(self, one: Row) -> tuple[str, ...]:
        """The names of those who are silent, none where it is all of them."""
        if one.silent >= one.expected:
            return ()
        return tuple(self._silent(one, child) for child in one.children if child.silent)

    def _silent(self, one: Row, child: Child) -> str:
        if child.place.level == one.measure.level:
            return child.place.short
        return self.words.say("weekly.missing_below", unit=child.place.short, n=child.silent)

    def _difficulties(self) -> Iterable[Sentence]:
        one = self.figures
        if one.waiting:
            overdue = self.words.say("weekly.overdue", n=one.overdue) if one.overdue else ""
            text = self.words.say("weekly.difficulties", n=one.waiting, overdue=overdue)
            yield Sentence("difficulties", text, proof.difficulties(self.words, one))

    def _names(self, names: Sequence[str], *, more: str = "weekly.more") -> str:
        shown = self.words.say("weekly.comma").join(names[: self.names])
        return shown + (self.words.say(more, n=len(names)) if len(names) > self.names else "")

    def _word(self, one: Row) -> str:
        own = one.measure.unit_word if one.measure.leads else ""
        return own or self.words.say("progress.unit_word")
