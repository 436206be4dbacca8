"""A weekly analysis as a file: Word, Excel or a picture, made beside the event loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from bot import errors, picture
from bot.actions import weekly_excel, weekly_word
from bot.actions.publish import Shown
from bot.core import weekly_chart, wording
from bot.runtime import Runtime

KINDS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
}


@dataclass(frozen=True, slots=True)
class File:
    """What a download gets: its bytes, their media type and a name for people."""

    content: bytes
    kind: str
    name: str


async def make(rt: Runtime, shown: Shown, ending: str) -> File:
    """The file with this ending; NotFound for any other than docx, xlsx, png."""
    if ending not in KINDS or (ending == "png" and not shown.figures.rows):
        raise errors.NotFound
    content = await asyncio.to_thread(_content, rt.words, shown, ending)
    figures = shown.figures
    title = rt.words.say("weekly.title", unit=figures.place.short, campaign=figures.campaign_name)
    return File(content, KINDS[ending], f"{title} {figures.week}.{ending}")


def _content(words: wording.Words, shown: Shown, ending: str) -> bytes:
    if ending == "docx":
        return weekly_word.build(words, shown.figures, shown.sentences)
    if ending == "xlsx":
        return weekly_excel.build(words, shown.figures, shown.sentences)
    return picture.png(weekly_chart.svg(words, shown.figures, shown.figures.rows[0]))
