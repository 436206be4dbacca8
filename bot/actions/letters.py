"""The words of a broadcast in the form of each channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.actions import confirm
from bot.channels.base import Card, Link, Markdown, Words
from bot.core import card, link, period, wording
from bot.core.plan import Broadcast, Receipt
from bot.runtime import Runtime
from bot.store import relay_lines, units
from bot.store.relay_lines import Line
from config import templates

TEXT_BYTES = 2048  # of a customer-service message and of a robot's text
_MARKDOWN_BYTES = 4096  # of a robot's
_TITLE_BYTES, _LINK_BYTES = 128, 512  # of a robot's card; longer ones are cut off without a word
_ADDRESS: Final = re.compile(r"https?://[!-~]+")
_LINKS = 5  # groups whose links go into one message; of more there is a page of hers


@dataclass(frozen=True, slots=True)
class Group:
    """A group that a notice goes to: its name and the place of its unit in the broadcast's epoch."""

    id: int
    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Letters:
    """Everything needed to write to the members of one broadcast; `sender` is the federation's name."""

    rt: Runtime
    broadcast: Broadcast
    sender: str
    fields: dict[str, str] = field(repr=False)
    lines: tuple[Line, ...] = ()

    def card(self, person_id: int) -> Card:
        """The notice for one person."""
        return self.addressed(self.blank(), person_id)

    def addressed(self, blank: Card, person_id: int) -> Card:
        """The same card with the address of one reader."""
        url = confirm.address(self.rt, self.broadcast.id, person_id)
        return Card(blank.template_id, blank.data, url)

    def blank(self) -> Card:
        """What the cards to all persons have in common."""
        return self._card(self._todo(), None)

    def _todo(self) -> str:
        if self.broadcast.receipt is Receipt.NONE:
            return self.rt.words.say("broadcast.todo", n=self.broadcast.id)
        return self.rt.words.say(f"broadcast.todo_{self.broadcast.receipt}", n=self.broadcast.id)

    def subscription(self, person_id: int) -> Card:
        """The notice for one person as a card of the template that people agree to."""
        template = self.rt.settings.wechat_subscribe_template_id
        words = card.fill(templates.fields_of(template), self._words(self._todo()))
        return Card(template, words, confirm.address(self.rt, self.broadcast.id, person_id))

    def relay_card(self, person_id: int, groups: int) -> Card:
        """What tells an owner to forward, when words are not allowed."""
        todo = self.rt.words.say("broadcast.todo_relay", n=self.broadcast.id, groups=groups)
        return self._card(todo, confirm.address(self.rt, self.broadcast.id, person_id))

    def text(self) -> Words:
        """The notice for one person in words."""
        return Words(self._cut(self._text(), ""))

    def group_text(self, group: Group) -> Words:
        """The notice for a group, with what levels on the way added and the group's link."""
        return Words(self._cut(self._group_text(group.place), self._link(group)))

    def robot_message(self, group: Group) -> Words | Markdown | Link:
        """The notice for a group as its robot says it: whole as text or markdown, else as a card that opens it."""
        whole = self._group_text(group.place) + self._link(group)
        if len(whole.encode()) <= TEXT_BYTES:
            return Words(whole)
        if len(whole.encode()) <= _MARKDOWN_BYTES:
            return Markdown(whole)
        url = self.group_url(group)
        if url is None:
            return self.group_text(group)
        title = wording.split_bytes(self.broadcast.title, _TITLE_BYTES)[0]
        return Link(title, wording.split_bytes(self.broadcast.body, _LINK_BYTES)[0], url, None)

    def group_url(self, group: Group) -> str | None:
        """The group's own short address of the notice; None without a public address."""
        base = self.rt.settings.public_url.rstrip("/")
        if not base:
            return None
        return (
            f"{base}/t/{link.group_token(self.rt.seal, self.broadcast.id, group.id, group.place)}"
        )

    def asking_text(self) -> Words:
        """The notice for one person in words, with what she is asked to answer."""
        if self.broadcast.receipt is Receipt.NONE:
            return self.text()
        asks = self.rt.words.say(f"notice.please_{self.broadcast.receipt}", n=self.broadcast.id)
        return Words(self._cut(self._text(), f"\n{asks}"))

    def relay_text(self, person_id: int, groups: Sequence[Group]) -> Words:
        """The notice ready to forward by its owner: which groups, the text, and each group's link."""
        head = self.rt.words.say("broadcast.relay_head", groups=self._names(groups), n=len(groups))
        text = f"{head}\n\n{self._group_text(groups[0].place)}"
        if len(groups) == 1:
            return Words(self._cut(text, self._link(groups[0])))
        urls = [(group.name, self.group_url(group)) for group in groups[:_LINKS]]
        if len(groups) > _LINKS:
            url = confirm.address(self.rt, self.broadcast.id, person_id)
            tail = self.rt.words.say("broadcast.links_page", url=url) if url else ""
        else:
            each = [
                self.rt.words.say("broadcast.link_of", group=name, url=url)
                for name, url in urls
                if url
            ]
            tail = "\n".join([self.rt.words.say("broadcast.links_head"), *each]) if each else ""
        return Words(self._cut(text, f"\n\n{tail}" if tail else ""))

    def _names(self, groups: Sequence[Group]) -> str:
        named = [group.name for group in groups[: 2 * _LINKS]]
        said = self.rt.words.say("broadcast.separator").join(named)
        more = self.rt.words.say("register.more", n=len(groups))
        return said if len(named) == len(groups) else said + more

    def _link(self, group: Group) -> str:
        url = self.group_url(group)
        return "\n" + self.rt.words.say("broadcast.link", url=url) if url else ""

    def added(self, place: int) -> list[Line]:
        """What levels above the unit at this place, and it itself, added."""
        return [line for line in self.lines if line.lo <= place < line.hi]

    def _group_text(self, place: int) -> str:
        more = [
            self.rt.words.say("relaying.added", unit=line.unit, text=line.text)
            for line in self.added(place)
        ]
        return "\n".join([self._text(), *more])

    def _card(self, todo: str, url: str | None) -> Card:
        words = card.fill(self.fields, self._words(todo))
        return Card(self.rt.settings.wechat_template_id, words, url)

    def _words(self, todo: str) -> dict[str, str]:
        sent = self.broadcast.approved_at_ms or self.broadcast.made_at_ms
        until = period.at(self.broadcast.deadline_ms or sent)
        return {
            "title": self.broadcast.title,
            "sender": self.sender,
            "deadline": card.moment(until, self.rt.settings.zone),
            "todo": todo,
        }

    def _text(self) -> str:
        lines = [
            self.rt.words.say("broadcast.headline", title=self.broadcast.title),
            self.broadcast.body,
        ]
        if self.broadcast.deadline_ms is not None:
            until = period.at(self.broadcast.deadline_ms)
            lines.append(
                self.rt.words.say("broadcast.until", time=card.moment(until, self.rt.settings.zone))
            )
        lines.append(self.rt.words.say("broadcast.signature", sender=self.sender))
        return "\n".join(line for line in lines if line)

    def _cut(self, text: str, tail: str) -> str:
        """Both together within the bytes of one message; it is the text that is cut."""
        if len((text + tail).encode()) <= TEXT_BYTES:
            return text + tail
        tail = self.rt.words.say("broadcast.whole_text", n=self.broadcast.id) + tail
        room = max(0, TEXT_BYTES - len(tail.encode()) - 4)
        return wording.split_bytes(text, room)[0] + "…" + tail


async def read(rt: Runtime, broadcast: Broadcast) -> Letters:
    """The letters of a broadcast, with its sender and the lines that levels added by now."""
    async with rt.read() as c:
        unit = await units.by_id(c, broadcast.unit_id)
        lines = await relay_lines.of(c, broadcast.id) if broadcast.groups_n else []
    return of(rt, broadcast, unit.display if unit else "", lines)


def of(rt: Runtime, broadcast: Broadcast, unit: str, lines: Sequence[Line] = ()) -> Letters:
    """The letters of a broadcast sent by the federation called `unit`; `lines` were added for groups."""
    sender = rt.words.say("broadcast.separator").join(
        part for part in (unit, broadcast.joint) if part
    )
    fields = templates.fields_of(rt.settings.wechat_template_id)
    return Letters(rt, broadcast, sender, fields, tuple(lines))


def single(rt: Runtime, text: str) -> tuple[Card, bool]:
    """A single message as a card, for when the window for words is closed, and whether all of it is on the card.

    What is too long begins on the card, which says how to read the whole. An address on its last line is where the card leads.
    """
    rest, _, last = text.rpartition("\n")
    found = _ADDRESS.search(last)
    url = found[0] if found and rest else None
    title, rest, whole = card.parted(
        rest if url else text, rt.words.say("letter.open" if url else "letter.whole")
    )
    words = {
        "title": title,
        "sender": rt.settings.account_name,
        "deadline": card.moment(rt.now(), rt.settings.zone),
        "todo": rest,
    }
    template = rt.settings.wechat_template_id
    return Card(template, card.fill(templates.fields_of(template), words), url), whole
