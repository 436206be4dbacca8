"""The page in a real Chromium: choose a person, talk, see cards, menu, groups and counts."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.sandbox import echo
from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER, OTHER

pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = os.environ.get("YIHU_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
MENU = {
    "button": [
        {"name": "看进度", "sub_button": [{"type": "click", "name": "本单位", "key": "progress"}]}
    ]
}


@pytest.fixture(params=[(1280, 800), (360, 720)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(10_000)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert complaints == []
        browser.close()


def look(page: Page, view: str) -> None:
    """Go to a view; on a wide screen everything is seen at once."""
    if page.locator(".views").is_visible():
        page.locator(f".views [data-go={view}]").click()
    elif view in ("find", "groups"):
        page.locator(
            f"[data-list={'people' if view == 'find' else 'groups'}][aria-pressed]"
        ).click()


def take(page: Page, words: str) -> None:
    """Take up the phone of the only person that is found by these words."""
    look(page, "find")
    page.locator("#search").fill(words)  # the list is drawn anew
    expect(page.locator("#found")).to_have_text(re.compile("共找到 1 人|1 found"))
    page.locator("#people .person").click()


def test_a_newcomer_talks_sees_a_card_and_taps_the_menu(
    platform: platforms.Platform, bot: echo.Bot, page: Page
):
    def answer(fields: echo.Fields) -> str:
        heard = fields.get("Content") or fields.get("Recognition") or fields.get("EventKey")
        return echo.text(fields, f"听到 {heard}")

    bot.answer = answer
    platform.meet(OTHER, name="李*芳", unit="西山村妇联", role="主席")
    platform.meet(HER, name="张*英", unit="东山村妇联", role="主席")
    platform.api("menu/create", MENU)
    page.goto(platform.url)
    take(page, "东山")
    page.locator("#tries").get_by_text("进度", exact=True).click()
    expect(page.get_by_text("听到 进度")).to_be_visible()
    page.locator("#keys").click()
    page.locator("#voice").click()
    page.locator("#text").fill("新增执委十二名")
    page.keyboard.press("Enter")
    expect(page.get_by_text("听到 新增执委十二名")).to_be_visible()
    page.locator("#toggle").click()
    page.locator("#menu").get_by_text("看进度").click()
    page.get_by_text("本单位", exact=True).click()
    expect(page.get_by_text("听到 progress")).to_be_visible()
    platform.send(url="http://127.0.0.1/h5/12")
    expect(page.locator(".card")).to_contain_text("会改联推进通知")
    expect(page.locator(".card a")).to_have_attribute("href", "http://127.0.0.1/h5/12")


def test_a_link_opens_inside_the_phone_and_one_to_elsewhere_does_not(
    platform: platforms.Platform, bot: echo.Bot, page: Page
):
    home = bot.url
    bot.pages["/h5/12"] = (
        "<!doctype html><title>通知</title><h1>会改联推进</h1><a href='/h5/13'>下一页</a>"
    )
    bot.pages["/h5/13"] = "<!doctype html><title>第二页</title><h1>第二页</h1>"
    platform.meet(HER, name="张*英", unit="东山村妇联", role="主席")
    platform.send(url=f"{home}/h5/12")
    platform.send(url="http://example.com/else", client_msg_id="2")
    page.goto(platform.url)
    take(page, "东山")
    page.locator(".card a").first.click()
    inside = page.frame_locator("#frame")
    expect(inside.get_by_role("heading")).to_have_text("会改联推进")
    inside.get_by_role("link").click()
    expect(inside.get_by_role("heading")).to_have_text("第二页")
    page.locator("#web-close").click()
    page.locator(".card a").last.click()
    expect(page.locator("#outside")).to_contain_text("example.com")


def test_a_stranger_follows_by_the_code_she_scanned(
    platform: platforms.Platform, bot: echo.Bot, page: Page
):
    body = {
        "action_name": "QR_LIMIT_STR_SCENE",
        "action_info": {"scene": {"scene_str": "bind-1"}},
    }
    page.goto(platform.api("qrcode/create", body)["url"])
    look(page, "find")
    page.locator("#stranger").click()
    page.get_by_text("用这部手机扫码").click()
    expect(page.get_by_text("关注了公众号（扫码）")).to_be_visible()
    assert bot.wait(1)[0].fields["EventKey"] == "qrscene_bind-1"


def test_groups_and_counts_are_seen(platform: platforms.Platform, page: Page):
    platform.control("groups", key="k1", name="政和县工作群")
    body = {"msgtype": "text", "text": {"content": "<b>请报数</b>"}}
    platform.api("webhook/send", body, token="", query="key=k1")
    page.goto(platform.url)
    look(page, "groups")
    expect(page.locator("#groups")).to_contain_text("<b>请报数</b>")
    look(page, "more")
    page.get_by_role("tab", name="台账").click()
    expect(page.locator("#counts")).to_contain_text("群机器人1")


def test_the_owner_forwards_what_she_got_to_her_group(platform: platforms.Platform, page: Page):
    platform.meet(HER, name="干事0001", unit="星溪乡妇联", role="干事")
    platform.control("groups", key="c1", name="星溪乡姐妹群", owner=HER)
    platform.send()
    page.goto(platform.url)
    take(page, "星溪")
    expect(page.locator(".card")).to_be_visible()
    page.locator("#plus").click()
    page.locator("#forward").click()
    look(page, "groups")
    expect(page.locator("#groups")).to_contain_text("干事0001（群主）转发")
    expect(page.locator("#groups")).to_contain_text("会改联推进通知")


def test_a_fault_is_switched_on_seen_again_after_a_reload_and_switched_off(
    platform: platforms.Platform, page: Page
):
    platform.meet(HER)
    page.goto(platform.url)
    look(page, "more")
    page.get_by_role("tab", name="故障").click()
    switch = page.get_by_role("button", name="今天的额度用完")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert platform.send()["errcode"] == 45009
    page.reload()
    look(page, "more")
    page.get_by_role("tab", name="故障").click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert platform.send()["errcode"] == 0


def test_the_time_is_moved_forward_from_the_page(platform: platforms.Platform, page: Page):
    page.goto(platform.url)
    before = platform.see("clock")["now_ms"]
    expect(page.locator("#hour")).not_to_be_empty()
    page.locator("#clock").click()
    page.locator("[data-time=friday]").click()
    expect(page.locator("#hour")).to_have_text("16:07")
    moved = platform.see("clock")
    assert moved["now_ms"] > before
    assert moved["now"][11:16] == "16:07"
