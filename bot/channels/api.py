"""A platform's server API with the token put in: one retry with another token, never a loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot import errors
from bot.channels.http import Answer, Http
from bot.channels.tokens import Tokens
from bot.core.outcome import Kind


class Api:
    """The API of one account; `base` is the platform's address without a path."""

    def __init__(self, http: Http, tokens: Tokens, *, base: str) -> None:
        self._http = http
        self._tokens = tokens
        self._base = base.rstrip("/")

    async def check_token(self) -> None:
        """Ask for a token; TryLater or Misconfigured, with the platform's code, when there is none."""
        await self._tokens.check()

    async def clock(self) -> datetime | None:
        """What time it is at the platform, by its answer's Date; None when it does not say."""
        return await self._http.clock(self._base + "/cgi-bin/getcallbackip")

    def get(self, path: str, query: Mapping[str, str]) -> Awaitable[Answer]:
        """Ask `path` (it begins with `/cgi-bin/`)."""
        return self._with_token(lambda token: self._http.get(self._base + path, {**query, **token}))

    def post(self, path: str, body: Mapping[str, object]) -> Awaitable[Answer]:
        """Post JSON to `path`."""
        return self._with_token(lambda token: self._http.post(self._base + path, token, body))

    async def upload(
        self, path: str, query: Mapping[str, str], *, name: str, kind: str, file: bytes
    ) -> Answer:
        """Post one file to `path`; `kind` is its MIME type."""
        return await self._with_token(
            lambda token: self._http.upload(
                self._base + path, {**query, **token}, name=name, kind=kind, file=file
            )
        )

    async def fetch(self, path: str, query: Mapping[str, str], *, most: int) -> Answer:
        """Fetch a file of at most `most` bytes; see `Http.fetch`."""
        return await self._with_token(
            lambda token: self._http.fetch(self._base + path, {**query, **token}, most=most)
        )

    async def fetch_from(self, url: str, *, most: int) -> Answer:
        """Fetch a file from an address of the platform's own that needs no token."""
        return await self._http.fetch(url, {}, most=most)

    async def _with_token(self, call: Callable[[Mapping[str, str]], Awaitable[Answer]]) -> Answer:
        """Call with the token; after a refused token nothing was done, so once more is safe.

        When that is refused too, the account rests: every call is TOKEN without being made.
        """
        if self._tokens.resting:
            return Answer(None, {}, Kind.TOKEN, "the platform refuses our access tokens")
        platform = self._tokens.platform
        try:
            token = await self._tokens.get()
            answer = await call({"access_token": token})
            if answer.kind(platform) is not Kind.TOKEN:
                return answer
            renewed = await self._tokens.renew(token)
        except errors.TryLater as error:
            return Answer(None, {}, Kind.AGAIN, str(error))
        except errors.Misconfigured as error:
            return Answer(None, {}, Kind.SETUP, str(error))
        if renewed:
            answer = await call({"access_token": renewed})
        if answer.kind(platform) is Kind.TOKEN:
            self._tokens.rest()
        return answer
