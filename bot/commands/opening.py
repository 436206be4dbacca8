"""Opens the program for one command, and shows how far it is."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.changes import Progress
    from bot.runtime import Runtime

_NOWHERE = "redis://127.0.0.1:1"  # these commands need no Redis; a hint that finds nobody is lost


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Runtime]:
    """The runtime of the settings on a database with our schema.

    Raises SetupError, in one sentence, when the database is not there or is stale.
    """
    from bot import errors, runtime
    from bot.store import database
    from config import settings

    loaded = settings.load()
    try:
        async with runtime.opened(loaded, loaded.redis_url or _NOWHERE) as rt:
            yield rt
    except database.Unavailable as error:
        if isinstance(error, OSError) and error.filename:
            raise
        raise errors.SetupError(database.trouble(error)) from error


@contextlib.contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar on standard error, only where that is a terminal."""
    from tqdm import tqdm

    with tqdm(disable=None, leave=False, unit=" rows") as shown:
        doing = ""

        def progress(what: str, done: int, of: int) -> None:
            nonlocal doing
            if what != doing:
                shown.reset()  # what is left of one part says nothing of the next
                doing = what
            shown.set_description(what, refresh=False)
            shown.total = of or None
            shown.n = done
            shown.refresh()

        yield progress
