"""The sandbox as a place, in a real Chromium on the whole demo: the tour, and a notice to a city.

Pictures of every step are left in artefacts/sandbox/.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.stories.ground import YIHU, free_port

pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = os.environ.get("YIHU_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
PICTURES = Path(__file__).parents[2] / "artefacts" / "sandbox"
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
CHINESE = re.compile(r"[\u3400-\u9fff]")
SCREENS = {"desktop": (1280, 800), "phone": (360, 720)}


@contextmanager
def demo_in(home: str) -> Iterator[str]:
    """The address that `yihu demo` says."""
    command = [str(YIHU), "demo", "--port", str(free_port()), "--data-dir", home]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        while "The demo is ready" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found
        yield found[0]
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_in(str(tmp_path_factory.mktemp("demo"))) as url:
        yield url


@dataclass
class Visit:
    """A browser on the page, and all that must not happen there."""

    page: Page
    screen: str
    asked: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def look(self, view: str) -> None:
        """Go to a view; on a wide screen all are there at once."""
        if self.screen == "phone":
            self.page.locator(f".views [data-go={view}]").click()

    def keep(self, name: str) -> None:
        """A picture, for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{self.screen}-{name}.png")

    def barriers(self) -> list[str]:
        """What axe finds on the page as it is now."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {iframes: false})")
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def step(self, number: int, name: str) -> None:
        """Let the tour do a step and see that it was done."""
        page = self.page
        expect(page.locator("#tour .count")).to_contain_text(str(number))
        page.locator("#tour .main").click()
        expect(page.locator("#tour .ok")).to_be_visible(timeout=90_000)
        expect(page.locator("#tour .main")).to_be_enabled(timeout=90_000)
        self.keep(f"{number}-{name}")


@pytest.fixture(params=list(SCREENS))
def visit(demo: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width, height = SCREENS[request.param]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(15_000)
        found = Visit(page, request.param)
        page.on(
            "request",
            lambda one: found.asked.add("{0.scheme}://{0.netloc}".format(urlsplit(one.url))),
        )
        page.on("console", lambda one: found.complaints.append(one.text))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.goto(demo)
        yield found
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        here = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        assert found.asked - {here, demo.rstrip("/")} <= {"data://", "about://"}
        assert found.complaints == []
        browser.close()


def test_the_tour_leads_from_a_slip_of_paper_to_the_weekly_analysis(visit: Visit):
    page = visit.page
    expect(page.locator(".slip")).to_contain_text("绑定")
    visit.keep("0-start")
    assert visit.barriers() == []
    for number, name in enumerate(("register", "report", "progress", "notice", "receipts"), 1):
        visit.step(number, name)
        if name == "notice":
            visit.look("stage")
            assert visit.barriers() == []
        page.locator("#tour .main").click()
    visit.step(6, "weekly")
    inside = page.frame_locator("#frame")
    expect(inside.locator("h1")).to_contain_text("周报")
    page.locator("#web-close").click()
    assert visit.barriers() == []
    visit.keep("7-chat")
    page.locator("#tour .main").click()
    expect(page.locator("#tour h2")).to_have_text("走完了")
    page.locator("#tour .main").click()
    expect(page.locator("#tour")).to_be_hidden()


def test_a_notice_to_a_city_runs_out_to_every_village_and_the_answers_climb(visit: Visit):
    page = visit.page
    page.evaluate("localStorage.setItem('toured', 'yes')")
    page.reload()
    visit.look("find")
    page.locator("#search").fill("南平市妇联 主席0003")
    page.locator("#people .person", has_text="南平市").click()
    page.locator("#keys").click()
    said = "学习\n标题：二十条\n内容：请看。\n对象：村主席、群\n回执：知晓"
    page.locator("#text").fill(said)
    page.keyboard.press("Enter")
    expect(page.locator(".bubble", has_text="确认发送").last).to_be_visible()
    page.locator("#text").fill("确认发送")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble", has_text="开始发了").last).to_be_visible()
    visit.look("stage")
    expect(_figure(page, "called")).to_have_text(re.compile("(1,[89]|2,).."), timeout=90_000)
    visit.keep("broadcast-sent")
    if visit.screen == "phone":
        visit.look("more")
        page.get_by_role("button", name="让大家动起来").last.click()
        visit.look("stage")
    else:
        page.get_by_role("button", name="让大家动起来").first.click()
    expect(_figure(page, "answered")).to_have_text(re.compile("[1-9].."), timeout=90_000)
    visit.keep("broadcast-answers")
    assert visit.barriers() == []
    visit.look("more")
    page.get_by_role("button", name="停下").last.click()
    if visit.screen == "desktop":
        page.locator("[data-list=groups][aria-pressed]").click()
    else:
        visit.look("groups")
    expect(page.locator("#groups .group").first).to_be_visible()
    visit.keep("groups")


def test_in_english_nothing_of_the_page_itself_is_chinese(visit: Visit):
    page = visit.page
    page.locator("#language").click()
    visit.keep("english")
    left = page.evaluate(
        """() => [...document.querySelectorAll("[data-t], .switch button, .act, .legend span, .figures dt, .pane label")]
             .map((node) => node.textContent)
             .concat([...document.querySelectorAll("[aria-label]")].map((node) => node.getAttribute("aria-label")))"""
    )
    own = {"中文", "换成中文"}  # the way back
    assert [text for text in left if CHINESE.search(text) and text.strip() not in own] == []
    assert page.evaluate("document.documentElement.lang") == "en"


def _figure(page: Page, name: str) -> Locator:
    return page.locator(f"#figures .{name} dd")
