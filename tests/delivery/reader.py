"""Somebody in a group with a phone: opens a link, keeps cookies, fills in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.applications import Starlette

WECHAT = "Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0.50"


@dataclass
class Seen:
    """One answer."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Reader:
    """One browser, which comes from `address`."""

    site: Starlette
    agent: str = WECHAT
    address: str = "10.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, url: str, **headers: str) -> Seen:
        return await self._ask("GET", url, b"", headers)

    async def post(self, url: str, *, proof: str | None = None, **fields: str) -> Seen:
        """Send a form with the word that stands on the page (or `proof`)."""
        if proof is None:
            page = await self.get(url)
            found = re.search(r'name="f" value="(\w*)"', page.text)
            proof = found[1] if found else ""
        return await self.send(url, urlencode({"f": proof, **fields}).encode())

    async def send(self, url: str, body: bytes, **headers: str) -> Seen:
        kind = {"content-type": "application/x-www-form-urlencoded", **headers}
        return await self._ask("POST", url, body, kind)

    async def _ask(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Seen:
        address = urlsplit(url)
        given = {"user-agent": self.agent, "host": "yihu.example.cn", **headers}
        if address.path in self.cookies:
            given["cookie"] = self.cookies[address.path]
        scope = {
            "type": "http",
            "method": method,
            "path": address.path,
            "query_string": address.query.encode(),
            "root_path": "",
            "client": (self.address, 1),
            "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in given.items()],
        }
        told: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        await self.site(scope, receive, send)
        raw = [(key.decode(), value.decode()) for key, value in told[0]["headers"]]
        for key, value in raw:
            if key == "set-cookie":
                self.cookies[address.path] = value.partition(";")[0]
        text = b"".join(part.get("body", b"") for part in told[1:]).decode()
        return Seen(told[0]["status"], raw, text)
