"""The weekly analysis in sentences, each with the figures it rests on; what hurts comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core import weekly_proof as proof
from bot.core import weekly_rules as rules
from bot.core import wording
from bot.core.forecast import Outlook, Standing
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
        said = [self._head(), *self._corrected()]
        for tell in (self._missed, self._stalled, self._odd, self._behind, self._row, self._finish):
            for one in rows:
                said.extend(tell(one))
        return (*said, *self._same(), *self._missing(), *self._difficulties())

    def _head(self) -> Sentence:
        day, monday = self.figures.as_of, self.figures.monday
        parts = [self._standing(one) for one in self.figures.rows]
        text = self.words.say(
            "weekly.head",
            unit=self.figures.place.short,
            from_month=monday.month,
            from_day=monday.day,
            month=day.month,
            day=day.day,
            hour=day.hour,
            list=self.words.say("weekly.between").join(parts),
        )
        found = [
            one for row in self.figures.rows for one in proof.totals(self.words, self.figures, row)
        ]
        return Sentence("head", text, tuple(found))

    def _standing(self, one: Row) -> str:
        key = "weekly.head_sum" if one.measure.leads else "weekly.head_units"
        if one.measure.ratio:
            key = "weekly.head_ratio"
        light = self.words.say(f"progress.{one.light}") if one.light else ""
        return self.words.say(
            key,
            indicator=one.measure.name,
            value=one.total.value,
            whole=one.total.whole,
            part=wording.percent(one.total.value, one.total.whole),
            word=one.measure.unit_word,
            done=one.total.done,
            reported=one.total.reported,
            expected=one.expected,
            percent=wording.percent(one.total.done, one.expected),
            light=light,
        )

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
                date=self._date(stone.on),
                percent=wording.percent(round(stone.fraction * 1000), 1000),
                n=stone.days,
                short=stone.needed - one.total.done,
            )
            yield Sentence("missed", text, proof.stone(self.words, self.figures, one, stone))
        for stone in rules.late_this_week(one, self.figures.as_of.date()):
            text = self.words.say(
                "weekly.reached_late",
                indicator=one.measure.name,
                date=self._date(stone.on),
                percent=wording.percent(round(stone.fraction * 1000), 1000),
                n=stone.days,
            )
            yield Sentence("reached_late", text, proof.stone(self.words, self.figures, one, stone))

    def _stalled(self, one: Row) -> Iterable[Sentence]:
        some = rules.stalled(one, self.limits)
        if some:
            text = self.words.say(
                "weekly.stalled",
                indicator=one.measure.name,
                weeks=self.limits.stalled_weeks,
                names=self._names([child.place.short for child in some]),
            )
            yield Sentence("stalled", text, proof.idle(self.words, self.figures, one, some))

    def _odd(self, one: Row) -> Iterable[Sentence]:
        odd = one.odd
        by_code = {child.place.code: child for child in one.children}
        if odd.zeros:
            text = self.words.say(
                "weekly.zeros",
                indicator=one.measure.name,
                n=len(one.children),
                zeros=odd.zeros,
            )
            yield Sentence(
                "zeros", text, proof.children(self.words, self.figures, one, one.children)
            )
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
        """Children behind plan that no sentence before has named."""
        named = {child.place.code for child in rules.stalled(one, self.limits)} | set(one.odd.low)
        some = [
            child
            for child in one.children
            if child.light == "behind" and child.place.code not in named
        ]
        if some and not one.measure.leads:
            names = self._names([child.place.short for child in some])
            text = self.words.say("weekly.behind", indicator=one.measure.name, names=names)
            yield Sentence("behind", text, proof.children(self.words, self.figures, one, some))

    def _row(self, one: Row) -> Iterable[Sentence]:
        if one.measure.ratio and one.week:
            yield self._ratio(one)
        if one.measure.ratio or one.change == 0:
            return
        key = "weekly.row_no_plan"
        if one.wanted is not None and not one.measure.leads:
            key = "weekly.row"
        change = "progress.week_more" if one.change > 0 else "progress.week_less"
        text = self.words.say(
            key,
            indicator=one.measure.name,
            change=self.words.say(change, n=abs(one.change), word=self._word(one)),
            planned=one.wanted,
        )
        yield Sentence("row", text, proof.change(self.words, self.figures, one))

    def _ratio(self, one: Row) -> Sentence:
        """A ratio has no increase to be told, only what it was and is."""
        before = one.total - one.week
        text = self.words.say(
            "weekly.row_ratio",
            indicator=one.measure.name,
            before=wording.percent(before.value, before.whole),
            now=wording.percent(one.total.value, one.total.whole),
        )
        return Sentence("row", text, proof.change(self.words, self.figures, one))

    def _same(self) -> Iterable[Sentence]:
        """What did not change and is not through, in one sentence."""
        some = [
            one for one in self.figures.rows if one.change == 0 and one.total.done < one.expected
        ]
        if some:
            comma = self.words.say("weekly.comma")
            names = comma.join(one.measure.name for one in some)
            found = [it for one in some for it in proof.change(self.words, self.figures, one)]
            yield Sentence("same", self.words.say("weekly.same", names=names), tuple(found))

    def _finish(self, one: Row) -> Iterable[Sentence]:
        out = one.outlook
        text = self._outlook(one, out) if out else ""
        if out and text:
            yield Sentence("finish", text, proof.outlook(self.words, self.figures, one, out))

    def _outlook(self, one: Row, out: Outlook) -> str:
        """The sentence about the finishing day; empty where nothing has begun, or all was done before this week."""
        name = one.measure.name
        if out.standing is Standing.DONE and out.done_on is not None:
            if (self.figures.as_of.date() - out.done_on).days >= 7:
                return ""
            against = self._against(one, out.done_on)
            return self.words.say(
                "weekly.finished", indicator=name, date=self._date(out.done_on), against=against
            )
        if out.standing is Standing.STALLED:
            return self.words.say("weekly.stopped", indicator=name)
        if out.standing is not Standing.OPEN:
            return self.words.say("weekly.too_early", indicator=name) if one.total.done else ""
        if out.earliest is None:
            return self.words.say("weekly.never", indicator=name)
        if out.likely is None:
            early = self._date(out.earliest)
            return self.words.say("weekly.hardly", indicator=name, early=early)
        return self.words.say(
            "weekly.finish" if out.latest else "weekly.finish_open",
            indicator=name,
            date=self._date(out.likely),
            early=self._date(out.earliest),
            late=self._date(out.latest) if out.latest else "",
            against=self._against(one, out.likely),
        )

    def _against(self, one: Row, day: date) -> str:
        n = (day - one.due).days
        if n == 0:
            return self.words.say("weekly.on_day")
        return self.words.say("weekly.days_late" if n > 0 else "weekly.days_early", n=abs(n))

    def _missing(self) -> Iterable[Sentence]:
        """Who said nothing this week of the first indicator of each level: units below are counted, not named."""
        first: dict[int, Row] = {}
        for one in self.figures.rows:
            first.setdefault(one.measure.level, one)
        for one in first.values():
            if one.silent:
                some = [child for child in one.children if child.silent]
                names = [self._silent(one, child) for child in some]
                text = self.words.say(
                    "weekly.missing",
                    indicator=one.measure.name,
                    n=one.silent,
                    names=self._names(names),
                )
                yield Sentence("missing", text, proof.silent(self.words, self.figures, one, some))

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

    def _names(self, names: Sequence[str]) -> str:
        shown = self.words.say("weekly.comma").join(names[: self.names])
        return shown + (
            self.words.say("weekly.more", n=len(names)) if len(names) > self.names else ""
        )

    def _word(self, one: Row) -> str:
        own = one.measure.unit_word if one.measure.leads else ""
        return own or self.words.say("progress.unit_word")

    def _date(self, day: date) -> str:
        """With the year only where it is another one than that of the analysis."""
        key = "weekly.date" if day.year == self.figures.as_of.year else "weekly.date_year"
        return self.words.say(key, year=day.year, month=day.month, day=day.day)
