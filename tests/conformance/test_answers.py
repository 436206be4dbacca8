"""The bodies their API answers with, taken by what the program reads them with."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import pytest

from bot.channels import account
from bot.channels.base import Call, Words
from bot.channels.custom import Custom
from bot.channels.mp import Mp
from bot.core.outcome import Kind
from tests.channels import platform as platforms
from tests.channels.conftest import http, mp, platform, redis  # noqa: F401 - fixtures
from tests.conformance.conftest import HERE, TRIED, files


async def _custom(api: Mp) -> object:
    [outcome] = await Custom(api).send(Call("c1", ("oA",), Words("好")))
    return outcome.kind


READS: dict[str, tuple[Callable[[Mp], Awaitable[object]], object]] = {
    "menu_create.json": (lambda api: account.create_menu(api, []), None),
    "menu_delete.json": (account.delete_menu, None),
    "menu_get.json": (account.menu, "button of menu"),
    "qrcode_create.json": (
        lambda api: account.create_qr(api, "s", seconds=1800),
        account.QrCode(
            "gQH47joAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL2taZ2Z3TVRtNzJXV1Brb3ZhYmJJAAIEZ23sUwMEmm3sUw==",
            "https://weixin.qq.com/q/kZgfwMTm72WWPkovabbI",
        ),
    ),
    "media_upload.json": (
        lambda api: account.upload_image(api, name="a", kind="image/png", file=b"1"),
        "12345678",
    ),
    "getcallbackip.json": (account.callback_ips, ("127.0.0.1",)),
    "callback_check.json": (lambda api: account.check_callback(api, action="all"), "the whole"),
    "user_info.json": (
        lambda api: account.follower(api, "oA"),
        account.Follower("oA", follows=True, came_by="", scene=""),
    ),
    "message_custom_send.json": (_custom, Kind.OK),
    "token.json": (lambda api: api.get("/cgi-bin/getcallbackip", {}), "by the token"),
}
# Every other body answers a call that the program does not make.


@pytest.mark.parametrize("name", files("api-responses/mp/*.json"))
async def test_an_answer_of_their_api_is_read(name, platform, mp):  # noqa: F811 - fixtures
    short = name.rpartition("/")[2]
    body = (HERE / name).read_bytes()
    if short not in READS:
        assert isinstance(json.loads(body), dict)
        TRIED["API answers to calls the program does not make (only well-formed)"] += 1
        return
    ask, wanted = READS[short]
    if short == "token.json":
        platform.token, platform.answer = platforms.says(body), platforms.says({"ip_list": []})
        await ask(mp)
        assert platform.calls[-1].query["access_token"] == "1234567890"
    else:
        platform.answer = platforms.says(body)
        found = await ask(mp)
        whole = json.loads(body)
        expected = {"button of menu": whole.get("menu", {}).get("button"), "the whole": whole}
        assert found == (expected.get(wanted, wanted) if isinstance(wanted, str) else wanted)
    TRIED["API answers read"] += 1
