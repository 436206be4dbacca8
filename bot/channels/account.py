"""What one does with a WeChat account besides sending: menu, QR codes, pictures, quotas, checks.

Each function raises what `codes.as_error` makes of a refusal: TryLater, Unclear, Misconfigured,
TextRefused (a field of the request is wrong) or NotFound (no such follower).
Paths and figures: developers.weixin.qq.com/doc/service/api, copies read in November 2026.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from bot import errors
from bot.channels import codes
from bot.channels.base import Platform
from bot.channels.http import Answer
from bot.channels.mp import Mp

# Where the platform keeps pictures that followers send (PicUrl of the message, as documented and as seen).
PICTURE_HOSTS = frozenset({"mmbiz.qpic.cn", "mmecoa.qpic.cn", "mmbiz.qlogo.cn"})
LONGEST_QR_S = 2_592_000  # 30 days
_NO_MENU = 46003
_NOT_AUTHORISED = 48001


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with a scene: draw `url`, or fetch the platform's picture by `ticket`."""

    ticket: str
    url: str


@dataclass(frozen=True, slots=True)
class Quota:
    """Calls of one path today: what the platform says counts, not what its pages say."""

    limit: int
    used: int
    remain: int


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template the account may use; `content` names its keys as `{{key.DATA}}`."""

    template_id: str
    title: str
    content: str


@dataclass(frozen=True, slots=True)
class Follower:
    """What the platform tells about one openid; nicknames and pictures it no longer tells."""

    openid: str = field(repr=False)
    follows: bool
    came_by: str
    scene: str


async def create_menu(mp: Mp, buttons: Sequence[Mapping[str, object]]) -> None:
    """Put up the menu: at most 3 buttons with 5 below each; phones show it within a day."""
    good(await mp.post("/cgi-bin/menu/create", {"button": list(buttons)}))


async def menu(mp: Mp) -> Sequence[Mapping[str, Any]]:
    """The buttons that are up now; none when there is no menu."""
    answer = await mp.get("/cgi-bin/menu/get", {})
    if answer.code == _NO_MENU:
        return []
    buttons: Sequence[Mapping[str, Any]] = _field(
        _field(good(answer), "menu", dict), "button", list
    )
    return buttons


@dataclass(frozen=True, slots=True)
class SelfMenu:
    """The menu as followers have it, whoever made it; `open` is false when its maker switched it off."""

    open: bool
    buttons: Sequence[Mapping[str, Any]]


async def self_menu(mp: Mp) -> SelfMenu:
    """The menu that was made on the platform's website, or by us: `menu` knows only the latter."""
    body = good(await mp.get("/cgi-bin/get_current_selfmenu_info", {}))
    info = body.get("selfmenu_info")
    buttons = info.get("button") if isinstance(info, Mapping) else None
    return SelfMenu(body.get("is_menu_open") == 1, buttons if isinstance(buttons, list) else [])


async def autoreplies(mp: Mp) -> Mapping[str, Any]:
    """The auto-replies set up on the platform's website, as `core.autoreply` reads them."""
    body = good(await mp.get("/cgi-bin/get_current_autoreply_info", {}))
    _field(body, "is_autoreply_open", int)
    return body


async def delete_menu(mp: Mp) -> None:
    """Take the menu down."""
    good(await mp.get("/cgi-bin/menu/delete", {}))


async def create_qr(mp: Mp, scene: str, *, seconds: int | None) -> QrCode:
    """A QR code that brings `scene` (1 to 64 characters) with whoever scans it.

    `seconds` to live, at most 30 days; None: for ever, of which an account has 100,000.
    """
    kind = "QR_LIMIT_STR_SCENE" if seconds is None else "QR_STR_SCENE"
    body: dict[str, object] = {"action_name": kind, "action_info": {"scene": {"scene_str": scene}}}
    if seconds is not None:
        body["expire_seconds"] = seconds
    found = good(await mp.post("/cgi-bin/qrcode/create", body))
    return QrCode(_field(found, "ticket", str), _field(found, "url", str))


async def upload_image(mp: Mp, *, name: str, kind: str, file: bytes) -> str:
    """The media id of a picture (at most 10 MB), good for 3 days; `kind` is its MIME type."""
    query = {"type": "image"}
    answer = await mp.upload("/cgi-bin/media/upload", query, name=name, kind=kind, file=file)
    media_id: str = _field(good(answer), "media_id", str)
    return media_id


async def photo(mp: Mp, *, media_id: str, pic_url: str, most: int) -> bytes:
    """What a follower sent as a picture: by its media id, else from `pic_url` on a host of the platform's own.

    Raises TooLarge for more than `most` bytes.
    """
    answer = await mp.fetch("/cgi-bin/media/get", {"media_id": media_id}, most=most)
    if answer.code not in (None, 0) and _on_picture_host(pic_url):
        answer = await mp.fetch_from(pic_url, most=most)
    found = good(answer)
    if "too_large" in found:
        raise errors.TooLarge(f"a picture of more than {most} bytes")
    file: bytes = _field(found, "file", bytes)
    return file


def _on_picture_host(url: str) -> bool:
    """Whether an address lies on one of the platform's picture hosts, at the usual port and without a user."""
    try:
        parts = urlsplit(url)
        plain = parts.port is None and parts.username is None
    except ValueError:
        return False
    return plain and parts.scheme in ("http", "https") and parts.hostname in PICTURE_HOSTS


async def quota(mp: Mp, path: str) -> Quota:
    """Today's calls of one API path, such as `template.PATH`."""
    answer = await mp.post("/cgi-bin/openapi/quota/get", {"cgi_path": path})
    found = _field(good(answer), "quota", dict)
    names = ("daily_limit", "used", "remain")
    limit, used, remain = (_field(found, name, int) for name in names)
    return Quota(limit, used, remain)


async def may_send_templates(mp: Mp) -> bool:
    """Whether the account has template messages at all: one of the kind 订阅号 has not."""
    return _allowed(await mp.get("/cgi-bin/template/get_all_private_template", {}))


async def may_make_codes(mp: Mp) -> bool:
    """Whether the account may make QR codes with a scene; makes one that lives a minute."""
    body = {
        "action_name": "QR_STR_SCENE",
        "expire_seconds": 60,
        "action_info": {"scene": {"scene_str": "doctor"}},
    }
    return _allowed(await mp.post("/cgi-bin/qrcode/create", body))


def _allowed(answer: Answer) -> bool:
    if answer.code == _NOT_AUTHORISED:
        return False
    good(answer)
    return True


async def callback_ips(mp: Mp) -> tuple[str, ...]:
    """Where pushes come from: addresses and networks, to be read again every day."""
    found = _field(good(await mp.get("/cgi-bin/getcallbackip", {})), "ip_list", list)
    return tuple(str(each) for each in found)


async def check_callback(mp: Mp, *, action: Literal["dns", "ping", "all"]) -> Mapping[str, Any]:
    """What the platform sees when it looks for our callback address: lists `dns` and `ping`."""
    body = {"action": action, "check_operator": "DEFAULT"}
    return good(await mp.post("/cgi-bin/callback/check", body))


async def templates(mp: Mp) -> list[OwnTemplate]:
    """The templates the account may use; at most 25."""
    found = good(await mp.get("/cgi-bin/template/get_all_private_template", {}))
    names = ("template_id", "title", "content")
    return [
        OwnTemplate(*(str(each.get(name, "")) for name in names))
        for each in _field(found, "template_list", list)
    ]


async def follower(mp: Mp, openid: str) -> Follower:
    """Whether she follows the account, and how she came."""
    found = good(await mp.get("/cgi-bin/user/info", {"openid": openid, "lang": "zh_CN"}))
    scene = str(found.get("qr_scene_str") or found.get("qr_scene") or "")
    came_by = str(found.get("subscribe_scene", ""))
    return Follower(openid, found.get("subscribe") == 1, came_by, scene)


def good(answer: Answer) -> Mapping[str, Any]:
    """The body of a good answer; queries leave the errcode out when all is well."""
    if answer.trouble is None and answer.code in {None, 0}:
        return answer.body
    kind = answer.kind(Platform.MP)
    raise codes.as_error(kind, f"{answer.code or ''} {answer.detail}".strip(), answer.code)


def _field(body: Mapping[str, Any], name: str, kind: type) -> Any:
    """A field the answer must have; Unclear when the platform answers something else."""
    value = body.get(name)
    if not isinstance(value, kind):
        raise errors.Unclear(f"the platform's answer has no {name}")
    return value
