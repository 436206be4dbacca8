"""我的待办 and 任务: everything that waits for her, short and numbered; a number that follows opens it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.actions import agree, item, progress
from bot.core import access, intents, ledger, wording
from bot.core.frozen import frozen
from bot.core.intents import Open
from bot.core.item import Part, State
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import broadcasts, difficulties, item_parts, receipts, relays, units, waits
from bot.store.item_parts import Sum
from handlers.chat import agreeing, asking, dates, difficulty, difficulty_list, notices, report
from handlers.chat import item as one_item
from handlers.chat.asking import Asked, Short, Standing
from handlers.chat.message import Member

ABOUT: Final = "items"
_MOST: Final = 20
_TAIL: Final = 16  # characters kept free for the line that says how many are left


Intent = intents.MyItems | intents.Tasks | intents.Item | intents.DifficultyList


@frozen
class Entry:
    """One line of the list, and what its number opens: a notice, an item, a difficulty, the reports, a question."""

    line: str
    what: str
    n: int = 0


async def handle(rt: Runtime, message: Member, was: Standing | None, intent: Intent) -> Reply:
    """Everything that waits for her; 任务 only items, those of the units below with n of m; or one of them."""
    match intent:
        case intents.DifficultyList():
            return await difficulty_list.handle(rt, message, intent)
        case intents.Item():
            return await _one(rt, message, was, intent)
        case intents.Tasks(kind=kind):
            return await _tasks(rt, message, was, kind)
        case intents.MyItems():
            return await _everything(rt, message, was)


async def _everything(rt: Runtime, message: Member, was: Standing | None) -> Reply:
    entries, answers_for = _question(rt, was), _answers_for(message)
    async with rt.read() as c:
        some = await waits.of(
            c,
            message.person.id,
            message.now_ms,
            answers_for=answers_for,
            reports_for=item.reports_for(message.actor),
        )
    entries += await _notices(rt, message, some)
    if some.difficulties:
        entries += await _difficulties(rt, message, answers_for)
    if some.items:
        entries += [_part(rt, message, one) for one in await item.mine(rt, message.actor)]
    entries += await _figures(rt, message)
    entries += await _reports(rt, message)
    if not entries:
        return message.say(rt.words.say("items.none"))
    numbered = {str(number): entry for number, entry in enumerate(entries, 1)}
    head = rt.words.say("items.head", n=len(entries))
    return await _listed(rt, message, was, head, numbered)


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """Open what stands under the number; the list stays open."""
    thing = opened(standing, said.number) if isinstance(said, intents.Digit) else None
    if thing is None:
        return message.say(rt.words.say("items.no_line"))
    match thing["what"]:
        case "notice":
            return await notices.shown(rt, message, thing["n"])
        case "difficulty":
            return await difficulty.handle(rt, message, intents.AskDifficulty(thing["n"]))
        case "figures":
            return await agreeing.handle(rt, message, intents.WaitingFigures())
        case "item":
            shown = intents.Item("show", thing["n"])
            return await one_item.handle(rt, message, shown)
        case _:
            return await report.menu(rt, message)


async def _one(rt: Runtime, message: Member, was: Standing | None, intent: intents.Item) -> Reply:
    """One item by its number; without the word 任务 a line of the list just shown comes before an item's own number."""
    thing = opened(was, intent.number) if not intent.named else None
    if thing is not None and thing["what"] == "item":
        intent = dataclasses.replace(intent, number=thing["n"])
    elif thing is not None:
        assert was is not None
        return await answered(rt, message, was, intents.Digit(intent.number))
    return await one_item.handle(rt, message, intent)


def listed(was: Standing) -> bool:
    """Whether what stands open is only a list, which 收到 is no answer to."""
    return was[1].open is Open.LIST


def opened(was: Standing | None, number: int) -> Mapping[str, Any] | None:
    """What stands under a number of the list she was just shown."""
    if was is None or was[1].open is not Open.LIST:
        return None
    found: Mapping[str, Any] | None = was[1].data["things"].get(str(number))
    return found


async def _tasks(rt: Runtime, message: Member, was: Standing | None, kind: str) -> Reply:
    """Her own items by their own numbers, then how far those below are with each."""
    own = [one for one in await item.mine(rt, message.actor) if kind in ("", one.item.kind)]
    home = message.home
    async with rt.read() as c:
        sums = await item_parts.sums(c, (home.lo + 1, home.hi))
    numbered = {str(one.item.id): _part(rt, message, one, number=False) for one in own}
    for sum_ in sums:
        if kind in ("", sum_.item.kind) and str(sum_.item.id) not in numbered:
            numbered[str(sum_.item.id)] = _sum(rt, message, sum_)
    if not numbered:
        if kind:
            return message.say(rt.words.say("items.none"))
        return await _everything(rt, message, was)
    head = rt.words.say("items.head_tasks", n=len(numbered))
    return await _listed(rt, message, was, head, numbered)


async def _listed(
    rt: Runtime, message: Member, was: Standing | None, head: str, numbered: Mapping[str, Entry]
) -> Reply:
    """As many lines as there is room for; a number opens one, unless another question stands open."""
    lines, room = [head], message.limit - len(head) - _TAIL
    shown: dict[str, dict[str, Any]] = {}
    for number, entry in numbered.items():
        line = f"{number} {entry.line}"
        room -= len(line) + 1
        if room < 0 and shown:
            lines.append(rt.words.say("items.more", n=len(numbered) - len(shown)))
            break
        lines.append(line)
        shown[number] = {"what": entry.what, "n": entry.n}
    text = "\n".join(lines)
    if was is None or was[1].open is Open.LIST:
        asked = Asked(Open.LIST, ABOUT, {"things": shown}, "", head)
        await asking.replace(rt, message, was, asked)
    return message.say(text)


def _question(rt: Runtime, was: Standing | None) -> list[Entry]:
    """What she was asked and has not answered, when something would be lost."""
    if was is None or not was[1].summary:
        return []
    return [
        Entry(
            rt.words.say("items.question", sentence=wording.shorten(was[1].summary, 20)), "question"
        )
    ]


def _part(rt: Runtime, message: Member, part: Part, *, number: bool = True) -> Entry:
    late = part.overdue(rt.calendar.day(message.now))
    key = "returned" if part.state is State.RETURNED else "late" if late else "due"
    line = rt.words.say(
        f"items.line_{key}",
        kind=rt.words.say(f"items.kind_{part.item.kind}"),
        n=part.item.id if number else "",
        title=_short(message, part.item.title),
        due=dates.day(rt, part.item.due_on),
    )
    return Entry(line, "item", part.item.id)


def _sum(rt: Runtime, message: Member, one: Sum) -> Entry:
    line = rt.words.say(
        "items.line_sum",
        kind=rt.words.say(f"items.kind_{one.item.kind}"),
        title=_short(message, one.item.title),
        due=dates.day(rt, one.item.due_on),
        done=one.done,
        asked=one.asked,
    )
    return Entry(line, "item", one.item.id)


def _short(message: Member, title: str) -> str:
    return wording.shorten(title, 10 if message.limit == wording.VILLAGE_LIMIT else 30)


async def _reports(rt: Runtime, message: Member) -> list[Entry]:
    said = []
    for post in message.person.posts:
        if access.report_post(message.actor, post.unit) is None:
            continue
        owed = await progress.owes(rt, post.unit, message.now)
        names = "、".join(ledger.spoken(one.indicator) for one in owed)
        if names:
            said.append(rt.words.say("items.report", unit=post.unit.short, list=names))
    return [Entry(line, "report") for line in dict.fromkeys(said)]


async def _figures(rt: Runtime, message: Member) -> list[Entry]:
    """The figures from below that it is her turn to agree to, in one line."""
    n, of = await agree.due(rt, message.actor)
    return [Entry(rt.words.say("items.figures", n=n, units=of), "figures")] if n else []


async def _notices(rt: Runtime, message: Member, some: waits.Waits) -> list[Entry]:
    say = rt.words.say
    async with rt.write() as c:  # relays.waiting takes a lock
        owed = await receipts.owed(c, message.person.id, message.now_ms) if some.to_sign else []
        waiting = await broadcasts.waiting(c, _MOST) if some.to_decide else []
        places = await units.many(c, [one.unit_id for one in waiting])
        found = await relays.waiting(c, message.person.id) if some.groups else None
        forward = await broadcasts.get(c, found[0].broadcast_id) if found else None
    said = [
        Entry(
            say("items.line_sign", n=one.broadcast.id, title=_short(message, one.broadcast.title)),
            "notice",
            one.broadcast.id,
        )
        for one in owed[:_MOST]
    ]
    if found and forward:
        title, groups = _short(message, forward.title), len(found[1])
        line = say("items.relay", n=forward.id, title=title, groups=groups)
        said.append(Entry(line, "notice", forward.id))
    for one in waiting:
        unit = places[one.unit_id]
        if access.may_decide(message.actor, author_id=one.author_id, unit=unit):
            line = say("items.decide", n=one.id, title=_short(message, one.title))
            said.append(Entry(line, "notice", one.id))
    return said


def _answers_for(message: Member) -> list[int]:
    """Her units that she may answer for when something stands in the way."""
    units_ = (post.unit for post in message.person.posts)
    return [unit.id for unit in units_ if access.may_answer(message.actor, owner=unit)]


async def _difficulties(rt: Runtime, message: Member, held: Sequence[int]) -> list[Entry]:
    async with rt.read() as c:
        mine = await difficulties.of_person(c, message.person.id, (difficulties.State.ANSWERED,))
        owned = await difficulties.owned(c, held, difficulties.WAITING, limit=_MOST)
        solved = await difficulties.owned(c, held, (difficulties.State.SOLVED,), limit=_MOST)
    said = [
        Entry(
            rt.words.say("items.answered", n=one.id, owner=one.owner.display), "difficulty", one.id
        )
        for one in mine
    ]
    if len(owned) > 1:
        line = rt.words.say(
            "items.answer", count=len(owned), n=owned[-1].id, unit=owned[-1].unit.short
        )
        return [*said, Entry(line, "difficulty", owned[-1].id), *_to_close(rt, solved)]
    said += [
        Entry(
            rt.words.say("items.answer", count=1, n=one.id, unit=one.unit.short),
            "difficulty",
            one.id,
        )
        for one in owned
    ]
    return [*said, *_to_close(rt, solved)]


def _to_close(rt: Runtime, some: Sequence[difficulties.Difficulty]) -> list[Entry]:
    return [
        Entry(rt.words.say("items.close", n=one.id, unit=one.unit.short), "difficulty", one.id)
        for one in some
    ]
