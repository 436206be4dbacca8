"""The sandbox as a real process, with what a test wants to ask of it."""

from __future__ import annotations

import json
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.sandbox.options import DEFAULTS
from tests import programs

APP_ID, SECRET, TEMPLATE = DEFAULTS["app_id"], DEFAULTS["app_secret"], DEFAULTS["template_id"]
HER = "oAAAAAAAAAAAAAAAAAAAAAAAAAAA"
OTHER = "oBBBBBBBBBBBBBBBBBBBBBBBBBBB"
DATA = {"thing1": {"value": "会改联推进通知"}}


@dataclass
class Raw:
    """An HTTP answer as it came."""

    status: int
    body: bytes
    kind: str

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def fetch(
    url: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    timeout: float = 15,
) -> Raw:
    """GET, or POST when there is a body; an error status is an answer too."""
    request = urllib.request.Request(url, data=body, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return Raw(answer.status, answer.read(), answer.headers.get("Content-Type", ""))
    except urllib.error.HTTPError as error:
        with error:
            return Raw(error.code, error.read(), error.headers.get("Content-Type", ""))


class Platform:
    """One running sandbox."""

    def __init__(self, url: str, process: programs.Child) -> None:
        self.url = url
        self.process = process

    def api(
        self,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        query: str = "",
        timeout: float = 15,
    ) -> dict[str, Any]:
        """Call /cgi-bin/`path` as a bot does, with the account's stable token unless another is given."""
        return self.raw(path, body, token=token, query=query, timeout=timeout).json()  # type: ignore[no-any-return]

    def raw(
        self,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        query: str = "",
        timeout: float = 15,
    ) -> Raw:
        """The same, as bytes."""
        token = self.token() if token is None else token
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        joined = "&".join(filter(None, [f"access_token={token}" if token else "", query]))
        return fetch(f"{self.url}/cgi-bin/{path}?{joined}", data, timeout=timeout)

    def token(self, **more: Any) -> str:
        """The stable access token."""
        body = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, **more}
        return str(self.api("stable_token", body, token="")["access_token"])

    def control(self, path: str, **body: Any) -> dict[str, Any]:
        """POST to /control/`path`; must be understood."""
        answer = fetch(f"{self.url}/control/{path}", json.dumps(body).encode())
        assert answer.status == 200, answer.body
        return answer.json()  # type: ignore[no-any-return]

    def see(self, path: str) -> dict[str, Any]:
        """GET /control/`path`."""
        answer = fetch(f"{self.url}/control/{urllib.parse.quote(path, safe='/?=&')}")
        assert answer.status == 200, answer.body
        return answer.json()  # type: ignore[no-any-return]

    def meet(self, *openids: str, **more: Any) -> None:
        """Register followers."""
        self.control("people", people=[{"openid": openid, **more} for openid in openids])

    def send(self, openid: str = HER, **more: Any) -> dict[str, Any]:
        """Send a template message."""
        body = {"touser": openid, "template_id": TEMPLATE, "data": DATA, **more}
        return self.api("message/template/send", body)

    def custom(self, text: str = "您好", openid: str = HER) -> int:
        """Send a customer-service text; the errcode."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        return int(self.api("message/custom/send", body)["errcode"])

    def lines(self, openid: str = HER) -> list[dict[str, Any]]:
        """Her chat."""
        return list(self.see(f"chat/{openid}")["lines"])


@contextmanager
def running(*arguments: str) -> Iterator[Platform]:
    """A sandbox of its own on a free port; it must end with code 0."""
    with tempfile.TemporaryFile("w+b") as errors:
        process = programs.Child(
            programs.sandbox, "--port", "0", *arguments, stdout=subprocess.PIPE, stderr=errors
        )
        assert process.stdout is not None
        with process.stdout:
            line = process.stdout.readline().decode().split()
            try:
                if line:
                    assert line[0] == "sandbox:"
                    assert line[2:] == ["control:", f"{line[1]}/control"]
                    yield Platform(line[1], process)
            finally:
                process.terminate()
                code = process.wait(10)
        errors.seek(0)
        said = errors.read().decode()
        assert line, said
        assert (code, said) == (0, ""), (code, said)
