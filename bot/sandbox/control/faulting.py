"""Control: faults on command."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.sandbox import faults
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import World


def _rules(world: World) -> dict[str, Any]:
    return {"rules": [{**asdict(rule), "who": sorted(rule.who)} for rule in world.faults.rules]}


async def show(world: World, given: Given) -> Any:
    """The rules in force with their hits."""
    return _rules(world)


async def add(world: World, given: Given) -> Any:
    """{endpoint, who?, share?, skip?, next?, code|delay_ms|garbage|hang|drop|http|status, effect?} or {rules: [...]}."""
    if given.has("seed"):
        world.faults.reseed(given.number("seed"))
    try:
        for rule in given.items("rules"):
            world.faults.add({key: value for key, value in rule.items() if key != "seed"})
    except faults.BadRule as error:
        raise BadRequest(str(error)) from error
    return _rules(world)


async def remove(world: World, given: Given) -> Any:
    """?number=: take back one rule, or all."""
    number = given.number("number", 0)
    world.faults.rules = [rule for rule in world.faults.rules if number and rule.number != number]
    return _rules(world)


TABLE = [
    ("GET", "/control/faults", show),
    ("POST", "/control/faults", add),
    ("DELETE", "/control/faults", remove),
]
