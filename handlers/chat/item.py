"""任务3完成, 3号 下周报, 统计5 12, 退回 3 …: one numbered item, shown, answered, sent back, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot import errors
from bot.actions import item
from bot.actions.item import Said, Seen
from bot.core import inbound, intent_items, intents
from bot.core import item as rules
from bot.core.intents import Open
from bot.core.item import Kind, State
from bot.core.reply import Reply
from bot.runtime import Runtime
from config import analysis
from handlers.chat import asking, item_lines, report
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member

ABOUT: Final = item_lines.ABOUT
OPENED: Final = "item"  # the deed of having looked at one: a picture that follows belongs to it
_NAMES: Final = 20


async def handle(rt: Runtime, message: Member, intent: intents.Item) -> Reply:
    """Do what she says to the item, or say why not; without the word 任务 and no such item it is a report."""
    try:
        async with rt.db.savepoint():
            return await _do(rt, message, intent)
    except errors.Several as several:
        return await item_lines.which(rt, message, intent.number, several)
    except errors.NotFound:
        if not intent.named:
            return await report.handle(rt, message, intents.Report(message.line.raw.strip()))
        return message.say(rt.words.say("items.no_such"))
    except errors.NotAllowed:
        return message.say(rt.words.say("items.not_yours"))
    except errors.BadInput:
        return message.say(rt.words.say("items.back_why", n=intent.number))
    except errors.Conflict:
        return message.say(rt.words.say("items.not_now"))


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """The number that was asked for, or yes or no to what was heard or not quite clear."""
    question, asked = standing
    data = asked.data
    match asked.open, said:
        case Open.NUMBER | Open.READBACK, intents.Digit(number=value):
            await asking.take(rt, question)
            return await _count(
                rt, message, data["number"], value, sure=asked.open is Open.READBACK
            )
        case Open.READBACK, intents.Deny(number=int(value)):
            await asking.take(rt, question)
            return await _count(rt, message, data["number"], value, sure=True)
        case Open.READBACK | Open.YESNO, intents.Accept():
            await asking.take(rt, question)
            return await _settled(rt, message, data, State(data["state"]))
        case Open.YESNO, intents.Deny() if data.get("text"):
            await asking.take(rt, question)
            return await _settled(rt, message, data, State.DOING)
        case Open.READBACK | Open.YESNO, intents.Deny():
            await asking.take(rt, question)
            return message.say(rt.words.say("question.dropped"))
        case _:
            return message.say(rt.words.say("question.again", sentence=asked.sentence))


async def show(rt: Runtime, message: Member, number: int) -> Reply:
    """The item with how far she and those below are; a statistic of hers is asked for at once. Raises NotFound."""
    seen = await item.see(rt, message.person, number)
    await asking.did(rt, message, OPENED, {"number": number})
    sums = item_lines.sums(rt, seen)
    if seen.part is None:
        return message.say("\n".join([item_lines.head(rt, message, seen, len(sums)), sums]))
    part = seen.part
    how = item_lines.how(rt, part)
    head = item_lines.head(rt, message, seen, len(how) + len(sums))
    said = "\n".join(line for line in (head, how, sums) if line)
    if part.item.kind is Kind.STATISTIC and not part.done:
        return await _ask_number(rt, message, number, said)
    return message.say(said)


async def shown(rt: Runtime, message: Member) -> Reply | None:
    """A picture, a film or a link that may be the document she owes; None if she owes none."""
    picture, link = _evidence(message)
    if not picture and not link:
        return None
    said = {"state": State.DONE, "text": link, "picture": picture}
    looked = await asking.last(rt, message, OPENED, asking.HALF_HOUR)
    if looked is not None:
        seen = await _seen(rt, message, looked.payload["number"])
        if seen and seen.part and seen.item.kind is not Kind.STATISTIC:
            return await _settled(rt, message, {"number": seen.item.id, **said}, State.DONE)
    owed = [part for part in await item.mine(rt, message.actor) if part.item.kind is Kind.DOCUMENT]
    if len(owed) != 1:
        return None
    sentence = rt.words.say("items.picture_for", **item_lines.named(rt, owed[0].item))
    data = {"number": owed[0].item.id, **said, "state": State.DONE.value}
    data["text"] = ""  # 不对 drops it
    data["link"] = link
    note = await asking.ask(rt, message, Asked(Open.YESNO, ABOUT, data, "", sentence))
    return message.say(sentence, note)


async def meant(rt: Runtime, message: Member, said: intent_items.Said | None) -> Reply | None:
    """办好了, 还没办 (her line's deed) right after she looked at an item of hers: said of it; None for anything else."""
    if said is None or said[0]:
        return None
    looked = await asking.last(rt, message, OPENED, asking.HALF_HOUR)
    if looked is None:
        return None
    since = await asking.last(rt, message, report.ACCEPTED, asking.HALF_HOUR)
    if since is not None and since.done_at_ms > looked.done_at_ms:
        return None
    number = looked.payload["number"]
    owed = [one for one in await item.mine(rt, message.actor) if one.item.id == number]
    if not owed or owed[0].item.kind is Kind.STATISTIC:
        return None
    return await handle(rt, message, intents.Item(said[1], number, message.line.raw.strip()))


async def _do(rt: Runtime, message: Member, intent: intents.Item) -> Reply:
    number, text = intent.number, intent.text
    match intent.deed:
        case "show":
            return await show(rt, message, number)
        case "missing":
            return await _missing(rt, message, number)
        case "back":
            part = await item.send_back(rt, message.person, number, text)
            return message.say(
                rt.words.say(
                    "items.sent_back", unit=part.unit.short, **item_lines.named(rt, part.item)
                )
            )
        case "close":
            some = await item.close(rt, message.person, number, text)
            return message.say(
                rt.words.say("items.closed", count=len(some), **item_lines.named(rt, some[0].item))
            )
        case _:
            return await _said(rt, message, intent)


async def _said(rt: Runtime, message: Member, intent: intents.Item) -> Reply:
    """What she says of her own part, by the kind of the item; what is heard or vague is asked first."""
    number, text = intent.number, intent.text.strip()
    seen = await item.see(rt, message.person, number)
    part = seen.part
    if part is None:
        raise errors.NotAllowed
    if part.item.kind is Kind.STATISTIC and intent.deed != "doing":
        value = rules.number(text)
        if value is None:
            sentence = rt.words.say("items.how_many", **item_lines.named(rt, part.item))
            return await _ask_number(rt, message, number, sentence)
        return await _count(rt, message, number, value, sure=False)
    if intent.deed == "undone":
        state = State.OPEN if part.done else part.state
        return await _settled(rt, message, {"number": number, "text": ""}, state)
    state = State.DONE if intent.deed == "done" or rules.link(text) else State.DOING
    unsure = part.item.kind is Kind.DOCUMENT and intent.deed == "say" and state is State.DOING
    if message.heard or unsure:
        meant = State.DONE if unsure else state
        asked = item_lines.is_it(rt, part.item, meant, text, said=message.line.text)
        return message.say(asked.sentence, await asking.ask(rt, message, asked))
    return await _settled(rt, message, {"number": number, "text": text}, state)


async def _count(rt: Runtime, message: Member, number: int, value: int, *, sure: bool) -> Reply:
    """Keep a statistic's number; one that was heard or is far too large is asked back first."""
    seen = await item.see(rt, message.person, number)
    part = seen.part
    if part is None:
        raise errors.NotAllowed
    large = value > analysis.load().most[part.unit.level.word]
    if not sure and (message.heard or large):
        asked = item_lines.is_number(rt, part.item, value)
        return message.say(asked.sentence, await asking.ask(rt, message, asked))
    return await _settled(rt, message, {"number": number, "text": "", "value": value}, State.DONE)


async def _settled(rt: Runtime, message: Member, data: Mapping[str, Any], state: State) -> Reply:
    """Keep it, and say what was kept."""
    number = data["number"]
    text = data.get("link") or data.get("text") or ""
    try:
        async with rt.db.savepoint():
            said = Said(state, text, data.get("value"), data.get("picture") or "")
            before = (await item.see(rt, message.person, number)).part
            part = await item.put(rt, message.person, number, said, message.at)
    except errors.NotFound:
        return message.say(rt.words.say("items.no_such"))
    except errors.Conflict:
        return message.say(rt.words.say("items.not_now"))
    note = await asking.supersede(rt, message, ABOUT)
    return message.say(item_lines.kept(rt, part, before, text), note)


async def _missing(rt: Runtime, message: Member, number: int) -> Reply:
    one, some = await item.missing(rt, message.person, number)
    if not some:
        return message.say(rt.words.say("items.nobody_missing", **item_lines.named(rt, one)))
    names = rt.words.say("analysis.comma").join(unit.short for unit in some[:_NAMES])
    if len(some) > _NAMES:
        names += rt.words.say("analysis.more", n=len(some))
    return message.say(
        rt.words.say("items.missing", count=len(some), list=names, **item_lines.named(rt, one))
    )


async def _ask_number(rt: Runtime, message: Member, number: int, sentence: str) -> Reply:
    asked = Asked(Open.NUMBER, ABOUT, {"number": number}, "", sentence)
    return message.say(sentence, await asking.ask(rt, message, asked))


async def _seen(rt: Runtime, message: Member, number: int) -> Seen | None:
    try:
        return await item.see(rt, message.person, number)
    except errors.NotFound:
        return None


def _evidence(message: Member) -> tuple[str, str]:
    """The media id of a picture or film, and the address of a link."""
    match message.inbound.what:
        case inbound.Image(media_id=media) | inbound.Video(media_id=media):
            return media, ""
        case inbound.ShortVideo(media_id=media):
            return media, ""
        case inbound.Link(url=url):
            return "", url
        case _:
            return "", ""
