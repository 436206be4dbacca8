"""The append-only ledger of every platform call, kept in columns so that a million entries stay small."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

# COUNTED: the call took one of the daily quota.
ACCEPTED, DUPLICATE, UNANSWERED, COUNTED = 1, 2, 4, 8


@dataclass(slots=True)
class Entry:
    """One call. `who` is an openid or a robot key; `body` the request without recipient and dedupe id.

    `accepted` means: one more copy reaches the recipient. A repeat inside the dedupe window is answered with
    errcode 0 and the first msgid, but is `duplicate`, not `accepted`. `people`: how many recipients a call to many
    reached (`Ledger.people` names them); it has no `who`.
    """

    seq: int
    at: int
    endpoint: str
    who: str
    dedupe: str
    msgid: int
    errcode: int
    accepted: bool
    duplicate: bool
    answered: bool
    digest: str
    body: str
    people: int


class Ledger:
    """Entries 1..n in the order of arrival; nothing is ever changed except whether an answer went out."""

    def __init__(self) -> None:
        self._at = array("q")
        self._msgid = array("q")
        self._errcode = array("i")
        self._flags = array("b")
        self._endpoint = array("h")
        self._body = array("i")
        self._who: list[str] = []
        self._dedupe: list[str] = []
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._people: dict[str, str] = {}
        self._bodies: list[str] = []
        self._many: dict[int, list[str]] = {}
        self._digests: dict[bytes, int] = {}
        self._codes: Counter[tuple[int, int]] = Counter()
        self._accepted: Counter[int] = Counter()
        self._duplicates = 0
        self._unanswered = 0

    def __len__(self) -> int:
        return len(self._who)

    def append(
        self,
        *,
        at: int,
        endpoint: str,
        who: str,
        dedupe: str,
        msgid: int,
        errcode: int,
        flags: int,
        body: str,
        many: list[str] | None = None,
    ) -> int:
        """Record one call and return its number. `at` is epoch ms of the sandbox clock, `many` whom a list reached."""
        self._at.append(at)
        self._msgid.append(msgid)
        self._errcode.append(errcode)
        self._flags.append(flags)
        if endpoint not in self._numbers:
            self._numbers[endpoint] = len(self._names)
            self._names.append(endpoint)
        number = self._numbers[endpoint]
        self._endpoint.append(number)
        self._codes[number, errcode] += 1
        if many:
            self._many[len(self._at)] = [self._people.setdefault(who, who) for who in many]
        self._accepted[number] += (len(many) if many else 1) if flags & ACCEPTED else 0
        self._duplicates += bool(flags & DUPLICATE)
        self._who.append(self._people.setdefault(who, who))
        self._dedupe.append(dedupe)
        self._body.append(self._intern(body))
        return len(self._who)

    def _intern(self, body: str) -> int:
        # A broadcast repeats one body a million times: keep each different body once.
        key = hashlib.sha1(body.encode(), usedforsecurity=False).digest()[:8]
        index = self._digests.get(key)
        if index is None:
            index = self._digests[key] = len(self._bodies)
            self._bodies.append(body)
        return index

    def unanswered(self, seq: int) -> None:
        """Note that entry `seq` was never answered (hang or dropped connection)."""
        self._flags[seq - 1] |= UNANSWERED
        self._unanswered += 1

    def body(self, seq: int) -> str:
        """The request body of entry `seq`."""
        return self._bodies[self._body[seq - 1]]

    def endpoint(self, seq: int) -> str:
        """The path that entry `seq` was a call of."""
        return self._names[self._endpoint[seq - 1]]

    def get(self, seq: int) -> Entry:
        """Entry `seq` (from 1)."""
        at = seq - 1
        flags = self._flags[at]
        body = self._bodies[self._body[at]]
        digest = hashlib.sha1(body.encode(), usedforsecurity=False).hexdigest()[:16]
        return Entry(
            seq, self._at[at], self._names[self._endpoint[at]], self._who[at], self._dedupe[at], self._msgid[at],
            self._errcode[at], bool(flags & ACCEPTED), bool(flags & DUPLICATE), not flags & UNANSWERED, digest, body,
            len(self._many.get(seq, ())),
        )  # fmt: skip

    def people(self, seq: int) -> list[str]:
        """Whom entry `seq` reached, when it was to many."""
        return self._many.get(seq, [])

    def select(
        self,
        *,
        since: int = 0,
        endpoint: str = "",
        who: str = "",
        dedupe: str = "",
        limit: int = 1000,
        accepted: bool = False,
    ) -> Iterator[Entry]:
        """At most `limit` entries after number `since` that match (endpoint by its ending), oldest first."""
        wanted = {index for name, index in self._numbers.items() if name.endswith(endpoint)}
        for at in range(since, len(self._who)):
            if limit <= 0:
                return
            if self._endpoint[at] not in wanted:
                continue
            if who and self._who[at] != who and who not in self._many.get(at + 1, ()):
                continue
            if accepted and not self._flags[at] & ACCEPTED:
                continue
            if dedupe and self._dedupe[at] != dedupe:
                continue
            limit -= 1
            yield self.get(at + 1)

    def summary(self) -> dict[str, object]:
        """Counts per endpoint and errcode, accepted copies, dedupe hits, unanswered calls. Cheap at any size."""
        endpoints: dict[str, dict[str, int]] = {}
        for (index, code), count in sorted(self._codes.items()):
            endpoints.setdefault(self._names[index], {})[str(code)] = count
        return {
            "entries": len(self),
            "endpoints": endpoints,
            "accepted": {
                self._names[index]: count
                for index, count in sorted(self._accepted.items())
                if count
            },
            "duplicates": self._duplicates,
            "unanswered": self._unanswered,
        }

    def copies(self) -> dict[str, int]:
        """The most copies that reached one recipient, by dedupe id and by same text. Walks the whole ledger."""
        by_id: Counter[tuple[str, str]] = Counter()
        by_text: Counter[tuple[int, str, int]] = Counter()
        for at, flags in enumerate(self._flags):
            if not flags & ACCEPTED:
                continue
            for who in self._many.get(at + 1) or [self._who[at]]:
                by_text[self._endpoint[at], who, self._body[at]] += 1
                if self._dedupe[at]:
                    by_id[who, self._dedupe[at]] += 1
        return {
            "max_copies": max(by_id.values(), default=0),
            "max_same_text": max(by_text.values(), default=0),
        }
