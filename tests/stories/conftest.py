"""A stage for each story, its processes ended with it; the federation is imported once for each engine."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.shared import embedded
from tests import servers
from tests.conftest import ROOM
from tests.stories.federation import Federation
from tests.stories.ground import SECRET_KEY, ZONE, yihu
from tests.stories.stage import Stage

DAY = date(2027, 3, 1)  # a Monday; the files are of that day
COMMANDS = {"units": "org"}  # whose import takes a file of that kind


TODAY = datetime(2027, 3, 3, 10, tzinfo=ZONE)  # a Wednesday
ZHENGHE = "350725"


class Lands:
    """Databases that hold the federation: filled through the command line once in a run, then copied."""

    def __init__(
        self, room: Path, redis_url: str, postgres: Callable[[], servers.Postgres]
    ) -> None:
        self._room, self._redis_url, self._postgres = room, redis_url, postgres

    def open(self, engine: str, only: str, path: Path) -> tuple[Federation, str]:
        """The files of the federation and a new database with it, in `path` if it is a file."""
        name = f"land_{engine}_{only or 'all'}"
        with servers.alone(self._room / f"{name}.lock"):
            federation = Federation.made(self._room / name, DAY, only=only)
            source = self._room / name / "yihu.db"
            url = f"sqlite:///{source}" if engine == "sqlite" else self._postgres().url(name)
            if not (self._room / name / "filled").exists():
                if engine != "sqlite":
                    self._postgres().run(f"CREATE DATABASE {name}")
                self._fill(federation, url)
        if engine == "sqlite":
            shutil.copyfile(source, path)
            return federation, f"sqlite:///{path}"
        return federation, self._postgres().url(self._postgres().create(template=name))

    def _fill(self, federation: Federation, url: str) -> None:
        environment = {
            "YIHU_DATA_DIR": str(federation.room), "YIHU_DATABASE_URL": url,
            "YIHU_REDIS_URL": self._redis_url, "YIHU_SECRET_KEY": SECRET_KEY,
        }  # fmt: skip
        yihu("db", "upgrade", environment=environment)
        for kind, path in federation.files:
            command = COMMANDS.get(kind, kind)
            yihu(command, "import", str(path), environment=environment)
        (federation.room / "filled").touch()


@pytest.fixture(scope="session")
def lands(redis_server: embedded.Server, request: pytest.FixtureRequest) -> Lands:
    """The prepared databases of this run, shared by its test processes."""
    return Lands(
        Path(os.environ[ROOM]), redis_server.url, lambda: request.getfixturevalue("postgres")
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


@pytest.fixture
async def play(stage: Stage) -> tuple[Stage, Federation]:
    """One county on stage, all roles in one process."""
    return stage, await stage.start("all", now=TODAY, only=ZHENGHE)
