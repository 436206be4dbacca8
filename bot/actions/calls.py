"""From members of a batch to the calls that reach them, at the moment of sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.actions.letters import Group, Letters
from bot.channels.base import Call, Card, Outcome, Words
from bot.core import packing, plan
from bot.core.packing import Arrays
from bot.core.receipt import State
from bot.store import addresses, consents, followers, members, relays
from bot.store.addresses import Address
from bot.store.batches import Claim
from bot.store.database import Connection

_NOBODY = (State.UNREGISTERED, "not registered")
# The platform knows a call of these again: templates and mass messages by an id, WeCom's by the whole request.
_KNOWN_AGAIN = ("template", "mass", "wecom_app")


@dataclass(slots=True)
class Work:
    """One call and the members (positions in the batch) that it is for.

    `reached`: their state when the platform takes it. `follower`: whose window for customer-service
    messages, or whose consent, it uses.
    """

    positions: tuple[int, ...]
    channel: str
    call: Call = field(repr=False)
    reached: State
    follower: int | None

    @property
    def repeatable(self) -> bool:
        """Whether the platform knows the call again and does not send it twice."""
        return self.channel in _KNOWN_AGAIN

    def told(self, outcomes: Sequence[Outcome]) -> list[tuple[Outcome, Sequence[int]]]:
        """What became of it, with the members that each outcome is about."""
        if len(outcomes) == 1:
            return [(outcomes[0], self.positions)]
        found: dict[Outcome, list[int]] = {}
        for position, outcome in zip(self.positions, outcomes, strict=True):
            found.setdefault(outcome, []).append(position)
        return list(found.items())


@dataclass(slots=True)
class Slice:
    """What to call, and members who turned out not to be callable, with the reason.

    Those of `gone` may still be reached by another channel; else this is what they are.
    """

    works: list[Work] = field(default_factory=list)
    left_out: dict[int, tuple[State, str]] = field(default_factory=dict)
    gone: dict[int, tuple[State, str]] = field(default_factory=dict)

    def lose(self, positions: Sequence[int]) -> None:
        """These are not called again, and nobody will know whether an earlier call reached them."""
        for position in positions:
            self.gone.pop(position, None)
            self.left_out[position] = (State.UNKNOWN, "no outcome known")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the calls of one batch; `install` keeps two installations on one account apart."""

    letters: Letters
    claim: Claim
    install: str

    async def prepare(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        """The calls for these members, as they are registered and reachable now.

        Who is in doubt and cannot be called again is unknown: not refused, and on no other way.
        """
        match self.claim.channel:
            case "robot":
                found = await self._robots(c, positions)
            case "relay":
                found = await self._relays(c, arrays, positions)
            case "custom" | "subscribe":
                found = await self._singly(c, positions)
            case "mass" | "wecom_app":
                found = await self._list(c, arrays, positions)
            case _:
                found = await self._people(c, arrays, positions)
        missing = [*found.left_out, *found.gone]
        found.lose([at for at in missing if arrays.states[at] == State.RETRY])
        return found

    async def _singly(self, c: Connection, positions: Sequence[int]) -> Slice:
        """In words while her window is open, or by a consent of hers: each may be used up meanwhile."""
        known = await addresses.people(c, [self._member(position) for position in positions])
        found = Slice()
        template = self.letters.rt.settings.wechat_subscribe_template_id
        agreed = await consents.left(c, template, [one.follower_id for one in known.values()])
        for position in positions:
            address = known.get(self._member(position))
            if address is None:
                found.gone[position] = _NOBODY
            elif address.paused:
                found.left_out[position] = _why_not(address)
            elif self.claim.channel == "subscribe":
                if address.follower_id in agreed:
                    card = self.letters.subscription(address.person_id)
                    found.works.append(self._one(position, address, card))
                else:
                    found.gone[position] = (State.REFUSED, "no consent left")
            elif await followers.spend(c, address.follower_id, self.letters.rt.now_ms()):
                found.works.append(self._one(position, address, self.letters.asking_text()))
            else:
                found.gone[position] = (State.REFUSED, "no window left")
        return found

    def _one(self, position: int, address: Address, message: Card | Words) -> Work:
        call = Call(self._id("person", address.person_id, 1), (self._openid(address),), message)
        return Work(
            (position,), self.claim.channel, call, State.ACCEPTED, follower=address.follower_id
        )

    async def _list(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        """One call for all; those in doubt apart, as a repeat has to be the same call: they are known by its second."""
        found = Slice()
        to = await self._addressed(c, positions, found)
        some = list(positions)
        doubts = np.where(arrays.states == int(State.RETRY), arrays.called, 0)
        seconds = (arrays.msgids[some] == packing.SECOND).tolist()
        groups: dict[tuple[int, bool], list[int]] = {}
        for position, called, again in zip(some, doubts[some].tolist(), seconds, strict=True):
            groups.setdefault((called, again), []).append(position)
        for (called, again), wanted in groups.items():
            if called and self.claim.channel == "wecom_app":
                if len(wanted) < int((doubts == called).sum()):
                    continue  # the rest of that call comes with a later round
                if any(position not in to for position in wanted):
                    found.lose(wanted)
                    continue
            self._call(found, wanted, to, again=again, in_doubt=called > 0)
        return found

    def _call(
        self, found: Slice, wanted: list[int], to: dict[int, str], *, again: bool, in_doubt: bool
    ) -> None:
        there = [position for position in wanted if position in to]
        if in_doubt:
            found.lose([position for position in wanted if position not in to])
        limits = self.letters.rt.channels.sending[self.claim.channel].limits
        if len(there) < limits.least.value:
            if in_doubt:
                found.lose(there)
            else:
                found.gone |= dict.fromkeys(there, (State.REFUSED, "too few for a call"))
            return
        # Not named by its first member: she may be gone when it is repeated.
        name = self._id("list", self.claim.no, 2 if again else 1)
        call = Call(name, tuple(to[position] for position in there), self.letters.asking_text())
        found.works.append(Work(tuple(there), self.claim.channel, call, State.ACCEPTED, None))

    async def _addressed(
        self, c: Connection, positions: Sequence[int], found: Slice
    ) -> dict[int, str]:
        """The openid or userid of each who is there; the others are noted."""
        persons = self.claim.members[list(positions)].tolist()
        seal = self.letters.rt.seal
        known: dict[int, tuple[bytes, bool]]
        if self.claim.channel == "mass":
            known = await addresses.sealed(c, persons)
        else:
            corp = await members.of(c, persons)
            known = {key: (one.userid_sealed, one.paused) for key, one in corp.items()}
        to: dict[int, str] = {}
        for position, person in zip(positions, persons, strict=True):
            sealed, paused = known.get(person, (b"", False))
            if not sealed:
                found.gone[position] = _NOBODY
            elif paused:
                found.left_out[position] = (State.SUPPRESSED, "paused")
            else:
                to[position] = seal.open(sealed)
        return to

    async def _people(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        members = self.claim.members[list(positions)].tolist()
        known = await addresses.people(c, members)
        found = Slice()
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
        places = await relays.places(c, self.claim.broadcast_id, self.claim.no)
        found = Slice()
        for position in positions:
            group = known.get(self._member(position))
            if group is None or group.key_sealed is None:
                found.left_out[position] = (State.REFUSED, "no robot")
                continue
            key = self.letters.rt.seal.open(group.key_sealed)
            into = Group(group.id, group.name, int(places[position]))
            call = Call(self._id("group", group.id, 1), (key,), self.letters.robot_message(into))
            found.works.append(Work((position,), "robot", call, State.ACCEPTED, None))
        return found

    async def _relays(self, c: Connection, arrays: Arrays, positions: Sequence[int]) -> Slice:
        groups = await addresses.groups(c, [self._member(position) for position in positions])
        shared = await addresses.families(c, self.claim.members, positions)
        owners = await addresses.people(
            c, [group.owner_id for group in groups.values() if group.owner_id is not None]
        )
        places = await relays.places(c, self.claim.broadcast_id, self.claim.no)
        found = Slice()
        for position in positions:
            hers = shared.get(position, [position])
            if position != hers[0]:
                continue
            group = groups.get(self._member(position))
            owner = owners.get(group.owner_id or 0) if group is not None else None
            if owner is None or owner.paused:
                found.left_out |= dict.fromkeys(hers, _why_not(owner))
                continue
            some = [(groups[self._member(other)], int(places[other])) for other in hers]
            # A call in doubt went out as a template: only that may be repeated.
            fresh = all(arrays.states[other] == State.PENDING for other in hers)
            words = fresh and await followers.spend(c, owner.follower_id, self.letters.rt.now_ms())
            if not words and self.letters.rt.passive:
                # She reads of it with the next answer she gets.
                found.left_out |= dict.fromkeys(hers, (State.TO_RELAY, ""))
                continue
            message = (
                self.letters.relay_text(
                    owner.person_id, [Group(one.id, one.name, place) for one, place in some]
                )
                if words
                else self.letters.relay_card(owner.person_id, len(some))
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
