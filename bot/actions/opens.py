"""Readers of groups' links: counted in this process, written together once a second; and what they write.

Who a reader is nobody knows: her browser keeps a random word for the one link and shows it the next time, so
that she is not counted again. Lost is at most the second of a process that dies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot import errors
from bot.core.chain import Mark, News
from bot.runtime import Runtime
from bot.store import broadcasts, chains, database, group_answers
from bot.store.database import Connection
from bot.store.group_answers import Opened

EVERY_S: Final = 1.0  # between two writings
_MOST: Final = 50_000  # links with something new that are kept while nothing can be written
_NAME, _PHONE, _TEXT = 20, 20, 200  # characters
_SURE: Final = 2  # readers: one of them may be the owner, who tries the link


@dataclass(frozen=True, slots=True)
class Link:
    """A group's link as it was read: the notice, the group, the place of its unit."""

    broadcast_id: int
    group_id: int
    place: int


class Opens:
    """What was opened and has not been written yet: two numbers for each link."""

    def __init__(self) -> None:
        self._new: dict[Link, list[int]] = {}
        self.dropped = 0

    def add(self, link: Link, *, readers: int = 0, known: int = 0) -> None:
        """One more reader, or one more who said 知道了."""
        found = self._new.get(link)
        if found is None:
            if len(self._new) >= _MOST:
                self.dropped += readers
                return
            found = self._new[link] = [0, 0]
        found[0] += readers
        found[1] += known

    async def flush(self, rt: Runtime) -> None:
        """Write what is new; what cannot be written now is kept for the next time."""
        if not self._new:
            return
        taken, self._new = self._new, {}
        try:
            await write(rt, taken)
        except database.Unavailable:
            for link, (readers, known) in taken.items():
                self.add(link, readers=readers, known=known)
            raise


async def write(rt: Runtime, taken: Mapping[Link, list[int]]) -> None:
    """Add the numbers of these links to what is kept."""
    by_notice: dict[int, list[Opened]] = {}
    for link, (readers, known) in taken.items():
        one = Opened(link.broadcast_id, link.group_id, link.place, readers, known)
        by_notice.setdefault(link.broadcast_id, []).append(one)
    for n, some in sorted(by_notice.items()):
        async with rt.write() as c:
            now_ms = rt.now_ms()
            some.sort(key=lambda one: one.group_id)  # the same order for every process
            await group_answers.add_opened(c, some, now_ms)
            await _arrived(c, n, some, now_ms)


async def _arrived(c: Connection, n: int, some: list[Opened], now_ms: int) -> None:
    found = await group_answers.readers(c, n, [one.group_id for one in some])
    news = [
        News(
            one.place,
            Mark.OPENED if found.get(one.group_id, 0) >= _SURE else Mark(0),
            readers=one.readers,
        )
        for one in some
        if one.readers
    ]
    await chains.note(c, await broadcasts.get(c, n), news, now_ms)


async def say(rt: Runtime, link: Link, reader: str, words: Mapping[str, str]) -> None:
    """Keep what a reader wrote (name, phone, text); her next one replaces it.

    Raises BadInput, in a sentence for her, when it is empty, too long, or the group's page is full.
    """
    said = {name: words.get(name, "").strip() for name in ("name", "phone", "text")}
    if not (said["name"] or said["text"]):
        raise errors.BadInput(rt.words.say("h5.nothing_said"))
    limits = {"name": _NAME, "phone": _PHONE, "text": _TEXT}
    if any(len(said[name]) > most for name, most in limits.items()):
        raise errors.BadInput(rt.words.say("h5.too_long"))
    key = {
        "broadcast_id": link.broadcast_id,
        "group_id": link.group_id,
        "reader_digest": rt.seal.digest("group reader", reader),
        "place": link.place,
    }
    sealed = rt.seal.seal(json.dumps(said, ensure_ascii=False))
    async with rt.write() as c:
        if not await group_answers.keep(c, key, words_sealed=sealed, at_ms=rt.now_ms()):
            raise errors.BadInput(rt.words.say("h5.full"))
