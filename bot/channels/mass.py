"""Mass messages by openid list: up to 10,000 people in one call, delivered by WeChat within minutes.

What is taken is a job with a number (msg_id). Nobody learns whom it reached: MASSSENDJOBFINISH
brings four totals. A person who had four this month is left out without a word, so they must be
counted by us. For verified service accounts; an article can be taken back, words and pictures not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.channels import account, codes
from bot.channels.base import (
    Article,
    Call,
    Job,
    Limit,
    Limits,
    Message,
    Outcome,
    Picture,
    Platform,
    Words,
)
from bot.channels.mp import Mp

PATH = "/cgi-bin/message/mass/send"
_READ = date(2026, 11, 23)
_API = "developers.weixin.qq.com/doc/service/api/notify/message/api_masssend"
_GUIDE = "developers.weixin.qq.com/doc/service/guide/product/message/Batch_Sends.html"
_QUOTAS = "developers.weixin.qq.com/doc/service/Message_Management/API_Call_Limits.html"

# People a minute at each speed: developers.weixin.qq.com/doc/service/api/notify/message/api_setspeed.
SPEEDS = (800_000, 600_000, 450_000, 300_000, 100_000)
_JOBS = {
    "SENDING": Job.SENDING,
    "SEND_SUCCESS": Job.SENT,
    "SEND_FAIL": Job.FAILED,
    "DELETE": Job.DELETED,
}


@dataclass(frozen=True, slots=True)
class Speed:
    """`level` 0 (fastest) to 4; `real` is a second number of the platform's that it explains nowhere."""

    level: int
    real: int


class Mass:
    """Sends words, a picture or an article to a list; 45065 says that the id was taken before."""

    name = "mass"
    limits = Limits(
        least=Limit(2, _API, _READ),
        people=Limit(10_000, _API, _READ),
        text_bytes=Limit(2048, "not stated; what customer-service messages take", _READ),
        per_minute=Limit(60, _GUIDE, _READ),
        per_day=Limit(100, _QUOTAS, _READ),
        people_per_day=None,
        per_person_month=Limit(4, _GUIDE, _READ),
        repeat_s=Limit(86_400, "blog.csdn.net/u012769002/article/details/82463897", _READ),
        recall_s=None,
    )

    def __init__(self, mp: Mp) -> None:
        self._mp = mp

    async def send(self, call: Call) -> list[Outcome]:
        """One job for the whole list; each recipient has the outcome of the job, with its msg_id."""
        people = self.limits.take(call)
        # The platform's own id is made of list and text: two notices alike would be taken for one.
        body = {"touser": list(people), "clientmsgid": call.id, **_body(call.message)}
        answer = await self._mp.post(PATH, body)
        return [answer.outcome(Platform.MP)] * len(people)

    async def status(self, msgid: str) -> Job:
        """How far the job is; Unclear when the platform says something it never announced."""
        answer = await self._mp.post("/cgi-bin/message/mass/get", {"msg_id": msgid})
        said = str(account.good(answer).get("msg_status", "")).upper()
        if said not in _JOBS:
            raise codes.as_error(codes.Kind.UNCLEAR, f"mass message in state {said!r}", None)
        return _JOBS[said]

    async def recall(self, msgid: str) -> Outcome:
        """Take an article back: what was sent stays in the chats, but leads nowhere any more."""
        answer = await self._mp.post("/cgi-bin/message/mass/delete", {"msg_id": int(msgid)})
        return answer.outcome(Platform.MP)


async def speed(mp: Mp) -> Speed:
    """How fast the account's mass messages go out."""
    found = account.good(await mp.post("/cgi-bin/message/mass/speed/get", {}))
    return Speed(int(found.get("speed", 0)), int(found.get("realspeed", 0)))


async def set_speed(mp: Mp, level: int) -> None:
    """Choose one of `SPEEDS` by its place; the account's admin may have to agree (89504, 89505)."""
    account.good(await mp.post("/cgi-bin/message/mass/speed/set", {"speed": level}))


def _body(message: Message) -> dict[str, object]:
    match message:
        case Words(text):
            return {"msgtype": "text", "text": {"content": text}}
        case Picture(media_id):
            return {"msgtype": "image", "images": {"media_ids": [media_id]}}
        case Article(media_id):
            # Notices pass on what was published above: a reprint is no reason to send nothing.
            article = {"mpnews": {"media_id": media_id}, "send_ignore_reprint": 1}
            return {"msgtype": "mpnews", **article}
    raise TypeError("a mass message is Words, a Picture or an Article")
