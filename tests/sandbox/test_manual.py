"""What docs/sandbox.md promises: every endpoint is in its table, and its ten-line bot is a bot."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bot.sandbox import control, mp, wecom
from tests.sandbox import platform as platforms
from tests.sandbox.platform import HER
from tests.stories.ground import free_port

MANUAL = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text("utf-8")


def test_every_platform_endpoint_is_in_the_table():
    rows = [line.split("|")[1] for line in MANUAL.splitlines() if line.startswith("| ")]
    told = set()
    for row in rows:
        names = re.findall(r"`([\w/-]+)`", row)
        # «`message/mass/send`, `get`»: what follows stands beside the first.
        for name in names:
            told |= {name, name.removeprefix("cgi-bin/")}
            told.add(f"{names[0].rpartition('/')[0]}/{name}")
    missing = [
        endpoint.path
        for endpoint in (*mp.ENDPOINTS, *wecom.ENDPOINTS)
        if endpoint.path.removeprefix("/cgi-bin/") not in told
    ]
    assert missing == []


def test_every_control_call_that_it_names_exists():
    known = {path for _, path, _ in control.TABLE}
    named = set(re.findall(r"(?:`|POST |GET )(/control/[\w/]+)", MANUAL))
    assert named
    assert {name for name in named if name not in known} == set()


def test_the_ten_line_bot_answers():
    code = re.search(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    assert code
    assert len([line for line in code[1].splitlines() if line.strip()]) == 10
    port = free_port()
    script = code[1].replace("9000", str(port))
    with (
        platforms.running("--mode", "plain") as platform,
        subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL) as process,
    ):
        try:
            platform.control("target", url=f"http://127.0.0.1:{port}/wechat")
            platform.control("latency", push_retries=100, push_retry_ms=100)  # until it listens
            followed = platform.control("follow", openid=HER)
            answer = platform.control("say", openid=HER, text="你好")
        finally:
            process.terminate()
        assert followed["text"] == "您说：……"
        assert answer["text"] == "您说：你好"
        assert [line["text"] for line in platform.lines()][-2:] == ["你好", "您说：你好"]
