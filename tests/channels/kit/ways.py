"""What the kit must know of each channel to put it through the same cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.base import Card, Link, Markdown, Message, Words
from bot.core.outcome import Kind
from bot.sandbox.options import DEFAULTS
from tests.sandbox.platform import Platform

HERS = tuple(f"o{name}AAAAAAAAAAAAAAAAAAAAAAAAA" for name in ("Ann", "Bea", "Cat"))
MEMBERS = ("chair0001", "chair0002", "chair0003")
KEY = "5ecre7-0f-4-r0b07"
FIELDS = {"thing1": "会改联推进通知"}
LONG = Words("长" * 683)  # 2,049 bytes


@dataclass(frozen=True)
class Way:
    """One channel: whom it reaches, what it says, and how the platform says no.

    `good` are reached by one call, `strangers` by none; `ready` makes the platform know the good ones.
    `crowd` fills this minute, `spend` uses the day up, None where the platform counts neither.
    """

    name: str
    path: str
    good: tuple[str, ...]
    strangers: tuple[str, ...]
    message: Message
    long: Message
    ready: Callable[[Platform], None]
    crowd: Callable[[Platform], None] | None = None
    spend: Callable[[Platform], None] | None = None
    spent: Kind = Kind.QUOTA
    has_token: bool = True
    partial: tuple[Kind, ...] = ()  # the outcomes of a call to all good ones and one stranger

    def reached(self, platform: Platform, who: str) -> int:
        """How many copies of this channel's messages got to somebody."""
        asked = f"ledger?endpoint={self.path}&who={who}&accepted=1"
        return len(platform.see(asked)["entries"])


def _used_up(ending: str) -> Callable[[Platform], None]:
    def spend(platform: Platform) -> None:
        platform.control("quota", endpoint=ending, limit=0)

    return spend


def _follow(platform: Platform) -> None:
    platform.meet(*HERS)


def _speak(platform: Platform) -> None:
    _follow(platform)
    platform.control("say", openid=HERS[0], text="在吗")


def _agree(platform: Platform) -> None:
    _follow(platform)
    for _ in range(4):
        platform.control("consent", openid=HERS[0], template_id=DEFAULTS["subscription_id"])


def _group(platform: Platform) -> None:
    platform.control("groups", key=KEY)


def _members(platform: Platform) -> None:
    platform.control("members", members=[{"userid": userid} for userid in MEMBERS])


def _no_seats(platform: Platform) -> None:
    platform.control("members", seats=0)


def _robot_speaks(platform: Platform) -> None:
    body = {"msgtype": "text", "text": {"content": "您好"}}
    for _ in range(20):
        platform.api("webhook/send", body, token="", query=f"key={KEY}")


def _mass_speaks(platform: Platform) -> None:
    platform.meet("oX", "oY")
    for number in range(60):
        body = {"touser": ["oX", "oY"], "msgtype": "text", "text": {"content": str(number)}}
        platform.api("message/mass/send", body, token=platform.token())


def _card(template_id: str, words: str) -> Card:
    return Card(template_id, {"thing1": words}, None)


NOTICE, SUBSCRIPTION = DEFAULTS["template_id"], DEFAULTS["subscription_id"]
WAYS = {
    way.name: way
    for way in (
        Way(
            "template", "template/send", HERS[:1], ("oNobody",),
            _card(NOTICE, "会改联推进通知"), _card(NOTICE, "长" * 21), _follow,
            spend=_used_up("template/send"),
        ),
        Way(
            "custom", "custom/send", HERS[:1], (HERS[1],),
            Words("记上了"), LONG, _speak, spend=_used_up("custom/send"),
        ),
        Way(
            "subscribe", "subscribe/bizsend", HERS[:1], (HERS[1],),
            _card(SUBSCRIPTION, "会改联推进通知"), _card(SUBSCRIPTION, "长" * 21), _agree,
            spend=_used_up("subscribe/bizsend"),
        ),
        Way(
            "mass", "mass/send", HERS, ("oNobody", "oNobodyElse"),
            Words("会改联推进通知"), LONG, _follow, _mass_speaks, _used_up("mass/send"),
            partial=(Kind.OK,) * 4,  # a mass message tells nobody whom it reached
        ),
        Way(
            "wecom_app", "message/send", MEMBERS, ("nobody",),
            Link("会改联推进通知", "7月28日前报数", "http://127.0.0.1/n/12", None),
            Markdown("长" * 683), _members,
            spend=_no_seats,
            spent=Kind.PACE,  # WeCom has one code for a minute and for a day
            partial=(Kind.OK,) * 3 + (Kind.REFUSED,),
        ),
        Way(
            "robot", "webhook/send", (KEY,), ("5ecre7-dead",), Words("各位好"), LONG, _group,
            _robot_speaks, has_token=False,
        ),
    )
}  # fmt: skip
