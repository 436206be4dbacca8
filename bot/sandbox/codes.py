"""WeChat's own error codes with the messages it sends, and the exception that carries one.

Texts as seen in the official return-code pages and in public client libraries, read 2026.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

MESSAGES = {
    0: "ok",
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40004: "invalid media type",
    40005: "invalid file type",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid appid",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40024: "invalid sub button type",
    40025: "invalid sub button name size",
    40026: "invalid sub button key size",
    40027: "invalid sub button url size",
    40014: "invalid access_token",
    40031: "invalid openid list",
    40032: "invalid openid list size",
    40035: "invalid parameter",
    40036: "invalid template_id size",
    40037: "invalid template_id",
    40039: "invalid url size",
    40052: "invalid action name",
    40053: "invalid action info",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    40063: "some parameters are empty",
    40066: "invalid url",
    40125: "invalid appsecret",
    40130: "invalid openid list size, at least two openid",
    40164: "invalid ip, not in whitelist",
    40165: "invalid weapp pagepath",
    40201: "invalid callback url",
    40202: "invalid check action",
    40203: "invalid check operator",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41030: "invalid page",
    41005: "media data missing",
    41006: "media_id missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    43019: "require remove blacklist",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45028: "has no masssend quota",
    45029: "qrcode count out of limit",
    45047: "out of response count limit",
    45065: "clientmsgid exist",
    45066: "same clientmsgid retry too fast",
    45067: "clientmsgid size out of limit",
    45083: "speed value invalid",
    45084: "speed missing",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48003: "user not agree mass-send protocol",
    48004: "api forbidden for irregularities, view detail on mp.weixin.qq.com",
    48006: "forbid to clear quota because of reaching the limit",
    50002: "user limited",
    60020: "not allow to access from your ip",
    76021: "cgi_path not found, please check",
    81013: "user & party & tag all invalid",
    93000: "invalid webhook url",
    9500002: "masssend task too much, system busy",
}


class Refused(Exception):
    """The platform refuses a call: an errcode, its errmsg where it differs from the usual text, and `more` fields."""

    def __init__(
        self, code: int, message: str = "", more: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.more = more or {}
        self.message = message or MESSAGES.get(code, "unknown error")

    def body(self) -> dict[str, object]:
        """The JSON body that WeChat answers with (HTTP status stays 200)."""
        return {"errcode": self.code, "errmsg": f"{self.message} rid: {rid()}", **self.more}


def rid() -> str:
    """A request id as WeChat appends it to error messages: bots must branch on errcode, not on this text."""
    return "-".join(secrets.token_hex(4) for _ in range(3))
