"""How the API answers when it cannot do what was asked: always `{"error": "one sentence"}`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from bot import errors
from bot.store import database

NOT_FOUND: Final = "there is no such thing within this token's scope"


class Failure(BaseModel):
    """What went wrong, in one sentence."""

    error: str


class NoToken(Exception):
    """The request has no token, or one that is not good any more."""


FAILURES: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Failure, "description": "no token, or not a good one"},
    403: {"model": Failure, "description": "the token's role may not do this"},
    404: {"model": Failure, "description": "no such thing, or outside the token's scope"},
    422: {"model": Failure, "description": "the request cannot be read"},
}
CHANGING: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Failure, "description": "the values cannot be used"},
    409: {"model": Failure, "description": "it has changed meanwhile, or its state forbids it"},
}


class Route(APIRoute):
    """A route whose errors are all of one shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with our errors turned into answers."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except NoToken:
                return failure(401, "send a good token: Authorization: Bearer TOKEN", bearer=True)
            except (RequestValidationError, database.Unfit) as error:
                return failure(422, _first(error))
            except HTTPException as error:
                return failure(error.status_code, str(error.detail))
            except errors.NotFound:
                return failure(404, NOT_FOUND)
            except errors.NotAllowed as error:
                return failure(403, str(error))
            except errors.BadInput as error:
                return failure(400, str(error))
            except errors.Conflict as error:
                return failure(409, str(error))
            except database.Unavailable:
                return failure(503, "the database does not answer; try again")

        return answer


def failure(status: int, sentence: str, *, bearer: bool = False) -> JSONResponse:
    """The answer to a request that failed."""
    headers = {"WWW-Authenticate": "Bearer"} if bearer else None
    return JSONResponse({"error": sentence}, status_code=status, headers=headers)


def _first(error: RequestValidationError | database.Unfit) -> str:
    if isinstance(error, database.Unfit):
        return "a value holds characters that cannot be kept"
    one = error.errors()[0]
    part, *inside = (str(part) for part in one["loc"] or ("request",))
    if one["type"] == "json_invalid":  # then `inside` is the place of a character
        inside = []
    return f"{'.'.join(inside) or part}: {one['msg']}"
