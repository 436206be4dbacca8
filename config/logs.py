"""Logging: one line per crossing, ids always, names and texts never; masked here and nowhere else.

A crossing is a message in, a call out, a job, a batch. `log = logs.get()`, then
`log.info("call", broadcast=12, batch=3, code=0, ms=41)`. Ids that hold for a whole crossing are
bound once: `with logs.about(inbox=991): …`.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, TextIO

import structlog

from config.settings import Settings

# Fields whose values are never printed, whoever logs them.
SECRET = re.compile(
    r"secret|token|password|key$|ticket|encrypt|signature|authorization|cookie|^code$",
    re.IGNORECASE,
)
PRIVATE = re.compile(r"name$|phone|text|content|body|message|url$", re.IGNORECASE)
PERSON = re.compile(r"openid|userid|^from$|^to$", re.IGNORECASE)
# `code` is a platform's number in most lines and an invitation in a few; numbers are let through.

# What gives itself away inside a longer text: a traceback, an address, another library's line.
IN_TEXT = (
    (re.compile(r"\b(o[A-Za-z0-9_-]{27})\b"), lambda found: person(found[1])),
    (re.compile(r"\b1[3-9]\d{9}\b"), lambda _: "phone#***"),
    (
        re.compile(
            r"((?:access_token|secret|key|code|ticket|openid|signature|msg_signature)=)[^&\s\"']+"
        ),
        lambda found: found[1] + "***",
    ),
    (re.compile(r"(://[^:/@\s]*:)[^@\s]+@"), lambda found: found[1] + "***@"),
    (re.compile(r"(Bearer )\S+"), lambda found: found[1] + "***"),
)

EventDict = MutableMapping[str, Any]


def setup(settings: Settings, role: str, *, stream: TextIO = sys.stderr) -> None:
    """Send every line of this process to `stream`: JSON, or columns on a terminal.

    Other libraries' lines go the same way, so start uvicorn with `log_config=None`.
    """
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _Mask(_secrets_of(settings)),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(before, stream))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for chatty in ("apscheduler", "alembic", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)  # we log our own crossings
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(role=role)


def get() -> Any:
    """A logger; `info`, `warning`, `error`, `exception` take an event and ids by name."""
    return structlog.get_logger("yihu")


def about(**ids: object) -> AbstractContextManager[Any]:
    """Put `ids` on every line logged inside the block, by whichever module."""
    return structlog.contextvars.bound_contextvars(**ids)


def person(openid: str) -> str:
    """A short name for an openid: the same person reads the same, and nobody can be found by it."""
    return "person#" + hashlib.sha256(openid.encode()).hexdigest()[:8]


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without openids, phones, tokens in addresses, and without each of `secrets`."""
    for secret in secrets:
        text = text.replace(secret, "***")
    for pattern, replacement in IN_TEXT:
        text = pattern.sub(replacement, text)
    return text


def _formatter(before: list[Any], stream: TextIO) -> logging.Formatter:
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if stream.isatty():
        renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        processors=[clean, renderer], foreign_pre_chain=before
    )


class _Mask:
    """The last step before a line is written: every value of it, tracebacks included."""

    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: object, _method: str, event: EventDict) -> EventDict:
        for name, value in event.items():
            if not (name.startswith("_") or value is None or isinstance(value, int | float)):
                event[name] = self._shown(name, str(value))
        return event

    def _shown(self, name: str, value: str) -> str:
        if SECRET.search(name):
            return "***"
        if PERSON.search(name):
            return person(value)
        if PRIVATE.search(name):
            return f"<{len(value)} characters>"
        return mask(value, self._secrets)


def _secrets_of(settings: Settings) -> list[str]:
    """The values of the settings that are secrets; the longest first, as one may hold another."""
    values = [
        *settings.secret_keys,
        *(
            str(value)
            for name, value in settings
            if name.endswith(("_secret", "_token", "_aes_key"))
        ),
    ]
    return sorted((value for value in values if len(value) >= 4), key=len, reverse=True)
