"""Subscription notices (订阅通知): to whoever agreed to this template before, follower or not.

A once-only template takes one notice for each consent, a long-term one (given to public services)
any number. Consent comes and goes as events (`inbound.SubscribeAnswered`); 43101 says there is none
left. What became of a notice comes later, as `inbound.SubscribeSent` with the msgid.
"""

from __future__ import annotations

from datetime import date

from bot.channels.base import Call, Card, Limit, Limits, Outcome, Platform
from bot.channels.mp import Mp

PATH = "/cgi-bin/message/subscribe/bizsend"
NO_CONSENT = 43101
_READ = date(2026, 11, 23)
_ONE = Limit(
    1, "developers.weixin.qq.com/doc/service/api/notify/notify/api_sendnewsubscribemsg", _READ
)


class Subscribe:
    """Sends cards of subscription templates; the platform knows no id of ours here."""

    name = "subscribe"
    limits = Limits(
        least=_ONE,
        people=_ONE,
        text_bytes=None,  # the template's keys have their own; 47003 names the key
        per_minute=None,
        per_day=None,  # stated nowhere: `account.quota` knows
        people_per_day=None,
        per_person_month=None,
        repeat_s=None,
        recall_s=None,
    )

    def __init__(self, mp: Mp) -> None:
        self._mp = mp

    async def send(self, call: Call) -> list[Outcome]:
        """One card to one openid; without her consent it is REFUSED with 43101."""
        (openid,) = self.limits.take(call)
        card = call.message
        if not isinstance(card, Card):
            raise TypeError("a subscription notice is a Card")
        body: dict[str, object] = {
            "touser": openid,
            "template_id": card.template_id,
            "data": {key: {"value": value} for key, value in card.data.items()},
        }
        if card.url:
            body["page"] = card.url
        answer = await self._mp.post(PATH, body)
        return [answer.outcome(Platform.MP)]
