"""The lines of a notice while it is written: which she has, which cannot be used, which is asked for alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.core import intent_asides, notice, short
from bot.core import text as texts
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


def given(read: notice.Draft, data: Mapping[str, Any], text: str) -> dict[str, str]:
    """What an answer fills: the labelled lines that she sent, else the one line she was asked for.

    One name alone takes the place of the one in 范围 that could not be used; 范围： replaces the whole.
    """
    need, written = data["need"], read.written
    name = "" if written or need != "scope" else _name(data.get("said", ""), text)
    if name:
        return _instead(data, name)
    lines_only = written and not read.loose and need != "content"
    return written if need in written or lines_only else {need: text}


def _name(bad: str, text: str) -> str:
    """The one name she answers with instead of `bad`, or the same with what it lies in: 星溪乡 东山村; '' for none."""
    names = notice.names(text)
    if not bad or not names:
        return ""
    within = names[-1] == bad and "".join(names) == "".join(texts.fold(text).split())
    return "".join(names) if within or len(names) == 1 else ""


def _instead(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """The 范围 with this name or code in place of the one that could not be used."""
    names = notice.names(data["fields"]["scope"])
    return {"scope": "、".join(name if one == data["said"] else one for one in names)}


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
        label = rt.words.say(f"form.label_{wrong.field}")
        said += rt.words.say(_tail(data, wrong), label=label)
    question = asked(rt, data, wrong.field, said)
    held = {**question.data, ANEW: True}
    if wrong.name:
        held["said"] = wrong.name
    if wrong.codes:
        held["codes"] = list(wrong.codes)
    return Asked(question.open, question.about, held, question.summary, said)


def _tail(data: Mapping[str, Any], wrong: drafts.Wrong) -> str:
    """How to go on: by another name where units are offered or others stand beside it, else by the line anew."""
    if wrong.codes:
        return "form.kept_not_it" if len(wrong.codes) == 1 else "form.kept_none_of"
    beside = wrong.name and len(notice.names(data["fields"]["scope"])) > 1
    return "form.kept_name" if beside else "form.kept"


def picked(line: Line, data: Mapping[str, Any]) -> dict[str, str] | None:
    """The 范围 with the unit she chose of those offered in place of the name that was not found; None for no choice."""
    codes = data.get("codes", [])
    answer = short.read(line)
    number = 1 if answer.accept and len(codes) == 1 else answer.number
    if number is None or not 1 <= number <= len(codes):
        return None
    return _instead(data, codes[number - 1])


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
