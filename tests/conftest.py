"""Fixtures every test may use: real databases and a real Redis, each test with its own."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot.shared import embedded
from bot.store import schema
from config.settings import Settings
from tests import servers

ROOM = "YIHU_TEST_ROOM"  # handed to the processes of pytest-xdist through the environment
SEED = "YIHU_TEST_SEED"  # what dice are thrown with; set it to see a run of faults again
KEPT = {ROOM, SEED, "YIHU_CHROMIUM"}
# Whoever does not say which platform is meant reaches none: port 9 is nobody's.
NOWHERE = dict.fromkeys(("YIHU_WECHAT_API_BASE", "YIHU_WECOM_API_BASE"), "http://127.0.0.1:9")
_made: list[Path] = []


def pytest_configure(config: pytest.Config) -> None:
    """Make the room of this run; its servers start when the first test asks for one."""
    for name in [name for name in os.environ if name.startswith("YIHU_") and name not in KEPT]:
        del os.environ[name]  # a developer's own settings are not the tests' business
    os.environ |= NOWHERE
    if not hasattr(config, "workerinput"):
        _made.append(servers.make_room())
        os.environ[ROOM] = str(_made[0])
        os.environ.setdefault(SEED, str(secrets.randbelow(1_000_000)))


def pytest_report_header() -> str:
    """Said at the head of every run."""
    return f"{SEED}={os.environ[SEED]} throws the same dice again"


def pytest_unconfigure() -> None:
    """Stop the servers of this run."""
    while _made:
        servers.clear_room(_made.pop())


@pytest.fixture(scope="session")
def postgres() -> servers.Postgres:
    """The run's PostgreSQL server, shared by all test processes."""
    return servers.Postgres(Path(os.environ[ROOM]))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on each of the two engines in turn, as YIHU_DATABASE_URL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'yihu.db'}"
        return
    server: servers.Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Iterator[str]:
    """A database with our tables, otherwise empty, on each of the two engines in turn."""
    if request.param == "sqlite":
        shutil.copyfile(sqlite_template, tmp_path / "yihu.db")
        yield f"sqlite:///{tmp_path / 'yihu.db'}"
        return
    server: servers.Postgres = request.getfixturevalue("postgres")
    name = server.lend(upgrade)
    yield server.url(name)
    server.give_back(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "yihu.db"
    upgrade(f"sqlite:///{path}")
    return path


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema."""
    schema.upgrade_now(Settings(database_url=url).sql_url)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    """The Redis server of this test process."""
    server = embedded.open(tmp_path_factory.mktemp("redis"))
    yield server
    embedded.close(server)


@pytest.fixture
def redis_url(redis_server: embedded.Server) -> str:
    """A real Redis, empty at the start of the test."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url
