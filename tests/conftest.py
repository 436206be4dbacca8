"""Fixtures every test may use: real databases and a real Redis, each test with its own."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from bot.shared import embedded
from bot.store import upgrades
from config.settings import Settings
from tests import servers

ROOM = "YIHU_TEST_ROOM"  # handed to the processes of pytest-xdist through the environment
SEED = "YIHU_TEST_SEED"  # what dice are thrown with; set it to see a run of faults again
KEPT = {ROOM, SEED, "YIHU_CHROMIUM"}
# Whoever does not say which platform is meant reaches none: port 9 is nobody's.
NOWHERE = dict.fromkeys(("YIHU_WECHAT_API_BASE", "YIHU_WECOM_API_BASE"), "http://127.0.0.1:9")
# Where tests take longest; each process begins with one of these.
LONG = ("tests/stories/test_campaign", "tests/delivery/faults/", "tests/stories/")
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes each begins with long tests of another sort: what is left for the end is waited for.

    Side by side, stories of the same sort would only be in each other's way.
    """
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if count == 1:
        return
    shares: list[list[pytest.Item]] = [[] for _ in range(count)]
    rest: list[pytest.Item] = []
    for item in items:
        sort = next((at for at, part in enumerate(LONG) if item.nodeid.startswith(part)), None)
        (rest if sort is None else shares[sort % count]).append(item)
    # pytest-xdist gives each process a part of the list as it stands and evens it out later.
    total, items[:] = len(items), []
    for at, share in enumerate(shares):
        others = max(0, (total - len(items)) // (count - at) - len(share))
        items += share + rest[:others]
        del rest[:others]
    items += rest


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
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with our tables, otherwise empty, on each of the two engines in turn."""
    yield from lent(request, tmp_path, "prepared", upgrade)


def lent(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, prepare: Callable[[str], None]
) -> Iterator[str]:
    """A database as `prepare(url)` makes it, for one test; it is made once for each `kind`, then copied.

    For fixtures with the two engines as parameters.
    """
    if request.param == "sqlite":
        templates: Path = request.getfixturevalue("sqlite_templates")
        shutil.copyfile(sqlite_made(templates, kind, prepare), tmp_path / "yihu.db")
        yield f"sqlite:///{tmp_path / 'yihu.db'}"
        return
    server: servers.Postgres = request.getfixturevalue("postgres")
    name = server.lend(kind, prepare)
    yield server.url(name)
    server.give_back(kind, name)


def sqlite_made(templates: Path, kind: str, prepare: Callable[[str], None]) -> Path:
    """The file of that kind, made if it is not there yet."""
    whole, part = templates / f"{kind}.db", templates / "part.db"
    if not whole.exists():
        part.unlink(missing_ok=True)
        prepare(f"sqlite:///{part}")
        assert not part.with_name("part.db-wal").exists(), "a copy would lack what was written last"
        part.rename(whole)
    return whole


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQLite files to copy are."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="session")
def sqlite_template(sqlite_templates: Path) -> Path:
    """A migrated SQLite file to copy."""
    return sqlite_made(sqlite_templates, "prepared", upgrade)


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema."""
    upgrades.upgrade_now(Settings(database_url=url).sql_url)


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
