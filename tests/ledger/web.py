"""Calls the API inside the test's own process, without a socket."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI

from bot.core.model import Role
from bot.store import tokens
from handlers import api
from tests.ledger.land import Land


@dataclass
class Said:
    """What the API answered."""

    status: int
    body: Any
    headers: dict[str, str]


class Api:
    """The API of a land, as whoever holds `token`."""

    def __init__(self, land: Land) -> None:
        self.land = land
        self.app = FastAPI(openapi_url="/api/v1/openapi.json")
        self.app.include_router(api.router(land.rt))
        self.token = ""

    async def hold(self, code: str, role: Role = Role.CHAIR, *, minutes: int | None = None) -> str:
        """Make a token for a unit and use it from now on."""
        self.token = f"token of {code} {role} {next(self.land.sources)}"
        rt = self.land.rt
        async with rt.write() as c:
            await tokens.add(
                c,
                digest=rt.seal.digest("token", self.token),
                unit_id=self.land.units[code].id,
                role=role,
                at_ms=rt.now_ms(),
                expires_at_ms=None if minutes is None else rt.now_ms() + minutes * 60_000,
            )
        return self.token

    async def get(self, path: str) -> Said:
        return await self.call("GET", path)

    async def post(self, path: str, body: object = None, **headers: str) -> Said:
        return await self.call("POST", path, body, headers)

    async def call(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Said:
        """One request."""
        where, _, query = path.partition("?")
        sent = json.dumps(body).encode() if body is not None else b""
        names = {"content-type": "application/json", **(headers or {})}
        if self.token:
            names["authorization"] = f"Bearer {self.token}"
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": f"/api/v1{where}",
            "raw_path": quote(f"/api/v1{where}").encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in names.items()
            ],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        told: list[Any] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        whole = b"".join(message.get("body", b"") for message in told[1:])
        found = {name.decode(): value.decode() for name, value in told[0]["headers"]}
        in_json = found.get("content-type", "").startswith("application/json")
        return Said(told[0]["status"], json.loads(whole) if in_json else whole, found)
