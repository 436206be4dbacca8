"""One kit of cases over every sending channel, against a real server that misbehaves on command."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

import pytest

from bot.channels.base import (
    Call,
    Card,
    Channel,
    Choices,
    Markdown,
    Message,
    Outcome,
    Picture,
    Words,
)
from bot.channels.custom import Custom
from bot.channels.http import Http
from bot.channels.mp import Mp
from bot.channels.robot import Robot
from bot.channels.template import Template
from bot.channels.tokens import Tokens
from bot.core.outcome import Kind
from tests.channels import platform as platforms
from tests.channels.platform import SEAL, SECRET, says

WHO = "oAAAAAAAAAAAAAAAAAAAAAAAAAAA"
CARD = Card("T1", {"first": "会改联推进通知", "remark": "收到请回"}, "https://u.example/n/12")


@dataclass(frozen=True)
class Way:
    make: Callable[[Http, Mp, str], Channel]
    call: Call
    is_robot: bool = False


WAYS = {
    "template": Way(lambda _, mp, __: Template(mp), Call("n12.1", (WHO,), CARD)),
    "custom": Way(lambda _, mp, __: Custom(mp), Call("c1", (WHO,), Words("记上了"))),
    "robot": Way(
        lambda http, _, url: Robot(http, base=url), Call("r1", (SECRET,), Words("各位主席好")), is_robot=True
    ),
}  # fmt: skip
all_ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@pytest.fixture
async def send(platform, http, mp):
    async def once(way: Way) -> Outcome:
        channel = way.make(http, mp, platform.url)
        outcomes = await channel.send(way.call)
        assert len(outcomes) == len(way.call.to)
        return outcomes[0]

    return once


CASES: dict[str, tuple[platforms.Answer, Kind, int | None]] = {
    "taken": (says({"errcode": 0, "errmsg": "ok", "msgid": 200163836}), Kind.OK, 0),
    "taken, without msgid": (says({"errcode": 0, "errmsg": "ok"}), Kind.OK, 0),
    "taken, errcode quoted": (says({"errcode": "0", "errmsg": "ok"}), Kind.OK, 0),
    "body refused": (
        says({"errcode": 45002, "errmsg": "content size out of limit"}),
        Kind.TEXT,
        45002,
    ),
    "code quoted": (says({"errcode": "45002", "errmsg": "x"}), Kind.TEXT, 45002),
    "busy": (says({"errcode": -1, "errmsg": "system error"}), Kind.UNCLEAR, -1),
    "a code nobody knows": (says({"errcode": 123456, "errmsg": "?"}), Kind.UNCLEAR, 123456),
    "a refusal under HTTP 400": (says({"errcode": 45002}, status=400), Kind.TEXT, 45002),
    "HTTP 500": (says("oops", status=500), Kind.UNCLEAR, None),
    "HTTP 502 with good words": (says({"errcode": 0}, status=502), Kind.UNCLEAR, None),
    "HTTP 429": (says("slow down", status=429), Kind.PACE, None),
    "a redirection": (platforms.redirects, Kind.UNCLEAR, None),
    "a page instead of JSON": (says("<html>captive portal</html>"), Kind.UNCLEAR, None),
    "half of the JSON": (says('{"errcode": 0, "errm'), Kind.UNCLEAR, None),
    "no body": (says(b""), Kind.UNCLEAR, None),
    "a list": (says("[0]"), Kind.UNCLEAR, None),
    "no errcode": (says({"errmsg": "ok"}), Kind.UNCLEAR, None),
    "errcode null": (says('{"errcode": null}'), Kind.UNCLEAR, None),
    "errcode true": (says('{"errcode": true}'), Kind.UNCLEAR, None),
    "errcode false": (says('{"errcode": false}'), Kind.UNCLEAR, None),
    "errcode a word": (says('{"errcode": "ok"}'), Kind.UNCLEAR, None),
    "errcode with a fraction": (says('{"errcode": 0.0}'), Kind.UNCLEAR, None),
    "errcode a list": (says('{"errcode": [0]}'), Kind.UNCLEAR, None),
    "not UTF-8": (says(b'{"errcode": 0, "errmsg": "\xff"}'), Kind.UNCLEAR, None),
    "very deep": (says("[" * 100_000), Kind.UNCLEAR, None),
    "ten megabytes": (platforms.floods, Kind.UNCLEAR, None),
    "no answer in time": (platforms.hangs, Kind.UNCLEAR, None),
    "hung up after the request": (platforms.drops, Kind.UNCLEAR, None),
    "cut off in the answer": (platforms.truncates, Kind.UNCLEAR, None),
}


@all_ways
@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_every_answer_gets_its_class(platform, send, way, case):
    platform.answer, kind, code = case
    outcome = await send(way)
    assert (outcome.kind, outcome.code) == (kind, code)
    assert len(platform.calls) == 1, "one send is one call, whatever comes back"


CODES = {
    "template": {40003: "refused", 43004: "refused", 43101: "refused", 45009: "quota", 45011: "pace",
                 40037: "setup", 47003: "text", 48001: "setup"},
    "custom": {45015: "refused", 45047: "refused", 48002: "refused", 45009: "quota", 40007: "text"},
    "robot": {45009: "pace", 45033: "again", 40008: "text", 60020: "setup"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code", "kind"), [(n, c, k) for n, table in CODES.items() for c, k in table.items()]
)
async def test_the_codes_of_a_channel_get_their_class(platform, send, name, code, kind):
    platform.answer = says({"errcode": code, "errmsg": "no, rid: 1-2"})
    outcome = await send(WAYS[name])
    assert (outcome.kind, outcome.code) == (kind, code)
    assert outcome.detail == "no, rid: 1-2"


@pytest.mark.parametrize(
    ("msgid", "named"), [(200163836, "200163836"), ("77", "77"), (None, None), ("", None)]
)
async def test_the_platforms_name_for_the_message_is_kept(platform, send, msgid, named):
    platform.answer = says({"errcode": 0, "errmsg": "ok", "msgid": msgid})
    assert (await send(WAYS["template"])).msgid == named


@all_ways
async def test_where_nobody_listens_nothing_was_sent(platform, http, redis, way):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        tokens = Tokens(http, redis, SEAL, base=platform.url, app_id="wx1", secret=SECRET)
        channel = way.make(http, Mp(http, tokens, base=url), url)
        [outcome] = await channel.send(way.call)
    assert (outcome.kind, outcome.code) == (Kind.AGAIN, None)


@pytest.mark.parametrize("name", ["template", "custom"])
async def test_without_a_token_nothing_was_sent(platform, send, name):
    for answer, kind in (
        (says({"errcode": 40164, "errmsg": "invalid ip"}), Kind.SETUP),
        (says({"errcode": 40001, "errmsg": "invalid secret"}), Kind.SETUP),
    ):
        platform.token = answer
        assert (await send(WAYS[name])).kind is kind
    assert platform.calls == []


@pytest.mark.parametrize("name", ["template", "custom"])
@pytest.mark.parametrize(
    "answer", [platforms.hangs, platforms.drops, says("<html>"), says({"errcode": 45011})]
)
async def test_a_token_that_does_not_come_is_a_reason_to_come_again(platform, send, name, answer):
    platform.token = answer
    assert (await send(WAYS[name])).kind is Kind.AGAIN
    assert platform.calls == []


@pytest.mark.parametrize("name", ["template", "custom"])
@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_spoiled_token_is_renewed_once_and_the_call_made_once_more(
    platform, send, name, code
):
    platform.answer = platforms.by_token(f"{SECRET}-2")
    assert (await send(WAYS[name])).kind is Kind.OK
    assert len(platform.tokens) == 2
    platform.answer = says({"errcode": code, "errmsg": "again"})
    made = len(platform.calls)
    outcomes = [await send(WAYS[name]) for _ in range(5)]
    assert [(one.kind, one.code) for one in outcomes] == [
        (Kind.TOKEN, code),
        *[(Kind.TOKEN, None)] * 4,
    ]
    assert len(platform.tokens) == 2, "a platform that refuses every token is not asked without end"
    assert len(platform.calls) == made + 1, "and its account rests"
    with mock.patch.object(time, "monotonic", return_value=time.monotonic() + 31):
        platform.answer = platforms.by_token(f"{SECRET}-2")
        assert (await send(WAYS[name])).kind is Kind.OK


@all_ways
async def test_no_secret_is_seen_in_outcomes_or_logs(platform, send, way, caplog):
    caplog.set_level(logging.DEBUG)
    leak = f'bad access_token={SECRET}-1&x=1 key: \'{SECRET}\', "secret":"{SECRET}"'
    answers = [case[0] for case in CASES.values()] + [says({"errcode": 40003, "errmsg": leak})]
    for answer in answers:
        platform.answer = answer
        outcome = await send(way)
        assert SECRET not in repr(outcome)
    assert SECRET not in repr(way.call)
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    assert ours
    assert SECRET not in "".join(
        record.getMessage() + (record.exc_text or "") for record in caplog.records
    )
    assert WHO not in "".join(record.getMessage() for record in caplog.records)


# What goes out


async def sent(platform, channel: Channel, message: Message, to: str = WHO):
    await channel.send(Call("n12.1", (to,), message))
    return platform.calls[-1]


async def test_a_template_message_carries_the_id_that_keeps_it_single(platform, mp):
    asked = await sent(platform, Template(mp), CARD)
    assert asked.path == "/cgi-bin/message/template/send"
    assert asked.query == {"access_token": f"{SECRET}-1"}
    assert asked.body == {
        "touser": WHO,
        "template_id": "T1",
        "client_msg_id": "n12.1",
        "url": "https://u.example/n/12",
        "data": {"first": {"value": "会改联推进通知"}, "remark": {"value": "收到请回"}},
    }
    assert "url" not in (await sent(platform, Template(mp), Card("T1", {}, None))).body


async def test_customer_service_says_words_pictures_and_choices(platform, mp):
    asked = await sent(platform, Custom(mp), Words("好的"))
    assert asked.path == "/cgi-bin/message/custom/send"
    assert asked.body == {"touser": WHO, "msgtype": "text", "text": {"content": "好的"}}
    asked = await sent(platform, Custom(mp), Picture("m1"))
    assert asked.body == {"touser": WHO, "msgtype": "image", "image": {"media_id": "m1"}}
    asked = await sent(
        platform, Custom(mp), Choices("完成了吗？", (("1", "完成了"), ("2", "还没有")), "点一下")
    )
    assert asked.body["msgmenu"] == {
        "head_content": "完成了吗？",
        "list": [{"id": "1", "content": "完成了"}, {"id": "2", "content": "还没有"}],
        "tail_content": "点一下",
    }


async def test_a_robot_says_words_and_markdown_in_its_group(platform, http):
    asked = await sent(platform, Robot(http, base=platform.url + "/"), Words("各位好"), to="k1")
    assert (asked.path, asked.query) == ("/cgi-bin/webhook/send", {"key": "k1"})
    assert asked.body == {"msgtype": "text", "text": {"content": "各位好"}}
    asked = await sent(platform, Robot(http, base=platform.url), Markdown("**通知**"), to="k1")
    assert asked.body == {"msgtype": "markdown", "markdown": {"content": "**通知**"}}
    assert platform.tokens == []


async def test_words_that_are_no_unicode_do_not_stop_a_call(platform, mp):
    asked = await sent(platform, Custom(mp), Words("a\ud83db"))
    assert asked.body["text"]["content"] == "a?b"


async def test_a_channel_is_given_only_what_it_can_carry(http, mp):
    for channel, message in (
        (Template(mp), Words("a")),
        (Custom(mp), CARD),
        (Robot(http, base="http://127.0.0.1"), Picture("m")),
    ):
        with pytest.raises(TypeError):
            await channel.send(Call("1", (WHO,), message))


@all_ways
def test_every_limit_says_where_it_was_read_and_when(way, http, mp):
    limits = way.make(http, mp, "http://127.0.0.1").limits
    assert limits.people.value == 1
    for each in (
        limits.people,
        limits.text_bytes,
        limits.per_minute,
        limits.per_day,
        limits.repeat_s,
    ):
        assert each is None or (each.value > 0 and each.source and each.read_on.year >= 2026)
