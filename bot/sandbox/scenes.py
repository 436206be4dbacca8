"""QR codes with a scene: tickets, their ends of life, and the scene each one carries."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from bot.sandbox import codes

MAX_SECONDS = 2_592_000
DEFAULT_SECONDS = 60
PERMANENT = 100_000


@dataclass(frozen=True, slots=True)
class Scene:
    """One created code. `ends_ms` is None for a permanent one; `short` is the last part of its address."""

    ticket: str
    scene: str
    short: str
    ends_ms: int | None


@dataclass(slots=True)
class Scenes:
    """All codes that were created, by ticket."""

    known: dict[str, Scene] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    permanent: int = 0

    def create(self, scene: str, ends_ms: int | None) -> Scene:
        """Make a code; Refused 45029 when there are 100,000 permanent ones."""
        if ends_ms is None and self.permanent >= PERMANENT:
            raise codes.Refused(45029)
        made = Scene("gQ" + secrets.token_urlsafe(60), scene, secrets.token_hex(8), ends_ms)
        self.keep(made)
        return made

    def keep(self, made: Scene) -> None:
        """Remember a code (also when it comes back from the journal)."""
        self.known[made.ticket] = made
        self.latest[made.scene] = made.ticket
        self.permanent += made.ends_ms is None

    def live(self, ticket: str, now_ms: int) -> Scene | None:
        """The code of that ticket or short address if it has not run out."""
        found = self.known.get(ticket)
        if found is None:
            found = next((item for item in self.known.values() if item.short == ticket), None)
        if found is None or (found.ends_ms is not None and now_ms >= found.ends_ms):
            return None
        return found
