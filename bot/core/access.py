"""Who may do what and where: the only permission rules (the table of roles in the contract)."""

from __future__ import annotations

from collections.abc import Sequence

from bot import errors
from bot.core import tree
from bot.core.frozen import frozen
from bot.core.model import Level, Person, Post, Role, Unit

_REPORTERS = frozenset({Role.CHAIR, Role.DEPUTY, Role.STAFF, Role.MEMBER})
_LEADERS = frozenset({Role.CHAIR, Role.DEPUTY, Role.STAFF})
_DECIDERS = frozenset({Role.CHAIR, Role.ADMIN})


@frozen
class Grant:
    """An interval that a unit was given beyond its own sub-tree."""

    holder_id: int
    place: tree.Interval


@frozen
class Actor:
    """A registered person with the intervals she answers for: her posts' units and what was granted to them."""

    person: Person
    granted: tuple[Grant, ...] = ()

    @property
    def scope(self) -> tuple[tree.Interval, ...]:
        """管辖范围: everything she may ask about."""
        return tree.merge(
            [
                *((post.unit.lo, post.unit.hi) for post in self.person.posts),
                *(one.place for one in self.granted),
            ]
        )

    def sees(self, unit: Unit) -> bool:
        """Whether `unit` lies in her scope."""
        return tree.holds(self.scope, unit.lo)


def report_post(actor: Actor, unit: Unit) -> Post | None:
    """The post by which she may report for `unit`; her own unit's comes first.

    Her own unit: chair, deputy, staff, member; not who registered herself a moment ago. A unit below: chair,
    deputy, staff.
    """
    for post in actor.person.posts:
        if post.unit.id == unit.id and post.role in _REPORTERS and not post.waiting:
            return post
    for post in actor.person.posts:
        if post.role in _LEADERS and post.unit.lo < unit.lo < post.unit.hi:
            return post
    return next(
        (
            post
            for post in actor.person.posts
            if post.role in _LEADERS and tree.holds(_given(actor, post), unit.lo)
        ),
        None,
    )


def _given(actor: Actor, post: Post) -> list[tree.Interval]:
    """What the unit of this post of hers was given: what she may do there is what the post lets her do."""
    return [one.place for one in actor.granted if one.holder_id == post.unit.id]


def send_scope(actor: Actor) -> tuple[tree.Interval, ...]:
    """Where she may send notices and reminders: leaders of township and above their sub-tree, a village chair her own."""
    intervals: list[tree.Interval] = []
    for post in actor.person.posts:
        own = (post.unit.lo, post.unit.hi)
        if post.role in _LEADERS and post.unit.level <= Level.TOWNSHIP:
            intervals += [own, *_given(actor, post)]
        elif post.role is Role.CHAIR and post.unit.level is Level.VILLAGE:
            intervals.append(own)
    return tree.merge(intervals)


def send_post(actor: Actor) -> Post | None:
    """The post in whose name she sends: the highest that may."""
    for post in actor.person.posts:
        if post.role in _LEADERS and post.unit.level <= Level.TOWNSHIP:
            return post
        if post.role is Role.CHAIR and post.unit.level is Level.VILLAGE:
            return post
    return None


def shows_figures(actor: Actor, some: Sequence[Unit]) -> bool:
    """Whether she may send 通报 about these units: leaders of the level above, by their own post and not by a grant."""
    held = [
        post.unit
        for post in actor.person.posts
        if post.role in _LEADERS and post.unit.level <= Level.TOWNSHIP
    ]
    return bool(some) and all(any(top.lo <= one.lo < top.hi for top in held) for one in some)


def may_decide(actor: Actor, *, author_id: int | None, unit: Unit) -> bool:
    """Whether she may say 同意 or 不同意: chair or admin of the sending unit or above, never the author."""
    if actor.person.id == author_id:
        return False
    return any(
        post.role in _DECIDERS and post.unit.lo <= unit.lo < post.unit.hi
        for post in actor.person.posts
    )


def may_control(actor: Actor, *, author_id: int | None, unit: Unit) -> bool:
    """Whether she may pause, resume, stop or recall: the author, or an admin of the sending unit or above."""
    if actor.person.id == author_id:
        return True
    return any(
        post.role is Role.ADMIN and post.unit.lo <= unit.lo < post.unit.hi
        for post in actor.person.posts
    )


def refusal(actor: Actor, unit: Unit | None) -> errors.NotFound | errors.NotAllowed:
    """What to raise when she may not touch a thing of `unit`: whoever does not see it learns nothing of it."""
    return errors.NotAllowed() if unit is not None and actor.sees(unit) else errors.NotFound()


def may_judge_newcomers(actor: Actor, unit: Unit) -> bool:
    """Whether she may say who of the new members of `unit` does not belong there: its leaders and those above."""
    return any(
        post.role in _LEADERS | {Role.ADMIN} and post.unit.lo <= unit.lo < post.unit.hi
        for post in actor.person.posts
    )


def agrees_for(actor: Actor) -> list[Unit]:
    """The units for which she says 同意 or 退回 to figures of those below: where she leads, by her own post."""
    return [post.unit for post in actor.person.posts if post.role in _LEADERS and not post.waiting]


def may_answer(actor: Actor, *, owner: Unit) -> bool:
    """Whether she may answer, pass on or close a difficulty that `owner` has to solve."""
    return any(
        post.role in _LEADERS | {Role.ADMIN} and post.unit.id == owner.id
        for post in actor.person.posts
    )
