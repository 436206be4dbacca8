"""Keeps the rolls of broadcasts near what their batches say, so that few batches are laid over one that is read."""

from __future__ import annotations

from typing import Final

from bot.runtime import Runtime
from bot.store import rolls

EVERY_S: Final = 2.0
_WORTH: Final = 16  # batches for which a roll is written anew at once
_LATER: Final = 15  # looks after which it is written anew for fewer
_AT_ONCE: Final = 2000


class Rolling:
    """Of one process; several may do the same."""

    def __init__(self) -> None:
        self._waited: dict[int, int] = {}  # looks for which a broadcast's few batches have waited

    async def look(self, rt: Runtime) -> None:
        """Write what has changed into the rolls where it is worth it."""
        async with rt.read() as c:
            found = await rolls.stirred(c)
        self._waited = {n: self._waited.get(n, 0) + 1 for n in found}
        for n, count in found.items():
            if count >= _WORTH or self._waited[n] >= _LATER:
                self._waited[n] = 0
                async with rt.write() as c:
                    await rolls.settle(c, n, _AT_ONCE)
