"""What must hold after every fault: I1 to I8, from three histories: what was asked, what the program says, what the platform took.

The platform's ledger is read by recipient and title, so each broadcast of a test needs a title of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.actions import broadcast
from bot.core.pace import Rate
from bot.core.plan import Broadcast, Phase
from bot.core.receipt import Sums
from bot.store import batch_states, broadcasts, receipts, tables
from tests.delivery.land import Land, openid
from tests.stories.notice import CLASSES, STATES, SUM

# How much is known of a member, written down here a second time on purpose; what is not known yet may change freely.
_RANK = {11: 1, 2: 2, 13: 2, 21: 3, 3: 4, 12: 5, 20: 5}
_TAKEN = ("accepted", "delivered")
_SENDS = ("template/send", "webhook/send", "mass/send", "subscribe/bizsend", "message/send")
_MOVED = 22  # she is in a batch of another channel
# The id of a message to one person; a broadcast's has capitals, and one in millions digits alone.
LETTER = re.compile("(?=.*[a-f])[0-9a-f]{32}")
_PEOPLE, _GROUPS = "people", "groups"


@dataclass(frozen=True)
class Wish:
    """What a person asked for: by default everybody of the land, from the sandbox's first moment, at any time of day.

    `again`: who was to get a second copy. `doubt`: how many may be unknown at the end, exactly. `nights`: stretches of
    the platform's time (epoch ms) in which nothing may arrive. `after`: (number of a ledger entry, how many may follow).
    """

    people: Collection[str] | None = None
    groups: Collection[str] = ()
    again: Collection[str] = ()
    doubt: int = 0
    accounts: Mapping[str, str] = field(
        default_factory=dict
    )  # who has another account now: its name
    late: Collection[
        str
    ] = ()  # whom the platform reported as failed after it had taken the message
    nights: Sequence[tuple[int, int]] = ()
    not_before_ms: int = 0
    after: tuple[int, int] | None = None
    over: bool = True  # the broadcast is done; else it was stopped or has expired
    rate: Rate | None = None
    slack: int = 0  # calls above the rate that a lost common pace allows


@dataclass
class Found:
    """What there was to see, for a story's own questions: copies and classes by key."""

    copies: Counter[str]
    classes: dict[str, str]
    calls: list[dict[str, Any]] = field(repr=False)


async def hold(land: Land, sent: Broadcast, wish: Wish = Wish()) -> Found:
    """Every invariant, of one broadcast at its end."""
    calls = calls_of(land, sent.title)
    names = {_who(land, key): key for key in (*land.persons, *land.groups)}
    names |= {f"u-{key}": key for key in land.persons}  # in WeCom
    names |= {openid(account): key for key, account in wish.accounts.items()}
    copies = Counter[str]()
    for call in calls:
        if call["accepted"]:
            copies.update(names[who] for who in _whom(land, call))
    classes = await _classes(land, sent.id)
    # I4: nobody who was not asked for, nothing at a time that was not asked for.
    asked = set(land.persons if wish.people is None else wish.people) | set(wish.groups)
    assert {names[who] for call in calls for who in _whom(land, call)} <= asked
    _at_their_time(calls, wish)
    # I1, I3 and the report: one class each, and the same sum wherever it is asked.
    assert classes.keys() == asked
    await _reported(land, sent, classes, wish)
    # I2: nobody twice.
    for key, count in copies.items():
        assert count <= 1 + (key in wish.again), f"{key} got {count} copies"
    _truthful(classes, copies, wish)
    _paced(land, calls, wish)
    # I6: what is counted by unit is what stands in the batches.
    await _receipts(land, sent.id, classes)
    return Found(copies, classes, calls)


def calls_of(land: Land, title: str, *, since: int = 0) -> list[dict[str, Any]]:
    """Every call about a broadcast after entry `since`, accepted or not, in order."""
    entries = land.platform.see(f"ledger?limit=10000000&since={since}")["entries"]
    return [
        entry
        for entry in entries
        if entry["endpoint"].endswith(_SENDS)
        and title in (entry["text"] + entry["body"])
        and not LETTER.fullmatch(entry["dedupe"] or "")
    ]


def _whom(land: Land, call: dict[str, Any]) -> list[str]:
    if call["who"]:
        return [call["who"]]
    return list(land.platform.see(f"ledger/people?seq={call['seq']}")["people"])


def _who(land: Land, key: str) -> str:
    return f"robot-{key}" if key in land.groups else openid(key)


async def _classes(land: Land, n: int) -> dict[str, str]:
    """The class of each member by her key, from the bytes of the batches; nobody may stand there twice."""
    keys = {(_PEOPLE, number): key for key, number in land.persons.items()}
    keys |= {(_GROUPS, number): key for key, number in land.groups.items()}
    found: dict[str, str] = {}
    async with land.rt.read() as c:
        channels = (await c.scalars(sa.select(tables.batch.c.channel).distinct())).all()
        for batch in await batch_states.of(c, n, channels, None):
            kind = _GROUPS if batch.channel in ("robot", "relay") else _PEOPLE
            for member, state in zip(
                batch.members.tolist(), batch.arrays.states.tolist(), strict=True
            ):
                if state == _MOVED:
                    continue
                key = keys[kind, member]
                assert key not in found, f"{key} is twice in the audience"
                found[key] = STATES[state]
    return found


async def _reported(land: Land, sent: Broadcast, classes: dict[str, str], wish: Wish) -> None:
    async with land.rt.read() as c:
        kept = await broadcasts.get(c, sent.id)
    told = await broadcast.tally(land.rt, sent.id)
    line = [tuple(map(int, one)) for one in SUM.findall(broadcast.sum_line(land.rt, sent.id, told))]
    for at, (kind, sums, n) in enumerate(
        [(_PEOPLE, told.people, kept.people_n), (_GROUPS, told.groups, kept.groups_n)]
    ):
        mine = Counter(
            name for key, name in classes.items() if (key in land.groups) == (kind == _GROUPS)
        )
        counted = (mine.total(), *(mine[name] for name in CLASSES[1:]))
        assert counted == _numbers(sums), f"{kind}: {counted} in the batches, told {sums}"
        assert sums.n == n, f"{kind}: {n} were frozen"
        assert sums.whole
        assert n == 0 or line[at] == counted
    assert told.people.unknown + told.groups.unknown == wish.doubt
    assert (kept.state is Phase.DONE) == wish.over
    if wish.over:
        assert told.people.unsent == told.groups.unsent == 0


def _numbers(sums: Sums) -> tuple[int, ...]:
    return tuple(getattr(sums, name) for name in CLASSES)


def _truthful(classes: dict[str, str], copies: Counter[str], wish: Wish) -> None:
    """I3: what is called accepted was accepted, and what was accepted is called so, but for those called unknown."""
    taken = {key for key, name in classes.items() if name in _TAKEN}
    assert not [key for key in taken if not copies[key]], "of these the platform took nothing"
    may = {key for key, name in classes.items() if name == "unknown"} | set(wish.late) | taken
    assert not [key for key in classes.keys() - may if copies[key]], "these have it"


def _at_their_time(calls: list[dict[str, Any]], wish: Wish) -> None:
    for call in calls:
        assert call["at"] >= wish.not_before_ms, "before its time"
        assert not any(lo <= call["at"] < hi for lo, hi in wish.nights), "at night"
    if wish.after:
        seq, most = wish.after
        later = sum(call["seq"] > seq for call in calls)
        assert later <= most, f"{later} calls after the end"


def _paced(land: Land, calls: list[dict[str, Any]], wish: Wish) -> None:
    """I5: robots twenty in any minute; everything else at the story's own rate, over a second and over ten."""
    robots: dict[str, list[int]] = {}
    for call in calls:
        if call["endpoint"].endswith("webhook/send"):
            robots.setdefault(call["who"], []).append(call["at"])
    for times in robots.values():
        assert _most_in(times, 60_000) <= 20
    if wish.rate is None:
        return
    times = sorted(call["at"] for call in calls if call["endpoint"].endswith("template/send"))
    for seconds in (1, 10):
        # A call is on its way for a while: what was let go in one moment may arrive within another.
        bound = wish.rate.burst + wish.rate.per_s * (seconds + 0.3) + wish.slack
        most = _most_in(times, seconds * 1000)
        assert most <= bound, f"{most} calls in {seconds} s, {bound} at most"


def _most_in(times: Iterable[int], length_ms: int) -> int:
    ordered = sorted(times)
    return max(
        (at - bisect_left(ordered, t - length_ms + 1) + 1 for at, t in enumerate(ordered)),
        default=0,
    )


async def _receipts(land: Land, n: int, classes: dict[str, str]) -> None:
    people = [name for key, name in classes.items() if key in land.persons]
    async with land.rt.read() as c:
        rows = await receipts.counts_by_child(c, await broadcasts.get(c, n), land.units["s"])
    assert sum(row.people for row in rows) == len(people)
    assert sum(row.reached for row in rows) == sum(name in _TAKEN for name in people)


@dataclass
class Watch:
    """I6 while it happens: what is known of a member only grows, and the sum is whole at every moment."""

    land: Land
    n: int
    known: dict[int, int] = field(default_factory=dict)
    looks: int = 0

    async def look(self, channel: str = "template") -> Counter[str]:
        """One look; how many members are in each class."""
        states = await self.land.states(self.n, channel)
        for member, state in states.items():
            rank = _RANK.get(state, 0)
            assert rank >= self.known.get(member, 0), f"{member} went back to {state}"
            self.known[member] = rank
        tally = await broadcast.tally(self.land.rt, self.n)
        assert tally.people.whole
        assert tally.groups.whole
        self.looks += 1
        return Counter(STATES[state] for state in states.values())
