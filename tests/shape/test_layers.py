"""The first parameter tells the layer; import-linter knows the rest (see pyproject.toml)."""

from __future__ import annotations

import ast
import tomllib

import pytest

from tests.shape import source

TOOLS = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
# What opens the database has no connection yet, and what declares tables has no function to call.
STORE_WITHOUT_CONNECTION = {
    "bot.store.aiosqlite_short",
    "bot.store.database",
    "bot.store.dialect",
    "bot.store.schema",
    "bot.store.upgrades",
}


def misplaced(part: str, first: list[str], but: set[str]) -> list[str]:
    """The public functions of `part` that do not begin with the parameters `first`.

    Only the asynchronous ones: everything that reaches a database or a network here is.
    """
    return [
        f"{m.path}:{f.lineno} {f.name}{tuple(source.first_parameters(f))}"
        for m in source.modules(part)
        if m.name not in but and not m.name.startswith(("bot.store.migrations", "bot.store.tables"))
        for f in m.public()
        if isinstance(f, ast.AsyncFunctionDef) and source.first_parameters(f)[: len(first)] != first
    ]


def test_the_store_takes_a_connection_first():
    assert misplaced("bot/store", ["c"], STORE_WITHOUT_CONNECTION) == []


def test_an_action_takes_the_runtime_first():
    assert misplaced("bot/actions", ["rt"], set()) == []


def test_a_chat_handler_takes_runtime_and_message():
    # Two stand before the handlers: who is speaking, and what was asked before. Three only put values into
    # words or take them out of what was kept.
    before = {"handlers.chat.dispatch", "handlers.chat.asking"}
    before |= {"handlers.chat.choices", "handlers.chat.claims", "handlers.chat.drafts"}
    assert misplaced("handlers/chat", ["rt", "message"], before) == []


def test_a_job_takes_runtime_and_the_time_it_is_for():
    beside = {"schedules", "schedules.timetable"}
    jobs = [m for m in source.modules("schedules") if m.name not in beside]
    for job in jobs:
        runs = [f for f in job.public() if f.name == "run"]
        assert len(runs) == 1, f"{job.path} has no run(rt, due)"
        assert source.first_parameters(runs[0]) == ["rt", "due"], job.path


def test_core_takes_plain_values():
    taken = [
        f"{m.path}:{f.lineno} {f.name}"
        for m in source.modules("bot/core")
        for f in m.functions()
        if {"rt", "c", "connection", "session"} & set(source.first_parameters(f))
    ]
    assert taken == []


def test_core_waits_for_nothing():
    waiting = [
        f"{m.path}:{node.lineno}"
        for m in source.modules("bot/core")
        for node in m.nodes
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]
    assert waiting == []


def test_only_the_top_of_a_role_catches_everything():
    caught = [
        f"{m.path}:{node.lineno}"
        for m in source.modules(*source.PARTS)
        if not m.name.startswith(("bot.roles", "bot.sandbox"))
        for node in m.nodes
        if isinstance(node, ast.ExceptHandler) and _is_everything(node.type)
    ]
    assert caught == []


def _is_everything(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_is_everything(one) for one in kind.elts)
    return kind is None or (
        isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}
    )


def test_the_sandbox_imports_nothing_of_ours():
    ours = [
        f"{m.path} imports {name}"
        for m in source.modules("bot/sandbox")
        for name in m.imports()
        if name.split(".")[0] in source.PARTS and not name.startswith("bot.sandbox")
    ]
    assert ours == []


def test_nothing_imports_the_sandbox():
    known = [
        f"{m.path} imports {name}"
        for m in source.modules(*source.PARTS)
        if not m.name.startswith("bot.sandbox")
        for name in m.imports()
        if name.startswith("bot.sandbox")
    ]
    assert known == []


def test_every_part_of_bot_stands_in_the_picture():
    picture = TOOLS["importlinter"]["contracts"][0]["layers"]
    drawn = {name.strip(" ()") for layer in picture for name in layer.replace(":", "|").split("|")}
    parts = {".".join(m.name.split(".")[:2]) for m in source.modules("bot")}
    assert parts - drawn == {"bot", "bot.sandbox"} | (parts & {"bot.__main__"})


@pytest.mark.parametrize("part", source.PARTS)
def test_no_import_hides_in_a_function(part):
    """A deferred import of ours is how a cycle is dodged: the layering is already lost there.

    A command imports what it runs when it runs, so that `yihu --help` answers at once.
    """
    hidden = [
        f"{m.path}:{node.lineno}"
        for m in source.modules(part)
        if not m.name.startswith(("bot.commands", "bot.cli"))
        for f in m.functions()
        for node in ast.walk(f)
        if isinstance(node, ast.Import | ast.ImportFrom) and _ours(node)
    ]
    assert hidden == []


def _ours(node: ast.Import | ast.ImportFrom) -> bool:
    names = (
        [node.module or ""] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
    )
    return any(name.split(".")[0] in source.PARTS for name in names)
