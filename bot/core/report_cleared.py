"""All that is put plainly in a sentence, or blanked out of it, before its tokens are taken, in its order."""

from __future__ import annotations

import re

from bot.core import (
    report_added_up,
    report_aside,
    report_background,
    report_behalf,
    report_corrected,
    report_heard,
    report_idioms,
    report_layout,
    report_made_up,
    report_official,
    report_overtaken,
    report_pending,
    report_quiet,
    report_reckoned,
    report_remarks,
    report_reworded,
    report_self,
    report_slips,
    report_speaking,
    report_taken_back,
    report_topics,
    report_traits,
)
from bot.core.model import Level
from bot.core.reading import Lexicon


def of(told: str, lexicon: Lexicon, called: re.Pattern[str]) -> tuple[str, tuple[int, ...]]:
    """What is told, as long as before, and by how much its number may then be off."""
    office = lexicon.own.level is not Level.VILLAGE
    text = report_corrected.plainly(report_remarks.plainly(told, office=office), lexicon, called)
    text = report_reworded.plainly(report_taken_back.plainly(text), office=office)
    text = report_behalf.plainly(report_idioms.plainly(text, office=office), office=office)
    text = report_background.without(text, lexicon)
    text = report_made_up.plainly(text, lexicon)
    text = report_added_up.plainly(report_reckoned.plainly(text))
    text, off = report_slips.off(report_quiet.without(report_overtaken.without(text)))
    text = report_speaking.without(report_heard.put_right(text, lexicon), lexicon)
    text = report_traits.without(report_self.without(text, lexicon, called), lexicon, called)
    text = report_topics.plainly(text, called, office=office)
    text = report_pending.without(report_layout.plain(text, called), lexicon, called)
    text = report_official.without(text, lexicon, called)
    return report_aside.without(text, lexicon, called), off
