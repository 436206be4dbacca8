"""How units are called by the rules of `config/units.yaml`, and the new names of all when these rules have changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.core import text, unitnames
from bot.core.model import Level
from bot.core.unitnames import Rule
from bot.store import metas, unit_rows
from bot.store.database import Connection
from config import units as naming

_KEPT: Final = "unit_names"  # the rules by which the units in the database are called


class Called(NamedTuple):
    """What the rules make of a name."""

    display: str
    short: str
    stem: str


@dataclass(frozen=True, slots=True)
class Names:
    """The rules as they stand in the file, or as they were when units were imported last."""

    rules: tuple[Rule, ...]
    organisation: str

    def of(self, name: str, level: int) -> Called:
        """The names of a unit."""
        at = Level(level)
        return Called(
            unitnames.display(name, at, self.rules, self.organisation),
            unitnames.short(name, at, self.rules),
            text.fold(unitnames.bare(name, at, self.rules)),
        )

    def shown(self, name: str, level: int) -> str:
        """The display name alone."""
        return unitnames.display(name, Level(level), self.rules, self.organisation)

    async def renew(self, c: Connection) -> int:
        """Call all units by these rules where they have changed since the last import; how many it concerned.

        A display name that an import gave stays.
        """
        now = json.dumps([[_words(rule) for rule in self.rules], self.organisation])
        kept = await metas.get(c, _KEPT)
        if kept == now:
            return 0
        await metas.put(c, _KEPT, now)
        if kept is None:
            return 0
        before, count, last = _read(*json.loads(kept)), 0, 0
        while some := await unit_rows.page(c, last):
            last = some[-1].id
            rows = []
            for one in some:
                was, will = before.of(one.name, one.level), self.of(one.name, one.level)
                if was != will:
                    display = will.display if one.display == was.display else one.display
                    rows.append({"row_id": one.id, **will._replace(display=display)._asdict()})
            await unit_rows.rename(c, rows)
            count += len(rows)
        return count


def today() -> Names:
    """The rules of the file."""
    rules = naming.load()
    return _read(rules.rules, rules.organisation)


def _words(rule: Rule) -> tuple[str, str, str]:
    return rule.level.word if rule.level is not None else "", rule.ending, rule.short


def _read(rules: Iterable[Iterable[str]], organisation: str) -> Names:
    made = (Rule(Level[word.upper()] if word else None, end, short) for word, end, short in rules)
    return Names(tuple(made), organisation)
