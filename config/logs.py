"""Logging: one line per crossing, ids always, names and texts never; masked here and nowhere else.

A crossing is a message in, a call out, a job, a batch. `log = logs.get()`, then
`log.info("call", broadcast=12, batch=3, code=0, ms=41)`. Ids that hold for a whole crossing are
bound once: `with logs.about(inbox=991): …`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from contextlib import AbstractContextManager
from enum import Enum, auto
from functools import cache, lru_cache
from typing import Any, Final, TextIO

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
_WORD: Final = 24  # characters


def setup(settings: Settings, role: str, *, stream: TextIO = sys.stderr) -> None:
    """Send every line of this process to `stream`: JSON, or columns on a terminal.

    Other libraries' lines go the same way, so start uvicorn with `log_config=None`.
    """
    chain: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _Mask(_secrets_of(settings)),
    ]
    renderer = _renderer(stream)
    structlog.configure(
        processors=[*chain, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Our own lines do not go through `logging`, which costs as much as the rest of a line together.
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,  # to make one anew for each line costs a third of the line
    )
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[clean, renderer], foreign_pre_chain=chain)
    )
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


def _renderer(stream: TextIO) -> Any:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    # By itself it would make an encoder for each line.
    encode = json.JSONEncoder(ensure_ascii=False, default=str).encode
    return structlog.processors.JSONRenderer(serializer=lambda event, **_: encode(event))


class _Kind(Enum):
    """What the name of a field says of its value."""

    OURS = auto()  # set by `setup` itself, or a digest that nobody can be found by
    SECRET = auto()
    PERSON = auto()
    PRIVATE = auto()
    PLAIN = auto()


@cache
def _kind(name: str) -> _Kind:
    if name.startswith("_") or name in ("timestamp", "level", "push"):
        return _Kind.OURS
    for kind, pattern in (
        (_Kind.SECRET, SECRET),
        (_Kind.PERSON, PERSON),
        (_Kind.PRIVATE, PRIVATE),
    ):
        if pattern.search(name):
            return kind
    return _Kind.PLAIN


class _Mask:
    """The last step before a line is written: every value of it, tracebacks included."""

    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets
        # Most values are words of our own that come again and again.
        self._word = lru_cache(1000)(self._masked)

    def __call__(self, _logger: object, _method: str, event: EventDict) -> EventDict:
        for name, value in event.items():
            if not (value is None or isinstance(value, int | float)):
                kind = _kind(name)
                if kind is not _Kind.OURS:
                    event[name] = self._shown(kind, str(value))
        return event

    def _shown(self, kind: _Kind, value: str) -> str:
        match kind:
            case _Kind.PLAIN:
                return self._word(value) if len(value) <= _WORD else self._masked(value)
            case _Kind.SECRET:
                return "***"
            case _Kind.PERSON:
                return person(value)
            case _Kind.PRIVATE:
                return f"<{len(value)} characters>"
            case _:
                return value

    def _masked(self, value: str) -> str:
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
