"""Pages that open inside WeChat: one module for each."""

from __future__ import annotations

from starlette.routing import Route

from bot.runtime import Runtime
from handlers.h5 import join, notice, weekly


def routes(rt: Runtime) -> list[Route]:
    """All addresses under /h5/ and /t/."""
    return [*join.routes(rt), *notice.routes(rt), *weekly.routes(rt)]
