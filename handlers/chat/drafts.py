"""What somebody wrote for a notice → a draft that can be previewed, or the sentence that says what is wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot import errors
from bot.actions import reach
from bot.core import access, dates, notice, period, plan, tree, wording
from bot.core.model import Unit
from bot.core.plan import AudienceItem, Draft, Receipt
from bot.runtime import Runtime
from bot.store import units
from handlers.chat import choices, places
from handlers.chat.message import Member

MOST_TITLE: Final = 60
MOST_BODY: Final = 500  # characters, so that the whole notice fits into one answer
_RECEIPTS: Final = {
    notice.Receipt.SIGN: Receipt.SIGN,
    notice.Receipt.AWARE: Receipt.KNOW,
    notice.Receipt.REPLY: Receipt.REPLY,
}


class Wrong(Exception):
    """A value of the form cannot be used; `key` names the sentence, `said` what she wrote.

    `field` is the line to be written anew, '' if no single one. Of a unit `name` is how she wrote it and
    `codes` are those she may have meant, in the order in which they are offered.
    """

    def __init__(
        self, key: str, said: str = "", field: str = "", name: str = "", codes: Sequence[str] = ()
    ) -> None:
        super().__init__(key)
        self.key = key
        self.said = said
        self.field = field
        self.name = name
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class _Terms:
    deadline: datetime | None
    not_before: datetime | None
    receipt: Receipt
    urgent: bool


async def draft(rt: Runtime, message: Member, form: notice.Draft) -> Draft:
    """The draft of a whole form; raises Wrong, or NotAllowed for somebody who may not send."""
    post = access.send_post(message.actor)
    if post is None:
        raise errors.NotAllowed
    if form.twice:
        raise Wrong("form.twice", form.twice[0], notice.field_of(form.twice[0]))
    body = form.content or form.loose
    title = form.title or wording.shorten(body.partition("\n")[0], 20)
    if len(title) > MOST_TITLE:
        raise Wrong("form.long_title", field="title")
    if len(body) > MOST_BODY:
        raise Wrong("form.long_body", field="content")
    if len(form.joint) > MOST_TITLE:
        raise Wrong("form.long_joint", field="joint")
    wanted = notice.audience(form.audience)
    if wanted.unread:
        raise Wrong("form.bad_audience", "、".join(wanted.unread), "audience")
    items = tuple(AudienceItem(item.level, item.role) for item in wanted.items)
    terms = _terms(rt, message, form)
    return Draft(
        kind=form.kind,
        title=title,
        body=body,
        unit=post.unit,
        scope_units=await _scope(rt, message, form.scope, post.unit),
        items=(plan.ALL, *items) if wanted.everybody else items,
        groups=wanted.groups,
        deadline=terms.deadline,
        receipt=terms.receipt,
        not_before=terms.not_before,
        urgent=terms.urgent,
        joint=form.joint,
    )


def _terms(rt: Runtime, message: Member, form: notice.Draft) -> _Terms:
    deadline = _when(rt, message, form, "deadline")
    urgent = notice.yes(form.urgent)
    if urgent is None:
        raise Wrong("form.bad_urgent", form.urgent, "urgent")
    receipt = notice.receipt(form.receipt)
    if form.receipt and receipt is None:
        raise Wrong("form.bad_receipt", form.receipt, "receipt")
    asked = _RECEIPTS[receipt] if receipt else Receipt.SIGN if deadline else Receipt.NONE
    return _Terms(deadline, _when(rt, message, form, "send_at"), asked, urgent)


def _when(rt: Runtime, message: Member, form: notice.Draft, field: str) -> datetime | None:
    try:
        at = moment(rt, message, getattr(form, field))
    except Wrong as wrong:
        raise Wrong(wrong.key, wrong.said, field) from None
    if at is not None and at > message.now + reach.FARTHEST:
        raise Wrong("broadcast.too_far", field=field)
    return at


def moment(rt: Runtime, message: Member, said: str) -> datetime | None:
    """A future moment in her words, None for none; raises Wrong for the past and what is no date."""
    if not said or said.strip() in rt.words.say("form.nothing").split():
        return None
    at = dates.read(said, message.now.astimezone(rt.calendar.zone))
    if at is None:
        raise Wrong("form.bad_date", said)
    if at <= message.now:
        raise Wrong("form.past", said)
    return at


async def _scope(rt: Runtime, message: Member, said: str, own: Unit) -> tuple[Unit, ...]:
    """范围: the units she named; one that is not hers and one that does not exist are refused alike."""
    named = notice.names(said)
    if not named:
        return (own,)
    found: list[Unit] = []
    for name in named:
        try:
            meant = await places.find(rt, message, name)
        except errors.NotFound:
            meant = places.Meant(())
        sends = access.send_scope(message.actor)
        there = tuple(unit for unit in meant.units if tree.holds(sends, unit.lo))
        if not there:
            key = "broadcast.out_of_scope" if len(named) == 1 else "form.not_found"
            raise Wrong(key, field="scope", name=name)
        meant = dataclasses.replace(meant, units=there)
        if len(meant.units) > 1 or not meant.exact:
            raise await _offered(rt, name, meant)
        found += meant.units
    return tuple(dict.fromkeys(found))


async def _offered(rt: Runtime, name: str, meant: places.Meant) -> Wrong:
    """Units of one name, or those that are called nearly so: she chooses."""
    some = meant.units[: places.MOST]
    names = await choices.full_names(rt, some)
    key = "form.which_unit" if meant.exact else "form.like_unit"
    said = choices.listed(names)
    if len(some) == 1:
        key, said = "form.is_unit", names[0]
    return Wrong(key, said, "scope", name, [unit.code for unit in some])


def keep(some: Draft) -> dict[str, Any]:
    """The draft in JSON: 确认发送 acts on this and never reads text again."""
    return {
        "kind": some.kind,
        "title": some.title,
        "body": some.body,
        "unit": some.unit.id,
        "audience": plan.asked(some),
        "deadline_ms": period.ms(some.deadline) if some.deadline else None,
        "receipt": some.receipt.value,
        "not_before_ms": period.ms(some.not_before) if some.not_before else None,
        "urgent": some.urgent,
        "joint": some.joint,
        "amends": some.amends,
    }


async def kept(rt: Runtime, held: Mapping[str, Any]) -> Draft:
    """The draft that `keep` put away; raises NotFound if its unit has gone."""
    audience = held["audience"]
    async with rt.read() as c:
        unit = await units.by_id(c, held["unit"])
        chosen = await units.many(c, audience.get("units", []))
    if unit is None:
        raise errors.NotFound
    deadline, start = held["deadline_ms"], held["not_before_ms"]
    return Draft(
        kind=held["kind"],
        title=held["title"],
        body=held["body"],
        unit=unit,
        scope_units=tuple(chosen[key] for key in audience.get("units", []) if key in chosen),
        items=plan.items_of(audience),
        groups=audience.get("groups") is True,
        deadline=period.at(deadline) if deadline else None,
        receipt=Receipt(held["receipt"]),
        not_before=period.at(start) if start else None,
        urgent=held["urgent"],
        joint=held["joint"],
        explicit="amends" in audience,
        amends=audience.get("amends"),
        acted=audience.get("acted") is not False,
    )
