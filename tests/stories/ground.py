"""What every story stands on: the account of the stories, commands, free ports."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from config.settings import Settings
from tests import programs

YIHU = Path(sys.executable).with_name("yihu")  # the console script
ZONE = ZoneInfo("Asia/Shanghai")
SECRET_KEY = "a story's secret key, long enough"
KEYS = {
    "APP_ID": "wx0123456789abcdef",
    "APP_SECRET": "0123456789abcdef0123456789abcdef",
    "TOKEN": "storytoken",
    "AES_KEY": "StoryStoryStoryStoryStoryStoryStoryStory12A",
    "ORIGINAL_ID": "gh_0123456789ab",
    "TEMPLATE_ID": "story-notice-template-000000000000000000001",
}


def yihu(*arguments: str, environment: Mapping[str, str], code: int = 0) -> str:
    """Run a command of the program; its standard output, or its standard error for a `code` other than 0."""
    given = {**os.environ, **environment}
    done = programs.run(programs.yihu, *arguments, environment=given)
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout if code == 0 else done.stderr


@contextlib.asynccontextmanager
async def database(url: str) -> AsyncIterator[AsyncConnection]:
    """One transaction on the program's database, from outside."""
    engine = create_async_engine(Settings(database_url=url).sql_url)
    try:
        async with engine.begin() as c:
            yield c
    finally:
        await engine.dispose()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    """A CSV file of rows with the same columns."""
    lines = [",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def dump(value: object) -> str:
    """Readable JSON, for messages of failing tests."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
