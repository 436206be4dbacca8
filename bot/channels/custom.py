"""Customer-service messages: what may still be said after the five seconds of a reply.

Five in the 48 hours after she wrote, three in the minute after she tapped or scanned; outside of
that the platform answers 45015 or 45047: developers.weixin.qq.com/doc/offiaccount/Customer_Service/
Customer_Service_Messages.html, a copy read in November 2026.
"""

from __future__ import annotations

from datetime import date

from bot.channels.base import (
    Call,
    Choices,
    Limit,
    Limits,
    Message,
    Outcome,
    Picture,
    Platform,
    Words,
)
from bot.channels.mp import Mp

PATH = "/cgi-bin/message/custom/send"
_READ = date(2026, 11, 23)
_ONE = Limit(
    1, "developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage", _READ
)


class Custom:
    """Sends words, pictures and choices to tap; the platform knows no id of ours here."""

    name = "custom"
    limits = Limits(
        least=_ONE,
        people=_ONE,
        text_bytes=Limit(2048, "github.com/MamaShip/Observer/issues/77", _READ),
        per_minute=None,
        per_day=Limit(
            500_000,
            "developers.weixin.qq.com/doc/service/Message_Management/API_Call_Limits.html",
            _READ,
        ),
        people_per_day=None,
        per_person_month=None,
        repeat_s=None,
        recall_s=None,
    )

    def __init__(self, mp: Mp) -> None:
        self._mp = mp

    async def send(self, call: Call) -> list[Outcome]:
        """One message to one openid."""
        (openid,) = self.limits.take(call)
        answer = await self._mp.post(PATH, {"touser": openid, **_body(call.message)})
        return [answer.outcome(Platform.MP)]


def _body(message: Message) -> dict[str, object]:
    match message:
        case Words(text):
            return {"msgtype": "text", "text": {"content": text}}
        case Picture(media_id):
            return {"msgtype": "image", "image": {"media_id": media_id}}
        case Choices(head, choices, tail):
            options = [{"id": key, "content": words} for key, words in choices]
            menu = {"head_content": head, "list": options, "tail_content": tail}
            return {"msgtype": "msgmenu", "msgmenu": menu}
    raise TypeError("a customer-service message is Words, a Picture or Choices")
