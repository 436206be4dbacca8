"""Group robots of WeCom: one key is one group; no token, no receipt, no recall, no repeat id."""

from __future__ import annotations

from datetime import date

from bot.channels.base import Call, Limit, Limits, Markdown, Message, Outcome, Platform, Words
from bot.channels.http import Http

PATH = "/cgi-bin/webhook/send"
_READ = date(2026, 11, 23)
MARKDOWN_BYTES = Limit(4096, "hexdocs.pm/wechat_sdk/WeChat.Work.ChatRobot.html", _READ)


class Robot:
    """Says something in one group; longer texts are split by whoever calls."""

    name = "robot"
    limits = Limits(
        people=Limit(1, "a webhook key belongs to one group", _READ),
        text_bytes=Limit(2048, "hexdocs.pm/wechat_sdk/WeChat.Work.ChatRobot.html", _READ),
        per_minute=Limit(20, "hexdocs.pm/wechat_sdk/WeChat.Work.ChatRobot.html", _READ),
        per_day=None,
        repeat_s=None,
    )

    def __init__(self, http: Http, *, base: str) -> None:
        self._http = http
        self._url = base.rstrip("/") + PATH

    async def send(self, call: Call) -> list[Outcome]:
        """One message to the group of this key, which is a secret: whoever has it can write."""
        (key,) = call.to
        answer = await self._http.post(self._url, {"key": key}, _body(call.message))
        return [answer.outcome(Platform.ROBOT)]


def _body(message: Message) -> dict[str, object]:
    match message:
        case Words(text):
            return {"msgtype": "text", "text": {"content": text}}
        case Markdown(text):
            return {"msgtype": "markdown", "markdown": {"content": text}}
    raise TypeError("a robot says Words or Markdown")
