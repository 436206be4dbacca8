"""The account had auto-replies and a menu before us: they are read before the callback is switched on, kept, and go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from bot.actions import doctor, inherited
from bot.core import autoreply, text
from bot.core.finding import Finding, Verdict
from bot.core.reply import NewsReply, TextReply
from bot.roles import web
from bot.runtime import Runtime
from tests.sandbox.platform import HER, OTHER, Platform
from tests.stories.ground import free_port


def rule(mode: str, how: str, keyword: str, *answers: dict[str, Any]) -> dict[str, Any]:
    """One rule, in the shape in which the platform tells it."""
    heard = [{"type": "text", "match_mode": how, "content": keyword}]
    return {"rule_name": keyword, "create_time": 1, "reply_mode": mode,
            "keyword_list_info": heard, "reply_list_info": list(answers)}  # fmt: skip


def said(content: str, kind: str = "text") -> dict[str, Any]:
    """One answer of words, or a media id."""
    return {"type": kind, "content": content}


ARTICLE = {"title": "婚姻家庭辅导", "author": "", "digest": "每周三", "show_cover": 0,
           "cover_url": "https://example.org/c.jpg", "content_url": "https://example.org/a", "source_url": ""}  # fmt: skip
THEIRS: dict[str, Any] = {
    "is_add_friend_reply_open": 1,
    "is_autoreply_open": 1,
    "add_friend_autoreply_info": said("欢迎关注政和女声！"),
    "message_default_autoreply_info": said("已收到，工作日给您回复。"),
    "keyword_autoreply_info": {
        "list": [
            rule(
                "reply_all", "contain", "巾帼贷", said("巾帼贷找县妇联发展部。"), said("带身份证。")
            ),
            rule("random_one", "equal", "地址", said("县政府三号楼。")),
            rule(
                "reply_all", "contain", "辅导", {"type": "news", "news_info": {"list": [ARTICLE]}}
            ),
            rule("random_one", "contain", "歌", said("media-1", "voice")),
            rule("reply_all", "contain", "进度", said("旧的进度。")),
        ]
    },
}
OFF = {"is_add_friend_reply_open": 0, "is_autoreply_open": 0}
WEBSITE = {"is_menu_open": 1, "selfmenu_info": {"button": [
    {"name": "办事", "sub_button": {"list": [{"type": "view", "name": "官网", "url": "https://example.org/"}]}}]}}  # fmt: skip


@contextlib.asynccontextmanager
async def serving(rt: Runtime, platform: Platform) -> AsyncIterator[None]:
    """The web process, and the platform's pushes go to it."""
    port = free_port()
    server = web.Server(uvicorn.Config(web.build(rt), port=port, log_config=None))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    await asyncio.to_thread(platform.control, "target", url=f"http://127.0.0.1:{port}")
    try:
        yield
    finally:
        server.should_exit = True
        await task


async def does(platform: Platform, what: str, openid: str = HER, **more: str) -> dict[str, Any]:
    """What the platform shows her as the answer."""
    return await asyncio.to_thread(platform.control, what, openid=openid, **more)


async def hears(platform: Platform, words: str, openid: str = HER) -> str:
    """The answer in words."""
    return str((await does(platform, "say", openid, text=words))["text"])


async def about(rt: Runtime, area: str) -> list[Finding]:
    """What doctor says about an area."""
    return [one for one in await doctor.examine(rt) if one.area == area]


async def kept(rt: Runtime) -> None:
    """The web process has read them."""
    async with asyncio.timeout(10):
        while not await inherited.replies(rt):
            await asyncio.sleep(0.02)


async def test_what_the_account_answered_by_itself_it_goes_on_answering(
    rt: Runtime, platform: Platform
) -> None:
    platform.control("website", autoreplies=THEIRS)
    async with serving(rt, platform):
        await kept(rt)
        platform.control("website", autoreplies=OFF)  # the callback is on, and the platform stops
        welcome = (await does(platform, "follow"))["text"]
        assert welcome.startswith("欢迎关注政和女声！\n\n")
        assert "绑定" in welcome, "and how to register"
        assert await hears(platform, "巾幗貸咋申请呀") == "巾帼贷找县妇联发展部。\n\n带身份证。"
        assert await hears(platform, "地址？") == "县政府三号楼。"
        assert (await hears(platform, "今天的云真好看")).startswith("已收到，工作日给您回复。\n")
        assert "12338" in await hears(platform, "那个地址的树")
        card = (await does(platform, "say", text="婚姻辅导"))["reply"]
        assert "https://example.org/a" in str(card)
        assert "旧的" not in await hears(platform, "进度"), "what we can do ourselves is ours"
        assert "110" in await hears(platform, "我老公打我，巾帼贷也不给我"), "danger first"
        [one, lost] = await about(rt, "auto-replies")
        assert (one.verdict, lost.verdict) == (Verdict.FINE, Verdict.WARNING)
        assert all(word in one.says for word in ("4 keywords", "巾帼贷", "new follower"))
        assert lost.says.startswith("1 pictures, voices or films are not kept")


async def test_they_can_be_dropped_and_an_account_without_any_speaks_as_ever(
    rt: Runtime, platform: Platform
) -> None:
    async with serving(rt, platform):
        assert (await about(rt, "auto-replies"))[0].says == "the back office has none"
        plain = (
            await hears(platform, "今天的云真好看"),
            (await does(platform, "follow", OTHER))["text"],
        )
        platform.control("website", autoreplies=THEIRS)
        assert "kept from the back office" in (await about(rt, "auto-replies"))[0].says
        assert (await hears(platform, "巾帼贷")).startswith("巾帼贷找县妇联发展部")
        rt.settings = rt.settings.model_copy(update={"wechat_autoreplies": "drop"})
        await does(platform, "unfollow", OTHER)
        now = (
            await hears(platform, "今天的云真好看"),
            (await does(platform, "follow", OTHER))["text"],
        )
        assert now == plain
        assert "drop" in (await about(rt, "auto-replies"))[0].says


async def test_a_menu_made_on_the_website_stays_and_is_remembered_when_it_is_gone(
    rt: Runtime, platform: Platform
) -> None:
    platform.control("website", autoreplies=THEIRS, selfmenu=WEBSITE)
    async with serving(rt, platform):
        await kept(rt)
        [one] = await about(rt, "menu")
        assert one.verdict is Verdict.WARNING
        assert "办事[官网(https://example.org/)]" in one.says
        assert platform.see("menu")["menu"] is None, "ours is not put over it"
    platform.control("website", selfmenu={"is_menu_open": 0})
    async with serving(rt, platform):
        async with asyncio.timeout(10):
            while not platform.see("menu")["menu"]:
                await asyncio.sleep(0.02)
        [was, now] = await about(rt, "menu")
        assert "官网" in was.says
        assert now.says == "ours is up"


async def test_where_the_platform_does_not_tell_them_the_menu_is_put_up_all_the_same(
    rt: Runtime, platform: Platform
) -> None:
    platform.control("faults", endpoint="get_current_autoreply_info", code=48001)
    async with serving(rt, platform), asyncio.timeout(10):
        while not platform.see("menu")["menu"]:
            await asyncio.sleep(0.02)
    [one] = await about(rt, "auto-replies")
    assert one.verdict is Verdict.BROKEN
    assert "48001" in one.says


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"keyword_autoreply_info": []},
        {"keyword_autoreply_info": {"list": ["x", {}, {"reply_list_info": 3}]}},
        {"is_autoreply_open": 1, "message_default_autoreply_info": "words"},
        {"is_add_friend_reply_open": 1, "add_friend_autoreply_info": {"type": "text", "content": None}},
    ],
)  # fmt: skip
def test_what_has_another_form_than_the_documented_one_is_passed_over(told: dict[str, Any]) -> None:
    assert not autoreply.read(autoreply.merged("", told))


def test_of_several_answers_a_repeat_of_the_push_gets_the_same() -> None:
    several = rule("random_one", "contain", "歌", *(said(str(n)) for n in range(5)))
    found = autoreply.read(autoreply.merged("", {"keyword_autoreply_info": {"list": [several]}}))
    line = text.line("唱歌")
    given = [found.answer(line, bytes([n] * 16)) for n in range(50)]
    assert given == [found.answer(line, bytes([n] * 16)) for n in range(50)]
    assert set(given) == {TextReply(str(n)) for n in range(5)}
    assert found.answer(text.line("说话"), b"1234") is None


def test_an_article_is_a_card_and_a_part_that_is_off_stays_as_it_was() -> None:
    kept_of = autoreply.merged("", THEIRS)
    assert autoreply.merged(kept_of, OFF) == kept_of
    changed = autoreply.read(
        autoreply.merged(kept_of, {**OFF, "keyword_autoreply_info": {"list": [THEIRS["keyword_autoreply_info"]["list"][2]]}})
    )  # fmt: skip
    assert changed.follow == "欢迎关注政和女声！"
    card = NewsReply("婚姻家庭辅导", "每周三", "https://example.org/c.jpg", "https://example.org/a")
    assert changed.answer(text.line("辅导"), b"1234") == card
    assert changed.answer(text.line("巾帼贷"), b"1234") is None
