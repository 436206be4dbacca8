"""Where the program's processes are born: imports everything once, then forks one for each order.

`python -m tests.delivery.faults.nursery` reads orders (a line of JSON each) and answers with a process id. What is born
is `yihu serve --role …` without the seconds of starting Python, so that fifty can be killed in a minute.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import os
import signal
import sys
import time
import traceback
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from bot.roles import serve
from config import logs
from config.settings import Settings

_OURS = ("bot.", "handlers.", "schedules.", "apscheduler.")


def _change(path: str, value: Any) -> None:
    """Set a name of a module, as a story needs it; a list makes what the name's type is made from."""
    module, _, name = path.rpartition(".")
    home = importlib.import_module(module)
    setattr(home, name, type(getattr(home, name))(*value) if isinstance(value, list) else value)


def _set_clock(off_s: int) -> None:
    """Have this process's wall clock be wrong by so many seconds; what only goes forward stays right."""
    real_s, real_ns = time.time, time.time_ns
    time.time = lambda: real_s() + off_s
    time.time_ns = lambda: real_ns() + off_s * 1_000_000_000

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=off_s)

    ours = [sys.modules[name] for name in list(sys.modules) if name.startswith(_OURS)]
    for module in ours:
        if getattr(module, "datetime", None) is datetime:
            module.datetime = Wrong  # type: ignore[attr-defined]


def _be(order: dict[str, Any]) -> None:
    """Be that process, until it is told to stop."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(log, number)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    settings = Settings.model_validate(order["settings"])
    if order["clock_s"]:
        _set_clock(order["clock_s"])
    for path, value in order["changes"].items():
        _change(path, value)
    logs.setup(settings, order["role"])
    asyncio.run(serve.serve(settings, order["role"]))


def _reap(_number: int, _frame: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    """Until the orders end."""
    signal.signal(signal.SIGCHLD, _reap)  # who dies leaves nothing behind
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                sys.stdin.close()
                _be(order)
                status = 0
            except BaseException:  # noqa: BLE001 - a child never goes on as its parent
                with Path(order["log"]).open("a", encoding="utf-8") as log:
                    log.write(traceback.format_exc())
            finally:
                os._exit(status)
        print(pid, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
