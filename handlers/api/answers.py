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
from bot.core.wording import Words
from bot.store import database
from config import words
from handlers.api import faults

WORDS: Final = Words(words.load())
NOT_FOUND: Final = WORDS.say("api.not_found")


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
                return failure(401, WORDS.say("api.no_token"), bearer=True)
            except RequestValidationError as error:
                return failure(422, faults.sentence(WORDS, error))
            except database.Unfit:
                return failure(422, WORDS.say("api.unfit"))
            except HTTPException as error:
                return failure(error.status_code, _of_status(error))
            except errors.YihuError as error:
                return _refused(error)
            except database.Unavailable:
                return failure(503, WORDS.say("api.away"))

        return answer


def failure(status: int, sentence: str, *, bearer: bool = False) -> JSONResponse:
    """The answer to a request that failed."""
    headers = {"WWW-Authenticate": "Bearer"} if bearer else None
    return JSONResponse({"error": sentence}, status_code=status, headers=headers)


def _refused(error: errors.YihuError) -> JSONResponse:
    """The answer to a fault of ours that the caller can do something about; raises it again if it is none."""
    match error:
        case errors.NotFound():
            return failure(404, NOT_FOUND)
        case errors.OwnDraft():
            return failure(403, WORDS.say("api.own"))
        case errors.NotAllowed():
            return failure(403, _said(error, "api.not_allowed"))
        case errors.BadInput():
            return failure(400, _said(error, "api.wrong"))
        case errors.Conflict():
            return failure(409, _said(error, "api.changed"))
        case _:
            raise error


def _said(error: errors.YihuError, key: str) -> str:
    """The sentence the error was raised with; `key` where there is none."""
    return WORDS.say(key) if error.bare else str(error)


def _of_status(error: HTTPException) -> str:
    """A fault the framework found, such as a body whose type is not JSON."""
    key = "api.json" if error.status_code in (400, 415) else "api.wrong"
    return WORDS.say(key)
