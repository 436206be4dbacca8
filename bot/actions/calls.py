"""From members of a batch to the calls that reach them, at the moment of sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.actions.letters import Letters
from bot.channels.base import Call, Card, Words
from bot.core import packing, plan
from bot.core.packing import Arrays
from bot.core.receipt import State
from bot.store import addresses, followers
from bot.store.addresses import Address
from bot.store.batches import Claim
from bot.store.database import Connection

_NOBODY = (State.UNREGISTERED, "not registered")


@dataclass(frozen=True, slots=True)
class Work:
    """One call and the members (positions in the batch) that it is for.

    `reached`: their state when the platform takes it. `window_of`: the follower whose window for
    customer-service messages it uses.
    """

    positions: tuple[int, ...]
    channel: str
    call: Call = field(repr=False)
    reached: State
    window_of: int | None

    @property
    def repeatable(self) -> bool:
        """Whether the platform knows the call's id again: only template messages have one."""
        return self.channel == "template"


@dataclass(slots=True)
class Slice:
    """What to call, and members who turned out not to be callable, with the reason."""

    works: list[Work]
    left_out: dict[int, tuple[State, str]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the calls of one batch; `install` keeps two installations on one account apart."""

    letters: Letters
    claim: Claim
    install: str

    async def prepare(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        """The calls for these members, as they are registered and reachable now."""
        match self.claim.channel:
            case "robot":
                return await self._robots(c, positions)
            case "relay":
                return await self._relays(c, arrays, positions)
            case _:
                return await self._people(c, arrays, positions)

    async def _people(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        members = self.claim.members[list(positions)].tolist()
        known = await addresses.people(c, members)
        found = Slice([], {})
        card = self.letters.blank()
        second = set(np.flatnonzero(arrays.msgids == packing.SECOND).tolist())
        for position, member in zip(positions, members, strict=True):
            address = known.get(member)
            if address is None or address.paused:
                found.left_out[position] = _why_not(address)
                continue
            if self.letters.rt.passive:
                await self._words(c, arrays, position, address, found)
                continue
            call = Call(
                self._id("person", member, 2 if position in second else 1),
                (self._openid(address),),
                self.letters.addressed(card, member),
            )
            found.works.append(Work((position,), "template", call, State.ACCEPTED, None))
        return found

    async def _words(
        self, c: Connection, arrays: Arrays, position: int, address: Address, found: Slice
    ) -> None:
        """Without templates: as words while her window is open, else with the next answer she gets."""
        if arrays.states[position] != State.PENDING:
            found.left_out[position] = (State.UNKNOWN, "no outcome known")
        elif await followers.spend(c, address.follower_id, self.letters.rt.now_ms()):
            name = self._id("person", address.person_id, 1)
            call = Call(name, (self._openid(address),), self.letters.asking_text())
            work = Work((position,), "custom", call, State.ACCEPTED, address.follower_id)
            found.works.append(work)
        else:
            found.left_out[position] = (State.TO_RELAY, "")

    async def _robots(self, c: Connection, positions: Sequence[int]) -> Slice:
        known = await addresses.groups(c, [self._member(position) for position in positions])
        found = Slice([], {})
        for position in positions:
            group = known.get(self._member(position))
            if group is None or group.key_sealed is None:
                found.left_out[position] = (State.REFUSED, "no robot")
                continue
            key = self.letters.rt.seal.open(group.key_sealed)
            call = Call(self._id("group", group.id, 1), (key,), self.letters.group_text())
            found.works.append(Work((position,), "robot", call, State.ACCEPTED, None))
        return found

    async def _relays(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        groups = await addresses.groups(c, [self._member(position) for position in positions])
        shared = await addresses.families(c, self.claim.members, positions)
        owners = await addresses.people(
            c, [group.owner_id for group in groups.values() if group.owner_id is not None]
        )
        found = Slice([], {})
        for position in positions:
            hers = shared.get(position, [position])
            if position != hers[0]:
                continue
            group = groups.get(self._member(position))
            owner = owners.get(group.owner_id or 0) if group is not None else None
            if owner is None or owner.paused:
                found.left_out |= dict.fromkeys(hers, _why_not(owner))
                continue
            names = [groups[self._member(other)].name for other in hers]
            # A call in doubt went out as a template: only that may be repeated.
            fresh = all(arrays.states[other] == State.PENDING for other in hers)
            words = fresh and await followers.spend(c, owner.follower_id, self.letters.rt.now_ms())
            if not words and self.letters.rt.passive:
                # She reads of it with the next answer she gets.
                found.left_out |= dict.fromkeys(hers, (State.TO_RELAY, ""))
                continue
            message = (
                self.letters.relay_text(names)
                if words
                else self.letters.relay_card(owner.person_id, names)
            )
            found.works.append(self._relay(owner, tuple(hers), message))
        return found

    def _relay(self, owner: Address, hers: tuple[int, ...], message: Words | Card) -> Work:
        call = Call(self._id("owner", owner.person_id, 1), (self._openid(owner),), message)
        if isinstance(message, Card):
            return Work(hers, "template", call, State.TO_RELAY, None)
        return Work(hers, "custom", call, State.TO_RELAY, owner.follower_id)

    def _member(self, position: int) -> int:
        return int(self.claim.members[position])

    def _id(self, kind: str, member_id: int, version: int) -> str:
        return plan.call_id(self.install, self.claim.broadcast_id, kind, member_id, version)

    def _openid(self, address: Address) -> str:
        return self.letters.rt.seal.open(address.openid_sealed)


def _why_not(address: Address | None) -> tuple[State, str]:
    return _NOBODY if address is None else (State.SUPPRESSED, "paused")
