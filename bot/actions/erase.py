"""Deletes a person: her name, account, posts, codes, receipts and photos; figures stay, said by nobody by name."""

from __future__ import annotations

from dataclasses import dataclass

from bot import errors
from bot.actions import photos
from bot.runtime import Runtime
from bot.store import erasing, followers, people


@dataclass(frozen=True, slots=True)
class Erased:
    """How many files of photos went with her; one that another person sent too stays."""

    photos: int


async def person(rt: Runtime, key: str) -> Erased:
    """Erase the person with this `person_id`; raises NotFound if there is none."""
    async with rt.write() as c:
        found = await people.by_key(c, key)
        if found is None:
            raise errors.NotFound(f"there is no person {key!r}")
        names = await erasing.photos(c, found.id)
        digest = await erasing.openid_digest(c, found.id)
        if digest is not None:
            await followers.forget(c, digest)
        await erasing.erase(c, found.id, rt.now_ms())
    return Erased(await photos.drop(rt, names))
