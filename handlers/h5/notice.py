"""/t/TOKEN: one notice in large print, for the person or the group whose link it is; looking at it signs nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.actions import letters
from bot.actions.letters import Group
from bot.actions.opens import Opens
from bot.core import link, period
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import broadcasts, groups, relay_lines, relays, units
from config import pages
from handlers.h5.group import GroupPage


class _Door:
    """Groups' links to their page, which is made for many; persons' to theirs."""

    def __init__(self, rt: Runtime, counted: Opens) -> None:
        self._rt = rt
        self._group = GroupPage(rt, counted)
        self._shelf = pages.load()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        token = scope["path_params"]["token"]
        if link.is_group(token):
            await self._group(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = Response(status_code=405) if request.method == "POST" else await self._hers(token)
        await answer(scope, receive, send)

    async def _hers(self, token: str) -> Response:
        rt = self._rt
        known = link.read(rt.seal, token)
        async with rt.read() as c:
            found = await broadcasts.by_id(c, known[0]) if known is not None else None
            sender = await units.by_id(c, found.unit_id) if found is not None else None
        if known is None or found is None or sender is None:
            gone = self._shelf.get_template("sorry.html")
            text = gone.render(title=rt.settings.account_name, text=rt.words.say("h5.gone"))
            return HTMLResponse(text, status_code=404)
        zone = rt.settings.zone
        deadline = period.at(found.deadline_ms).astimezone(zone) if found.deadline_ms else None
        values = {
            "title": found.title,
            "by": rt.words.say("h5.by", unit=found.joint or sender.display, n=found.id),
            "body": found.body,
            "deadline": rt.words.say("h5.deadline", at=deadline) if deadline else "",
            "forward": await self._to_forward(found, sender.display, known[1]),
        }
        return HTMLResponse(self._shelf.get_template("notice.html").render(values))

    async def _to_forward(
        self, notice: Broadcast, sender: str, person_id: int
    ) -> list[dict[str, str]]:
        """For each of her groups that still waits: its name, and the words to forward with its link."""
        if not notice.groups_n:
            return []
        async with self._rt.write() as c:
            found = await relays.waiting(c, person_id, notice.id)
            lines = await relay_lines.of(c, notice.id)
            if found is None:
                return []
            held, at = found
            known = await groups.many(c, held.members[at].tolist())
        said = letters.of(self._rt, notice, sender, lines)
        hers = [
            Group(member, known[member].name, place)
            for member, place in zip(
                held.members[at].tolist(), held.places[at].tolist(), strict=True
            )
            if member in known
        ]
        return [{"group": one.name, "text": said.group_text(one).text} for one in hers]


def routes(rt: Runtime, counted: Opens) -> list[Route]:
    """The address of the page."""
    return [Route("/t/{token:str}", _Door(rt, counted), methods=["GET", "POST"])]
