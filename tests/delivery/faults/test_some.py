"""Of many in one call some are refused, or the call is said to be known already (fault test 21)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.core.plan import Phase
from bot.store import dialect, tables
from tests.delivery import land as lands
from tests.delivery import ways
from tests.delivery.faults.conftest import Scene, only
from tests.delivery.ways import rt

__all__ = ["rt"]


async def _waits_s(scene: Scene, n: int) -> float:
    """How long the batch of mass messages is left alone, in seconds; 0 while it is not."""
    batch = tables.batch.c
    async with scene.rt.read() as c:
        until_ms = await c.scalar(
            sa.select(batch.not_before_ms).where(batch.broadcast_id == n, batch.channel == "mass")
        )
        return (until_ms - await dialect.clock_ms(c)) / 1000 if until_ms else 0


def _to_wecom(calls: list[dict[str, Any]]) -> list[int]:
    """What WeCom answered to each call."""
    return [call["errcode"] for call in calls if call["endpoint"].endswith("message/send")]


@only("postgresql")
async def test_whom_wecom_does_not_know_gets_it_another_way_and_is_not_asked_of_again(
    scene: Scene,
) -> None:
    await scene.settle(40)
    unknown = ["t-chair", *(f"v{number:04}-chair" for number in range(5))]
    known = [f"v{number:04}-chair" for number in range(5, 19)]
    for key in (*unknown, *known):
        await ways.member(scene.land, key, known=key in known)
    scene.crew.start("worker-1", "worker-2")
    sent = await scene.send()
    await scene.done(sent)
    found = await scene.hold(sent)
    assert set(found.classes.values()) == {"accepted"}
    assert found.copies.total() == 40
    assert _to_wecom(found.calls) == [0], "one call, of which WeCom names six as unknown"
    # Where it knows none of them it refuses the call.
    others = [f"v{number:04}-chair" for number in range(20, 23)]
    for key in others:
        await ways.member(scene.land, key, known=False)
    some = tuple(scene.land.persons[key] for key in (*unknown, *others))
    second = await scene.send(persons=some, explicit=True)
    await scene.done(second)
    found = await scene.hold(second, people=[*unknown, *others])
    assert found.copies.total() == 9
    assert _to_wecom(found.calls) == [81013]


@only("postgresql")
async def test_a_mass_message_that_is_being_sent_is_waited_for_and_one_that_was_sent_counts(
    scene: Scene,
) -> None:
    await scene.settle(40)
    await ways.templates_left(scene.land, 6)
    scene.crew.changes["bot.channels.registry.DEADLINE_S"] = 1.0
    scene.platform.control("faults", endpoint="mass/send", code=45066, next=1)
    scene.crew.start("worker-1", "worker-2")
    sent = await scene.send()

    async def put_off() -> bool:
        return await _waits_s(scene, sent.id) > 0

    await scene.until(put_off, 20)
    assert await _waits_s(scene, sent.id) >= 55, "the same call is under way: in a minute"
    # It is taken, and the answer does not come.
    scene.platform.control("faults", endpoint="mass/send", hang=True, next=1)

    async def on() -> bool:
        await lands.hurry(scene.rt)
        return await scene.land.phase(sent.id) is Phase.DONE

    await scene.until(on, 40)
    found = await scene.hold(sent)
    assert set(found.classes.values()) == {"accepted"}
    assert found.copies.total() == 40
    mass = [call["errcode"] for call in found.calls if call["endpoint"].endswith("mass/send")]
    assert mass == [45066, 0, 45065]
    assert scene.duplicates() == 1
