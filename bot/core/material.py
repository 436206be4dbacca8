"""材料: a paragraph to paste, of finished sentences, with as-of and n of m."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import ledger, wording
from bot.core import progress as rules
from bot.core.model import IndicatorKind
from bot.core.progress import Progress


def paragraph(
    words: wording.Words, shown: Sequence[Progress], local: datetime, *, limit: int
) -> str:
    """The figures of one unit as one paragraph of at most `limit` characters; what does not fit is left out whole.

    First what is finished, then what is not, then the sums. `local`: as-of in local time.
    """
    units = [one for one in shown if not rules.counts(one.indicator)]
    finished = [one for one in units if one.done >= one.expected]
    sentences = [_finished(words, finished)] if finished else []
    sentences += [_unfinished(words, one) for one in units if one not in finished]
    sums = [one for one in shown if rules.counts(one.indicator)]
    if sums:
        said = words.say("material.comma").join(_sum(words, one) for one in sums)
        sentences.append(said + words.say("material.stop"))
    head = words.say("material.head", as_of=rules.as_of(words, local), unit=shown[0].unit.short)
    return wording.whole([head, *sentences], limit)


def _finished(words: wording.Words, some: Sequence[Progress]) -> str:
    if all(_own(one) for one in some):
        said = words.say("material.and").join(_name(words, one) for one in some)
        return words.say("material.own_done", what=said)
    said = words.say("material.and").join(
        words.say(
            "material.what",
            n=one.expected,
            place=words.say(f"place.{one.indicator.level.word}_all"),
            indicator=_name(words, one),
        )
        for one in some
    )
    return words.say("material.all_done", what=said)


def _unfinished(words: wording.Words, one: Progress) -> str:
    if _own(one):
        steps, reached = one.indicator.steps, one.total.value
        if one.indicator.kind is IndicatorKind.STAGE and 0 < reached <= len(steps):
            step = steps[reached - 1]
            return words.say("material.own_step", indicator=_name(words, one), step=step)
        return words.say("material.own_not", indicator=_name(words, one))
    change = rules.week_line(words, one)
    light = words.say("pointed.comma") + words.say(f"progress.{one.light}") if one.light else ""
    return words.say(
        "material.part",
        indicator=_name(words, one),
        done=one.done,
        place=words.say(f"place.{one.indicator.level.word}_all"),
        expected=one.expected,
        percent=wording.percent(one.done, one.expected),
        change=change,
        light=light,
    )


def _sum(words: wording.Words, one: Progress) -> str:
    if one.reported == 0:
        return words.say("material.sum_none", indicator=_name(words, one))
    key = "material.sum" if one.reported >= one.expected else "material.sum_part"
    return words.say(
        key,
        indicator=_name(words, one),
        figure=rules.figure(one.indicator, one.total),
        reported=one.reported,
        expected=one.expected,
        place=words.say(f"place.{one.indicator.level.word}_all"),
    )


def _own(one: Progress) -> bool:
    """Whether the figures are those of the unit that reports them itself."""
    return one.unit.level == one.indicator.level


def _name(words: wording.Words, one: Progress) -> str:
    """乡镇区域化 is 区域化 beside 10个乡镇; 新增执委·村 is 村新增执委 (of a village 新增执委)."""
    name = ledger.spoken(one.indicator)
    short = words.say(f"place.{one.indicator.level.word}")
    rest = name.removeprefix(short)
    if rules.counts(one.indicator):
        return rest if _own(one) else short + rest
    return rest or name
