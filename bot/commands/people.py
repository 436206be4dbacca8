"""`yihu people import|export FILE`, `yihu people invite` and `yihu people erase`."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.commands import importing, opening

if TYPE_CHECKING:
    from bot.runtime import Runtime
    from bot.store.invites import Guest

ROLES = ("chair", "deputy", "member", "staff", "admin")


@click.group("people")
def command() -> None:
    """People, their posts and their invitations."""


importing.add(command, "people", "Import people and their posts (CSV or .xlsx).")


@command.command("invite")
@click.option("--person", "key", help="the person_id of one person")
@click.option("--unit", "unit_code", help="everybody with a post in this unit and below")
@click.option("--role", type=click.Choice(ROLES), help="with --unit or --all: only this role")
@click.option("--all", "everybody", is_flag=True, help="everybody")
@click.option("--days", type=click.IntRange(1, 365), default=30, help="how long the codes are good")
@click.option("--out", type=click.Path(path_type=Path), help="write there, readable by you only")
def invite(
    *,
    key: str | None,
    unit_code: str | None,
    role: str | None,
    everybody: bool,
    days: int,
    out: Path | None,
) -> None:
    """Make a six-character code for each person, as CSV; her earlier codes are revoked."""
    if sum([key is not None, unit_code is not None, everybody]) != 1:
        raise click.UsageError("give exactly one of --person, --unit and --all")
    with _file(out) as file:
        asyncio.run(_invite(file, key, unit_code, role, days=days))


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", help="the code of the unit whose people, and those below; left out: all")
@click.option("--person", "key", help="instead: all that is kept about the one with this person_id")
def export(file: Path, unit: str | None, key: str | None) -> None:
    """Write people and posts as a table (.xlsx, .csv) that `import` reads back, or all about one person, for her."""
    if unit is not None and key is not None:
        raise click.UsageError("give --unit or --person, not both")
    asyncio.run(_export(file, unit, key))


async def _export(file: Path, unit: str | None, key: str | None) -> None:
    from bot.actions import export_people

    async with opening.opened() as rt:
        if key is not None:
            click.echo(f"{file.name}: {await export_people.one(rt, file, key)} rows about {key}")
            return
        with opening.bar() as progress:
            count = await export_people.save(rt, file, unit, progress=progress)
    click.echo(f"{file.name}: {count} posts")


@command.command("erase")
@click.option("--person", "key", required=True, help="the person_id of the one to forget")
@click.option("--yes", is_flag=True, help="do not ask first")
def erase(key: str, *, yes: bool) -> None:
    """Forget one person for good: name, phone, account, posts, codes, receipts, photos. Her figures stay, nameless."""
    if not yes:
        asyncio.run(_known(key))
        if not sys.stdin.isatty():
            raise click.ClickException(
                f"nobody is there to be asked; add --yes to forget {key} for good"
            )
        click.confirm(f"Forget {key} for good?", abort=True)
    click.echo(asyncio.run(_erase(key)))


async def _known(key: str) -> None:
    """Nothing, if there is such a person."""
    from bot import errors
    from bot.store import people

    async with opening.opened() as rt, rt.read() as c:
        if await people.by_key(c, key) is None:
            raise errors.NotFound(f"there is no person {key!r}")


async def _erase(key: str) -> str:
    from bot.actions import erase as erasing

    async with opening.opened() as rt:
        done = await erasing.person(rt, key)
    left = "take her out of people.csv too, or the next import brings her back"
    return f"forgotten, with {done.photos} photos; {left}"


@contextlib.contextmanager
def _file(out: Path | None) -> Iterator[TextIO]:
    """Where the codes go; opened before any code is made, since they are shown only once."""
    if out is None:
        yield sys.stdout
        return
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file


async def _invite(
    file: TextIO, key: str | None, unit_code: str | None, role: str | None, *, days: int
) -> None:
    from bot.actions import enrol

    async with opening.opened() as rt:
        guests = await _guests(rt, key, unit_code, role)
        invited = await enrol.invite(rt, guests, days)
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["person_id", "name", "unit_code", "code", "url"])
    for one in invited:
        rows.writerow([one.person_key, one.name, one.unit_code, one.code, one.url])


async def _guests(
    rt: Runtime, key: str | None, unit_code: str | None, role: str | None
) -> Sequence[Guest]:
    from bot import errors
    from bot.core.model import Role
    from bot.store import invites, units

    async with rt.read() as c:
        top = await (units.by_code(c, unit_code) if unit_code else units.root(c))
        if top is None:
            raise errors.NotFound(
                f"there is no unit {unit_code!r}" if unit_code else "there are no units yet"
            )
        roles = [Role(role)] if role else []
        keys = [key] if key else []
        guests = await invites.guests(c, [(top.lo, top.hi)], roles, keys=keys)
    if not guests:
        who = f"person {key!r} with a post" if key else f"{role or 'person'} in {top.code!r}"
        raise errors.NotFound(f"there is no {who}; import people first")
    return guests
