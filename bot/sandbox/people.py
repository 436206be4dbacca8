"""The people of the sandbox: who follows the account, her chat, and what the account may still send her."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import codes

# Customer-service windows: (how long, how many). Source: "Customer Service Messages" page, read 2026:
# a message she sends opens 48 h for 5; a menu click, a scan or a new subscription opens 1 min for 3.
MESSAGE = "message"
ACTION = "action"
WINDOWS = {MESSAGE: (48 * 3600 * 1000, 5), ACTION: (60 * 1000, 3)}

MASS_PER_MONTH = (
    4  # "群发" page, read 2026: to one person, by the calendar month; more are dropped silently
)

_ALPHABET = string.ascii_letters + string.digits + "-_"


def new_openid() -> str:
    """A random openid of WeChat's form: `o` and 27 characters."""
    return "o" + "".join(secrets.choice(_ALPHABET) for _ in range(27))


@dataclass(slots=True)
class Person:
    """One WeChat user. `lines` holds chat lines: a dict, or the number of a ledger entry sent to her.

    `windows`: when each was opened (epoch ms) and how many messages are left in it. `blocks`: she refuses the account's messages, so outcomes say `failed:user block`.
    `code` is her unit's, for the page's tree; `slip` what the paper in her hand tells her to say to be registered.
    """

    openid: str
    follows: bool = True
    followed_ms: int = 0
    blocks: bool = False
    name: str = ""
    unit: str = ""
    role: str = ""
    code: str = ""
    slip: str = ""
    windows: dict[str, tuple[int, int]] = field(default_factory=dict)
    lines: list[int | dict[str, Any]] = field(default_factory=list)
    mass_month: int = 0
    mass_n: int = 0

    def mass_left(self, month: int) -> int:
        """How many mass messages may still reach her in `clock.month_of` now."""
        return MASS_PER_MONTH - (self.mass_n if self.mass_month == month else 0)

    def take_mass(self, month: int) -> None:
        """Count one mass message."""
        self.mass_n = self.mass_n + 1 if month == self.mass_month else 1
        self.mass_month = month

    def open(self, window: str, now_ms: int) -> None:
        """She did something that lets the account answer: opens the window anew with its full count."""
        self.windows[window] = (now_ms, WINDOWS[window][1])

    def spend(self, now_ms: int) -> None:
        """Use one customer-service message; Refused 45015 with no window open, 45047 with none left in it."""
        inside = [
            name for name, (at, _) in self.windows.items() if 0 <= now_ms - at < WINDOWS[name][0]
        ]
        if not self.follows or not inside:
            raise codes.Refused(45015)
        # The short window is used up first, as it would be lost first.
        for name in sorted(inside, key=lambda window: WINDOWS[window][0]):
            at, left = self.windows[name]
            if left > 0:
                self.windows[name] = (at, left - 1)
                return
        raise codes.Refused(45047)

    def label(self) -> dict[str, Any]:
        """What the picker shows."""
        return {
            "openid": self.openid,
            "name": self.name,
            "unit": self.unit,
            "role": self.role,
            "code": self.code,
            "slip": self.slip,
            "follows": self.follows,
            "blocks": self.blocks,
            "lines": len(self.lines),
        }


@dataclass(slots=True)
class People:
    """Everybody the platform knows, by openid. `anyone`: unknown openids count as followers (for benchmarks)."""

    known: dict[str, Person] = field(default_factory=dict)
    anyone: bool = False

    def meet(self, openid: str, now_ms: int) -> Person:
        """The person with that openid, made a follower if the platform never saw her."""
        person = self.known.get(openid)
        if person is None:
            person = self.known[openid] = Person(openid, followed_ms=now_ms)
        return person

    def maybe(self, openid: str) -> Person | None:
        """The person with that openid; one more follower when anybody is let in."""
        person = self.known.get(openid)
        if person is None and self.anyone and openid:
            person = self.meet(openid, 0)
        return person

    def follower(self, openid: str, now_ms: int) -> Person:
        """The recipient of a message; Refused 40003 for an unknown openid, 43004 when she does not follow."""
        person = self.known.get(openid)
        if person is None and self.anyone and openid:
            person = self.meet(openid, now_ms)
        if person is None:
            raise codes.Refused(40003)
        if not person.follows:
            raise codes.Refused(43004)
        return person

    def search(self, words: str, limit: int) -> list[Person]:
        """People whose name, unit, role or openid holds every word; at most `limit`."""
        wanted = words.lower().split()
        found = []
        for person in self.known.values():
            text = f"{person.unit} {person.name} {person.role} {person.openid}".lower()
            if all(word in text for word in wanted):
                found.append(person)
                if len(found) >= limit:
                    break
        return found
