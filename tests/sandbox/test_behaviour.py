"""The simulated people act: the same ones, with the same words, for the same seed; more of them for a larger share."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import pairwise

from tests.sandbox import echo
from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER

YES = ("对", "对的", "是的", "没错", "嗯嗯")
UNITS = [
    {"code": "0", "name": "政和县妇联", "level": "county", "parent": ""},
    {"code": "1", "name": "星溪乡妇联", "level": "township", "parent": "0"},
    *(
        {"code": f"v{n}", "name": f"{n}村妇联", "level": "village", "parent": "1"}
        for n in range(40)
    ),
]
PEOPLE = [
    {"openid": f"o{n:027d}", "name": f"主席{n:04d}", "code": f"v{n}", "role": "主席"}
    for n in range(40)
]


def settle(platform: platforms.Platform) -> None:
    platform.control("units", units=UNITS)
    platform.control("people", people=PEOPLE)


def acted(platform: platforms.Platform, actions: int, **more: object) -> dict[str, object]:
    """Let people act that often, and wait until they have."""
    platform.control("crowd", running=True, speed=400, limit=actions, **more)
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        crowd = platform.see("crowd")
        if not crowd["running"] and platform.control("settle")["pushes"] == 0:
            return crowd
        time.sleep(0.02)
    raise AssertionError(crowd)


def said(platform: platforms.Platform) -> dict[str, list[str]]:
    """What each of them said, in her order."""
    return {
        one["openid"]: [
            line["text"]
            for line in platform.lines(one["openid"])
            if line["from"] == "her" and line["kind"] != "event"
        ]
        for one in PEOPLE
    }


def test_the_same_seed_lets_the_same_people_say_the_same(
    platform: platforms.Platform, bot: echo.Bot
):
    told = []
    for seed in (7, 7, 8):
        platform.control("reset")
        platform.control("target", url=bot.url)
        settle(platform)
        acted(platform, 60, seed=seed, share=1)
        told.append(said(platform))
    assert sum(map(len, told[0].values())) == 60
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_who_was_called_answers_before_others_come_again(
    platform: platforms.Platform, bot: echo.Bot
):
    settle(platform)
    called = {one["openid"] for one in PEOPLE[:10]}
    for openid in called:
        platform.send(openid)
    acted(platform, 20, seed=1, share=1)
    spoke = {openid for openid, lines in said(platform).items() if lines}
    assert len(spoke & called) >= 8  # a few do nothing, as people do


def test_who_is_asked_says_yes_but_never_twice_in_a_row(
    platform: platforms.Platform, bot: echo.Bot
):
    bot.answer = lambda fields: echo.text(fields, "记得对吗？")
    platform.control("units", units=UNITS)
    platform.control("people", people=PEOPLE[:1])
    acted(platform, 12, seed=4, share=1)
    words = [line in YES for line in said(platform)[PEOPLE[0]["openid"]]]
    assert words.count(True) >= 3
    assert (True, True) not in pairwise(words)


def test_only_the_share_reacts_and_a_larger_one_holds_the_smaller(platform: platforms.Platform):
    settle(platform)
    heard = []
    for share in (0.3, 0.8):
        platform.control("crowd", share=share)
        drawn = platform.see("crowd/drawn?seed=5&n=100")["drawn"]
        heard.append({one["openid"] for one in drawn})
    assert 4 <= len(heard[0]) <= 20
    assert heard[0] < heard[1]


def test_kinds_that_are_switched_off_do_not_happen(platform: platforms.Platform, bot: echo.Bot):
    settle(platform)
    crowd = acted(platform, 30, seed=3, share=1, kinds=["ask"])
    assert set(crowd["done"]) <= {"ask", "ignore"}  # type: ignore[call-overload]
    kinds = Counter(fields["MsgType"] for fields in (one.fields for one in bot.heard))
    assert set(kinds) <= {"text", "voice"}


def test_whoever_has_a_slip_follows_and_says_it(platform: platforms.Platform, bot: echo.Bot):
    platform.control("people", openid=HER, name="主席", follows=False, slip="绑定 K7M2QX")
    acted(platform, 1, seed=1, share=1)
    assert [one.fields.get("Event") or one.fields["Content"] for one in bot.wait(2)] == [
        "subscribe", "绑定 K7M2QX",
    ]  # fmt: skip
    assert platform.see(f"chat/{HER}")["person"]["follows"] is True


def test_an_owner_fetches_the_whole_text_forwards_it_and_says_so(
    platform: platforms.Platform, bot: echo.Bot
):
    def answer(fields: echo.Fields) -> str | None:
        asked = fields.get("Content") == "12号通知"
        return echo.text(fields, "请把下面的话转到您的1个群：\n各位姐妹，请看。") if asked else None

    bot.answer = answer
    platform.meet(HER, name="干事0001", role="干事")
    platform.control("groups", key="c1", name="星溪乡姐妹群", owner=HER)
    platform.send(data={"thing4": {"value": "请转1个群，回“12号通知”看"}})
    acted(platform, 1, seed=2, share=1)
    group = platform.see("groups")["groups"][0]
    assert (group["name"], group["sent"]) == ("星溪乡姐妹群", 1)
    assert group["messages"][0]["text"] == "各位姐妹，请看。"
    words = [one.fields["Content"] for one in bot.heard if "Content" in one.fields]
    assert words[0] == "12号通知"
    assert "转" in words[1] or "群里发了" in words[1]


def test_an_owner_forwards_nothing_that_she_was_not_asked_to(
    platform: platforms.Platform, bot: echo.Bot
):
    platform.meet(HER, name="干事0001", role="干事")
    platform.control("groups", key="c1", name="星溪乡姐妹群", owner=HER)
    platform.send()
    acted(platform, 1, seed=2, share=1)
    assert platform.see("groups")["groups"][0]["sent"] == 0


def test_a_bot_that_does_not_answer_is_counted_not_waited_for(
    platform: platforms.Platform, bot: echo.Bot
):
    settle(platform)
    platform.control("latency", push_retries=0)
    bot.answer = lambda _: 500
    crowd = acted(platform, 5, seed=1, share=1)
    assert (crowd["actions"], crowd["problems"]) == (5, 5)


def test_nobody_there_is_no_busy_loop(platform: platforms.Platform):
    platform.control("crowd", running=True, speed=500, share=1)
    time.sleep(0.1)
    crowd = platform.see("crowd")
    assert (crowd["running"], crowd["actions"]) == (True, 0)
    assert platform.control("crowd", running=False)["running"] is False


def test_nonsense_is_one_sentence(platform: platforms.Platform):
    for body in ({"share": 2}, {"speed": 0}, {"kinds": ["dance"]}, {"share": "viel"}):
        answer = platforms.fetch(f"{platform.url}/control/crowd", json.dumps(body).encode())
        assert answer.status == 400
        assert answer.json()["error"]
