"""What a load balancer and a monitor ask: /healthz, /readyz, /metrics."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import errors
from bot.runtime import Runtime
from bot.spool import Spool
from bot.store import database, schema


def routes(rt: Runtime, spool: Spool) -> list[Route]:
    """The three addresses."""

    async def alive(_: Request) -> Response:
        return Response(b"ok", media_type="text/plain")

    async def ready(_: Request) -> Response:
        faults: dict[str, str] = {}
        try:
            await schema.check(rt.db)
        except errors.StaleSchema as error:
            faults["schema"] = str(error)
        except database.Unavailable:
            faults["database"] = "does not answer"
        try:
            await rt.redis.ping()
        except (RedisError, OSError):
            faults["redis"] = "does not answer"
        if not spool.writable():
            faults["spool"] = "cannot be written"
        return JSONResponse({"ready": not faults, **faults}, status_code=503 if faults else 200)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", alive),
        Route("/readyz", ready),
        Route("/metrics", metrics),
    ]
