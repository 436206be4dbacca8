"""What is kept about one person, thing by thing, so that she can be given all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind

_person, _unit, _post = tables.person.c, tables.unit.c, tables.post.c
_entry, _indicator = tables.entry.c, tables.indicator.c
_broadcast, _receipt = tables.broadcast.c, tables.receipt.c


@dataclass(frozen=True, slots=True)
class Head:
    """The person herself; times in epoch ms, None for what never was."""

    id: int
    key: str
    name: str
    phone_sealed: bytes | None
    paused_at_ms: int | None
    bound_at_ms: int | None
    heard_at_ms: int | None
    in_wecom: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing: `kind` names the sentence that says it, `values` fill its blanks; `unit` is '' for none."""

    kind: str
    at_ms: int | None
    unit: str
    values: Mapping[str, object] = field(default_factory=dict)


async def head(c: Connection, key: str) -> Head | None:
    """The person whose `person_id` in files is `key`, one who has left too; None for nobody, and whoever was erased."""
    binding, follower, member = tables.binding, tables.follower, tables.member
    row = (
        await c.execute(
            sa.select(
                _person.id,
                _person.key,
                _person.name,
                _person.phone_sealed,
                _person.paused_at_ms,
                binding.c.bound_at_ms,
                follower.c.heard_at_ms,
                member.c.person_id,
            )
            .select_from(
                tables.person.outerjoin(binding, binding.c.person_id == _person.id)
                .outerjoin(follower, follower.c.id == binding.c.follower_id)
                .outerjoin(member, member.c.person_id == _person.id)
            )
            .where(_person.key == key, _person.erased_at_ms.is_(None))
        )
    ).first()
    return Head(*row[:-1], row[-1] is not None) if row else None


_COUNTS: Final = Statement(
    sa.select(
        sa.select(sa.func.count()).where(_entry.person_id == bind("person")).scalar_subquery(),
        sa.select(sa.func.count())
        .where(tables.difficulty.c.person_id == bind("person"))
        .scalar_subquery(),
    )
)


async def counts(c: Connection, person_id: int) -> tuple[int, int]:
    """How many figures she has said, and how many difficulties."""
    row = await _COUNTS.first(c, {"person": person_id})
    return row[0], row[1]


async def facts(c: Connection, person_id: int) -> list[Fact]:
    """Everything else that names her, kind by kind, each in the order of time."""
    found: list[Fact] = []
    for kind, query, names in _queries(person_id):
        for row in await c.execute(query):
            at_ms, unit, *values = tuple(row)
            found.append(Fact(kind, at_ms, unit or "", dict(zip(names, values, strict=True))))
    return found


_Query = tuple[str, sa.Select[Any], Sequence[str]]
"""A kind of fact, its query (time, unit, values) and the names of the values."""
_NO_UNIT: Final = sa.literal("")


def _queries(person_id: int) -> list[_Query]:
    return [
        *_of_office(person_id),
        *_of_figures(person_id),
        *_of_work(person_id),
        *_of_notices(person_id),
    ]


def _of_office(person_id: int) -> list[_Query]:
    """Where she holds or held a post, codes made for her, groups she owns."""
    group, invite = tables.wechat_group, tables.invite.c
    posts = (
        sa.select(_post.ended_at_ms, _unit.display, _post.role, _post.title, _post.kind, _post.term)
        .join(tables.unit, _unit.id == _post.unit_id)
        .where(_post.person_id == person_id)
        .order_by(_post.id)
    )
    names = ("role", "title", "kind", "term")
    return [
        ("post", posts.where(_post.ended_at_ms.is_(None)), names),
        ("former_post", posts.where(_post.ended_at_ms.is_not(None)), names),
        (
            "invite",
            sa.select(invite.made_at_ms, _NO_UNIT)
            .where(invite.person_id == person_id)
            .order_by(invite.id),
            (),
        ),
        (
            "group",
            sa.select(group.c.made_at_ms, _unit.display, group.c.name)
            .join(tables.unit, _unit.id == group.c.unit_id)
            .where(group.c.owner_person_id == person_id)
            .order_by(group.c.id),
            ("name",),
        ),
    ]


def _of_figures(person_id: int) -> list[_Query]:
    """What she reported, what was reported in her place, sums she stated."""
    stated = tables.stated.c
    said = (
        sa.select(
            _entry.said_at_ms,
            _unit.display,
            _indicator.name,
            _entry.said,
            _entry.whole,
            _entry.reason,
        )
        .join(tables.unit, _unit.id == _entry.unit_id)
        .join(tables.indicator, _indicator.id == _entry.indicator_id)
        .order_by(_entry.id)
    )
    names = ("indicator", "value", "whole", "reason")
    hers = said.where(_entry.person_id == person_id)
    return [
        *((kind, hers.where(_entry.kind == kind), names) for kind in ("report", "correction", "undo", "file")),
        ("in_her_place", said.where(_entry.for_person_id == person_id), names),
        (
            "stated",
            sa.select(stated.said_at_ms, _unit.display, _indicator.name, stated.value)
            .join(tables.unit, _unit.id == stated.unit_id)
            .join(tables.indicator, _indicator.id == stated.indicator_id)
            .where(stated.person_id == person_id)
            .order_by(stated.id),
            ("indicator", "value"),
        ),
    ]  # fmt: skip


def _of_work(person_id: int) -> list[_Query]:
    """Difficulties, photos, what she agreed to, items."""
    difficulty, evidence = tables.difficulty.c, tables.evidence.c
    agreement, part, item = tables.agreement.c, tables.item_part.c, tables.item.c
    raised, answered = (
        sa.select(at_ms, _unit.display, difficulty.id, words)
        .join(tables.unit, _unit.id == difficulty.unit_id)
        .where(who == person_id)
        .order_by(difficulty.id)
        for at_ms, words, who in (
            (difficulty.made_at_ms, difficulty.text, difficulty.person_id),
            (difficulty.changed_at_ms, difficulty.answer, difficulty.answered_by),
        )
    )

    def of_entries(at_ms: Any, table: sa.Table, *more: Any) -> sa.Select[Any]:
        return (
            sa.select(at_ms, _unit.display, _indicator.name, *more)
            .join(tables.entry, _entry.id == table.c.entry_id)
            .join(tables.unit, _unit.id == _entry.unit_id)
            .join(tables.indicator, _indicator.id == _entry.indicator_id)
            .where(table.c.person_id == person_id)
            .order_by(table.c.id)
        )

    judged = of_entries(agreement.at_ms, tables.agreement, agreement.reason)
    return [
        ("difficulty", raised, ("n", "text")),
        ("answer", answered, ("n", "text")),
        ("photo", of_entries(evidence.made_at_ms, tables.evidence, evidence.sha256), ("indicator", "file")),
        *((kind, judged.where(agreement.deed == kind), ("indicator", "reason")) for kind in ("agreed", "returned")),
        (
            "item",
            sa.select(part.said_at_ms, _unit.display, item.title, part.said)
            .join(tables.item, item.id == part.item_id)
            .join(tables.unit, _unit.id == part.unit_id)
            .where(part.person_id == person_id)
            .order_by(item.id),
            ("title", "text"),
        ),
    ]  # fmt: skip


def _of_notices(person_id: int) -> list[_Query]:
    """Notices she opened, signed or answered, wrote or agreed to, lines she added, letters to her, noted deeds."""
    line, letter, audit = tables.relay_line.c, tables.outbox.c, tables.audit.c
    receipts = (
        sa.select(_receipt.at_ms, _NO_UNIT, _broadcast.id, _broadcast.title)
        .join(tables.broadcast, _broadcast.id == _receipt.broadcast_id)
        .where(_receipt.member_kind == "person", _receipt.member_id == person_id)
        .order_by(_receipt.at_ms)
    )
    notices = sa.select(_broadcast.made_at_ms, _unit.display, _broadcast.id, _broadcast.title).join(
        tables.unit, _unit.id == _broadcast.unit_id
    )
    names = ("n", "title")
    return [
        *((kind, receipts.where(_receipt.kind == kind), names) for kind in ("opened", "signed", "answered")),
        ("wrote", notices.where(_broadcast.author_id == person_id).order_by(_broadcast.id), names),
        ("approved", notices.where(_broadcast.approved_by == person_id).order_by(_broadcast.id), names),
        (
            "line",
            sa.select(line.at_ms, _unit.display, line.broadcast_id, line.text)
            .join(tables.unit, _unit.id == line.unit_id)
            .where(line.by_person_id == person_id)
            .order_by(line.at_ms),
            ("n", "text"),
        ),
        (
            "letter",
            sa.select(letter.made_at_ms, _NO_UNIT, letter.text)
            .where(letter.person_id == person_id)
            .order_by(letter.id),
            ("text",),
        ),
        (
            "deed",
            sa.select(audit.at_ms, _NO_UNIT, audit.deed, audit.object)
            .where(audit.actor == f"person:{person_id}")
            .order_by(audit.id),
            ("deed", "thing"),
        ),
    ]  # fmt: skip
