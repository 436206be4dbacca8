"""Judges how reports are read: what is recorded, asked and passed over of the rows of tests/corpus/said.

`python -m tests.core.said FILE…` prints a table by kind and every fault. What is judged is what the chat does:
the intent, the grammar, the question that comes first, the doubts of the ledger; only the ledger is a table here.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.core import intent, intents, ledger, text, verdict
from bot.core.model import Indicator, IndicatorKind, Level, ValueMode
from bot.core.reading import How, Lexicon, Mark, Ratio, Step
from bot.core.report import grammar, like
from bot.core.unitnames import Names, Place, short
from config import analysis, danger
from tests.core import counties

ROOT: Final = Path(__file__).parents[2]
LEVELS: Final = {level.word: level for level in Level}
SPEAKERS: Final = {"village": "350725200203", "township": "350725200", "county": "350725"}
STEPS: Final = ("摸底", "推荐", "选举会", "备案", "挂牌")


def _indicator(
    number: int, code: str, kind: IndicatorKind, level: Level, said: Sequence[str], **more: Any
) -> Indicator:
    mode, steps = more.get("mode", ValueMode.TOTAL), more.get("steps", ())
    word = more.get("word", "")
    return Indicator(number, 1, code, said[0], tuple(said), kind, level, word, mode, steps, None)


_K, _V = IndicatorKind, Level.VILLAGE
INDICATORS: Final = {
    one.code: one
    for one in (
        _indicator(1, "hgl", _K.COMPLETION, _V, ["会改联", "改联", "妇代会改妇联"]),
        _indicator(2, "zw", _K.COUNT, _V, ["新增执委", "新选执委", "执委"], word="名", mode=ValueMode.INCREMENT),
        _indicator(3, "jg", _K.COUNT, _V, ["妇女之家"], word="个"),
        _indicator(4, "ratio", _K.RATIO, _V, ["参会率"]),
        _indicator(5, "stage", _K.STAGE, _V, ["会改联进度"], steps=STEPS),
        _indicator(6, "qyh", _K.COMPLETION, Level.TOWNSHIP, ["区域化建设", "区域化"]),
    )
}  # fmt: skip

Cells = dict[tuple[str, str], Any]
"""Unit code and indicator code → True, False, a number, [part, whole], the name of a step, or "same"."""


@dataclass(frozen=True, slots=True)
class Got:
    """What the program does with a sentence: cells recorded, why it asks, cells the question holds."""

    record: Cells = field(default_factory=dict)
    ask: str = ""
    offered: Sequence[tuple[tuple[str, str], Any]] = ()


# ---- the setting -----------------------------------------------------------------------------------------


@cache
def tree() -> dict[str, dict[str, str]]:
    """Nanping's units by code."""
    with (ROOT / "config/data/nanping-units.csv").open(encoding="utf-8-sig") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@cache
def lexicon(own: str, codes: tuple[str, ...]) -> Lexicon:
    """What somebody of the unit `own` may speak of: her unit, those above it, two levels below."""
    rows = tree()

    def place(row: dict[str, str], depth: int) -> Place:
        return Place(row["code"], row["name"], LEVELS[row["level"]], depth, row["parent_code"])

    places, above, depth = [place(rows[own], 0)], rows.get(rows[own]["parent_code"]), -1
    while above:
        places.append(place(above, depth))
        above, depth = rows.get(above["parent_code"]), depth - 1
    for depth in (1, 2):
        over = {p.key for p in places if p.depth == depth - 1}
        places += [place(r, depth) for r in rows.values() if r["parent_code"] in over]
    some = tuple(INDICATORS[code] for code in codes)
    around = counties.around(own)
    return Lexicon(some, places[0], Names(places), date(2026, 11, 30), around)


@cache
def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    some = [INDICATORS[code] for code in codes]
    return tuple(like.words_of(some))


@cache
def _steps(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(step for code in codes for step in INDICATORS[code].steps)


def hear(row: Mapping[str, Any]) -> Got:
    """What the program does with the sentence of a row."""
    codes = tuple(row["with"])
    own = str(row.get("at") or row.get("from") or SPEAKERS[row.get("as", "village")])
    known = lexicon(own, codes)
    line = text.line(row["say"])
    meant = intent.read(
        line, danger_words=danger.load().words, indicators=_names(codes), steps=_steps(codes)
    )
    match meant:
        case intents.Report(text=said):
            return _judged(row, known, said, mending=False)
        case intents.Correct(text=said) if said:
            return _judged(row, known, said, mending=True)
        case intents.Deny(number=int()) if row.get("before"):  # mends what she said last
            return _judged(row, known, row["say"], mending=True)
        case _:
            return Got()


def _judged(row: Mapping[str, Any], known: Lexicon, said: str, *, mending: bool) -> Got:
    heard = bool(row.get("heard"))
    read = grammar.read(text.line(said), known, how=How.HEARD if heard else How.TYPED)
    if read.nothing:
        return Got()
    by_code = {one.code: one for one in known.indicators}
    before = {
        by_code[code]: _kept(by_code[code], v) for code, v in (row.get("before") or {}).items()
    }

    def held(unit: str, one: Indicator) -> int | None:
        return before.get(one) if unit == known.own.key else None

    judged = verdict.judge(
        verdict.agreed(read, known, held),
        known,
        verdict.Ledger(held=held, heard=heard, most=_most, mending=mending),
    )
    offered = [
        ((unit, one.code), _value(one, said_value)) for unit, one, said_value in judged.offered
    ]
    record = {(unit, one.code): _value(one, value) for unit, one, value in judged.record}
    return Got(record, str(judged.ask or ""), offered)


def _most(indicator: Indicator) -> int:
    return indicator.most or analysis.load().most[indicator.level.word]


def _kept(one: Indicator, value: Any) -> int | None:
    if one.kind is IndicatorKind.STAGE:
        return STEPS.index(value) + 1
    return int(value) if isinstance(value, int | bool) else None


def _value(one: Indicator, said: Any) -> Any:
    match said:
        case Mark.DONE:
            return STEPS[-1] if one.kind is IndicatorKind.STAGE else True
        case Mark.NOT:
            return False
        case Mark.ZERO:
            return 0 if ledger.adds(one) else "same"
        case Mark.SAME:
            return "same"
        case Step(name=name):
            return name
        case Ratio(part=part, whole=whole):
            return [part, whole]
        case _:
            return said


# ---- right or wrong --------------------------------------------------------------------------------------

RIGHT, WRONG_ASK, MISSED, MISREAD = "right", "wrong ask", "missed", "MISREAD"


def judge(row: Mapping[str, Any]) -> tuple[str, Got]:
    """One of the four, and what was done."""
    got = hear(row)
    wants = row.get("want_any") or [row["want"]]
    if any(_fits(got, want) for want in wants):
        return RIGHT, got
    records = [want for want in wants if isinstance(want, dict) and "record" in want]
    if got.record:
        part = any(
            got.ask and _cells(want["record"]).items() >= got.record.items() for want in records
        )
        return (MISSED if part else MISREAD), got
    missed = not got.ask or len(records) == len(wants)
    return (MISSED if missed else WRONG_ASK), got


def _fits(got: Got, want: Any) -> bool:
    if want == "none":
        return not got.record and not got.ask
    if "record" in want:
        wanted = _cells(want["record"])
        plain = {k: v for k, v in got.record.items() if v != "same" or k in wanted}
        return plain == wanted and bool(got.ask) >= ("ask" in want)
    if got.record or not got.ask:
        return False
    held = [cell for cell in got.offered if cell[1] != "same"]
    wanted_some = want.get("maybe", [])
    if wanted_some and isinstance(wanted_some[0], dict):
        cells = _cells(wanted_some)
        plain = {k: v for k, v in got.offered if v != "same" or k in cells}
        return plain == cells
    return all(
        any(value == some and type(value) is type(some) for _, value in held)
        for some in wanted_some
    )


def _cells(some: Sequence[Mapping[str, Any]]) -> Cells:
    found: Cells = {}
    for cell in some:
        found[(str(cell.get("code") or _code(cell["unit"])), cell["indicator"])] = cell["value"]
    return found


@cache
def _code(wanted: str) -> str:
    """The code of a unit by its short name, inside 政和县 first."""
    called = {row["code"]: short(row["name"], LEVELS[row["level"]]) for row in tree().values()}
    found = [code for code, name in called.items() if name == wanted]
    return min(found, key=lambda code: ("350725200" not in code, "350725" not in code, code))


# ---- files -----------------------------------------------------------------------------------------------


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file, with the indicators of its header under `with` and its name under `kind`."""
    said = path.read_text("utf-8")
    head = [line for line in said.splitlines() if line.startswith("# indicators:")]
    codes = head[0].partition(":")[2].split() if head else list(INDICATORS)
    for row in yaml.load(said, yaml.CSafeLoader):
        yield {"with": codes, "kind": path.stem.partition("_")[2] or path.stem, **row}


def table(some: Sequence[tuple[str, str]]) -> str:
    """Kinds and verdicts as a table."""
    counts: dict[str, Counter[str]] = {}
    for kind, how in some:
        counts.setdefault(kind, Counter())[how] += 1
    counts["all"] = Counter(how for _, how in some)
    lines = [f"{'kind':32}{'rows':>6}{RIGHT:>8}{WRONG_ASK:>11}{MISSED:>8}{MISREAD:>9}"]
    for kind, one in counts.items():
        cells = f"{one[RIGHT]:8}{one[WRONG_ASK]:11}{one[MISSED]:8}{one[MISREAD]:9}"
        lines.append(f"{kind:32}{sum(one.values()):6}{cells}")
    return "\n".join(lines)


def fault(row: Mapping[str, Any], how: str, got: Got) -> str:
    """One line about a row that was not read right."""
    rest = {
        k: row[k]
        for k in ("as", "from", "at", "heard", "before")
        if row.get(k) not in (None, False, "village")
    }
    did = f"record {_named(got.record.items())}" if got.record else ""
    did += f" ask {got.ask} {_named(got.offered)}" if got.ask else ""
    wants = " | ".join(map(_told, row.get("want_any") or [row["want"]]))
    return f"{how:10}{row['kind']}: {row['say']!r} {rest or ''}\n{'':10}did {did.strip() or 'none'}; wanted {wants}"


def _named(cells: Any) -> str:
    return "[" + ", ".join(f"{tree()[u]['name']}.{i}={v}" for (u, i), v in cells) + "]"


def _told(want: Any) -> str:
    if isinstance(want, str):
        return want
    said = _named(_cells(want["record"]).items()) if "record" in want else ""
    return said + (f"?{want['ask']}{want.get('maybe', '')}" if "ask" in want else "")


def main(paths: Sequence[str]) -> int:
    """Print the table and every fault; 1 if anything was misread in silence."""
    judged = [(row, *judge(row)) for path in paths for row in rows(Path(path))]
    for row, how, got in judged:
        if how != RIGHT:
            print(fault(row, how, got))  # noqa: T201 -- a command
    print(table([(row["kind"], how) for row, how, _ in judged]))  # noqa: T201 -- a command
    return int(any(how == MISREAD for _, how, _ in judged))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
