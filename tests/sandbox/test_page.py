"""The page in a real Chromium: choose a person, talk, see cards, menu, groups and counts."""

from __future__ import annotations

import os
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
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert complaints == []
        browser.close()


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
    page.get_by_label("找人").fill("东山")
    expect(page.locator("#people button")).to_have_count(1)
    page.locator("#people button").click()
    page.locator("[data-try=进度]").click()
    expect(page.get_by_text("听到 进度")).to_be_visible()
    page.get_by_label("语音").click()
    page.get_by_label("消息").fill("新增执委十二名")
    page.keyboard.press("Enter")
    expect(page.get_by_text("听到 新增执委十二名")).to_be_visible()
    page.locator("#menu").get_by_text("看进度").click()
    page.get_by_text("本单位", exact=True).click()
    expect(page.get_by_text("听到 progress")).to_be_visible()
    platform.send(url="http://127.0.0.1/h5/12")
    expect(page.locator(".card")).to_contain_text("会改联推进通知")
    expect(page.locator(".card a")).to_have_attribute("href", "http://127.0.0.1/h5/12")


def test_a_stranger_follows_by_the_code_she_scanned(
    platform: platforms.Platform, bot: echo.Bot, page: Page
):
    body = {
        "action_name": "QR_LIMIT_STR_SCENE",
        "action_info": {"scene": {"scene_str": "bind-1"}},
    }
    page.goto(platform.api("qrcode/create", body)["url"])
    page.get_by_text("一位没登记的新用户").click()
    page.get_by_text("用这部手机扫码").click()
    expect(page.get_by_text("关注了公众号（扫码）")).to_be_visible()
    assert bot.wait(1)[0].fields["EventKey"] == "qrscene_bind-1"


def test_groups_and_counts_are_seen(platform: platforms.Platform, page: Page):
    platform.control("groups", key="k1", name="政和县工作群")
    body = {"msgtype": "text", "text": {"content": "<b>请报数</b>"}}
    platform.api("webhook/send", body, token="", query="key=k1")
    page.goto(platform.url)
    for view in ("groups", "counts"):
        if page.locator(".tabs").is_visible():
            page.locator(f".tabs [data-go={view}]").click()
        seen = page.locator("#groups" if view == "groups" else "#counts")
        expect(seen).to_contain_text("<b>请报数</b>" if view == "groups" else "群机器人1")
