"""Migrations stand in one line: two with the same number would stop every start."""

from __future__ import annotations

import re
from pathlib import Path

from bot.store import migrations

_FOLDER = Path(next(iter(migrations.__path__))) / "versions"
_SAYS = re.compile(r'^(revision|down_revision) = "?(\w+)"?$', re.MULTILINE)


def test_each_migration_follows_the_one_before():
    before = "None"
    for file in sorted(_FOLDER.glob("[0-9]*.py")):
        said = dict(_SAYS.findall(file.read_text("utf-8")))
        assert file.name.startswith(said["revision"]), file.name
        assert said["down_revision"] == before, file.name
        before = said["revision"]
    assert before != "None"
