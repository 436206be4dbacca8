"""Menu, QR codes, media, followers and upkeep: good paths and error codes."""

from __future__ import annotations

import urllib.parse
from typing import Any

import pytest

from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER, fetch

BUTTONS: list[dict[str, Any]] = [
    {"type": "click", "name": "我要报", "key": "report"},
    {
        "name": "看进度",
        "sub_button": [
            {"type": "click", "name": "本单位", "key": "progress"},
            {"type": "view", "name": "大屏", "url": "http://127.0.0.1/h5"},
        ],
    },
]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def test_a_menu_is_created_read_in_both_shapes_and_deleted(platform):
    assert platform.api("menu/get")["errcode"] == 46003
    assert platform.api("get_current_selfmenu_info") == {"is_menu_open": 0}
    assert platform.api("menu/create", {"button": BUTTONS})["errcode"] == 0
    found = platform.api("menu/get")["menu"]["button"]
    assert found[0] == {**BUTTONS[0], "sub_button": []}
    assert found[1] == BUTTONS[1]
    own = platform.api("get_current_selfmenu_info")
    assert own["is_menu_open"] == 1
    assert own["selfmenu_info"]["button"][1]["sub_button"] == {"list": BUTTONS[1]["sub_button"]}
    assert platform.see("menu")["menu"] == {"button": BUTTONS}
    assert platform.api("menu/delete")["errcode"] == 0
    assert platform.api("menu/get")["errcode"] == 46003


def click(**change: Any) -> dict[str, Any]:
    return {"type": "click", "name": "报", "key": "k", **change}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016),
        ([click()] * 4, 40016),
        ("x", 40016),
        ([click(name="")], 40018),
        ([click(name="六个汉字太长")], 40018),
        ([click(type="poem")], 40017),
        ([click(key="")], 40019),
        ([click(key="k" * 129)], 40019),
        ([{"type": "view", "name": "看", "url": ""}], 40020),
        ([{"name": "看", "sub_button": [click()] * 6}], 40023),
        ([{"name": "看", "sub_button": [click(type="poem")]}], 40024),
        ([{"name": "看", "sub_button": [click(name="字" * 21)]}], 40025),
        ([{"name": "看", "sub_button": [click(key="")]}], 40026),
        ([{"name": "看", "sub_button": [{"type": "view", "name": "看"}]}], 40027),
    ],
)
def test_each_bad_button_has_its_code(platform, buttons, code):
    assert platform.api("menu/create", {"button": buttons})["errcode"] == code
    assert platform.see("menu")["menu"] is None


def code_for(
    platform: platforms.Platform,
    scene: dict[str, Any],
    seconds: int | None = None,
    name: str = "QR_LIMIT_STR_SCENE",
) -> dict[str, Any]:
    body: dict[str, Any] = {"action_name": name, "action_info": {"scene": scene}}
    if seconds is not None:
        body["expire_seconds"] = seconds
    return platform.api("qrcode/create", body)


def test_a_code_has_a_picture_until_it_runs_out(platform):
    made = code_for(platform, {"scene_str": "bind-1"}, 3600, "QR_STR_SCENE")
    assert set(made) == {"ticket", "expire_seconds", "url"}
    assert made["expire_seconds"] == 3600
    picture = f"{platform.url}/cgi-bin/showqrcode?ticket={urllib.parse.quote(made['ticket'])}"
    found = fetch(picture)
    assert (found.status, found.kind) == (200, "image/png")
    assert found.body.startswith(b"\x89PNG")
    platform.control("clock", advance_ms=3600_000)
    assert fetch(picture).status == 404


def test_a_permanent_code_has_no_end_and_the_short_default_is_a_minute(platform):
    assert set(code_for(platform, {"scene_id": 1}, name="QR_LIMIT_SCENE")) == {"ticket", "url"}
    assert code_for(platform, {"scene_id": 1}, name="QR_SCENE")["expire_seconds"] == 60


@pytest.mark.parametrize(
    ("name", "scene", "seconds", "code"),
    [
        ("QR_POEM", {"scene_str": "x"}, None, 40052),
        ("QR_STR_SCENE", {"scene_str": "x"}, 2_592_001, 40053),
        ("QR_STR_SCENE", {"scene_str": "x"}, 0, 40053),
        ("QR_STR_SCENE", {"scene_str": "x" * 65}, 60, 40053),
        ("QR_STR_SCENE", {"scene_str": ""}, 60, 40053),
        ("QR_STR_SCENE", {"scene_id": 1}, 60, 40053),
        ("QR_SCENE", {"scene_id": 2**32}, 60, 40053),
        ("QR_LIMIT_SCENE", {"scene_id": 100_001}, None, 40053),
        ("QR_LIMIT_SCENE", {"scene_id": True}, None, 40053),
    ],
)
def test_each_bad_code_request_is_refused(platform, name, scene, seconds, code):
    assert code_for(platform, scene, seconds, name)["errcode"] == code


def test_scanning_follows_once_and_then_scans(platform, bot):
    made = code_for(platform, {"scene_str": "bind-1"})
    platform.control("scan", openid=HER, scene="bind-1")
    platform.control("scan", openid=HER, ticket=made["ticket"])
    platform.control("scan", openid=HER, ticket=made["url"].rsplit("/", 1)[1])
    first, second, third = [one.fields for one in bot.heard]
    assert (first["Event"], first["EventKey"]) == ("subscribe", "qrscene_bind-1")
    assert (second["Event"], second["EventKey"]) == ("SCAN", "bind-1")
    assert third["Event"] == "SCAN"
    assert {first["Ticket"], second["Ticket"], third["Ticket"]} == {made["ticket"]}


def test_a_code_that_ran_out_cannot_be_scanned(platform, bot):
    code_for(platform, {"scene_str": "bind-1"}, 60, "QR_STR_SCENE")
    platform.control("clock", advance_ms=60_000)
    answer = fetch(f"{platform.url}/control/scan", b'{"openid": "oX", "scene": "bind-1"}')
    assert answer.status == 400
    assert bot.heard == []


def upload(
    platform: platforms.Platform, content: bytes, kind: str = "image", name: str = "media"
) -> Any:
    part = (
        f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    ).encode()
    url = f"{platform.url}/cgi-bin/media/upload?access_token={platform.token()}&type={kind}"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    return fetch(url, part + content + b"\r\n--b--\r\n", headers).json()


def test_a_picture_goes_up_comes_down_and_ends_after_three_days(platform):
    content = PNG + bytes(range(256))
    made = upload(platform, content)
    assert (made["type"], set(made)) == ("image", {"type", "media_id", "created_at"})
    query = f"media_id={made['media_id']}"
    found = platform.raw("media/get", query=query)
    assert (found.body, found.kind) == (content, "image/png")
    platform.control("clock", advance_ms=3 * 24 * 3600_000)
    assert platform.api("media/get", query=query)["errcode"] == 40007


@pytest.mark.parametrize(
    ("content", "kind", "name", "code"),
    [
        (PNG, "poem", "media", 40004),
        (PNG, "image", "other", 41005),
        (b"", "image", "media", 41005),
        (b"text", "image", "media", 40005),
        (b"\xff\xd8\xff" + b"0" * 65536, "thumb", "media", 40006),
    ],
)
def test_each_bad_upload_has_its_code(platform, content, kind, name, code):
    assert upload(platform, content, kind, name)["errcode"] == code


def test_user_info_tells_followers_from_those_who_left(platform):
    platform.meet(HER)
    platform.meet(OTHER, follows=False)
    info = platform.api("user/info", query=f"openid={HER}")
    assert (info["subscribe"], info["openid"]) == (1, HER)
    assert platform.api("user/info", query=f"openid={OTHER}") == {"subscribe": 0, "openid": OTHER}
    assert platform.api("user/info", query="openid=oNobody")["errcode"] == 40003
    listed = platform.api("user/get")
    assert (listed["total"], listed["data"]) == (1, {"openid": [HER]})


def test_upkeep(platform):
    assert platform.api("getcallbackip") == {"ip_list": ["127.0.0.1"]}
    check = {"action": "all", "check_operator": "DEFAULT"}
    assert platform.api("callback/check", check)["errcode"] == 40201
    platform.control("target", url="http://127.0.0.1:9")
    assert set(platform.api("callback/check", check)) == {"dns", "ping"}
    assert platform.api("callback/check", {"action": "poem"})["errcode"] == 40202
    bad = {"action": "dns", "check_operator": "X"}
    assert platform.api("callback/check", bad)["errcode"] == 40203
    assert platform.api("openapi/quota/get", {"cgi_path": "/x"})["errcode"] == 76021
    secret = {"appid": "wx0", "appsecret": "x"}
    assert platform.api("clear_quota/v2", secret, token="")["errcode"] == 40013
    assert platform.api("message/mass/sendall", {"touser": []})["errcode"] == 48001


def test_the_wrong_method_has_its_code(platform):
    assert platform.api("menu/get", {"x": 1})["errcode"] == 43001
    assert platform.api("qrcode/create")["errcode"] == 43002
