"""The JSON API under /api/v1."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from bot.runtime import Runtime
from handlers.api import answers, broadcasts, chain, matters, units, weekly


def router(rt: Runtime) -> APIRouter:
    """All of the API; every route needs a bearer token."""

    def provide(request: Request) -> None:
        request.state.rt = rt

    whole = APIRouter(prefix="/api/v1", route_class=answers.Route, dependencies=[Depends(provide)])
    whole.include_router(units.router)
    whole.include_router(matters.router)
    whole.include_router(weekly.router)
    whole.include_router(chain.router)
    whole.include_router(broadcasts.router)
    whole.add_api_route(
        "/{rest:path}",
        _nothing,
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        include_in_schema=False,
    )
    return whole


async def _nothing() -> JSONResponse:
    """Any other address: the same answer as for what lies outside the scope."""
    return answers.failure(404, answers.NOT_FOUND)
