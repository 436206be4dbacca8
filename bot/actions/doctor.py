"""Looks at everything this installation needs: its own machine first, then the platform."""

from __future__ import annotations

import stat

from redis.exceptions import RedisError

from bot import errors
from bot.actions import checkup, corp
from bot.core.finding import Finding, broken, fine, warning
from bot.runtime import Runtime
from bot.spool import Spool
from bot.store import database, schema

_SHORTEST = 16  # characters of a secret key


async def examine(rt: Runtime) -> list[Finding]:
    """All findings, in the order in which things depend on each other; nothing raises."""
    stored = await _database(rt)
    found = [*stored, await _redis(rt), _spool(rt), _secret(rt), _aes(rt), _address(rt)]
    found.append(_calendar(rt))
    if stored[0].mend:
        return found  # what the platform says is kept there
    return [*found, *await checkup.examine(rt), *await corp.examine(rt)]


async def _database(rt: Runtime) -> list[Finding]:
    kind = "PostgreSQL" if rt.settings.on_postgresql else "SQLite"
    try:
        await schema.check(rt.db)
    except errors.StaleSchema as error:
        return [broken("database", str(error), "run `yihu db upgrade`")]
    except (*database.Unavailable, OSError) as error:
        why = str(error).partition("\n")[0]
        mend = "start it, or check YIHU_DATABASE_URL"
        return [broken("database", f"{kind} does not answer ({why})", mend)]
    return [fine("database", f"{kind}, with the schema this version needs")]


async def _redis(rt: Runtime) -> Finding:
    try:
        await rt.redis.ping()
    except (RedisError, OSError) as error:
        mend = "start it, or unset YIHU_REDIS_URL to use our own"
        return broken("redis", f"does not answer ({type(error).__name__})", mend)
    return fine("redis", "answers" if rt.settings.redis_url else "our own, answers")


def _spool(rt: Runtime) -> Finding:
    home = rt.settings.data_dir
    try:
        spool = Spool(home / "spool")
        waits = spool.count() if spool.writable() else None
    except OSError:
        waits = None
    if waits is None:
        return broken("spool", f"{home}/spool cannot be written", "mend its owner and permissions")
    if waits:
        return warning("spool", f"{waits} pushes wait for the database", "start `yihu serve`")
    return fine("spool", "can be written, nothing waits")


def _secret(rt: Runtime) -> Finding:
    kept = rt.settings.data_dir / "secret.key"
    if any(len(key) < _SHORTEST for key in rt.settings.secret_keys):
        mend = "put a long random text in front of it: YIHU_SECRET_KEY=new,old"
        return warning("secret key", "shorter than 16 characters", mend)
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return broken("secret key", f"others may read {kept}", f"chmod 600 {kept}")
    return fine("secret key", "long enough and ours alone; keep a copy apart from the backups")


def _aes(rt: Runtime) -> Finding:
    mode = rt.words.say("doctor.secure")
    if rt.settings.wechat_aes_key:
        return fine("encryption", f"pushes are read only when they are encrypted ({mode})")
    mend = f"choose {mode} in the back office and set YIHU_WECHAT_AES_KEY"
    says = "off: whoever sees one push's address can forge others for ten minutes"
    return warning("encryption", says, mend)


def _address(rt: Runtime) -> Finding:
    url = rt.settings.public_url
    if not url:
        mend = "set YIHU_PUBLIC_URL to the address a phone reaches, https://…"
        return warning("public url", "not set: notices and invitations carry no links", mend)
    if not url.startswith("https://"):
        return warning("public url", f"{url} is not https", "put a proxy with TLS in front")
    return fine("public url", url)


def _calendar(rt: Runtime) -> Finding:
    year = rt.calendar.day(rt.now()).year
    listed = {day.year for day in rt.calendar.days}
    missing = [str(one) for one in (year, year + 1) if one not in listed]
    if missing:
        mend = "add the official list to config/calendar.csv (published each November)"
        return warning("calendar", f"no holidays of {' and '.join(missing)}", mend)
    return fine("calendar", f"holidays of {year} and {year + 1} are there")
