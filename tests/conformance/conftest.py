"""Where the examples lie, and what was tried of them: counted by kind, left out only with a reason."""

from __future__ import annotations

import collections
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

HERE = Path(os.environ.get("VECTORS", "../shared/wechat-vectors"))
LEFT_OUT = {
    "work/inbound/event_kf_msg_or_event-01.xml": "names no sender: of 微信客服, which has no user of ours; answered success",
}
TRIED: collections.Counter[str] = collections.Counter()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Nothing to do where there are no examples."""
    return True if not HERE.is_dir() and collection_path.name.startswith("test_") else None


def crypto() -> list[dict[str, Any]]:
    """The worked examples of signature and encryption."""
    path = HERE / "crypto" / "vectors.json"
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def files(pattern: str) -> list[str]:
    """The examples of a kind, by their names under VECTORS."""
    return sorted(path.relative_to(HERE).as_posix() for path in HERE.glob(pattern))


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A database with our tables."""
    shutil.copy(sqlite_template, tmp_path / "yihu.db")
    return f"sqlite:///{tmp_path / 'yihu.db'}"


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> collections.Counter[str]:
    """Count what passed, by kind."""
    return TRIED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many of each kind, and what was left out."""
    if not TRIED:
        return
    terminalreporter.section("conformance")
    for kind, count in sorted(TRIED.items()):
        terminalreporter.write_line(f"{count:5} {kind}")
    for name, why in LEFT_OUT.items():
        terminalreporter.write_line(f"left out: {name}: {why}")
