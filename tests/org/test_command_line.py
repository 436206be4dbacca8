"""The command line from outside: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.roles import federation
from tests import programs
from tests.conftest import NOWHERE
from tests.org.conftest import PEOPLE, UNITS

YIHU = str(Path(sys.executable).parent / "yihu")


class Shell:
    """Runs `yihu` with its own data dir."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "YIHU_DATA_DIR": str(home / "var"),
            **NOWHERE,
            **settings,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return programs.run(
            programs.yihu, *arguments, environment=self.environment, cwd=self.home, timeout=60
        )

    def good(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def bad(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def file(self, name: str, text: str) -> str:
        path = self.home / name
        path.write_text(text, "utf-8")
        return str(path)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def ready(shell: Shell, sqlite_template: Path) -> Shell:
    """A shell with units and people."""
    assert "run `yihu db upgrade`" in shell.bad("db", "check")
    (shell.home / "var" / "yihu.db").write_bytes(sqlite_template.read_bytes())
    shell.good("org", "import", shell.file("units.csv", UNITS))
    shell.good("people", "import", shell.file("people.csv", PEOPLE))
    return shell


def test_help_is_quick_and_everywhere(shell):
    text = shell.good("--help")
    for name in ("serve", "demo", "sandbox", "db", "org", "people", "groups", "campaign", "token"):
        assert name in text
    assert "--prune" in shell.good("org", "import", "--help")
    assert "--days" in shell.good("people", "invite", "--help")
    assert shell.good("--version") == "yihu 0.1.0\n"
    installed = subprocess.run([YIHU, "--version"], capture_output=True, text=True, check=True)
    assert installed.stdout == "yihu 0.1.0\n"
    asked = "import sys; from bot import cli; print({'sqlalchemy', 'fastapi', 'numpy'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n", "help must not wait for what it does not need"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("dance",), "No such command 'dance'"),
        (("people",), "Missing command"),
        (("people", "invite"), "give exactly one of --person, --unit and --all"),
        (("people", "invite", "--all", "--days", "0"), "--days"),
        (("people", "export", "x.csv", "--unit", "0", "--person", "p1"), "give --unit or --person"),
        (("org", "import"), "Missing argument 'FILE'"),
        (("org", "import", "units.csv"), "run `yihu db upgrade`"),
        (("token", "create", "--unit", "0", "--role", "queen"), "queen"),
        (("job", "run", "nothing"), "there is no job 'nothing'"),
        (("demo", "--port", "many"), "'many' is not a whole number"),
        (("people", "erase", "--person", "p1"), "run `yihu db upgrade`"),
        (("sandbox", "--port", "many"), "invalid int value: 'many'"),
        (("sandbox", "--dance"), "--dance"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(shell, arguments, says):
    said = shell.bad(*arguments)
    assert says in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("TIMEZONE", "Mars/Base"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("DATABASE_URL", "yihu.db"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("PUBLIC_URL", "yihu.example.cn"),
        ("WECHAT_API_BASE", "ftp://127.0.0.1"),
        ("QUIET_HOURS", "nine"),
        ("QUIET_HOURS", "25:00-08:00"),
        ("TRUSTED_PROXIES", "proxy"),
        ("WECHAT_AES_KEY", "short"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_in_one_line(shell, name, value):
    shell.environment[f"YIHU_{name}"] = value
    said = shell.bad("db", "upgrade")
    assert said.startswith(f"YIHU_{name}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "instead"),
    [
        ("PORT", "many", "write one like 8000"),
        ("PORT", "99999", "'99999' is too large; write at most 65535"),
        ("APPROVAL_THRESHOLD", "0", "'0' is too small; write at least 1"),
        (
            "WECHAT_ACCOUNT",
            "both",
            "'both' is not known; write 'auto', 'service' or 'subscription'",
        ),
        ("TEST_CLOCK", "maybe", "write 1 or 0"),
    ],
)
def test_of_a_setting_that_is_no_number_it_is_said_what_to_write(shell, name, value, instead):
    shell.environment[f"YIHU_{name}"] = value
    assert instead in shell.bad("db", "check")


def test_the_schema_is_made_and_checked(shell):
    assert "run `yihu db upgrade`" in shell.bad("db", "check")
    (shell.home / "var").chmod(0o755)  # made by somebody else, or for a volume
    assert shell.good("db", "upgrade") == shell.good("db", "check")
    assert stat.S_IMODE((shell.home / "var/yihu.db").stat().st_mode) == 0o600, "names are in it"
    shell.environment["YIHU_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    shell.environment["YIHU_SECRET_KEY"] = "x"
    said = shell.bad("db", "check")
    assert said.startswith("the database does not answer")
    assert said.count("\n") == 1


def test_a_full_disk_is_called_so_and_leaves_no_empty_key_behind(ready):
    def full(*arguments: str) -> str:
        limited = [
            "/bin/sh",
            "-c",
            'ulimit -f 0; exec "$0" "$@"',
            YIHU,
            *arguments,
        ]  # nothing may grow
        done = subprocess.run(
            limited,
            env=ready.environment,
            cwd=ready.home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        return done.stderr

    units = ready.file("units.csv", UNITS)
    said = full("org", "import", units)
    assert said.startswith("the disk of the database is full or cannot be written (")
    assert said.endswith("; make room on it and try again\n")
    assert "9 the same" in ready.good("org", "import", units), "and nothing is broken"

    ready.environment["YIHU_DATA_DIR"] = str(ready.home / "other")
    full("db", "upgrade")
    assert not (ready.home / "other/secret.key").exists()
    (ready.home / "other/secret.key").touch()
    assert "secret.key is empty; put back the key from your backup" in ready.bad("db", "upgrade")


def test_imports_say_what_they_did_and_check_does_nothing(ready):
    units = ready.file("units.csv", UNITS + "350725103,铁山镇,township,350725\n")
    told = ready.good("org", "import", units, "--check").splitlines()
    assert told == [
        "new 350725103 铁山镇",
        "units.csv: would be 1 new, 0 changed, 0 ended, 9 the same; nothing was changed",
    ]
    assert (
        ready.good("org", "import", units) == "units.csv: 1 new, 0 changed, 0 ended, 9 the same\n"
    )
    assert "0 new" in ready.good("org", "import", units, "--prune")


def test_one_fault_is_one_line_and_many_are_twenty_and_a_count(ready):
    one = ready.file("people.csv", PEOPLE + "p9,甲,,999,chair,主席\n")
    assert ready.bad("people", "import", one) == (
        "people.csv:6:unit_code: there is no unit '999'; import units first\n"
    )
    many = PEOPLE + "".join(f"q{n},甲,,999,chair,主席\n" for n in range(30))
    said = ready.bad("people", "import", ready.file("people.csv", many)).splitlines()
    assert len(said) == 21
    assert said[-1] == "people.csv: 30 faults, the first 20 are shown; nothing was imported"
    assert "no such file" in ready.bad("people", "import", "nowhere.csv")
    assert "write a .csv" in ready.bad("people", "import", ready.file("people.txt", PEOPLE))
    assert ready.bad("people", "import", ready.file("people.xlsx", PEOPLE)) == (
        "people.xlsx: is no .xlsx, or is damaged or locked; save it as .xlsx once more and try again\n"
    )


def test_nobody_is_forgotten_by_accident(ready):
    assert ready.bad("people", "erase", "--person", "nobody") == "there is no person 'nobody'\n"
    said = ready.bad("people", "erase", "--person", "p1")
    assert said == "nobody is there to be asked; add --yes to forget p1 for good\n"
    assert "forgotten" in ready.good("people", "erase", "--person", "p1", "--yes")


def test_invitations_come_as_csv_and_a_file_is_private(ready):
    rows = list(csv.DictReader(io.StringIO(ready.good("people", "invite", "--person", "p1"))))
    assert [row["person_id"] for row in rows] == ["p1"]
    assert len(rows[0]["code"]) == 6
    assert rows[0]["url"].endswith("/h5/join/" + rows[0]["code"])
    out = ready.home / "codes.csv"
    assert ready.good("people", "invite", "--all", "--out", str(out)) == ""
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    everybody = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    assert sorted(row["person_id"] for row in everybody) == ["p1", "p2", "root"]
    assert list(everybody[0]) == ["person_id", "name", "unit_code", "code", "url"]
    chairs = ready.good("people", "invite", "--unit", "350725", "--role", "chair")
    assert [row["unit_code"] for row in csv.DictReader(io.StringIO(chairs))] == ["350725101001"]
    assert "there is no unit '9'" in ready.bad("people", "invite", "--unit", "9")
    assert "there is no person 'p9'" in ready.bad("people", "invite", "--person", "p9")
    assert "nowhere" in ready.bad("people", "invite", "--all", "--out", "nowhere/codes.csv")


def test_tokens_are_printed_once_and_the_ledger_agrees(ready):
    token = ready.good("token", "create", "--unit", "350725", "--role", "chair", "--days", "9")
    assert len(token.strip()) > 40
    assert "there is no unit" in ready.bad("token", "create", "--unit", "9", "--role", "chair")
    assert ready.good("ledger", "verify") == "all totals agree with the entries\n"


def test_the_clock_moves_only_in_tests(ready):
    assert "YIHU_TEST_CLOCK=1" in ready.bad("clock", "--offset", "60")
    ready.environment["YIHU_TEST_CLOCK"] = "1"
    assert ready.good("clock", "--set", "2030-01-02T10:00").startswith("2030-01-02T10:00:0")
    assert ready.good("clock").startswith("2030-01-02T10:00:")
    assert (
        ready.good("clock", "--offset", "0").split()[0][:10]
        == (datetime.now(UTC).astimezone(datetime.fromisoformat("2030-01-01T00:00+08:00").tzinfo))
        .date()
        .isoformat()
    )
    assert "is not a time" in ready.bad("clock", "--set", "soon")


async def test_the_demos_federation_is_whole_and_imports_twice(rt, load, tmp_path):
    made = federation.make(date(2026, 11, 23))
    assert len({row["person_id"] for row in made.people}) == 2382
    registered = {row["person_id"] for row in made.people if row["openid"]}
    assert len(registered) == 2382 - 238
    assert len(federation.followers(made)) == len(registered)
    kinds = [row["kind"] for row in made.groups]
    assert (kinds.count("relay"), kinds.count("robot")) == (142, 10)
    assert len(federation.robots(made)) == 10
    for files in (1, 2):
        for kind, path in federation.write(tmp_path / "demo", date(2026, 11, 23)):
            changes = await load(kind, path.read_bytes())
            assert (changes.new > 0) is (files == 1)
