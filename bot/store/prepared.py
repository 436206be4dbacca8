"""Statements of one chat message: built once, compiled once, and on SQLite run without a layer in between.

To build a statement, to find its text again and to wrap its rows costs SQLAlchemy twenty times what SQLite
needs to find a row by its key. A statement that a message asks stands ready at the head of its module:

    _ANSWER = Statement(sa.select(_inbox.reply).where(_inbox.key == bind("key")))
    ...
    found = await _ANSWER.scalar(c, {"key": key})

Inside `memory.message()` SQLite runs the compiled text at once. Everywhere else, and on PostgreSQL, SQLAlchemy
executes the same statement as any other, so that both ways give the same values and the same errors.
"""

from __future__ import annotations

import enum
import operator
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store import aiosqlite_short
from bot.store.database import Connection

bind = sa.bindparam
Values = Mapping[str, Any]
_Process = Callable[[Any], Any] | None
_NOTHING: Final[Values] = {}


class Into(Protocol):
    """An INSERT that knows ON CONFLICT, which both databases spell the same way."""

    def __call__(self, table: sa.Table) -> postgresql.Insert:
        """An INSERT into the table, without values yet."""


Build = Callable[[Into], sa.Executable]


def several(name: str) -> sa.BindParameter[Any]:
    """A parameter for `column.in_(…)`: any number of values."""
    return sa.bindparam(name, expanding=True)


def binds(*names: str) -> dict[str, sa.BindParameter[Any]]:
    """Values of an INSERT: each column gets the parameter of its name."""
    return {name: sa.bindparam(name) for name in names}


@dataclass(frozen=True, slots=True)
class _Text:
    """What SQLite runs for parameters of one shape (so many values in each list).

    `fixed`: for each `?` what the statement itself gives, None elsewhere. `slots`: for each other one which it is, its
    parameter, its place in a list (-1 for none), and how SQLite wants it. `plain`: takes them out of the values, where
    there is no more to it.
    """

    sql: str
    fixed: list[Any]
    slots: tuple[tuple[int, str, int, _Process], ...]
    plain: Callable[[Values], Sequence[Any]] | None


class Statement:
    """One statement, given as it is, or as a function of the INSERT that knows ON CONFLICT.

    Parameters go by name (`bind`, `several`). Values of an INSERT are all given: no column's default is filled in.
    """

    def __init__(self, build: sa.Executable | Build) -> None:
        self._build = build
        self._built: dict[str, sa.Executable] = {}
        self._short: _Short | None = None

    async def all(self, c: Connection, values: Values = _NOTHING) -> Sequence[Any]:
        """Every row; columns by name or place."""
        raw = aiosqlite_short.at_once(c)
        if raw is None:
            return (await c.execute(self._for(c), dict(values))).all()
        short = self._short = self._short or _Short(self._for(c), c.dialect)
        rows = aiosqlite_short.fetch(raw, *short.given(values))
        return short.shaped(rows)

    async def first(self, c: Connection, values: Values = _NOTHING) -> Any:
        """The first row, None without any."""
        rows = await self.all(c, values)
        return rows[0] if rows else None

    async def scalar(self, c: Connection, values: Values = _NOTHING) -> Any:
        """The first column of the first row, None without any."""
        rows = await self.all(c, values)
        return rows[0][0] if rows else None

    async def run(self, c: Connection, values: Values = _NOTHING) -> None:
        """Have it done; for statements that give no rows."""
        raw = aiosqlite_short.at_once(c)
        if raw is None:
            await c.execute(self._for(c), dict(values))
            return
        short = self._short = self._short or _Short(self._for(c), c.dialect)
        aiosqlite_short.fetch(raw, *short.given(values))

    def _for(self, c: Connection) -> sa.Executable:
        """The statement as this database spells it."""
        if isinstance(self._build, sa.Executable):
            return self._build
        name = c.dialect.name
        if name not in self._built:
            into: Any = sqlite.insert if name == "sqlite" else postgresql.insert
            self._built[name] = self._build(into)
        return self._built[name]


def _row(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Makes rows whose columns can be asked for by name."""
    make: Any = namedtuple  # noqa: PYI024 - its names are known only now
    row: Callable[[Sequence[Any]], Any] = make("Row", names, rename=True)._make
    return row


def _taken(names: Sequence[str]) -> Callable[[Values], Sequence[Any]]:
    """Takes the values of these names, in order."""
    if len(names) > 1:
        return operator.itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _bare(value: Any) -> Any:
    """What a member of an enumeration stands for: SQLite would look for an adapter of its class each time."""
    return value.value if isinstance(value, enum.Enum) else value


class _Short:
    """A statement compiled for SQLite: its texts by shape, its parameters and rows as Python has them."""

    def __init__(self, statement: Any, dialect: sa.Dialect) -> None:
        self._dialect = dialect
        self._compiled = statement.compile(dialect=dialect)
        assert not self._compiled.insert_prefetch, "every column of an INSERT must be given"
        assert not self._compiled.update_prefetch, "every column of an UPDATE must be given"
        params = self._compiled.bind_names
        self._fixed = {name: one.value for one, name in params.items() if not one.required}
        self._lists = [name for one, name in params.items() if one.expanding and one.required]
        self._texts: dict[tuple[int, ...], _Text] = {}
        columns = list(getattr(statement, "exported_columns", ()))
        kinds = [column.type.dialect_impl(dialect) for column in columns]
        processes = [kind.result_processor(dialect, None) for kind in kinds]
        self._columns = [(at, process) for at, process in enumerate(processes) if process]
        names = [str(column.key) for column in columns]
        self._row = _row(names)

    def given(self, values: Values) -> tuple[str, Sequence[Any]]:
        """The text and its parameters."""
        shape = tuple([len(values[name]) for name in self._lists]) if self._lists else ()
        text = self._texts.get(shape)
        if text is None:
            text = self._texts[shape] = self._expanded({**self._fixed, **values})
        if text.plain is not None:
            return text.sql, text.plain(values)
        given = text.fixed.copy()
        for place, name, at, process in text.slots:
            value = values[name] if at < 0 else values[name][at]
            given[place] = value if process is None else process(value)
        return text.sql, given

    def _expanded(self, known: Values) -> _Text:
        state = self._compiled.construct_expanded_state(known)
        inside = {
            expanded: (name, at)
            for name, some in state.parameter_expansion.items()
            for at, expanded in enumerate(some)
        }
        fixed: list[Any] = []
        slots = []
        for place, position in enumerate(state.positiontup):
            name, at = inside.get(position, (position, -1))
            kind = self._compiled.binds[name].type.dialect_impl(self._dialect)
            # SQLAlchemy wraps bytes for drivers that ask for it; SQLite's takes them as they are.
            binary = isinstance(kind, sa.LargeBinary)
            process = None if binary else kind.bind_processor(self._dialect)
            fixed.append(None)
            if name in self._fixed:
                value = self._fixed[name] if at < 0 else self._fixed[name][at]
                fixed[place] = _bare(value if process is None else process(value))
            else:
                slots.append((place, name, at, process))
        plain = len(slots) == len(fixed) and all(
            at < 0 and not process for *_, at, process in slots
        )
        taken = _taken([name for _, name, _, _ in slots]) if plain else None
        return _Text(state.statement, fixed, tuple(slots), taken)

    def shaped(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows with their columns by name, as Python has them."""
        if not self._columns:
            return [self._row(row) for row in rows]
        found = []
        for row in rows:
            values = list(row)
            for at, process in self._columns:
                values[at] = process(values[at])
            found.append(self._row(values))
        return found
