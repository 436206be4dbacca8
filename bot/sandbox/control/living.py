"""Control: what the page lives on: the federation, what just happened, the simulated people, links."""

from __future__ import annotations

from typing import Any

from bot.sandbox import feed
from bot.sandbox.behaviour import FASTEST, acting, draw
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.people import Person
from bot.sandbox.world import World

# What a dot of the picture shows of a person.
AWAY, QUIET, CALLED, ANSWERED, BLOCKS = 0, 1, 2, 3, 4


async def federation(world: World, given: Given) -> Any:
    """Units and people in rows, with how each person stands: 0 does not follow, 1 nothing, 2 called, 3 answered, 4 refuses."""
    units = [[one.code, one.name, one.level, one.parent] for one in world.units.known.values()]
    people = [
        [one.openid, one.name, one.role, one.code, one.unit, state(world, one), one.slip]
        for one in world.people.known.values()
    ]
    circles = [[one.key, one.name, one.unit, one.owner] for one in world.circles.known.values()]
    return {"units": units, "people": people, "circles": circles, "last": world.feed.last}


def state(world: World, person: Person) -> int:
    """How her dot is coloured."""
    if not person.follows:
        return AWAY
    if person.blocks:
        return BLOCKS
    called = False
    for line in reversed(person.lines[-40:]):
        if isinstance(line, int):
            if world.ledger.endpoint(line) in world.calls:
                called = True
                break
        elif line["from"] == "her" and line["kind"] != "event":
            return ANSWERED
    return CALLED if called else QUIET


async def news(world: World, given: Given) -> Any:
    """?since=n&openid=&limit=3000: events after number n (n, ms, kind, who, text), the clock, the crowd, her chat's length."""
    since, limit = given.number("since", 0), given.number("limit", 3000)
    events = world.feed.after(since, limit)
    person = world.people.known.get(given.text("openid", ""))
    summary = world.ledger.summary()
    return {
        "events": events,
        "last": events[-1][0] if len(events) >= limit else world.feed.last,
        "now_ms": world.now(),
        "offset_ms": world.clock.offset_ms,
        "target": world.pusher.target,
        "waiting": world.pusher.waiting(),
        "crowd": world.crowd.show(),
        "person": person.label() if person else None,
        "ledger": {**summary, "faults": len(world.faults.rules)},
    }


async def get_crowd(world: World, given: Given) -> Any:
    """The simulated people: whether they act, how fast, and what they did."""
    return world.crowd.show()


async def set_crowd(world: World, given: Given) -> Any:
    """{running?, seed?, share? 0..1, speed? actions a second, limit? actions, kinds?}: let people act, or stop them."""
    crowd = world.crowd
    share, speed = _part(given, "share", crowd.share), _part(given, "speed", crowd.speed)
    kinds = given.values.get("kinds", sorted(crowd.kinds))
    if not 0 <= share <= 1 or not 0 < speed <= FASTEST:
        raise BadRequest(f"share is 0 to 1, speed above 0 and at most {FASTEST} actions a second")
    if not isinstance(kinds, list) or not set(kinds) <= set(draw.KINDS):
        raise BadRequest(f"kinds is a list of {', '.join(draw.KINDS)}")
    crowd.share, crowd.speed, crowd.kinds = share, speed, frozenset(kinds)
    crowd.limit = given.number("limit", crowd.limit)
    if given.has("seed") and given.number("seed") != crowd.seed:
        if crowd.running:
            raise BadRequest("stop the people before you change the seed")
        crowd.seed = given.number("seed")
    if given.has("running"):
        if given.flag("running", fallback=False):
            crowd.start(acting.Federation(world))
        else:
            crowd.stop()
    return crowd.show()


def _part(given: Given, name: str, fallback: float) -> float:
    value = given.values.get(name, fallback)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRequest(f"{name} is not a number")
    return float(value)


async def drawn(world: World, given: Given) -> Any:
    """?seed=&n=20: what the first n people of the first turn would do if they began now."""
    seed, wanted = given.number("seed", world.crowd.seed), given.number("n", 20)
    people, found = acting.Federation(world), list[dict[str, Any]]()
    for openid in draw.order(seed, 1, people.everybody()):
        if len(found) >= wanted:
            break
        if draw.takes_part(seed, openid, world.crowd.share):
            deed = draw.deed(seed, 1, openid, people.before(openid))
            found.append(
                {"openid": openid, "kind": deed.kind, "text": deed.text, "spoken": deed.spoken}
            )
    return {"seed": seed, "drawn": found}


async def opened(world: World, given: Given) -> Any:
    """{openid, url}: she opened a link; only the page's picture learns of it."""
    world.feed.add(world.now(), feed.OPENED, given.text("openid"), "")
    return {}


TABLE = [
    ("GET", "/control/federation", federation),
    ("GET", "/control/feed", news),
    ("GET", "/control/crowd", get_crowd),
    ("POST", "/control/crowd", set_crowd),
    ("GET", "/control/crowd/drawn", drawn),
    ("POST", "/control/opened", opened),
]
