"""Messages of a WeCom app to members of the corp: up to 1,000 of them in one call.

The platform recognises a repeat by the whole request, not by an id, and says ok to it. Those it
could not reach stand in the answer. What a member gets beyond 30 a minute or 1,000 an hour is
dropped without a word. A message can be taken back for a day, though not from the WeChat plug-in.
"""

from __future__ import annotations

import re
import zlib
from datetime import date

from bot.channels.base import (
    Call,
    Limit,
    Limits,
    Link,
    Markdown,
    Message,
    Outcome,
    Picture,
    Platform,
    Words,
)
from bot.channels.http import Answer
from bot.channels.wecom import Wecom
from bot.core.outcome import Kind

PATH = "/cgi-bin/message/send"
_READ = date(2026, 11, 23)
_PAGE = "developer.work.weixin.qq.com/document/path/90236"
MEMBER_PER_MINUTE = Limit(30, _PAGE, _READ)
MEMBER_PER_HOUR = Limit(1000, _PAGE, _READ)
PER_SEAT_AND_DAY = Limit(200, _PAGE, _READ)
# Half an hour is the platform's own interval; anything up to four hours is said to be taken.
_REPEAT_S = 1800

# What is joined with `|` must hold none, and `@all` would be everybody.
_USERID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")


class WecomApp:
    """Sends words, markdown, pictures and links in the name of one app."""

    name = "wecom_app"

    def __init__(self, wecom: Wecom, *, agent_id: int, seats: int) -> None:
        """`seats`: how many accounts the corp may have, 0 when we were not told."""
        self._wecom = wecom
        self._agent_id = agent_id
        daily = seats * PER_SEAT_AND_DAY.value
        self.limits = Limits(
            least=Limit(1, _PAGE, _READ),
            people=Limit(1000, _PAGE, _READ),
            text_bytes=Limit(2048, _PAGE, _READ),
            per_minute=None,  # sending does not count among the calls
            per_day=None,
            people_per_day=Limit(daily, _PAGE, _READ) if daily else None,
            per_person_month=None,
            repeat_s=Limit(_REPEAT_S, _PAGE, _READ),
            recall_s=Limit(86_400, "developer.work.weixin.qq.com/document/path/94867", _READ),
        )

    async def send(self, call: Call) -> list[Outcome]:
        """One message to the members with these userids; whom it did not reach is REFUSED alone."""
        people = self.limits.take(call)
        good = [one for one in people if _USERID.fullmatch(one)]
        if not good:
            return [_no_userid()] * len(people)
        if self._too_long(call.message):
            # The platform would cut it off and say ok.
            return [Outcome(Kind.TEXT, None, None, "the text is too long")] * len(people)
        body = {
            "touser": "|".join(good),
            "agentid": self._agent_id,
            **_body(call.message),
            "enable_duplicate_check": 1,
            # Never the same for two notices of the same words to the same people: the second is no repeat.
            "duplicate_check_interval": _REPEAT_S + zlib.crc32(call.id.encode()) % _REPEAT_S,
        }
        answer = await self._wecom.post(PATH, body)
        return _outcomes(people, answer)

    async def recall(self, msgid: str) -> Outcome:
        """Take back what one call sent, from all of its members."""
        answer = await self._wecom.post("/cgi-bin/message/recall", {"msgid": msgid})
        return answer.outcome(Platform.WECOM)

    def _too_long(self, message: Message) -> bool:
        most = self.limits.text_bytes
        text = message.text if isinstance(message, Words | Markdown) else ""
        return most is not None and len(text.encode("utf-8", "replace")) > most.value


def _body(message: Message) -> dict[str, object]:
    match message:
        case Words(text):
            return {"msgtype": "text", "text": {"content": text}}
        case Markdown(text):
            return {"msgtype": "markdown", "markdown": {"content": text}}
        case Picture(media_id):
            return {"msgtype": "image", "image": {"media_id": media_id}}
        case Link(title, text, url, picture_url):
            article = {"title": title, "description": text, "url": url}
            if picture_url:
                article["picurl"] = picture_url
            return {"msgtype": "news", "news": {"articles": [article]}}
    raise TypeError("an app's message is Words, Markdown, a Picture or a Link")


def _outcomes(people: tuple[str, ...], answer: Answer) -> list[Outcome]:
    """The call's outcome for each, but for those the answer names as not reached."""
    whole = answer.outcome(Platform.WECOM)
    lost: dict[str, Outcome] = {}
    if whole.kind is Kind.OK:
        for why in ("invaliduser", "unlicenseduser"):
            named = str(answer.body.get(why) or "").lower().split("|")
            lost |= dict.fromkeys(named, Outcome(Kind.REFUSED, whole.code, None, why))
    return [
        lost.get(one.lower(), whole) if _USERID.fullmatch(one) else _no_userid() for one in people
    ]


def _no_userid() -> Outcome:
    return Outcome(Kind.REFUSED, None, None, "no userid of WeCom")
