"""Whom words mean among the units of a scope: the unit, several to choose from, or a guess that is told as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core import unitlike, unitnames
from bot.core.unitnames import Names, Place


@dataclass(frozen=True, slots=True)
class Found:
    """`places` are equally near; several are for her to choose from, none is nobody.

    `farther` has the same name deeper in her scope (麻沙镇 and 麻沙村): to be mentioned, and asked about before
    anything is done. `exact` is false for a guess, which is asked about too.
    """

    places: tuple[Place, ...] = ()
    farther: tuple[Place, ...] = ()
    exact: bool = True

    @property
    def certain(self) -> bool:
        """Whether it may be acted on without a question."""
        return self.exact and len(self.places) == 1 and not self.farther


def named(names: Names, words: str) -> Found:
    """Units of exactly this name: the nearest, and those of the same name farther down."""
    found = names.named(words)
    near = unitnames.nearest(found)
    return Found(near, tuple(one for one in found if one not in near))


def guessed(places: Iterable[Place], words: str) -> Found:
    """Those of `places` that `words` may have been meant for: pinyin, homophones, one slip."""
    return Found(unitlike.like(words, places), exact=False)


def find(names: Names, words: str) -> Found:
    """By name, else by a guess."""
    found = named(names, words)
    return found if found.places else guessed(names.places, words)
