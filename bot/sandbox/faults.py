"""Faults on command: which calls go wrong, and how."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

GARBAGE = (
    "html",
    "truncated",
    "string_errcode",
    "missing_msgid",
    "empty",
    "charset",
    "huge",
    "bomb",
)
OUTCOME = "outcome"  # the endpoint name of rules about TEMPLATESENDJOBFINISH


class BadRule(ValueError):
    """A fault rule that makes no sense; the text says why."""


@dataclass(slots=True)
class Rule:
    """One fault. `endpoint` is the end of a path, `*`, or `outcome` for delivery reports.

    `who` limits it to openids or keys, `share` to a part of the calls (0..1), `skip` lets the first n pass, `next` ends
    it after n hits. What happens: `code`, `delay_ms`, `garbage`, `hang`, `drop`, `http`, or a `status` for outcomes
    (`failed:user block`, ...; `none` loses the report). `effect` says whether the call is carried out all the same.
    """

    number: int
    endpoint: str = "*"
    who: frozenset[str] = frozenset()
    share: float = 1.0
    skip: int = 0
    next: int | None = None
    code: int | None = None
    errmsg: str = ""
    delay_ms: int = 0
    garbage: str = ""
    hang: bool = False
    drop: bool = False
    http: int | None = None
    status: str = ""
    effect: bool = True
    hits: int = 0
    seen: int = 0

    def fits(self, endpoint: str, who: str) -> bool:
        """Whether this rule is about such a call at all."""
        if self.next is not None and self.hits >= self.next:
            return False
        if OUTCOME in (self.endpoint, endpoint) and self.endpoint != endpoint:
            return False
        if self.endpoint != "*" and not endpoint.endswith(self.endpoint):
            return False
        return not self.who or who in self.who


_KINDS: dict[str, type | tuple[type, ...]] = {
    "endpoint": str, "share": (int, float), "skip": int, "next": int, "code": int, "errmsg": str, "delay_ms": int,
    "garbage": str, "hang": bool, "drop": bool, "http": int, "status": str, "effect": bool,
}  # fmt: skip


def _people(given: Any) -> frozenset[str]:
    if isinstance(given, str):
        return frozenset({given})
    if isinstance(given, list) and all(isinstance(item, str) for item in given):
        return frozenset(given)
    raise BadRule("who must be an openid or key, or a list of them")


@dataclass(slots=True)
class Faults:
    """The rules in force, in order; the first one that fits and whose share comes up is taken."""

    rules: list[Rule] = field(default_factory=list)
    seed: int = 1
    _random: random.Random = field(default_factory=lambda: random.Random(1))
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def reseed(self, seed: int) -> None:
        """Start the dice anew, so that a run with shares can be repeated."""
        self.seed = seed
        self._random.seed(seed)

    def add(self, given: dict[str, Any]) -> Rule:
        """Put a rule in force; BadRule when a field is unknown or of the wrong type."""
        given = dict(given)
        who = _people(given.pop("who")) if "who" in given else frozenset()
        for name, value in given.items():
            if name not in _KINDS:
                raise BadRule(f"unknown field {name}; known: who, {', '.join(_KINDS)}")
            if not isinstance(value, _KINDS[name]) or (
                isinstance(value, bool) and _KINDS[name] is not bool
            ):
                raise BadRule(f"{name} has the wrong type")
        if given.get("garbage", "") not in ("", *GARBAGE):
            raise BadRule(f"garbage is one of {', '.join(GARBAGE)}")
        # A code or an HTTP error says "not done"; the rest leaves the caller in doubt after it was done.
        given.setdefault("effect", "code" not in given and "http" not in given)
        rule = Rule(number=next(self._numbers), who=who, **given)
        self.rules.append(rule)
        return rule

    def pick(self, endpoint: str, who: str) -> Rule | None:
        """The rule that strikes this call, or None."""
        for rule in self.rules:
            if not rule.fits(endpoint, who):
                continue
            rule.seen += 1
            if rule.seen <= rule.skip or (rule.share < 1 and self._random.random() >= rule.share):
                continue
            rule.hits += 1
            return rule
        return None
