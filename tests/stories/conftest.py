"""A stage for each story, its processes ended with it; the federation is imported once for each engine."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest

from bot.shared import embedded
from tests import servers
from tests.stories.federation import Federation
from tests.stories.stage import SECRET_KEY, Stage, yihu

DAY = date(2027, 3, 1)  # a Monday; the files are of that day
COMMANDS = {"units": "org"}  # whose import takes a file of that kind


class Lands:
    """Databases that hold the federation: filled through the command line once, then copied."""

    def __init__(
        self, room: Path, redis_url: str, postgres: Callable[[], servers.Postgres]
    ) -> None:
        self._room, self._redis_url, self._postgres = room, redis_url, postgres
        self._files: dict[str, Federation] = {}
        self._filled: dict[tuple[str, str], str] = {}

    def open(self, engine: str, only: str, path: Path) -> tuple[Federation, str]:
        """The files of the federation and a new database with it, in `path` if it is a file."""
        federation = self._files.get(only)
        if federation is None:
            files = self._room / f"files-{only or 'all'}"
            federation = self._files[only] = Federation.made(files, DAY, only=only)
        source = self._filled.get((engine, only)) or self._fill(engine, only, federation)
        if engine == "sqlite":
            shutil.copyfile(source, path)
            return federation, f"sqlite:///{path}"
        return federation, self._postgres().url(self._postgres().create(template=source))

    def _fill(self, engine: str, only: str, federation: Federation) -> str:
        home = self._room / f"{engine}-{only or 'all'}"
        home.mkdir()
        made = str(home / "yihu.db") if engine == "sqlite" else self._postgres().create()
        url = f"sqlite:///{made}" if engine == "sqlite" else self._postgres().url(made)
        environment = {
            "YIHU_DATA_DIR": str(home), "YIHU_DATABASE_URL": url, "YIHU_REDIS_URL": self._redis_url,
            "YIHU_SECRET_KEY": SECRET_KEY,
        }  # fmt: skip
        yihu("db", "upgrade", environment=environment)
        for kind, path in federation.files:
            command = COMMANDS.get(kind, kind)
            yihu(command, "import", str(path), environment=environment)
        self._filled[engine, only] = made
        return made


@pytest.fixture(scope="session")
def lands(
    tmp_path_factory: pytest.TempPathFactory,
    redis_server: embedded.Server,
    request: pytest.FixtureRequest,
) -> Lands:
    """The prepared databases of this test process; they end with the servers of the run."""
    return Lands(
        tmp_path_factory.mktemp("lands"),
        redis_server.url,
        lambda: request.getfixturevalue("postgres"),
    )


@pytest.fixture(params=["sqlite", "postgresql"])
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, redis_url: str, lands: Lands
) -> AsyncIterator[Stage]:
    """A stage that nobody has opened yet: give it settings and `start` it."""
    room = tmp_path / "room"
    room.mkdir()
    engine: str = request.param
    play = Stage(
        room, redis_url, lambda only: lands.open(engine, only, tmp_path / "yihu.db"), engine
    )
    try:
        yield play
    finally:
        await play.close()
