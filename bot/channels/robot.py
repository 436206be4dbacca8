"""Group robots of WeCom: one key is one group; no token, no receipt, no recall, no repeat id."""

from __future__ import annotations

from datetime import date

from bot.channels.base import (
    Call,
    Limit,
    Limits,
    Link,
    Markdown,
    Message,
    Outcome,
    Platform,
    Words,
)
from bot.channels.http import Http

PATH = "/cgi-bin/webhook/send"
_READ = date(2026, 11, 23)
_PAGE = "work.weixin.qq.com/api/doc/90000/90136/91770"
_ONE = Limit(1, "a webhook key belongs to one group", _READ)
MARKDOWN_BYTES = Limit(4096, _PAGE, _READ)
# Longer ones are cut off by the platform, without a word.
TITLE_BYTES = Limit(128, _PAGE, _READ)
_NO_KIND, _NO_KEY = 40008, 93000
LINK_BYTES = Limit(512, _PAGE, _READ)


class Robot:
    """Says something in one group; longer texts are split by whoever calls."""

    name = "robot"
    limits = Limits(
        least=_ONE,
        people=_ONE,
        text_bytes=Limit(2048, _PAGE, _READ),
        per_minute=Limit(20, "hexdocs.pm/wechat_sdk/WeChat.Work.ChatRobot.html", _READ),
        per_day=None,
        people_per_day=None,
        per_person_month=None,
        repeat_s=None,
        recall_s=None,
    )

    def __init__(self, http: Http, *, base: str) -> None:
        self._http = http
        self._url = base.rstrip("/") + PATH

    async def send(self, call: Call) -> list[Outcome]:
        """One message to the group of this key, which is a secret: whoever has it can write."""
        (key,) = self.limits.take(call)
        answer = await self._http.post(self._url, {"key": key}, _body(call.message))
        return [answer.outcome(Platform.ROBOT)]

    async def knows(self, key: str) -> bool | None:
        """Whether the platform has a robot of this key; None when it cannot be asked. Nothing is said in the group.

        A message of no kind is refused with 40008 where the key is good, and with 93000 where it is not.
        """
        answer = await self._http.post(self._url, {"key": key}, {"msgtype": "none"})
        return {_NO_KIND: True, _NO_KEY: False}.get(answer.code or 0)


def _body(message: Message) -> dict[str, object]:
    match message:
        case Words(text):
            return {"msgtype": "text", "text": {"content": text}}
        case Markdown(text):
            return {"msgtype": "markdown", "markdown": {"content": text}}
        case Link(title, text, url, picture_url):
            article = {"title": title, "description": text, "url": url}
            if picture_url:
                article["picurl"] = picture_url
            return {"msgtype": "news", "news": {"articles": [article]}}
    raise TypeError("a robot says Words, Markdown or a Link")
