"""What a log line shows, and what it never shows."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from config import logs
from config.settings import Settings

OPENID = "oFAKEabcdefghijklmnopqrstu-_"
SETTINGS = Settings(
    wechat_app_secret="made-up-app-secret",
    wechat_token="made-up-token",
    secret_key="first-made-up-key,older-made-up-key",
)


@pytest.fixture
def lines():
    """The log as it would be written to a file; each line is one JSON object."""
    root = logging.getLogger()
    kept, level = root.handlers, root.level
    stream = io.StringIO()
    logs.setup(SETTINGS, "web", stream=stream)
    yield stream
    root.handlers, root.level = kept, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def last(stream: io.StringIO) -> dict[str, object]:
    line: dict[str, object] = json.loads(stream.getvalue().splitlines()[-1])
    return line


def test_a_line_has_its_time_role_and_ids(lines):
    with logs.about(inbox=991):
        logs.get().info("call", broadcast=12, code=45009, ms=41.5)
    line = last(lines)
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "call",
        "level": "info",
        "role": "web",
        "inbox": 991,
        "broadcast": 12,
        "code": 45009,
        "ms": 41.5,
    }
    assert '"level": "info", ' in lines.getvalue()  # as people and stories search for it


def test_what_held_for_one_crossing_is_not_on_the_next_line(lines):
    with logs.about(inbox=991):
        pass
    logs.get().info("call")
    assert "inbox" not in last(lines)


@pytest.mark.parametrize(
    "field",
    [
        "openid",
        "access_token",
        "app_secret",
        "aes_key",
        "phone",
        "name",
        "text",
        "body",
        "code",
        "url",
    ],
)
def test_secrets_persons_and_texts_are_masked_by_field(lines, field):
    logs.get().info("inbound", **{field: "真实内容 K7M2QX"})
    assert "真实内容" not in lines.getvalue()
    assert "K7M2QX" not in lines.getvalue()


def test_one_person_reads_the_same_in_every_line(lines):
    logs.get().info("inbound", openid=OPENID)
    logs.get().warning(f"no such person {OPENID}")
    first, second = (json.loads(line) for line in lines.getvalue().splitlines())
    assert first["openid"] == logs.person(OPENID)
    assert second["event"] == f"no such person {logs.person(OPENID)}"


@pytest.mark.parametrize(
    "text",
    [
        f"https://example.invalid/send?openid={OPENID}",
        "POST https://example.invalid/cgi-bin/send?access_token=76_hidden&a=1",
        "https://example.invalid/webhook/send?key=hidden-hidden",
        "postgresql://yihu:hidden@database/yihu",
        "Authorization: Bearer hidden",
        "call 13800000000 now: hidden",
        "made-up-app-secret",
        "older-made-up-key",
    ],
)
def test_other_libraries_lines_and_tracebacks_are_masked_too(lines, text):
    try:
        raise ValueError(text)
    except ValueError:
        logging.getLogger("aiohttp").exception("failed: %s", text)
    line = last(lines)
    assert "Traceback" in str(line["exception"])
    for hidden in (
        OPENID,
        "=76_hidden",
        "hidden-hidden",
        ":hidden@",
        "Bearer hidden",
        "13800000000",
    ):
        assert hidden not in lines.getvalue()
    assert "made-up" not in lines.getvalue()
