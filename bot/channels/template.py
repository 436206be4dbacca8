"""Template messages: the service account's way to one follower at a time."""

from __future__ import annotations

from datetime import date

from bot.channels.base import Call, Card, Limit, Limits, Outcome, Platform
from bot.channels.mp import Mp

PATH = "/cgi-bin/message/template/send"
_READ = date(2026, 11, 23)
_ONE = Limit(
    1, "developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage", _READ
)


class Template:
    """Sends cards; whether one arrived comes later, as TEMPLATESENDJOBFINISH with the msgid."""

    name = "template"
    limits = Limits(
        least=_ONE,
        people=_ONE,
        text_bytes=None,  # the template's keys have their own; 47003 names the key
        per_minute=None,
        per_day=Limit(
            100_000,
            "developers.weixin.qq.com/doc/service/en/guide/product/template_message/Template_Message_Interface.html",
            _READ,
        ),
        people_per_day=None,
        per_person_month=None,
        recall_s=None,
        repeat_s=Limit(600, "github.com/silenceper/wechat/pull/651 (client_msg_id)", _READ),
    )

    def __init__(self, mp: Mp) -> None:
        self._mp = mp

    async def send(self, call: Call) -> list[Outcome]:
        """One card to one openid; `call.id` keeps the platform from sending it twice."""
        (openid,) = self.limits.take(call)
        card = call.message
        if not isinstance(card, Card):
            raise TypeError("a template message is a Card")
        body: dict[str, object] = {
            "touser": openid,
            "template_id": card.template_id,
            "client_msg_id": call.id,
            "data": {key: {"value": value} for key, value in card.data.items()},
        }
        if card.url:
            body["url"] = card.url
        answer = await self._mp.post(PATH, body)
        return [answer.outcome(Platform.MP)]
