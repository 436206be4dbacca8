"""Pages that open inside WeChat: one module for each."""

from __future__ import annotations

from starlette.routing import Route

from bot.actions.opens import Opens
from bot.runtime import Runtime
from handlers.h5 import join, notice, photos, weekly


def routes(rt: Runtime, counted: Opens) -> list[Route]:
    """All addresses under /h5/ and /t/; readers of groups' links are counted in `counted`."""
    return [*join.routes(rt), *notice.routes(rt, counted), *photos.routes(rt), *weekly.routes(rt)]
