"""The rules a campaign file must keep; every fault names its key path, like `indicators[2].level`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.core import text as texts
from bot.core.model import IndicatorKind, Level, ValueMode
from bot.core.sheet import Faults

_RELATIVE: Final = re.compile(r"start\s*(?:([+-])\s*(\d{1,4})\s*d)?")


def _level(value: object) -> object:
    for level in Level:
        if level.word == value:
            return level
    raise ValueError(f"write one of {', '.join(level.word for level in Level)}")


def _several(value: object) -> object:
    """One level stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _fraction(value: object) -> object:
    try:
        fraction = Fraction(str(value).replace(" ", ""))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("write a number like 0.5 or 1/3") from error
    if not 0 < fraction <= 1:
        raise ValueError("must be more than 0 and at most 1")
    return float(fraction)


_Text = Annotated[str, Field(min_length=1, max_length=64)]
_Long = Annotated[str, Field(min_length=1, max_length=128)]
_Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^\S+$")]
_Level = Annotated[Level, BeforeValidator(_level)]
_Levels = Annotated[tuple[_Level, ...], BeforeValidator(_several), Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Phase(_Part):
    """A phase; `first` and `last` are dates as written."""

    name: _Text
    first: str = Field(alias="from")
    last: str = Field(alias="to")


class Indicator(_Part):
    """An indicator; `reference` is `all` or the codes of the units that are expected.

    `registers`: whom a report of it lets register themselves; left out, its name decides. `approval`: the level
    that has to agree, or several that agree one after the other; `none` where the campaign's is not wanted.
    `evidence`: what is asked for with a report.
    """

    code: _Code
    name: _Text
    aliases: tuple[_Text, ...] = ()
    kind: IndicatorKind
    level: _Level
    unit_word: Annotated[str, Field(max_length=16)] = ""
    value: ValueMode = ValueMode.TOTAL
    steps: tuple[_Text, ...] = ()
    reference: Literal["all"] | tuple[_Code, ...] = "all"
    most: Annotated[int, Field(ge=1)] | None = None
    registers: Literal["member", "none"] | None = None
    approval: Literal["none"] | _Levels | None = None
    evidence: Literal["photo"] | None = None


class Milestone(_Part):
    """A milestone; without `indicators` it is for all of them."""

    date: str
    fraction: Annotated[float, BeforeValidator(_fraction)]
    indicators: tuple[_Code, ...] = ()


class File(_Part):
    """A campaign as it is written; dates are `2026-11-01` or `start+30d`."""

    code: _Code
    name: _Long
    goal: str = ""
    units: Annotated[tuple[_Code, ...], Field(min_length=1)]
    start: str
    end: str
    phases: tuple[Phase, ...] = ()
    approval: _Levels | None = None
    measures: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a campaign, resolved; `relative` keeps what `start+30d` came to."""

    start: date
    end: date
    phases: tuple[tuple[date, date], ...]
    milestones: tuple[date, ...]
    relative: Mapping[str, str]


def read(raw: Any, faults: Faults) -> File | None:
    """The file; None when its shape is wrong."""
    if not isinstance(raw, dict):
        faults.add(0, "", "is no campaign; it must begin with keys like code, name, units, start")
        return None
    try:
        file = File.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors():
            faults.add(0, _path(fault["loc"]), _said(fault["msg"]))
        return None
    _check_indicators(file, faults)
    return file


def _path(keys: Sequence[str | int]) -> str:
    """`indicators[2].level`; pydantic's own steps into unions are left out."""
    path = ""
    for key in keys:
        if isinstance(key, int):
            path += f"[{key}]"
        elif not key.startswith(("tuple[", "literal[", "function-")):
            path += f".{key}" if path else key
    return path


def _said(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return {
        "Extra inputs are not permitted": "unknown key",
        "Field required": "is missing",
    }.get(message, message[:1].lower() + message[1:])


def _check_indicators(file: File, faults: Faults) -> None:
    codes: dict[str, int] = {}
    called: dict[tuple[Level, str], int] = {}
    for n, one in enumerate(file.indicators):
        at = f"indicators[{n}]"
        if codes.setdefault(one.code, n) != n:
            faults.add(0, f"{at}.code", f"is the code of indicators[{codes[one.code]}] already")
        for word in dict.fromkeys(texts.key(said) for said in (one.name, *one.aliases)):
            other = called.setdefault((one.level, word), n)
            if other != n:
                faults.add(0, f"{at}.aliases", f"{word!r} means indicators[{other}] already")
        if (one.kind is IndicatorKind.STAGE) != bool(one.steps):
            faults.add(0, f"{at}.steps", "are for kind stage, which needs them, and for no other")
        if one.registers == "member" and one.kind is not IndicatorKind.COUNT:
            faults.add(0, f"{at}.registers", "is for kind count: it says how many may register")
        _check_approval(one, f"{at}.approval", faults)
    for n, stone in enumerate(file.milestones):
        for code in stone.indicators:
            if code not in codes:
                faults.add(0, f"milestones[{n}].indicators", f"there is no indicator {code!r}")


def _check_approval(one: Indicator, at: str, faults: Faults) -> None:
    if isinstance(one.approval, tuple) and any(level >= one.level for level in one.approval):
        faults.add(0, at, f"must be a level above {one.level.word}")


def approvals(file: File, one: Indicator) -> tuple[Level, ...]:
    """The levels that have to agree to an indicator's figures, from the nearest up: its own, else the campaign's."""
    if one.approval == "none":
        return ()
    wanted = one.approval or file.approval or ()
    return tuple(sorted({level for level in wanted if level < one.level}, reverse=True))


def dates(file: File, earlier: Mapping[str, str], faults: Faults) -> Dates | None:
    """The dates; `earlier` is what relative ones came to at the first import, and they stay so."""
    relative = dict(earlier)
    start = _day(file.start, "start", None, relative, faults)
    if start is None:
        return None
    end = _day(file.end, "end", start, relative, faults)
    phases = []
    for n, phase in enumerate(file.phases):
        first = _day(phase.first, f"phases[{n}].from", start, relative, faults)
        last = _day(phase.last, f"phases[{n}].to", start, relative, faults)
        if first and last and last < first:
            faults.add(0, f"phases[{n}].to", f"{last} is before {first}")
        phases.append((first or start, last or start))
    stones = [
        _day(stone.date, f"milestones[{n}].date", start, relative, faults) or start
        for n, stone in enumerate(file.milestones)
    ]
    if end is not None and end < start:
        faults.add(0, "end", f"{end} is before the start {start}")
    return Dates(start, end, tuple(phases), tuple(stones), relative) if end else None


def _day(
    written: str, at: str, start: date | None, relative: dict[str, str], faults: Faults
) -> date | None:
    match = _RELATIVE.fullmatch(written)
    if match is not None and start is not None:
        days = timedelta(days=int(match[2] or 0))
        key = written.replace(" ", "")
        found = relative.setdefault(
            key, (start - days if match[1] == "-" else start + days).isoformat()
        )
        return date.fromisoformat(found)
    try:
        return date.fromisoformat(written)
    except ValueError:
        example = "2026-11-01" if start is None else "2026-11-01 or start+30d"
        faults.add(0, at, f"{written!r} is no date; write one like {example}")
        return None


def check_units(file: File, levels: Mapping[str, Level], faults: Faults) -> None:
    """Note unit codes that do not exist (`levels` knows those that do) or stand on another level."""
    _unknown("units", file.units, levels, faults)
    for n, one in enumerate(file.indicators):
        if one.reference == "all":
            continue
        at = f"indicators[{n}].reference"
        _unknown(at, one.reference, levels, faults)
        for m, code in enumerate(one.reference):
            if levels.get(code, one.level) is not one.level:
                faults.add(
                    0, f"{at}[{m}]", f"{code!r} is a {levels[code].word}, not a {one.level.word}"
                )


def _unknown(at: str, codes: Iterable[str], levels: Mapping[str, Level], faults: Faults) -> None:
    for m, code in enumerate(codes):
        if code not in levels:
            faults.add(0, f"{at}[{m}]", f"there is no unit {code!r}; import units first")
