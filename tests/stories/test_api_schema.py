"""The API as its own schema describes it, asked by a stranger with a good token, a small one and none."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.stories.ground import ZONE
from tests.stories.stage import Stage

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=ZONE)
ST = Path(sys.executable).with_name("st")


async def asked(stage: Stage, token: str, *, examples: int) -> str:
    """What schemathesis found; it ends with 0 when that is nothing."""
    words = [
        str(ST), "--config-file", str(stage.room / "none.toml"), "run",
        f"http://127.0.0.1:{stage.port}/api/v1/openapi.json",
        "-H", f"Authorization: Bearer {token}", "--max-examples", str(examples), "--seed", "7",
        "--generation-database", "none", "--no-color", "--continue-on-failure", "--phases",
        "examples,coverage,fuzzing", "--exclude-checks", "ignored_auth,positive_data_acceptance,unsupported_method",
    ]  # fmt: skip
    (stage.room / "none.toml").write_text("", "utf-8")
    process = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=stage.room
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()[-6000:]
    return said.decode()


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
async def test_the_api_keeps_its_schema_whatever_is_asked(stage: Stage):
    await stage.start("web", now=NOW, only="350725")
    await asked(stage, await stage.token("350725", "admin"), examples=25)
    await asked(stage, "nobody's", examples=5)
    log = stage.log("web")
    assert "Traceback" not in log
    assert '"level": "error"' not in log


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
async def test_what_is_not_there_and_what_is_not_hers_get_the_same_answer(stage: Stage):
    await stage.start("web", now=NOW, only="350725")
    token = await stage.token("350725001", "chair")
    answers = set()
    for code in ("350725002", "999999999", "0", "%00", "x" * 64, "..", "35072500２"):
        for rest in ("", "/progress", "/cells"):
            url = f"http://127.0.0.1:{stage.port}/api/v1/units/{code}{rest}"
            headers = {"Authorization": f"Bearer {token}"}
            answers.add(await stage.ask("GET", url, headers=headers))
    assert len(answers) == 1, answers
    assert answers.pop()[0] == 404
