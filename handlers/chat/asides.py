"""While free words are asked for, those of a notice step by step: commands and receipts are answered as such, the question stays open."""

from __future__ import annotations

from typing import Final

from bot.core import dates, intent_asides, intents, notice
from bot.core.intents import Intent, Open
from bot.core.reply import Reply, TextReply
from bot.core.report import like
from bot.runtime import Runtime
from handlers.chat import asking, broadcast, meaning
from handlers.chat.asking import Standing
from handlers.chat.message import Message

_SILENT: Final = intents.Danger | intents.ContactMe | intents.Human
"""Who is in need hears nothing of notices."""


def need(was: Standing | None) -> str | None:
    """Which line the open question of a notice asks for (title, content, scope, …); None for any other."""
    if was is None or was[1].about != broadcast.ABOUT or was[1].open is not Open.TEXT:
        return None
    return str(was[1].data.get("need", "content"))


def apart(was: Standing) -> bool:
    """Whether the open question is for free words, so that 收到 is no answer to it."""
    return was[1].open is Open.TEXT


def meant(rt: Runtime, message: Message, was: Standing, said: Intent, known: meaning.Known) -> bool:
    """Whether what she wrote is `said`, its meaning with nothing open, and no answer to the open question."""
    line, wants, kind = message.line, need(was), was[1].data.get("kind", "")
    if wants is None:
        return intent_asides.command(line) or intent_asides.menu(line)
    if isinstance(said, intents.NewBroadcast) and notice.read(said.kind, said.body).written:
        return True  # another notice, with its lines
    if notice.read(kind, line.raw).written:
        return False
    if intent_asides.command(line):
        return True
    if wants == "audience":
        fits = not notice.audience(line.raw).unread
    elif wants == "deadline":
        nothing = rt.words.say("form.nothing").split()
        now = message.now.astimezone(rt.calendar.zone)
        fits = line.raw.strip() in nothing or dates.read(line.raw, now) is not None
    elif wants == "scope":
        fits = False  # what a unit may be called is no report
        if intent_asides.asks(said):
            return True
    else:
        return False
    plain = like.sure(line, known.indicators, known.steps)
    return not fits and intent_asides.instead(line, said, figures=plain)


async def still(
    rt: Runtime, message: Message, was: Standing | None, said: Intent, reply: Reply
) -> Reply:
    """The answer with a line that the notice is still being written, if it is and the line finds room."""
    wants = need(was)
    if was is None or wants is None or isinstance(said, _SILENT | asking.Short):
        return reply
    now = await asking.current(rt, message)
    if now is None or now[0] != was[0] or not isinstance(reply, TextReply):
        return reply
    key = f"form.need_{wants}"
    what = rt.words.say(key if key in rt.words else f"form.label_{wants}")
    line = rt.words.say("form.still", what=what)
    whole = f"{reply.text}\n{line}"
    return TextReply(whole) if len(whole) <= message.limit else reply
