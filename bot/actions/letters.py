"""The words of a broadcast in the form of each channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.actions import confirm
from bot.channels.base import Card, Words
from bot.core import card, period, wording
from bot.core.plan import Broadcast, Receipt
from bot.runtime import Runtime
from config import templates

TEXT_BYTES = 2048  # of a customer-service message and of a robot's text


@dataclass(frozen=True, slots=True)
class Letters:
    """Everything needed to write to the members of one broadcast; `sender` is the federation's name."""

    rt: Runtime
    broadcast: Broadcast
    sender: str
    fields: dict[str, str] = field(repr=False)

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

    def relay_card(self, person_id: int, groups: Sequence[str]) -> Card:
        """What tells an owner to forward, when words are not allowed."""
        todo = self.rt.words.say("broadcast.todo_relay", n=self.broadcast.id, groups=len(groups))
        return self._card(todo, confirm.address(self.rt, self.broadcast.id, person_id))

    def group_text(self) -> Words:
        """The notice for a group."""
        return Words(self._cut(self._text()))

    def asking_text(self) -> Words:
        """The notice for one person in words, with what she is asked to answer."""
        if self.broadcast.receipt is Receipt.NONE:
            return self.group_text()
        asks = self.rt.words.say(f"notice.please_{self.broadcast.receipt}", n=self.broadcast.id)
        return Words(self._cut(f"{self._text()}\n{asks}"))

    def relay_text(self, groups: Sequence[str]) -> Words:
        """The notice ready to forward, with the groups it is for."""
        head = self.rt.words.say(
            "broadcast.relay_head", groups=self.rt.words.say("broadcast.separator").join(groups)
        )
        return Words(self._cut(f"{head}\n\n{self._text()}"))

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

    def _cut(self, text: str) -> str:
        if len(text.encode()) <= TEXT_BYTES:
            return text
        tail = self.rt.words.say("broadcast.whole_text", n=self.broadcast.id)
        return wording.split_bytes(text, TEXT_BYTES - len(tail.encode()) - 4)[0] + "…" + tail


def of(rt: Runtime, broadcast: Broadcast, unit: str) -> Letters:
    """The letters of a broadcast sent by the federation called `unit`."""
    sender = rt.words.say("broadcast.separator").join(
        part for part in (unit, broadcast.joint) if part
    )
    return Letters(rt, broadcast, sender, templates.fields_of(rt.settings.wechat_template_id))


def single(rt: Runtime, text: str) -> Card:
    """A single message as a card, for when the window for words is closed: as much of it as two keys hold."""
    words = {
        "title": text[:20],
        "sender": rt.settings.account_name,
        "deadline": card.moment(rt.now(), rt.settings.zone),
        "todo": text[20:],
    }
    template = rt.settings.wechat_template_id
    return Card(template, card.fill(templates.fields_of(template), words), None)
