"""How a simulated person does what was drawn for her: through the same doors as somebody at the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox import feed, push, talk, xml
from bot.sandbox.behaviour import draw
from bot.sandbox.people import Person
from bot.sandbox.world import World

_QUESTION = ("吗？", "对吗", "回个数字", "请直接回")
_WHOLE = re.compile("回[“「]([^”」]{1,20})[”」][看拿]")  # what to say to be given the whole text
_LOOK_BACK = 12  # lines of her chat that may hold what she has not answered


@dataclass(frozen=True, slots=True)
class Federation:
    """The people of a world, as the crowd sees them."""

    world: World

    def everybody(self) -> list[str]:
        """All openids."""
        return list(self.world.people.known)

    def called(self) -> list[str]:
        """Who has a notice before her that she has not answered."""
        known = self.world.people.known
        return [openid for openid, person in known.items() if pending(self.world, person)[0]]

    def waiting(self, since: int) -> tuple[int, list[str]]:
        """Who got a notice or a question after event `since`, and the number of the last event."""
        found = [
            who
            for _, _, kind, who, text in self.world.feed.after(since, feed.KEPT)
            if kind == feed.SENT or (kind == feed.ANSWERED and asks(text))
        ]
        return self.world.feed.last, found

    def before(self, openid: str) -> draw.Before:
        """What lies before her now."""
        person = self.world.people.meet(openid, self.world.now())
        called, asked = pending(self.world, person)
        return draw.Before(
            level=self.world.units.level_of(person.code),
            follows=person.follows,
            slip=person.slip,
            called=called,
            asked=asked,
            owner=bool(self.world.circles.of(openid)) and "转" in newest(self.world, openid),
        )

    async def do(self, openid: str, deed: draw.Deed) -> int:
        """Let her do it; how many of its pushes the bot did not answer."""
        world, results = self.world, list[push.Result]()
        try:
            if deed.kind == draw.REGISTER:
                results.append(await talk.follow(world, openid))
            if deed.kind == draw.RELAY:
                text = newest(world, openid)
                if whole := _WHOLE.search(text):
                    fetched = await talk.message(
                        world, openid, "text", {"Content": whole[1]}, {"text": whole[1]}
                    )
                    results.append(fetched)
                    text = below_the_request(str((fetched.reply or {}).get("Content") or text))
                for circle in world.circles.of(openid):
                    talk.forward(world, openid, circle, text)
            fields: xml.Fields = {"Content": deed.text}
            if deed.spoken:
                voice = f"voice-{world.now()}"
                fields = {"MediaId": voice, "Format": "amr", "Recognition": deed.text}
            kind = "voice" if deed.spoken else "text"
            results.append(await talk.message(world, openid, kind, fields, {"text": deed.text}))
        except talk.NotFollowing:
            return 0
        return sum(1 for one in results if one.problem and world.pusher.target)


def pending(world: World, person: Person) -> tuple[bool, bool]:
    """Whether a notice came after she last spoke, and whether the account's answer to her is a question."""
    asked = False
    for at in range(len(person.lines) - 1, max(-1, len(person.lines) - _LOOK_BACK), -1):
        line = person.lines[at]
        if isinstance(line, int):
            if world.ledger.endpoint(line) in world.calls:
                return True, asked
        elif line["from"] == "her":
            # Whoever has just said yes does not say it again, whatever the account makes of it.
            return False, asked and line.get("text") not in draw.PHRASES["yes"]
        elif line["from"] == "account":
            asked = asks(line.get("text", ""))
    return False, asked


def asks(text: str) -> bool:
    """Whether the account wants an answer to this."""
    return any(mark in text[-60:] for mark in _QUESTION)


def below_the_request(text: str) -> str:
    """What is to be forwarded: without a first line that only asks to forward it."""
    first, _, rest = text.partition("\n")
    return rest.strip() if rest.strip() and "转" in first else text


def newest(world: World, openid: str) -> str:
    """The text that she would forward: of the newest message that she did not ask for."""
    for line in reversed(world.people.known[openid].lines):
        if isinstance(line, int):
            return talk.text_of(world, line)
    return ""
