"""The first sentence of the weekly analysis: how every figure stands."""

from __future__ import annotations

from bot.core import weekly_proof as proof
from bot.core import wording
from bot.core.ledger import Share
from bot.core.model import IndicatorKind
from bot.core.weekly import Figures, Measure, Row, Sentence


def sentence(words: wording.Words, figures: Figures) -> Sentence:
    """It begins with the unit, the campaign and the days that it is about."""
    day, monday = figures.as_of, figures.monday
    parts = [_standing(words, figures, one) for one in figures.rows]
    text = words.say(
        "weekly.head" if day.date() != monday else "weekly.head_monday",
        unit=figures.place.short,
        campaign=figures.campaign_name,
        from_month=monday.month,
        from_day=monday.day,
        month=day.month,
        day=day.day,
        hour=day.hour,
        list=words.say("weekly.between").join(parts),
    )
    found = [one for row in figures.rows for one in proof.totals(words, figures, row)]
    return Sentence("head", text, tuple(found))


def _standing(words: wording.Words, figures: Figures, one: Row) -> str:
    light = words.say(f"progress.{one.light}") if one.light else ""
    if figures.place.level == one.measure.level:
        figure = own(words, one.measure, one.total)
        said = words.say("weekly.head_own", indicator=one.measure.name, figure=figure)
        return said if one.measure.leads else f"{said} {light}".strip()
    key = "weekly.head_ratio" if one.measure.ratio else "weekly.head_sum"
    if not one.measure.leads:
        key = "weekly.head_units"
    elif not one.total.reported:
        key = "weekly.head_silent"
    return words.say(
        key,
        indicator=one.measure.name,
        value=one.total.value,
        ratio=wording.ratio(one.total.value, one.total.whole),
        word=one.measure.unit_word,
        done=one.total.done,
        reported=one.total.reported,
        expected=one.expected,
        percent=wording.percent(one.total.done, one.expected),
        light=light,
    )


def own(words: wording.Words, measure: Measure, total: Share) -> str:
    """What a unit that reports it herself has reported, as 进度 says it; of a step its number, as names are not kept.

    `已完成`, `第3步`, `还没开始`, `12户`, `72/80（90.0%）`, `没报`.
    """
    if not total.reported:
        return words.say("progress.row_silent")
    if measure.ratio:
        return wording.ratio(total.value, total.whole)
    if measure.leads:
        return f"{total.value}{measure.unit_word}"
    if measure.kind == IndicatorKind.STAGE:
        step = words.say("weekly.own_step", n=total.value)
        return step if total.value else words.say("progress.row_no_step")
    return words.say("progress.row_done" if total.done else "progress.row_undone")
