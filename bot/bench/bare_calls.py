"""The bare callers our engine is measured against: no ledger, no ids, nothing but the calls.

`python -m bot.bench.bare_calls WAY URL COUNT WINDOW` prints seconds and those of CPU; WAY: aiohttp | threads | mass.
One thread is wechatpy's client in a loop. `mass` is aiohttp with calls for 10,000 people each.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import uvloop
from wechatpy import WeChatClient

_MANY = 10_000
_DATA = {
    "thing1": {"value": "会改联推进通知"},
    "thing2": {"value": "政和县妇联"},
    "time3": {"value": "2026年12月1日 18:00"},
    "thing4": {"value": "看完请回“收到12”"},
}


def _openid(number: int) -> str:
    return f"o{number:027}"


async def _aiohttp(url: str, count: int, window: int) -> float:
    """The ceiling: `window` callers over one session, each with its next call as soon as the last is answered."""
    numbers = iter(range(count))
    address = f"{url}/cgi-bin/message/template/send"

    async def caller(session: aiohttp.ClientSession) -> None:
        for number in numbers:
            body = {
                "touser": _openid(number),
                "template_id": "template",
                "client_msg_id": f"{number:032}",
                "data": _DATA,
            }
            query = {"access_token": "of-the-bench"}
            async with session.post(address, params=query, json=body) as response:
                answer = await response.json()
                assert answer["errcode"] == 0

    connector = aiohttp.TCPConnector(limit=window)
    async with aiohttp.ClientSession(connector=connector) as session:
        began = time.perf_counter()
        await asyncio.gather(*(caller(session) for _ in range(window)))
        return time.perf_counter() - began


async def _mass(url: str, count: int, window: int) -> float:
    """As `_aiohttp`, with `count` people in calls for many."""
    lists = iter(range(0, count, _MANY))
    address = f"{url}/cgi-bin/message/mass/send"

    async def caller(session: aiohttp.ClientSession) -> None:
        for first in lists:
            to = [_openid(number) for number in range(first, min(first + _MANY, count))]
            body = {"touser": to, "msgtype": "text", "text": {"content": "会改联推进通知"}}
            query = {"access_token": "of-the-bench"}
            async with session.post(address, params=query, json=body) as response:
                answer = await response.json()
                assert answer["errcode"] == 0

    async with aiohttp.ClientSession() as session:
        began = time.perf_counter()
        await asyncio.gather(*(caller(session) for _ in range(window)))
        return time.perf_counter() - began


def _threads(url: str, count: int, window: int) -> float:
    """Wechatpy's own client, one for each thread, as its requests.Session is not to be shared."""

    def caller(first: int) -> None:
        client = WeChatClient("app", "secret", access_token="of-the-bench")  # noqa: S106 - of nobody
        client.API_BASE_URL = f"{url}/cgi-bin/"
        client.expires_at = time.time() + 7200
        for number in range(first, count, window):
            answer = client.message.send_template(_openid(number), "template", _DATA)
            assert answer["errcode"] == 0

    with ThreadPoolExecutor(window) as pool:
        began = time.perf_counter()
        list(pool.map(caller, range(window)))
        return time.perf_counter() - began


def main() -> None:
    """Call, and say how long it took."""
    way, url, count, window = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    spent = time.process_time()
    if way == "threads":
        took = _threads(url, count, window)
    else:
        took = uvloop.run((_mass if way == "mass" else _aiohttp)(url, count, window))
    sys.stdout.write(json.dumps({"seconds": took, "cpu_s": time.process_time() - spent}))


if __name__ == "__main__":
    main()
