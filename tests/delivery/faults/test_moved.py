"""People who opt out, leave, move or change their account while a notice is on its way (fault test 35)."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import people, receipts, tables
from tests.delivery import land as lands
from tests.delivery.faults.conftest import Scene, sizes
from tests.delivery.land import openid


@sizes(120, 4000, on="sqlite")
async def test_who_opts_out_leaves_moves_or_changes_her_account_on_the_way(
    scene: Scene, size: int
) -> None:
    await scene.settle(size)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [size / 6, 5]
    scene.crew.start("worker-1")
    sent = await scene.send()
    await scene.taken(size // 5)
    land = scene.land
    before = scene.last()
    got = {call["who"] for call in scene.calls_of(sent)}
    left = [key for key in land.persons if openid(key) not in got and key.startswith("v")]
    scene.dice.shuffle(left)
    each = size // 12
    out, gone, moved, changed = (left[at * each : (at + 1) * each] for at in range(4))
    person, binding, post = land.persons, tables.binding.c, tables.post.c
    async with land.rt.write() as c:
        for key in out:
            await people.pause(c, person[key], land.rt.now_ms())
        away = [person[key] for key in (*gone, *changed)]
        await c.execute(sa.delete(tables.binding).where(binding.person_id.in_(away)))
        for key in changed:
            await lands.bind(c, land, key, f"{key}-new")
        others = post.person_id.in_([person[key] for key in moved])
        to = land.units["t"].id
        await c.execute(sa.update(tables.post).where(others).values(unit_id=to))
    scene.platform.meet(*(openid(f"{key}-new") for key in changed))
    since = scene.last()
    await scene.done(sent)
    found = await scene.hold(sent, accounts={key: f"{key}-new" for key in changed})
    # What was sent while that was written down, and what was in the air then: two bursts of the pace at most.
    air = {one["who"] for one in found.calls if before < one["seq"] <= since + 10}
    late = {one["who"] for one in found.calls if one["seq"] > since + 10}
    assert not [key for key in (*out, *gone, *changed) if openid(key) in late]
    named = {"refused": out, "unregistered": gone, "accepted": (*moved, *changed)}
    for name, keys in named.items():
        others_class = {key: found.classes[key] for key in keys if found.classes[key] != name}
        assert not [key for key in others_class if openid(key) not in air], others_class
    # Those who moved count where they were when it was sent.
    async with land.rt.read() as c:
        for key in moved[:3]:
            unit = land.units[key.partition("-")[0]]
            rows = await receipts.counts_by_child(c, sent, unit)
            assert [(row.people, row.reached) for row in rows] == [(1, 1)]
