"""The lines of a notice while it is written: which she has, which cannot be used, which is asked for alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.core import intent_asides, notice, short
from bot.core.intents import Open
from bot.core.text import Line
from bot.runtime import Runtime
from handlers.chat import drafts
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "broadcast"
ANEW: Final = "anew"  # of a question for a line that could not be used


async def look(
    rt: Runtime, message: Member, kind: str, written: Mapping[str, str], twice: tuple[str, ...]
) -> None:
    """Whether what she has written so far can be used; raises drafts.Wrong, or NotAllowed as `drafts.draft` does."""
    if not written:
        return
    text = {} if written.get("loose") else {"title": kind, "content": kind}
    await drafts.draft(rt, message, notice.Draft(kind, twice=twice, **text | dict(written)))


def given(read: notice.Draft, need: str, text: str) -> dict[str, str]:
    """What an answer fills: the labelled lines that she sent, else the one line she was asked for."""
    written = read.written
    lines_only = written and not read.loose and need != "content"
    return written if need in written or lines_only else {need: text}


def asked(rt: Runtime, data: Mapping[str, Any], need: str, sentence: str) -> Asked:
    """The question for one line of the notice."""
    title = data["fields"].get("title", "")
    summary = rt.words.say("form.unsent", title=title) if title else rt.words.say("form.unfinished")
    held = {name: data[name] for name in ("kind", "fields", "whole") if name in data}
    return Asked(Open.TEXT, ABOUT, {**held, "need": need}, summary, sentence)


def again(rt: Runtime, data: Mapping[str, Any], wrong: drafts.Wrong) -> Asked:
    """The question for the line that could not be used; that the rest is kept is said once."""
    said = rt.words.say(wrong.key, said=wrong.said, name=wrong.name)
    if wrong.field != data.get("need"):
        said += rt.words.say("form.kept", label=rt.words.say(f"form.label_{wrong.field}"))
    question = asked(rt, data, wrong.field, said)
    held = {**question.data, ANEW: True}
    if wrong.codes:
        held |= {"said": wrong.name, "codes": list(wrong.codes)}
    return Asked(question.open, question.about, held, question.summary, said)


def picked(line: Line, data: Mapping[str, Any]) -> dict[str, str] | None:
    """The 范围 with the unit she chose of those offered in place of the name that was not found; None for no choice."""
    codes = data.get("codes", [])
    answer = short.read(line)
    number = 1 if answer.accept and len(codes) == 1 else answer.number
    if number is None or not 1 <= number <= len(codes):
        return None
    names = notice.names(data["fields"]["scope"])
    chosen = [codes[number - 1] if name == data["said"] else name for name in names]
    return {"scope": "、".join(chosen)}


def unread(line: Line, data: Mapping[str, Any]) -> bool:
    """Whether it is no answer: 不是 to the units that were offered, or a word that the line asked for cannot read."""
    if "codes" in data and short.read(line).deny:
        return True
    return intent_asides.empty(line) and not _reads(data.get("need", ""), line.raw)


def _reads(need: str, said: str) -> bool:
    """Whether a word that is empty elsewhere is a value of this line: 是 of 紧急 and of 回执."""
    if need == "urgent":
        return notice.yes(said) is not None
    return need == "receipt" and notice.receipt(said) is not None
