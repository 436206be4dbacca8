"""With an account that may only answer (订阅号): what waits for her goes with the next answer she gets."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.actions import letters
from bot.core import wording
from bot.core.model import Person
from bot.core.reply import NoReply, Reply, TextReply
from bot.runtime import Runtime
from bot.store import broadcasts, passives, people, receipts, relays, units
from bot.store.database import Connection
from bot.store.followers import Follower

_SHORTEST = 60  # characters; where less is left it waits for another answer
_MOST = 5  # letters looked at for one answer


@dataclass(slots=True)
class _Page:
    """One answer, filled up to what fits on a phone; `left` counts what did not fit."""

    parts: list[str] = field(default_factory=list)
    left: int = 0

    def room(self) -> int:
        """Characters left for another part and for the line that says there is more."""
        return wording.LIMIT - sum(len(part) + 2 for part in self.parts) - 30

    def takes(self, text: str) -> bool:
        """Whether the text goes in, cut only if it would fit on no page at all; else it is counted."""
        if len(text) > self.room() and (
            self.left or self.room() < _SHORTEST or len(self.parts) > 1
        ):
            self.left += 1
            return False
        self.parts.append(wording.shorten(text, self.room()))
        return True


async def appended(rt: Runtime, follower: Follower, answer: Reply) -> Reply:
    """The answer with everything that waits for her and fits; part of the transaction of the answer."""
    if not isinstance(answer, TextReply | NoReply):
        return answer
    page = _Page([answer.text] if isinstance(answer, TextReply) else [])
    async with rt.write() as c:
        person = await people.by_follower(c, follower.id)
        await _letters(rt, c, page, follower, person)
        if person is not None:
            await _notices(rt, c, page, person)
            await _open(rt, c, page, person)
    if page.left:
        page.parts.append(rt.words.say("passive.more", n=page.left))
    return TextReply("\n\n".join(page.parts)) if page.parts else answer


async def _letters(
    rt: Runtime, c: Connection, page: _Page, follower: Follower, person: Person | None
) -> None:
    person_id = person.id if person is not None else None
    waiting = await passives.letters(c, follower.id, person_id, _MOST)
    taken = [letter_id for letter_id, text in waiting if page.takes(text)]
    if taken:
        await passives.given(c, taken, rt.now_ms())


async def _notices(rt: Runtime, c: Connection, page: _Page, person: Person) -> None:
    for waiting in await passives.notices(c, person.id, rt.now_ms()):
        notice = await broadcasts.get(c, waiting.broadcast_id)
        unit = await units.by_id(c, notice.unit_id)
        text = letters.of(rt, notice, unit.display if unit else "").asking_text().text
        if page.takes(text):
            await passives.give(c, waiting)


async def _open(rt: Runtime, c: Connection, page: _Page, person: Person) -> None:
    """One line each for what she has been given but not yet signed, and for groups to forward to."""
    said = "\n".join(page.parts)
    owed = await receipts.owed(c, person.id, rt.now_ms())
    quiet = [item.broadcast for item in owed if item.broadcast.title not in said]
    if quiet:
        count, first = len(quiet), quiet[0]
        page.takes(rt.words.say("items.sign", count=count, n=first.id, title=first.title))
    found = await relays.waiting(c, person.id)
    if found is not None:
        notice = await broadcasts.get(c, found[0].broadcast_id)
        groups = len(found[1])
        page.takes(rt.words.say("passive.relay", n=notice.id, title=notice.title, groups=groups))
