"""Are there robots of these keys? Asked of the platform when keys are entered; a key is never repeated."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.robot import Robot
from bot.runtime import Runtime

_SHOWN = 20


async def asked(rt: Runtime, robots: Sequence[tuple[int, str]]) -> list[str]:
    """English lines about the robots of a file, as (line, key), that the platform does not know or cannot be asked for.

    Not inside a transaction. When it cannot be asked once it is not asked again.
    """
    robot = rt.channels.sending["robot"]
    assert isinstance(robot, Robot)
    unknown: list[int] = []
    for at, (line, key) in enumerate(robots):
        known = await robot.knows(key)
        if known is None:
            return [
                *_said(unknown),
                f"{len(robots) - at} robots' keys could not be checked: no answer",
            ]
        if not known:
            unknown.append(line)
    return _said(unknown)


def _said(lines: Sequence[int]) -> list[str]:
    if not lines:
        return []
    named = ", ".join(str(line) for line in lines[:_SHOWN])
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    wrong = "the platform knows no robot with this key; copy it once more from the robot's page"
    return [f"webhook_key of line {named}{more}: {wrong}"]
