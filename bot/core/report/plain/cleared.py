"""All that is put plainly in a sentence, or blanked out of it, before its tokens are taken, in its order."""

from __future__ import annotations

import re

from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report.aside import (
    aside,
    background,
    labelled,
    leaders,
    measured,
    official,
    opening,
    quiet,
    remarks,
    speaking,
    told_again,
    traits,
)
from bot.core.report.corrections import corrected, of_another, slips, taken_back
from bot.core.report.counts import added_up, comes_to, made_up, reckoned
from bot.core.report.plain import claimed, dated, heard, idioms, layout, overtaken, reworded, topics
from bot.core.report.units import behalf, her_level, herself, pending, surveys


def of(told: str, lexicon: Lexicon, called: re.Pattern[str]) -> tuple[str, tuple[int, ...]]:
    """What is told, as long as before, and by how much its number may then be off."""
    office = lexicon.own.level is not Level.VILLAGE
    text = surveys.without(opening.closed(dated.without(told, lexicon.today)), lexicon)
    text = claimed.plainly(text)
    text = of_another.plainly(remarks.plainly(text, office=office), lexicon)
    text = corrected.plainly(text, lexicon, called)
    text = reworded.plainly(taken_back.plainly(text), office=office)
    text = behalf.plainly(idioms.plainly(text, office=office), office=office)
    text = told_again.without(text)
    text = measured.without(background.without(text, lexicon), lexicon)
    text = labelled.without(leaders.without(text), lexicon, called)
    text = made_up.plainly(comes_to.plainly(text, lexicon), lexicon)
    text = her_level.without(text, lexicon)
    text = added_up.plainly(reckoned.plainly(text))
    text, off = slips.off(quiet.without(overtaken.without(text)))
    text = speaking.without(heard.put_right(text, lexicon), lexicon)
    text = traits.without(herself.without(text, lexicon, called), lexicon, called)
    text = topics.plainly(text, called, office=office)
    text = pending.without(layout.plain(text, called), lexicon, called)
    text = official.without(text, lexicon, called)
    return aside.without(text, lexicon, called), off
