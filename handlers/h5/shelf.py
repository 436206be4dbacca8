"""The pages of notices for groups, ready as bytes: one for each notice and set of added lines, a bounded number."""

from __future__ import annotations

import asyncio
import enum
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from bot.actions.opens import Link
from bot.core import period
from bot.core.notice import SIGNUPS
from bot.core.plan import Broadcast, Phase
from bot.runtime import Runtime
from bot.store import broadcasts, database, relay_lines, units
from bot.store.relay_lines import Line
from config import pages

_FRESH_S: Final = 5.0  # for so long a line that was added, or a stop, may not be seen
_NOTICES: Final = 64
_PAGES: Final = 512
_GONE: Final = (Phase.WAITING, Phase.REFUSED, Phase.STOPPED)


class View(enum.StrEnum):
    """What stands above the notice."""

    PLAIN = ""
    KEPT = "h5.answer_kept"
    KNOWN = "h5.known"


@dataclass(slots=True)
class _Notice:
    """A notice as it was a moment ago; None: there is none of this number."""

    broadcast: Broadcast | None
    sender: str
    lines: list[Line]
    read_at: float


class Shelf:
    """Pages by notice, lines and view; the oldest go."""

    def __init__(self, rt: Runtime) -> None:
        self._rt = rt
        self._templates = pages.load()
        self._notices: OrderedDict[int, _Notice] = OrderedDict()
        self._pages: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._lock = asyncio.Lock()
        self.gone = self._sorry("h5.gone")
        self._recalled = self._sorry("h5.recalled")

    async def page(self, to: Link, view: View, *, known: bool) -> tuple[int, bytes]:
        """Status and page of a group's link; the reader's word has still to be put in."""
        notice = await self._notice(to.broadcast_id)
        if notice.broadcast is None:
            return 404, self.gone
        if notice.broadcast.state in _GONE:
            return 410, self._recalled
        lines = tuple(line.text for line in _for(notice, to.place))
        is_open = self._is_open(notice)
        key = (to.broadcast_id, notice.broadcast.state_ver, lines, view, known, is_open)
        found = self._pages.get(key)
        if found is None:
            said = self._rt.words.say(view.value) if view else ""
            found = self._pages[key] = self._render(notice, to, said, known=known, wrong=False)
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        return 200, found

    async def with_sentence(self, to: Link, said: str) -> bytes:
        """The page with a sentence about what went wrong on top."""
        notice = await self._notice(to.broadcast_id)
        if notice.broadcast is None:
            return self.gone
        return self._render(notice, to, said, known=False, wrong=True)

    async def open(self, to: Link) -> bool:
        """Whether something may still be said to the notice."""
        return self._is_open(await self._notice(to.broadcast_id))

    def _is_open(self, notice: _Notice) -> bool:
        return notice.broadcast is not None and notice.broadcast.expires_at_ms > self._rt.now_ms()

    async def _notice(self, n: int) -> _Notice:
        found = self._notices.get(n)
        now = time.monotonic()
        if found is not None and now - found.read_at < _FRESH_S:
            return found
        async with self._lock:  # one asks, the others wait for her answer
            found = self._notices.get(n)
            if found is not None and time.monotonic() - found.read_at < _FRESH_S:
                return found
            try:
                fresh = await self._read(n)
            except database.Unavailable:
                if found is None:
                    raise
                found.read_at = time.monotonic()  # as it was is better than nothing
                return found
            self._notices[n] = fresh
            if len(self._notices) > _NOTICES:
                self._notices.popitem(last=False)
            return fresh

    async def _read(self, n: int) -> _Notice:
        async with self._rt.read() as c:
            broadcast = await broadcasts.by_id(c, n)
            unit = await units.by_id(c, broadcast.unit_id) if broadcast is not None else None
            lines = await relay_lines.of(c, n) if broadcast is not None else []
        if broadcast is None or unit is None:
            return _Notice(None, "", [], time.monotonic())
        return _Notice(broadcast, broadcast.joint or unit.display, lines, time.monotonic())

    def _render(self, notice: _Notice, to: Link, said: str, *, known: bool, wrong: bool) -> bytes:
        one = notice.broadcast
        assert one is not None
        say = self._rt.words.say
        zone = self._rt.settings.zone
        deadline = period.at(one.deadline_ms).astimezone(zone) if one.deadline_ms else None
        added = [
            say("relaying.added", unit=line.unit, text=line.text) for line in _for(notice, to.place)
        ]
        text = self._templates.get_template("group.html").render(
            title=one.title,
            by=say("h5.by", unit=notice.sender, n=one.id),
            body=one.body,
            lines=added,
            deadline=say("h5.deadline", at=deadline) if deadline else "",
            said=said,
            wrong=wrong,
            known=known,
            open=self._is_open(notice),
            over=say("h5.over"),
            signup=one.kind in SIGNUPS,
        )
        return text.encode()

    def _sorry(self, key: str) -> bytes:
        page = self._templates.get_template("sorry.html")
        title = self._rt.settings.account_name
        return page.render(title=title, text=self._rt.words.say(key)).encode()


def _for(notice: _Notice, place: int) -> list[Line]:
    """The lines of levels that the place belongs to, the highest first."""
    return [line for line in notice.lines if line.lo <= place < line.hi]
