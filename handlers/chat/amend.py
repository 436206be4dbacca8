"""更正通知 12 …: what is to be said instead, who must read it again, then a preview like any other."""

from __future__ import annotations

from bot import errors
from bot.actions import amend
from bot.core import intents, notice, wording
from bot.core.intents import Open
from bot.core.plan import Draft
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import asking, drafts
from handlers.chat.asking import Asked, Short
from handlers.chat.message import Member

_ALL, _UNSIGNED = 1, 2
_SHOWN = 60  # characters of the new text in the question


async def begin(rt: Runtime, message: Member, n: int, body: str, about: str) -> Reply:
    """Ask for the text, or who of those who have signed must read it again; `about` takes the answer."""
    try:
        found = await amend.standing(rt, message.actor, n)
    except errors.NotFound:
        return message.say(rt.words.say("notice.no_such", n=n))
    except errors.Conflict as error:
        return message.say(str(error))
    title = found.broadcast.title
    if not body:
        sentence = rt.words.say("notice.amend_text", n=n, title=title)
        asked = Asked(Open.TEXT, about, {"amends": n}, "", sentence)
        return message.say(sentence, await asking.ask(rt, message, asked))
    shown = wording.shorten(body, _SHOWN)
    sentence = rt.words.say("notice.amend_whom", n=n, text=shown, signed=found.signed)
    summary = rt.words.say("form.unsent", title=title)
    asked = Asked(Open.CHOICE, about, {"amends": n, "body": body}, summary, sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def chosen(rt: Runtime, message: Member, asked: Asked, said: Short) -> Draft | None:
    """The draft that she chose, from the text that is kept; None when that was no choice. Raises drafts.Wrong."""
    if not isinstance(said, intents.Digit) or said.number not in (_ALL, _UNSIGNED):
        return None
    form = notice.read("", asked.data["body"])
    body = form.content or form.loose
    if len(form.title) > drafts.MOST_TITLE:
        raise drafts.Wrong("form.long_title")
    if len(body) > drafts.MOST_BODY:
        raise drafts.Wrong("form.long_body")
    return await amend.draft(
        rt,
        message.actor,
        asked.data["amends"],
        title=form.title,
        body=body,
        deadline=drafts.moment(rt, message, form.deadline),
        acted=said.number == _ALL,
    )
