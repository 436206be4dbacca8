"""A newcomer types one command: the demo starts, answers, survives a kill, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories import offline
from tests.stories.ground import free_port

pytestmark = pytest.mark.slow


class Demo:
    """`yihu demo` as a process, and what it says."""

    def __init__(self, home: Path, *more: str) -> None:
        self.port = free_port()
        words = ["demo", "--port", str(self.port), "--data-dir", str(home), *more]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("YIHU_")},
        )
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Sandbox platform" in line:
                break
        found = re.search(r"Sandbox platform: (http://\S+)\)", self.said)
        self.sandbox = found[1] if found else ""

    def says(self, who: str, text: str) -> str:
        """What the account answers to the first person found by `who`."""
        people = self.ask(f"people?limit=1&q={urllib.parse.quote(who)}")["people"]
        told = self.ask("say", {"openid": people[0]["openid"], "text": text})
        return str(told["text"])

    def ask(self, path: str, body: object | None = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            f"{self.sandbox}/control/{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def interrupt(self) -> int:
        """Ctrl-C; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """Wait for its end; its exit code."""
        assert self.process.stdout is not None
        code = self.process.wait(20)
        self.process.stdout.close()
        return code


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data dir whose path holds a space and Chinese and is too long for a socket; whatever the test left running there ends."""
    home = tmp_path / "一呼 演示" / ("很长的目录名" * 7)
    home.mkdir(parents=True)
    assert len(os.fsencode(home)) > 108
    yield home
    for pid in _left(home):
        os.kill(pid, signal.SIGTERM)


def _left(home: Path) -> list[int]:
    """The processes that work in the data dir."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)
    rows = [row.split(None, 1) for row in listed.stdout.splitlines()[1:]]
    redis = (home / "redis").as_posix()
    return [int(pid) for pid, words in rows if str(home) in words or redis in words]


def test_the_demo_starts_answers_survives_a_kill_and_stops_with_ctrl_c(home: Path):
    demo = Demo(home)
    assert f"http://127.0.0.1:{demo.port}/" in demo.said
    again = f"demo --port {demo.port} --data-dir {shlex.quote(str(home))} --reset\n"
    assert again in demo.said
    assert demo.says("政和县妇联", "进度").startswith("政和县 乡镇区域化 0/10（0.0%）")
    assert demo.says("富美村", "改好了，新选12个").startswith(
        "记上了：富美村 会改联已完成，新增执委12名"
    )
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/readyz", timeout=5) as answer:
        assert json.load(answer) == {"ready": True}

    demo.process.kill()
    demo.ended()
    began = time.monotonic()
    demo = Demo(home)
    assert time.monotonic() - began < 20, "never timed tightly: a guard against hanging"
    assert "富美村 会改联 1/1（100.0%）" in demo.says("富美村", "进度")
    assert demo.interrupt() == 0
    end = time.monotonic() + 10
    while _left(home) and time.monotonic() < end:
        time.sleep(0.1)
    assert _left(home) == []


def test_what_stands_in_the_way_is_said_in_one_sentence(home: Path):
    demo = Demo(home)
    second = Demo(home)
    assert second.ended() == 2
    assert second.said.count("\n") == 1
    assert "a demo already runs" in second.said
    words = [sys.executable, "-m", "bot", "demo", "--port", str(demo.port)]
    third = subprocess.run(
        [*words, "--data-dir", str(home.parent / "other")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert third.returncode == 2
    assert third.stderr.count("\n") == 1
    assert f"port {demo.port} is taken" in third.stderr
    assert demo.interrupt() == 0
    file = home.parent / "a file"
    file.write_text("x")
    fourth = subprocess.run(
        [*words, "--data-dir", str(file)], capture_output=True, text=True, check=False
    )
    assert (fourth.returncode, fourth.stderr.count("\n")) == (2, 1)


def test_two_demos_run_side_by_side_and_reset_forgets(home: Path, tmp_path: Path):
    other = tmp_path / ("long " * 30)
    other.mkdir()
    one, two = Demo(home), Demo(other)
    one.says("富美村", "新增执委12名")
    assert "新增执委·村 12" in one.says("富美村", "进度")
    assert "新增执委·村 0" in two.says("富美村", "进度")
    assert (one.interrupt(), two.interrupt()) == (0, 0)
    one = Demo(home, "--reset")
    assert "新增执委·村 0" in one.says("富美村", "进度")
    one.says("富美村", "新增执委9名")
    assert one.interrupt() == 0
    assert stat.S_IMODE((home / "yihu.db").stat().st_mode) == 0o600, "names are in it"
    one = Demo(home)
    assert "新增执委·村 9" in one.says("富美村", "进度"), "who registered is still known"
    assert one.interrupt() == 0


@pytest.mark.skipif(not offline.possible(), reason="needs unshare and the right to use it")
def test_a_second_start_needs_no_network(home: Path):
    demo = Demo(home)
    demo.says("富美村", "新增执委12名")
    assert demo.interrupt() == 0
    told = offline.python(
        f"""
        from pathlib import Path
        from tests.stories.test_demo import Demo
        demo = Demo(Path({str(home)!r}))
        print(demo.says("富美村", "进度"))
        assert demo.interrupt() == 0
        """
    )
    assert "新增执委·村 12" in told
