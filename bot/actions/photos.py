"""Photos that show what was reported: asked of the platform alone, looked at, kept under their hash.

A photo is fetched by its media id from the configured API, or, for an account that may not do that, from the
platform's own picture hosts; from nowhere else, and without following anybody who sends us elsewhere. At most 5 MB,
JPEG or PNG by their first bytes. What is refused is said to her in one sentence; the figure stands.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import structlog

from bot import errors
from bot.actions import tell
from bot.channels import account
from bot.core.model import Person
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import evidences
from bot.store.evidences import Wanted

EVERY_S: Final = 3.0
MOST_BYTES: Final = 5 << 20
_HEX: Final = 64  # digits of a SHA-256
_DAY_S: Final = 24 * 3600
_LEASE_MS: Final = 60_000
_AT_ONCE: Final = 4
_WAITS_MS: Final = (5_000, 30_000, 120_000, 600_000)
_KINDS: Final = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}

_log = structlog.get_logger()


async def want(
    rt: Runtime,
    person: Person,
    entry_ids: Sequence[int],
    *,
    media_id: str,
    pic_url: str,
    source: bytes,
) -> None:
    """Have a photo that she sent fetched and kept with these entries."""
    async with rt.write() as c:
        await evidences.want(
            c,
            entry_ids,
            person_id=person.id,
            media_id=media_id,
            pic_url=pic_url,
            source=source,
            at_ms=rt.now_ms(),
        )
        rt.wake(wake.WORK)


async def fetch_due(rt: Runtime) -> int:
    """Fetch what is wanted now, a few at once; how many were looked at."""
    async with rt.read() as c:
        if not await evidences.due(c, rt.now_ms()):
            return 0
    async with rt.write() as c:
        some = await evidences.take(c, rt.now_ms(), lease_ms=_LEASE_MS, limit=_AT_ONCE)
    await asyncio.gather(*(_fetch(rt, one) for one in some))
    return len(some)


async def _fetch(rt: Runtime, one: Wanted) -> None:
    try:
        raw = await account.photo(
            rt.channels.mp, media_id=one.media_id, pic_url=one.pic_url, most=MOST_BYTES
        )
    except (errors.TryLater, errors.Unclear) as error:
        if one.attempts > len(_WAITS_MS):
            await _refuse(rt, one, "gone", str(error))
            return
        async with rt.write() as c:
            due_ms = rt.now_ms() + _WAITS_MS[one.attempts - 1]
            await evidences.later(c, one.id, due_ms)
        return
    except errors.TooLarge as error:
        await _refuse(rt, one, "large", str(error))
        return
    except errors.YihuError as error:
        await _refuse(rt, one, "gone", str(error))
        return
    kind = next((name for magic, name in _KINDS.items() if raw.startswith(magic)), None)
    if kind is None:
        await _refuse(rt, one, "kind", "neither jpeg nor png")
        return
    digest = hashlib.sha256(raw).digest()
    await asyncio.to_thread(_keep, place(rt, f"{digest.hex()}.{kind}"), raw)
    async with rt.write() as c:
        await evidences.kept(c, one.id, sha256=digest, kind=kind, size=len(raw))


async def tidy(rt: Runtime) -> int:
    """Delete the files of photos that belong to no entry any more; how many there were.

    A file is there a moment before its row says so; one younger than a day is left alone.
    """
    there = await asyncio.to_thread(_files, rt.settings.data_dir / "evidence")
    old = time.time() - _DAY_S
    some = [digest for digest, path in there.items() if path.stat().st_mtime < old]
    return await _remove(rt, {digest: there[digest] for digest in some})


async def drop(rt: Runtime, names: Sequence[str]) -> int:
    """Delete these files now, unless another entry has the same photo; how many went."""
    there = {bytes.fromhex(name.partition(".")[0]): place(rt, name) for name in names}
    return await _remove(rt, there)


async def _remove(rt: Runtime, there: Mapping[bytes, Path]) -> int:
    async with rt.read() as c:
        known = await evidences.known(c, list(there))
    gone = [path for digest, path in there.items() if digest not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _files(folder: Path) -> dict[bytes, Path]:
    """The photos that lie there, by their hash; unfinished ones are none."""
    return {
        bytes.fromhex(path.stem): path
        for path in folder.glob("??/*")
        if path.suffix in (".jpg", ".png") and len(path.stem) == _HEX
    }


def place(rt: Runtime, name: str) -> Path:
    """Where a photo is kept, by its file name."""
    return rt.settings.data_dir / "evidence" / name[:2] / name


def _keep(path: Path, raw: bytes) -> None:
    """Written aside and put in place, so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")  # two may have sent the same at once
    part.write_bytes(raw)
    part.replace(path)


async def _refuse(rt: Runtime, one: Wanted, why: str, note: str) -> None:
    _log.warning("photo.refused", id=one.id, why=note)
    async with rt.write() as c:
        await evidences.refused(c, one.id, note)
        if one.person_id is not None:
            await tell.person(rt, one.person_id, rt.words.say(f"photo.{why}"))
