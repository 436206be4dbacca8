"""What a chat handler gets: who said what, and when."""

from __future__ import annotations

from datetime import datetime

from bot.core import access, period, text, wording
from bot.core.frozen import frozen
from bot.core.inbound import Inbound
from bot.core.model import Level, Person, Unit
from bot.core.reply import TextReply
from bot.store.followers import Follower


@frozen
class Message:
    """One message of a follower; `person` and `actor` are None as long as she is not registered.

    `at` is when she said it (the platform's CreateTime): reports and receipts count from there.
    `now` is when we deal with it, never before `at`: open questions expire by it.
    `heard` is true when the words came out of speech recognition.
    """

    inbound: Inbound
    follower: Follower
    person: Person | None
    actor: access.Actor | None
    line: text.Line
    heard: bool
    at: datetime
    now: datetime

    @property
    def now_ms(self) -> int:
        """`now` in epoch milliseconds."""
        return period.ms(self.now)

    @property
    def limit(self) -> int:
        """How many characters an answer to her may have."""
        person = self.person
        if person is not None and person.posts and person.home.level is Level.VILLAGE:
            return wording.VILLAGE_LIMIT
        return wording.LIMIT

    def say(self, sentence: str, note: str = "") -> TextReply:
        """The answer within her limit; `note` is a last line that is never cut."""
        if not note:
            return TextReply(wording.shorten(sentence, self.limit))
        room = self.limit - len(note) - 1
        return TextReply(f"{wording.shorten(sentence, room)}\n{note}")


@frozen
class Member(Message):
    """A message of a registered person who holds at least one post."""

    person: Person
    actor: access.Actor

    @property
    def home(self) -> Unit:
        """The unit she speaks for."""
        return self.person.home
