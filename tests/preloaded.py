"""All of the program, imported once in a test process, so that what is forked from it starts at once."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # whoever forks has one thread

# What others import only when it is used first.
_LATER = (
    "aiosqlite",
    "asyncpg",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
)


def _import_all() -> None:
    for package in ("bot", "config", "handlers", "schedules"):
        home = importlib.import_module(package)
        for module in pkgutil.walk_packages(home.__path__, f"{package}."):
            if "migrations." not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in _LATER:
        importlib.import_module(name)


_import_all()
gc.collect()
gc.freeze()  # shared with all who are forked, and never looked through again
