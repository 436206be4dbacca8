"""How smooth the sandbox's page is while many people act: `python -m tests.web.frames [people] [actions a second] [seconds]`.

Prints the time to load, the actions really done, and the time between frames, as docs/bench.md states them. The bot
behind is the smallest there is, so that the page and the sandbox are measured and nothing else; with `--demo` it is
the whole demo.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from tests.sandbox import echo
from tests.sandbox import platform as platforms
from tests.web import test_place

WATCH = """() => { const frames = []; let last = performance.now(), busy = 0; window.frames_ = frames; window.busy_ = () => busy;
  const tick = (now) => { frames.push(now - last); last = now; requestAnimationFrame(tick); }; requestAnimationFrame(tick);
  new PerformanceObserver((list) => { for (const one of list.getEntries()) busy += one.duration; }).observe({entryTypes: ["longtask"]}); }"""


@dataclass
class Wanted:
    """What is asked for."""

    people: int
    speed: int
    seconds: int
    demo: bool


@contextmanager
def small(people: int) -> Iterator[str]:
    """A sandbox with so many people in counties, townships and villages, and a bot that answers every line."""
    with platforms.running() as platform, echo.running() as bot:
        bot.answer = lambda fields: (
            echo.text(fields, "记上了") if fields["MsgType"] == "text" else None
        )
        platform.control("target", url=bot.url)
        platform.control("units", units=list(_units(people)))
        platform.control(
            "people",
            people=[
                {"openid": f"o{n:027d}", "name": f"主席{n:04d}", "code": f"v{n}", "role": "主席"}
                for n in range(people)
            ],
        )
        for n in range(people):
            platform.send(f"o{n:027d}", client_msg_id=f"c{n}")
        yield platform.url


def _units(people: int) -> Iterator[dict[str, str]]:
    yield {"code": "0", "name": "南平市妇联", "level": "city", "parent": ""}
    for n in range(10):
        yield {"code": f"c{n}", "name": f"{n}县妇联", "level": "county", "parent": "0"}
    for n in range(140):
        yield {"code": f"t{n}", "name": f"{n}乡妇联", "level": "township", "parent": f"c{n % 10}"}
    for n in range(people):
        yield {"code": f"v{n}", "name": f"{n}村妇联", "level": "village", "parent": f"t{n % 140}"}


@contextmanager
def whole() -> Iterator[str]:
    """The demo."""
    with tempfile.TemporaryDirectory() as home, test_place.demo_in(home) as url:
        yield url


def measure(url: str, wanted: Wanted, size: tuple[int, int]) -> str:
    """One line about the page at that size."""
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=test_place.CHROMIUM, args=test_place.FLAGS
        )
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(url)
        page.wait_for_function("document.querySelector('#people .branch')")
        loaded = page.evaluate("performance.now()")
        if size[0] < 720:
            page.locator(".views [data-go=stage]").click()
        page.evaluate(WATCH)
        control = f"{page.url.rstrip('/').split('?')[0]}/control/crowd"
        body = {"running": True, "speed": wanted.speed, "share": 1, "seed": 1}
        platforms.fetch(control, json.dumps(body).encode())
        time.sleep(wanted.seconds)
        crowd = platforms.fetch(control, json.dumps({"running": False}).encode()).json()
        frames = sorted(page.evaluate("window.frames_"))
        page.screenshot(path=test_place.PICTURES / f"frames-{size[0]}.png")
        busy = page.evaluate("window.busy_()")
        browser.close()
    at = {part: frames[int(len(frames) * part / 100)] for part in (50, 95, 99)}
    return (
        f"{size[0]} px: loaded {loaded:.0f} ms, {crowd['actions']} actions in {wanted.seconds} s"
        f" ({crowd['problems']} unanswered), {len(frames)} frames, between them p50 {at[50]:.0f} ms,"
        f" p95 {at[95]:.0f}, p99 {at[99]:.0f}, max {frames[-1]:.0f}; long tasks {busy:.0f} ms"
    )


def main(argv: list[str]) -> None:
    """Measure at the two sizes."""
    numbers = [int(word) for word in argv if word.isdigit()]
    people, speed, seconds = [*numbers, *(2000, 100, 30)[len(numbers) :]]
    wanted = Wanted(people, speed, seconds, "--demo" in argv)
    test_place.PICTURES.mkdir(parents=True, exist_ok=True)
    with whole() if wanted.demo else small(people) as url:
        for size in test_place.SCREENS.values():
            sys.stdout.write(measure(url, wanted, size) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
