"""`yihu token create`: a bearer token for /api/v1."""

from __future__ import annotations

import asyncio
import secrets

import click

from bot.commands import opening

ROLES = ("chair", "deputy", "member", "staff", "admin")
_DAY_MS = 24 * 3600 * 1000


@click.group("token")
def command() -> None:
    """Tokens for /api/v1."""


@command.command("create")
@click.option("--unit", "unit_code", required=True, help="the unit it speaks for, with all below")
@click.option("--role", type=click.Choice(ROLES), required=True, help="what it may do there")
@click.option("--days", type=click.IntRange(1, 3650), help="how long it is good (default: always)")
def create(unit_code: str, role: str, days: int | None) -> None:
    """Make a token and print it; it is shown this once."""
    click.echo(asyncio.run(_create(unit_code, role, days)))


async def _create(unit_code: str, role: str, days: int | None) -> str:
    from bot import errors
    from bot.core.model import Role
    from bot.store import audits, tokens, units

    token = f"yihu_{secrets.token_urlsafe(32)}"
    async with opening.opened() as rt, rt.write() as c:
        unit = await units.by_code(c, unit_code)
        if unit is None:
            raise errors.NotFound(f"there is no unit {unit_code!r}")
        token_id = await tokens.add(
            c,
            digest=rt.seal.digest("token", token),
            unit_id=unit.id,
            role=Role(role),
            at_ms=rt.now_ms(),
            expires_at_ms=rt.now_ms() + days * _DAY_MS if days else None,
        )
        await audits.note(
            c,
            at_ms=rt.now_ms(),
            actor="program",
            deed="token",
            thing=f"token:{token_id}",
            detail={"unit": unit_code, "role": role},
        )
    return token
