"""What only one channel can: how far a mass message is, how fast they go, and taking back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot import errors
from bot.channels import account, codes, mass
from bot.channels.base import (
    Article,
    Call,
    Card,
    Job,
    Link,
    Markdown,
    Message,
    Outcome,
    Picture,
    Words,
)
from bot.channels.registry import Channels
from bot.core.outcome import Kind
from bot.sandbox.options import DEFAULTS
from tests.channels.kit import ways
from tests.channels.kit.ways import HERS, KEY, MEMBERS
from tests.channels.platform import SEAL
from tests.sandbox.platform import Platform

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def followers(platform):
    platform.meet(*HERS)


@pytest.fixture
def members(platform):
    platform.control("members", members=[{"userid": userid} for userid in MEMBERS])


def heard(platform: Platform, userid: str = MEMBERS[0]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = platform.see(f"members?userid={userid}")["members"]
    return list(found[0]["messages"])


async def article(platform, channels) -> str:
    body = {"articles": [{"title": "会改联推进通知", "content": "正文"}]}
    token = await channels.mp._tokens.get()
    return str(platform.api("media/uploadnews", body, token=token)["media_id"])


async def sent(
    channels: Channels, name: str, to: tuple[str, ...], message: Message, key: str = "n12.1"
) -> Outcome:
    return (await channels.sending[name].send(Call(key, to, message)))[0]


async def test_a_mass_message_may_be_words_a_picture_or_an_article(platform, channels, followers):
    media_id = await account.upload_image(channels.mp, name="a", kind="image/png", file=PNG)
    messages: list[Message] = [
        Words("好"),
        Picture(media_id),
        Article(await article(platform, channels)),
    ]
    for number, message in enumerate(messages):
        outcome = await sent(channels, "mass", HERS, message, key=str(number))
        assert outcome.kind is Kind.OK
    said = [line["kind"] for line in platform.lines(HERS[2])]
    assert said == ["text", "image", "mpnews"]
    [*_, last] = platform.see("ledger?endpoint=mass/send")["entries"]
    assert '"send_ignore_reprint":1' in last["body"]
    with pytest.raises(TypeError):
        await sent(channels, "mass", HERS, Markdown("**好**"))


async def test_a_mass_message_can_be_followed_and_an_article_taken_back(
    platform, channels, followers
):
    platform.control("latency", outcome_ms=200)
    way = channels.sending["mass"]
    job = await sent(channels, "mass", HERS, Article(await article(platform, channels)))
    assert await way.status(job.msgid) is Job.SENDING
    platform.control("latency", outcome_ms=0)
    words = await sent(channels, "mass", HERS, Words("好"), key="n13.1")
    assert await way.status(words.msgid) is Job.SENT
    assert (await way.recall(words.msgid)).kind is Kind.TEXT
    while await way.status(job.msgid) is Job.SENDING:
        await asyncio.sleep(0.02)
    assert (await way.recall(job.msgid)).kind is Kind.OK
    assert await way.status(job.msgid) is Job.DELETED
    with pytest.raises(errors.TextRefused):
        await way.status("1")
    platform.control("faults", endpoint="mass/get", garbage="html", next=1)
    with pytest.raises(errors.Unclear):
        await way.status(job.msgid)


async def test_a_repeat_of_a_mass_message_tells_the_first_ones_number(
    platform, channels, followers
):
    first = await sent(channels, "mass", HERS, Words("好"))
    again = await sent(channels, "mass", HERS, Words("好"))
    assert (again.kind, again.code, again.msgid) == (Kind.DUPLICATE, 45065, first.msgid)


async def test_the_account_chooses_how_fast_mass_messages_go(channels):
    assert (await mass.speed(channels.mp)).level == 0
    await mass.set_speed(channels.mp, 4)
    assert (await mass.speed(channels.mp)).level == 4
    assert mass.SPEEDS[4] == 100_000
    with pytest.raises(errors.TextRefused, match="45083"):
        await mass.set_speed(channels.mp, 5)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("send success", Kind.OK),
        ("err(20001)", Kind.TEXT),
        ("err(30001)", Kind.AGAIN),
        ("err(40002)", Kind.SETUP),
        ("err(20431)", Kind.UNCLEAR),
        ("send fail", Kind.UNCLEAR),
        ("", Kind.UNCLEAR),
    ],
)
def test_what_a_mass_message_ended_with_has_its_class(status, kind):
    assert codes.mass(status) is kind


async def test_an_apps_message_can_be_taken_back_from_all_it_went_to(platform, channels, members):
    outcome = await sent(channels, "wecom_app", MEMBERS, Words("请报数"))
    assert len(heard(platform)) == 1
    assert (await channels.sending["wecom_app"].recall(outcome.msgid)).kind is Kind.OK
    assert [heard(platform, userid) for userid in MEMBERS] == [[]] * 3


async def test_an_app_says_words_markdown_pictures_and_links(platform, channels, members):
    media_id = await account.upload_image(channels.mp, name="a", kind="image/png", file=PNG)
    link = Link("推进通知", "7月28日前报数", "http://127.0.0.1/n/12", "http://127.0.0.1/1.png")
    messages: list[Message] = [Words("好"), Markdown("**好**"), Picture(media_id), link]
    for number, message in enumerate(messages):
        outcome = await sent(channels, "wecom_app", MEMBERS[:1], message, key=str(number))
        assert outcome.kind is Kind.OK
    bodies = [one["body"] for one in heard(platform)]
    assert [body["msgtype"] for body in bodies] == ["text", "markdown", "image", "news"]
    assert bodies[3]["news"]["articles"][0]["picurl"] == "http://127.0.0.1/1.png"
    with pytest.raises(TypeError):
        await sent(channels, "wecom_app", MEMBERS, Article("m"))


@pytest.mark.parametrize("userid", ["@all", "a|b", "", "长", "a" * 65])
async def test_no_userid_ever_means_somebody_else(platform, channels, members, userid):
    outcomes = await channels.sending["wecom_app"].send(
        Call("n12.1", (MEMBERS[0], userid), Words("请报数"))
    )
    assert [one.kind for one in outcomes] == [Kind.OK, Kind.REFUSED]
    outcomes = await channels.sending["wecom_app"].send(Call("n12.2", (userid,), Words("请报数")))
    assert [one.kind for one in outcomes] == [Kind.REFUSED]
    assert len(platform.see("ledger?endpoint=message/send&accepted=1")["entries"]) == 1
    assert heard(platform, MEMBERS[1]) == []


async def test_those_an_app_may_not_write_to_are_refused_with_the_reason(
    platform, channels, members
):
    platform.control("members", members=[{"userid": "Bare", "licensed": False}])
    people = ("BARE", MEMBERS[0].upper(), "nobody")
    outcomes = await channels.sending["wecom_app"].send(Call("n12.1", people, Words("请报数")))
    assert [(one.kind, one.detail) for one in outcomes] == [
        (Kind.REFUSED, "unlicenseduser"),
        (Kind.OK, "ok"),
        (Kind.REFUSED, "invaliduser"),
    ]


async def test_the_corps_size_says_how_much_a_day_takes(settings, channels):
    assert channels.sending["wecom_app"].limits.people_per_day.value == 200_000
    assert channels.sending["wecom_app"].limits.people.value == 1000


async def test_a_subscription_notice_leads_where_its_card_says(platform, channels):
    ways.WAYS["subscribe"].ready(platform)
    card = ways.WAYS["subscribe"].message
    assert isinstance(card, Card)
    await sent(channels, "subscribe", HERS[:1], replace(card, url="http://x"))
    assert platform.lines(HERS[0])[-1]["url"] == "http://x"
    with pytest.raises(TypeError):
        await sent(channels, "subscribe", HERS[:1], Words("好"))


async def test_a_robot_shows_a_link(platform, channels):
    platform.control("groups", key=KEY)
    link = Link("推进通知", "7月28日前报数", "http://127.0.0.1/n/12", None)
    assert (await sent(channels, "robot", (KEY,), link)).kind is Kind.OK
    [entry] = platform.see("ledger?endpoint=webhook/send")["entries"]
    assert '"news"' in entry["body"]
    longest = Markdown("x" * 4096)
    assert (await sent(channels, "robot", (KEY,), longest)).kind is Kind.OK
    assert (await sent(channels, "robot", (KEY,), Markdown("x" * 4097))).kind is Kind.TEXT


async def test_one_apps_token_is_not_anothers(platform, channels, members, redis):
    assert (await sent(channels, "wecom_app", MEMBERS, Words("请报数"))).kind is Kind.OK
    assert (await channels.sending["mass"].send(Call("1", ("oX", "oY"), Words("好"))))[0].kind
    kept = sorted(key.decode() for key in await redis.keys("yihu:*:token:*"))
    assert kept == [
        f"yihu:{{mp}}:token:{DEFAULTS['app_id']}",
        f"yihu:{{wecom}}:token:{DEFAULTS['corp_id']}:{DEFAULTS['agent_id']}",
    ]


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ({"wechat_app_id": ""}, {"mass"}),
        ({"wechat_account": "subscription"}, {"mass"}),
        ({"wechat_subscribe_template_id": ""}, {"subscribe"}),
        ({"wecom_secret": ""}, {"wecom_app"}),
        ({"wecom_agent_id": ""}, {"wecom_app"}),
        ({"wecom_corp_id": ""}, {"wecom_app"}),
    ],
)
async def test_a_channel_is_there_when_it_is_set_up(settings, redis, without, missing):
    opened = Channels(settings.model_copy(update=without), redis, SEAL)
    assert set(ways.WAYS) - set(opened.sending) == missing
    await opened.close()
