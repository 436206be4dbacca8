"""What is said of a numbered item: its title and day, how far a unit and those below are, what was kept."""

from __future__ import annotations

from typing import Any, Final

from bot import errors
from bot.actions.item import Seen
from bot.core import item as rules
from bot.core import wording
from bot.core.intents import Open
from bot.core.item import Kind, Part, State
from bot.core.reply import TextReply
from bot.runtime import Runtime
from bot.store import units
from handlers.chat import dates
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "item"
_NAMES: Final = 20
_TEXT: Final = 60  # characters of her words that are repeated
_STOPS: Final = "。.！!；; "


def named(rt: Runtime, one: rules.Item) -> dict[str, Any]:
    """How sentences name an item."""
    return {"kind": rt.words.say(f"items.kind_{one.kind}"), "n": one.id, "title": one.title}


def head(rt: Runtime, message: Member, seen: Seen, taken: int) -> str:
    """Title, day and as much of the detail as there is room for."""
    due = dates.day(rt, seen.item.due_on)
    head = rt.words.say("items.headline", due=due, **named(rt, seen.item))
    room = message.limit - taken - len(head) - 3
    detail = seen.item.detail
    return head + (wording.shorten(detail, room) if detail and room > 1 else "")


def how(rt: Runtime, part: Part) -> str:
    """How far her own part is, and what she may say."""
    words = named(rt, part.item)
    if part.done and part.item.kind is Kind.STATISTIC:
        value = part.value if part.value is not None else part.known
        return rt.words.say("items.own_number", value=value, **words)
    if part.state is State.RETURNED:
        reason = wording.shorten(part.reason, _TEXT // 2).rstrip(_STOPS)
        return rt.words.say("items.own_returned", reason=reason, **words)
    return rt.words.say("items.own_done" if part.done else f"items.own_{part.item.kind}", **words)


def sums(rt: Runtime, seen: Seen) -> str:
    """How many of those below have done it, and by child in the official order."""
    below = seen.sums
    if below is None:
        return ""
    late = rt.words.say("items.sum_late", n=below.late) if below.late else ""
    lines = [rt.words.say("items.sum", done=below.done, asked=below.asked, late=late)]
    if seen.item.kind is Kind.STATISTIC:
        lines = [
            rt.words.say("items.sum_number", value=below.value, done=below.done, asked=below.asked)
        ]
    if len(seen.children) > 1:
        held = [f"{unit.short}{done}/{asked}" for unit, done, asked in seen.children]
        comma = rt.words.say("analysis.comma")
        lines.append(rt.words.say("items.sum_children", list=comma.join(held)))
    return "\n".join(lines)


async def which(rt: Runtime, message: Member, number: int, several: errors.Several) -> TextReply:
    """Which unit is meant: those that have handed something in."""
    async with rt.read() as c:
        some = await units.many(c, several.numbers[:_NAMES])
    names = rt.words.say("analysis.comma").join(unit.short for unit in some.values())
    return message.say(rt.words.say("items.which", n=number, list=names))


def kept(rt: Runtime, part: Part, before: Part | None, text: str) -> str:
    """What was kept of her part; a statistic with the number before."""
    words = named(rt, part.item)
    if part.state in (State.OPEN, State.RETURNED):
        return rt.words.say("items.kept_open", **words)
    if part.state is State.DOING:
        said = wording.shorten(text, _TEXT).rstrip(_STOPS)
        more = "" if rules.under_way(said) else rt.words.say("items.doing_said", said=said)
        return rt.words.say("items.kept_doing", said=more, **words)
    late = rt.words.say("items.late") if part.late else ""
    if part.item.kind is Kind.STATISTIC:
        was = before.value if before is not None else None
        old = rt.words.say("value.before", value=was) if was is not None else ""
        return rt.words.say("items.kept_number", value=part.value, before=old, late=late, **words)
    if part.evidence:
        return rt.words.say("items.kept_picture", count=len(part.evidence), late=late, **words)
    return rt.words.say("items.kept_done", late=late, **words)


def is_it(rt: Runtime, one: rules.Item, state: State, text: str, *, said: str = "") -> Asked:
    """Whether her words say that it is done, or under way; `said` stands for them where `text`, which is kept, is empty."""
    key = "items.is_done" if state is State.DONE else "items.is_doing"
    sentence = rt.words.say(key, said=wording.shorten(text or said, _TEXT), **named(rt, one))
    data = {"number": one.id, "text": text, "state": state.value}
    return Asked(Open.YESNO, ABOUT, data, text, sentence)


def is_number(rt: Runtime, one: rules.Item, value: int) -> Asked:
    """Whether the statistic is this number."""
    sentence = rt.words.say("items.is_number", value=value, **named(rt, one))
    data = {"number": one.id, "state": State.DONE.value, "text": "", "value": value}
    return Asked(Open.READBACK, ABOUT, data, sentence, sentence)
