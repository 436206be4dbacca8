"""Of which kinds something may wait for a person: most people have nothing of most kinds, which one question finds out."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.core.frozen import frozen
from bot.core.plan import Phase
from bot.store import receipts, tables
from bot.store.database import Connection
from bot.store.difficulties import WAITING, State
from bot.store.prepared import Statement, bind, several

_broadcast, _group, _part = tables.broadcast.c, tables.wechat_group.c, tables.item_part.c
_difficulty = tables.difficulty.c

_OF = Statement(
    sa.select(
        receipts.OWED.order_by(None).exists(),
        sa.exists().where(_broadcast.state == Phase.WAITING),
        sa.exists().where(_group.owner_person_id == bind("person"), _group.ended_at_ms.is_(None)),
        sa.or_(
            sa.exists().where(
                _difficulty.person_id == bind("person"), _difficulty.state == State.ANSWERED
            ),
            sa.exists().where(
                _difficulty.owner_unit_id.in_(several("answers_for")),
                _difficulty.state.in_((*WAITING, State.SOLVED)),
            ),
        ),
        sa.exists().where(_part.unit_id.in_(several("reports_for")), _part.ended_at_ms.is_(None)),
    )
)


@frozen
class Waits:
    """False: nothing of this kind waits. `to_decide`: for anybody; `groups`: she has some, `items`: her units have."""

    to_sign: bool
    to_decide: bool
    groups: bool
    difficulties: bool
    items: bool


async def of(
    c: Connection,
    person_id: int,
    at_ms: int,
    *,
    answers_for: Sequence[int],
    reports_for: Sequence[int],
) -> Waits:
    """What is worth looking for: she answers for difficulties of some units, and for items of some."""
    given = {"person": person_id, "now": at_ms}
    units = {"answers_for": answers_for, "reports_for": reports_for}
    return Waits(*await _OF.first(c, {**given, **units}))
