"""The gate of every platform endpoint: method, body, fault, token, quota, the work, the ledger, the answer."""

from __future__ import annotations

import asyncio
import functools
import gzip
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import clock, codes, faults, ledger
from bot.sandbox.world import World

JSON_TYPE = "application/json; encoding=utf-8"
HANG_S = 600.0
HUGE = 10 << 20


@dataclass(slots=True)
class Call:
    """One platform call while it is worked on; the handler fills in what the ledger shall say."""

    path: str
    query: dict[str, str]
    data: dict[str, Any]
    raw: bytes
    content_type: str
    base: str
    who: str = ""
    dedupe: str = ""
    msgid: int = 0
    body: str = ""
    accepted: bool = False
    duplicate: bool = False
    counted: bool = False
    many: list[str] = field(default_factory=list)
    before: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)


Answer = dict[str, Any] | Response
Handler = Callable[[World, Call], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One platform path. `method` GET, POST or ANY; `json` its body is a JSON object; `token` it needs one (`corp`: WeCom's).

    `who` names the field or parameter of the recipient; `describe` fills in what the ledger shall say of the call,
    also of one that is refused or struck by a fault.
    """

    path: str
    handler: Handler
    method: str = "ANY"
    json: bool = False
    token: bool = True
    corp: bool = False
    quota: bool = True
    who: str = ""
    describe: Callable[[Call], None] | None = None


def route(endpoint: Endpoint) -> Route:
    """The Starlette route of an endpoint."""

    async def serve(request: Request) -> Response:
        return await _serve(endpoint, request)

    return Route(endpoint.path, serve, methods=["GET", "POST"])


async def _serve(endpoint: Endpoint, request: Request) -> Response:
    world: World = request.app.state.world
    call = Call(
        path=endpoint.path,
        query=dict(request.query_params),
        data={},
        raw=await request.body(),
        content_type=request.headers.get("content-type", ""),
        base=str(request.base_url).rstrip("/"),
    )
    try:
        _read(endpoint, request.method, call)
    except codes.Refused as refused:
        return _reply(_close(world, call, refused.code, refused.body()))
    rule = world.faults.pick(call.path, call.who) if world.faults.rules else None
    if rule is not None and not rule.effect:
        result: Answer = {}
        seq = _record(world, call, -1 if rule.code is None else rule.code)
    else:
        result, seq = _work(world, endpoint, call)
    for step in call.before:
        await step()
    for later in call.after:
        later()
    if world.latency_ms:
        await asyncio.sleep(world.latency_ms / 1000)
    return _reply(result) if rule is None else await _spoil(request, world, rule, result, seq)


def _read(endpoint: Endpoint, method: str, call: Call) -> None:
    if endpoint.method == "POST" and method != "POST":
        raise codes.Refused(43002)
    if endpoint.method == "GET" and method != "GET":
        raise codes.Refused(43001)
    if endpoint.json:
        if not call.raw:
            raise codes.Refused(44002)
        try:
            data = json.loads(call.raw)
        except ValueError as error:
            raise codes.Refused(47001) from error
        if not isinstance(data, dict):
            raise codes.Refused(47001)
        call.data = data
    if endpoint.who:
        call.who = str(call.data.get(endpoint.who) or call.query.get(endpoint.who) or "")
    if endpoint.describe is not None:
        endpoint.describe(call)


def _work(world: World, endpoint: Endpoint, call: Call) -> tuple[Answer, int]:
    try:
        if endpoint.token:
            whose = world.corp if endpoint.corp else world.account
            whose.check_token(call.query.get("access_token", ""), clock.real_ms())
        if endpoint.quota:
            world.quotas.spend(call.path, world.now())
            call.counted = True
        result = endpoint.handler(world, call)
    except codes.Refused as refused:
        return refused.body(), _record(world, call, refused.code)
    return result, _record(world, call, 0)


def _close(world: World, call: Call, code: int, result: Answer) -> Answer:
    _record(world, call, code)
    return result


def _record(world: World, call: Call, code: int) -> int:
    flags = ledger.ACCEPTED if call.accepted and not code else 0
    flags |= ledger.DUPLICATE if call.duplicate else 0
    flags |= ledger.COUNTED if call.counted else 0
    return world.record(
        at=world.now(),
        endpoint=call.path,
        who=call.who,
        dedupe=call.dedupe,
        msgid=call.msgid,
        errcode=code,
        flags=flags,
        body=call.body,
        many=call.many,
    )


def _reply(result: Answer) -> Response:
    if isinstance(result, Response):
        return result
    text = json.dumps(result, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode(), media_type=JSON_TYPE)


async def _spoil(
    request: Request, world: World, rule: faults.Rule, result: Answer, seq: int
) -> Response:
    if rule.delay_ms:
        await asyncio.sleep(rule.delay_ms / 1000)
    if rule.hang or rule.drop:
        world.ledger.unanswered(seq)
        if rule.drop:
            request.scope["sandbox.abort"]()
        await _until_gone(request)
        return Response(status_code=500)
    if rule.code is not None:
        return _reply(codes.Refused(rule.code, rule.errmsg).body())
    if rule.http is not None:
        return Response("<html>error</html>", status_code=rule.http, media_type="text/html")
    return garbage(rule.garbage, result) if rule.garbage else _reply(result)


async def _until_gone(request: Request) -> None:
    try:
        async with asyncio.timeout(HANG_S):
            while (await request.receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        pass


@functools.cache
def _bomb() -> bytes:
    """Fifty kilobytes that become fifty megabytes."""
    return gzip.compress(b" " * (5 * HUGE))


def garbage(kind: str, result: Answer) -> Response:
    """An answer that no platform should give, and that real ones have given."""
    data = dict(result) if isinstance(result, dict) else {}
    whole = json.dumps(data, ensure_ascii=False).encode()
    if kind == "html":
        return Response(
            "<html><body><h1>502 Bad Gateway</h1></body></html>", media_type="text/html"
        )
    if kind == "truncated":
        return Response(whole[: len(whole) // 2], media_type=JSON_TYPE)
    if kind == "string_errcode":
        return _reply({**data, "errcode": str(data.get("errcode", 0))})
    if kind == "missing_msgid":
        return _reply({key: value for key, value in data.items() if key not in ("msgid", "msg_id")})
    if kind == "charset":
        return Response(b'{"errcode":0,"errmsg":"\xff\xfe\xb3\xc9"}', media_type=JSON_TYPE)
    if kind == "bomb":
        return Response(_bomb(), media_type=JSON_TYPE, headers={"Content-Encoding": "gzip"})
    return Response(b"" if kind == "empty" else b" " * HUGE, media_type=JSON_TYPE)


OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
