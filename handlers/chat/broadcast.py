"""发通知: step by step or in one message, a preview, 确认发送, then sent or waiting for 同意."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from bot import errors
from bot.actions import broadcast
from bot.core import access, intent_asides, intents, notice, wording
from bot.core.intents import Open
from bot.core.plan import Broadcast, Draft, Phase, Preview
from bot.core.reply import Reply
from bot.core.way import GROUPS
from bot.runtime import Runtime
from handlers.chat import amend, asking, bulletin, dates, drafts, notices
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member

ABOUT: Final = "broadcast"
SENT: Final = "sent"  # the deed of confirming: a second 确认发送 is told so
SHOWN: Final = "shown"  # the deed of having seen a preview
_STEPS: Final = ("title", "content", "audience", "deadline")
_STEPS_OF_FIGURES: Final = (
    "title",
    "deadline",
)  # its text and whom it is for follow from the figures
_MINUTE_S: Final = 60
_LONG_MINUTES, _DAY_MINUTES = 120, 24 * 60


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
    form = notice.read(intent.kind, intent.body)
    if intent.kind == notice.FIGURES:
        if not access.shows_figures(message.actor, [message.home]):
            return message.say(rt.words.say("notice.figures_only_above"))
        if form.title or form.content or form.loose:
            return await _preview(rt, message, form)
    if not (form.content or form.loose):
        return await _partly(rt, message, form)
    return await _preview(rt, message, form)


async def _partly(rt: Runtime, message: Member, form: notice.Draft) -> Reply:
    """A form without its text: what she wrote is kept, after a look whether it can be used, and the rest asked for."""
    fields = form.written
    if fields:
        filled = {"title": form.kind, "content": form.kind} | fields
        try:
            await drafts.draft(rt, message, notice.Draft(form.kind, twice=form.twice, **filled))
        except drafts.Wrong as wrong:
            return message.say(rt.words.say(wrong.key, said=wrong.said))
    return await _step(rt, message, {"kind": form.kind, "fields": fields})


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
        case Open.TEXT, intents.Answer() if intent_asides.stops(message.line):
            await asking.take(rt, question)
            return message.say(rt.words.say("form.dropped"))
        case Open.TEXT, intents.Answer() if intent_asides.empty(message.line):
            return message.say(rt.words.say("question.again", sentence=asked.sentence))
        case Open.TEXT, intents.Answer(text=text) if "amends" in asked.data:
            await asking.take(rt, question)
            return await amend.begin(rt, message, asked.data["amends"], text, ABOUT)
        case Open.TEXT, intents.Answer(text=text):
            await asking.take(rt, question)
            return await _filled(rt, message, asked.data, text)
        case _:
            return message.say(rt.words.say("question.again", sentence=asked.sentence))


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


async def _step(rt: Runtime, message: Member, data: Mapping[str, Any]) -> Reply:
    """Ask for the first thing that is missing; a preview once nothing is."""
    fields = data["fields"]
    steps = _STEPS_OF_FIGURES if data["kind"] == notice.FIGURES else _STEPS
    need = next((name for name in steps if not fields.get(name)), None)
    if need is None:
        return await _preview(rt, message, notice.Draft(data["kind"], **fields))
    sentence = rt.words.say(f"form.ask_{need}")
    title = fields.get("title", "")
    summary = rt.words.say("form.unsent", title=title) if title else rt.words.say("form.unfinished")
    asked = Asked(Open.TEXT, ABOUT, {**data, "need": need}, summary, sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def _filled(rt: Runtime, message: Member, data: Mapping[str, Any], text: str) -> Reply:
    """Take one answer of the guided form; a whole form in one message is taken as such."""
    whole = notice.read(data["kind"], text)
    given = whole.written if data["need"] in whole.written else {data["need"]: text}
    fields = {**data["fields"], **given}
    if whole.content and whole.title:
        return await _preview(rt, message, notice.Draft(data["kind"], twice=whole.twice, **fields))
    try:
        if data["need"] == "deadline":
            drafts.moment(rt, message, fields["deadline"])
        if data["need"] == "audience" and notice.audience(fields["audience"]).unread:
            raise drafts.Wrong("form.bad_audience", text)
    except drafts.Wrong as wrong:
        await _step(rt, message, {"kind": data["kind"], "fields": data["fields"]})
        return message.say(rt.words.say(wrong.key, said=wrong.said))
    return await _step(rt, message, {"kind": data["kind"], "fields": fields})


async def _preview(rt: Runtime, message: Member, form: notice.Draft) -> Reply:
    try:
        draft = await drafts.draft(rt, message, form)
        if draft.kind != notice.FIGURES:
            return await _show(rt, message, draft, "")
        draft = await bulletin.filled(rt, message, draft)
    except drafts.Wrong as wrong:
        return message.say(rt.words.say(wrong.key, said=wrong.said))
    return await _show(rt, message, draft, draft.body)


async def _show(rt: Runtime, message: Member, draft: Draft, before: str) -> Reply:
    """The preview; what is kept with it is what 确认发送 sends."""
    try:
        preview = await broadcast.preview(rt, message.actor, draft)
    except errors.NotAllowed:
        return message.say(rt.words.say("broadcast.out_of_scope"))
    except errors.BadInput as error:
        return message.say(str(error))
    sentence = sentence_of(rt, draft, preview)
    summary = rt.words.say("form.unsent", title=draft.title)
    data = {"draft": drafts.keep(draft), "hash": preview.token.hex()}
    note = await asking.ask(rt, message, Asked(Open.PREVIEW, ABOUT, data, summary, sentence))
    await asking.did(rt, message, SHOWN, {"title": draft.title})
    room = message.limit - len(sentence) - len(note) - 2  # what she is asked is never cut
    before = wording.shorten(before, room) if before else ""
    return message.say("\n".join(part for part in (before, sentence) if part), note)


def sentence_of(rt: Runtime, draft: Draft, preview: Preview) -> str:
    """What a preview says, and what to answer."""
    say = rt.words.say
    where = "、".join(unit.short for unit in draft.scope_units[:3])
    if draft.amends is not None:
        where = say("notice.amend_where", n=draft.amends)
    if len(draft.scope_units) > 3:
        where = say("form.and_more", first=where, n=len(draft.scope_units))
    to_groups = not preview.people and preview.groups
    reach = [] if to_groups else [say("form.reach", n=preview.reached) + _split(rt, preview)]
    if rt.passive:
        reach.append(say("form.passive"))
    if preview.unregistered:
        reach.append(say("form.unregistered", n=preview.unregistered))
    if preview.paused:
        reach.append(say("form.paused", n=preview.paused))
    if preview.groups and not to_groups:
        reach.append(say("form.groups", n=preview.groups))
    head = "form.preview_groups" if to_groups else "form.preview"
    parts = [
        say(head, title=draft.title, where=where, people=preview.people, groups=preview.groups),
        say("value.join").join(reach),
        *_costs(rt, preview),
    ]
    if draft.deadline is not None:
        parts.append(say("form.until", at=dates.moment(rt, draft.deadline)))
    if preview.starts_at is not None:
        parts.append(say("form.starts", at=dates.moment(rt, preview.starts_at)))
    if preview.needs_second:
        parts.append(say("form.second"))
    return "".join([*parts, _closing(rt, preview)])


def _closing(rt: Runtime, preview: Preview) -> str:
    """How to send it, or that the same was sent already."""
    if preview.same is None:
        return rt.words.say("form.confirm")
    at = dates.moment_ms(rt, preview.same.made_at_ms)
    return rt.words.say("form.same", n=preview.same.n, at=at)


def _split(rt: Runtime, preview: Preview) -> str:
    """By which channels, where it is not only by templates."""
    ways = [part for part in preview.parts if part.channel not in GROUPS]
    if [part.channel for part in ways] in ([], ["template"]):
        return ""
    each = [f"{rt.words.say(f'form.channel_{one.channel}')}{one.members}" for one in ways]
    return rt.words.say("form.split", list=rt.words.say("broadcast.separator").join(each))


def _costs(rt: Runtime, preview: Preview) -> list[str]:
    """What it asks of each person, how long it takes, and which quota is too small for today."""
    say = rt.words.say
    said = [say("form.costs", minutes=preview.minutes, eta=_lasts(rt, preview.eta_s))]
    for part in preview.parts:
        if part.left is not None and part.calls > part.left:
            channel = say(f"form.channel_{part.channel}")
            said.append(say("form.short", n=part.left, channel=channel))
    return said


def _lasts(rt: Runtime, seconds: int) -> str:
    """How long it takes, in the words for it."""
    minutes = -(-seconds // _MINUTE_S) or 1
    if minutes < _LONG_MINUTES:
        return rt.words.say("form.minutes", n=minutes)
    if minutes < _DAY_MINUTES:
        return rt.words.say("form.hours", n=-(-minutes // 60))
    return rt.words.say("form.days", n=-(-minutes // _DAY_MINUTES))


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
