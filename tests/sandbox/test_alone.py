"""The sandbox stands alone: it shares no code with the bot, so that two bugs cannot cancel."""

from __future__ import annotations

import subprocess
import sys

from tests.sandbox import platform as platforms
from tests.shape import source

OURS = ("bot", "config", "handlers", "schedules")


def test_it_imports_nothing_of_the_program_and_no_wechat_library():
    wrong = [
        f"{module.path}: {name}"
        for module in source.modules("bot/sandbox")
        for name in module.imports()
        if name.split(".")[0] in (*OURS, "wechatpy", "sqlalchemy", "redis")
        and not name.startswith("bot.sandbox")
    ]
    assert wrong == []


def test_its_process_has_loaded_nothing_of_the_program():
    code = (
        "import sys, bot.sandbox.server;"
        f"print([n for n in sys.modules if n.split('.')[0] in {OURS!r}"
        " and n != 'bot' and not n.startswith('bot.sandbox')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_taken_port_is_one_sentence_and_exit_code_2():
    with platforms.running() as first:
        port = first.url.rsplit(":", 1)[1]
        command = [sys.executable, "-m", "bot.sandbox", "--port", port]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"cannot listen on 127.0.0.1:{port}" in second.stderr


def test_a_bad_aes_key_is_one_sentence_and_exit_code_2():
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--aes-key", "short"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "sandbox: cannot start: the AES key must be 43 base64 characters\n",
    )


def test_it_stops_when_whoever_started_it_is_gone():
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--until-eof"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(5) == 0
