"""发通知: step by step or in one message, a preview, 确认发送, then sent or waiting for 同意."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from bot import errors
from bot.actions import broadcast
from bot.core import access, intent_asides, intents, notice, wording
from bot.core.intents import Open
from bot.core.plan import Broadcast, Draft, Phase
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import amend, asking, bulletin, dates, drafts, fields, notices, previewed
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member

ABOUT: Final = fields.ABOUT
SENT: Final = "sent"  # the deed of confirming: a second 确认发送 is told so
SHOWN: Final = "shown"  # the deed of having seen a preview
_STEPS: Final = ("title", "content", "audience", "deadline")
_STEPS_OF_FIGURES: Final = (
    "title",
    "deadline",
)  # its text and whom it is for follow from the figures


async def handle(
    rt: Runtime, message: Member, intent: intents.NewBroadcast | intents.BroadcastStatus
) -> Reply:
    """Begin a notice, or show one that was made."""
    if isinstance(intent, intents.BroadcastStatus):
        return await notices.shown(rt, message, intent.number)
    if access.send_post(message.actor) is None:
        return message.say(rt.words.say("form.may_not_send"))
    if intent.amends is not None:
        return await amend.begin(rt, message, intent.amends, intent.body, ABOUT)
    standing = await asking.current(rt, message)
    if standing is not None and standing[1].data.get(fields.ANEW):
        await asking.take(rt, standing[0])  # she writes the whole again instead of the one line
    form = notice.read(intent.kind, intent.body)
    figures = intent.kind == notice.FIGURES
    if figures and not access.shows_figures(message.actor, [message.home]):
        return message.say(rt.words.say("notice.figures_only_above"))
    loose = {"loose": form.loose} if form.loose else {}
    data = {"kind": form.kind, "fields": form.written | loose}
    whole = bool(form.content or form.loose or (figures and form.title))
    return await _step(rt, message, {**data, "whole": whole}, form.twice)


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """The next step of the form, or what becomes of a preview."""
    question, asked = standing
    match asked.open, said:
        case Open.PREVIEW, intents.ConfirmSend():
            if not await asking.take(rt, question):
                return message.say(rt.words.say("question.already"))
            return await _send(rt, message, asked)
        case Open.PREVIEW, intents.SendLater(when=when):
            return await _later(rt, message, standing, when)
        case Open.PREVIEW, intents.Deny():
            await asking.take(rt, question)
            return message.say(rt.words.say("question.dropped"))
        case Open.CHOICE, _:
            return await _amended(rt, message, standing, said)
        case Open.TEXT, intents.Answer(text=text):
            return await _told(rt, message, standing, text)
        case _:
            return message.say(rt.words.say("question.again", sentence=asked.sentence))


async def _told(rt: Runtime, message: Member, standing: Standing, text: str) -> Reply:
    """Words of hers while the notice is written."""
    question, asked = standing
    chosen = fields.picked(message.line, asked.data)
    if chosen is None and fields.unread(message.line, asked.data):
        return message.say(rt.words.say("question.again", sentence=asked.sentence))
    await asking.take(rt, question)
    if chosen is not None:
        return await _step(rt, message, {**asked.data, "fields": asked.data["fields"] | chosen})
    if intent_asides.stops(message.line):
        return message.say(rt.words.say("form.dropped"))
    if "amends" in asked.data:
        return await amend.begin(rt, message, asked.data["amends"], text, ABOUT)
    return await _filled(rt, message, asked.data, text)


async def _amended(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """A correction: who reads it is chosen, now its preview."""
    question, asked = standing
    try:
        draft = await amend.chosen(rt, message, asked, said)
    except drafts.Wrong as wrong:
        return message.say(rt.words.say(wrong.key, said=wrong.said))
    except errors.Conflict as error:
        return message.say(str(error))
    if draft is None:
        return message.say(rt.words.say("question.again", sentence=asked.sentence))
    await asking.take(rt, question)
    return await _show(rt, message, draft, "")


async def _step(
    rt: Runtime, message: Member, data: Mapping[str, Any], twice: tuple[str, ...] = ()
) -> Reply:
    """Ask for what cannot be used of what she wrote, then for the first thing that is missing; else a preview."""
    written = data["fields"]
    steps = _STEPS_OF_FIGURES if data["kind"] == notice.FIGURES else _STEPS
    need = next((name for name in steps if not written.get(name)), None)
    if need is None or data.get("whole"):
        form = notice.Draft(data["kind"], twice=twice, **written)
        return await _preview(rt, message, form, data)
    try:
        await fields.look(rt, message, data["kind"], written, twice)
    except drafts.Wrong as wrong:
        return await _anew(rt, message, wrong, data)
    asked = fields.asked(rt, data, need, rt.words.say(f"form.ask_{need}"))
    return message.say(asked.sentence, await asking.ask(rt, message, asked))


async def _filled(rt: Runtime, message: Member, data: Mapping[str, Any], text: str) -> Reply:
    """Take one answer of the guided form; a whole form in one message is taken as such."""
    read = notice.read(data["kind"], text)
    written = {**data["fields"], **fields.given(read, data, text)}
    whole = bool(data.get("whole") or (read.content and read.title))
    return await _step(rt, message, {**data, "fields": written, "whole": whole}, read.twice)


async def _anew(
    rt: Runtime, message: Member, wrong: drafts.Wrong, data: Mapping[str, Any]
) -> Reply:
    """Say what is wrong and ask for that line alone; the rest of what she wrote is kept."""
    if not wrong.field:
        return message.say(rt.words.say(wrong.key, said=wrong.said))
    asked = fields.again(rt, data, wrong)
    return message.say(asked.sentence, await asking.ask(rt, message, asked))


async def _preview(
    rt: Runtime, message: Member, form: notice.Draft, data: Mapping[str, Any]
) -> Reply:
    """The preview of a whole form, or what cannot be used of it; `data` is what stands written."""
    try:
        draft = await drafts.draft(rt, message, form)
        if draft.kind != notice.FIGURES:
            return await _shown(rt, message, draft, "")
        draft = await bulletin.filled(rt, message, draft)
        return await _shown(rt, message, draft, draft.body)
    except drafts.Wrong as fault:
        wrong = fault
    except errors.BadInput as error:  # nobody is left there
        wrong = drafts.Wrong("form.wrong", str(error), "audience")
    return await _anew(rt, message, wrong, data)


async def _show(rt: Runtime, message: Member, draft: Draft, before: str) -> Reply:
    """`_shown`, or what is wrong with a draft of which no line can be written anew."""
    try:
        return await _shown(rt, message, draft, before)
    except errors.BadInput as error:
        return message.say(str(error))


async def _shown(rt: Runtime, message: Member, draft: Draft, before: str) -> Reply:
    """The preview; what is kept with it is what 确认发送 sends. Raises BadInput."""
    try:
        preview = await broadcast.preview(rt, message.actor, draft)
    except errors.NotAllowed:
        return message.say(rt.words.say("broadcast.out_of_scope"))
    sentence = previewed.sentence(rt, draft, preview)
    summary = rt.words.say("form.unsent", title=draft.title)
    data = {"draft": drafts.keep(draft), "hash": preview.token.hex()}
    note = await asking.ask(rt, message, Asked(Open.PREVIEW, ABOUT, data, summary, sentence))
    await asking.did(rt, message, SHOWN, {"title": draft.title})
    room = message.limit - len(sentence) - len(note) - 2  # what she is asked is never cut
    before = wording.shorten(before, room) if before else ""
    return message.say("\n".join(part for part in (before, sentence) if part), note)


async def _send(rt: Runtime, message: Member, asked: Asked) -> Reply:
    try:
        draft = await drafts.kept(rt, asked.data["draft"])
        async with rt.db.savepoint():
            made = await broadcast.submit(
                rt,
                message.actor,
                draft,
                expected=bytes.fromhex(asked.data["hash"]),
                idem_key=f"chat:{message.inbound.key.hex()}",
            )
    except errors.Conflict:
        draft = await drafts.kept(rt, asked.data["draft"])
        return await _show(rt, message, draft, rt.words.say("broadcast.changed"))
    except errors.NotAllowed:
        return message.say(rt.words.say("broadcast.out_of_scope"))
    except errors.BadInput as error:
        return message.say(str(error))
    await asking.did(rt, message, SENT, {"number": made.id})
    return message.say(await _sent(rt, made))


async def _sent(rt: Runtime, made: Broadcast) -> str:
    say = rt.words.say
    if made.state is Phase.WAITING:
        held = await broadcast.deciders(rt, made)
        if not held:
            return say("form.waits_nobody", n=made.id, title=made.title)
        first = held[0].posts[0]
        who = f"{first.unit.display}{first.title} {wording.masked(held[0].name)}"
        return say("form.waits", n=made.id, title=made.title, who=who)
    if made.not_before_ms is not None and made.state is Phase.READY:
        at = dates.moment_ms(rt, made.not_before_ms)
        return say("form.sent_later", n=made.id, title=made.title, at=at)
    return say("form.sent", n=made.id, title=made.title)


async def _later(rt: Runtime, message: Member, standing: Standing, when: str) -> Reply:
    """明早8点再发: a new preview with that time."""
    question, asked = standing
    try:
        at = drafts.moment(rt, message, when)
    except drafts.Wrong as wrong:
        return message.say(rt.words.say(wrong.key, said=wrong.said))
    await asking.take(rt, question)
    draft = await drafts.kept(rt, asked.data["draft"])
    return await _show(rt, message, dataclasses.replace(draft, not_before=at), "")
