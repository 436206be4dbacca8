"""Exports people: everybody of a unit as a table that can be imported again, or all that is kept about one person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot import errors
from bot.actions import tables
from bot.core import peoplefile, period
from bot.core.changes import Progress, silent
from bot.core.model import Role
from bot.runtime import Runtime
from bot.store import person_rows, personal, units

_AT_ONCE: Final = 2000  # posts
_WIDTHS: Final = (16, 18, 32, 60)


async def save(
    rt: Runtime, path: Path, unit_code: str | None, *, progress: Progress = silent
) -> int:
    """Write who holds a post in a unit or below (None: everywhere), a row for each post; how many rows.

    Accounts (openid, userid) are never in it. Raises BadInput for a unit that is not there or a kind of file we do
    not write.
    """
    async with rt.read() as c:
        unit = await units.by_code(c, unit_code) if unit_code else await units.root(c)
        if unit is None:
            raise errors.BadInput(f"there is no unit {unit_code!r}")
        count, after = 0, (-1, 0)
        heads = peoplefile.WRITTEN
        with tables.writing(path, title="people", widths=[16] * len(heads), mode=0o600) as table:
            table.row(heads)
            while some := await person_rows.page(
                c, (unit.lo, unit.hi), after=after, limit=_AT_ONCE
            ):
                after = (some[-1].lo, some[-1].post_id)
                for one in some:
                    phone = rt.seal.open(one.phone_sealed) if one.phone_sealed else ""
                    table.row(
                        [one.key, one.name, phone, one.unit_code, one.role, one.title, one.kind, one.term]
                    )  # fmt: skip
                count += len(some)
                progress("writing", count, 0)
    return count


async def one(rt: Runtime, path: Path, key: str) -> int:
    """Write all that is kept about the person with this `person_id`, in words she can read; how many rows.

    Raises NotFound if there is none, BadInput for a kind of file we do not write.
    """
    async with rt.read() as c:
        head = await personal.head(c, key)
        if head is None:
            raise errors.NotFound(f"there is no person {key!r}")
        facts = await personal.facts(c, head.id)
    say = rt.words.say
    count = 0
    with tables.writing(path, title=key, widths=_WIDTHS, mode=0o600) as table:
        table.row([say(f"personal.head_{name}") for name in ("what", "when", "unit", "words")])
        for row in [*_herself(rt, head), *(_row(rt, fact) for fact in facts)]:
            table.row(row)
            count += 1
    return count


def _herself(rt: Runtime, head: personal.Head) -> Iterator[list[tables.Cell]]:
    phone = rt.seal.open(head.phone_sealed) if head.phone_sealed else ""
    for name, at_ms, words in (
        ("key", None, head.key),
        ("name", None, head.name),
        ("phone", None, phone),
        (
            "wechat",
            head.bound_at_ms,
            rt.words.say("personal.yes") if head.bound_at_ms is not None else "",
        ),
        ("heard", head.heard_at_ms, ""),
        ("wecom", None, rt.words.say("personal.yes") if head.in_wecom else ""),
        ("paused", head.paused_at_ms, ""),
    ):
        if words or at_ms is not None:
            yield [rt.words.say(f"personal.{name}"), _when(rt, at_ms), "", words]


def _row(rt: Runtime, fact: personal.Fact) -> list[tables.Cell]:
    values = {name: "" if value is None else value for name, value in fact.values.items()}
    if "role" in values:
        values["role"] = rt.words.say(f"personal.role_{Role(str(values['role'])).value}")
    if values.get("whole"):
        values["value"] = f"{values['value']}/{values['whole']}"
    if isinstance(file := values.get("file"), bytes):
        values["file"] = file.hex()
    words = rt.words.say(f"personal.{fact.kind}_words", **values) if values else ""
    kind = rt.words.say(f"personal.{fact.kind}")
    return [kind, _when(rt, fact.at_ms), fact.unit, " ".join(words.split())]


def _when(rt: Runtime, at_ms: int | None) -> str:
    if at_ms is None:
        return ""
    return f"{period.at(at_ms).astimezone(rt.calendar.zone):%Y-%m-%d %H:%M}"
