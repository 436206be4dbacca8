"""Modules and functions one can read in one go, each saying what it is for."""

from __future__ import annotations

import ast

from tests.shape import source

# Names of ids in a log line, of settings, of gaps in a sentence, of fields in a ledger are data.
NAMES_ARE_DATA = ("config/logs.py", "config/settings.py", "bot/core/wording.py", "bot/sandbox/")
BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "services",
    "service",
    "managers",
    "manager",
}


def everywhere() -> tuple[source.Module, ...]:
    return source.modules(*source.PARTS, "tests")


def read() -> list[source.Module]:
    """A migration is a list of statements, written once and never changed."""
    return [m for m in everywhere() if not m.path.startswith("bot/store/migrations/versions/")]


def ours() -> tuple[source.Module, ...]:
    return source.modules(*source.PARTS)


def test_no_module_is_longer_than_300_lines():
    assert {m.path: m.lines for m in read() if m.lines > 300} == {}


def test_no_function_is_longer_than_60_lines():
    long = {
        f"{m.path}:{f.lineno} {f.name}": size
        for m in read()
        if not m.path.startswith("tests/stories/")  # a story is as long as it is
        for f in m.functions()
        if (size := (f.end_lineno or f.lineno) - f.lineno + 1) > 60
    }
    assert long == {}


def test_every_module_says_first_what_it_is_for():
    assert [m.path for m in everywhere() if not ast.get_docstring(m.tree)] == []


def test_every_public_function_and_class_says_what_it_means():
    silent = [
        f"{m.path}:{node.lineno} {node.name}"
        for m in ours()
        for node in m.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_name_invites_everything_in():
    assert [m.path for m in everywhere() if BANNED & set(m.name.split("."))] == []


def test_every_module_has_the_modern_annotations():
    old = [
        m.path
        for m in everywhere()
        if m.tree.body[1:] and "__future__.annotations" not in m.imports()
    ]
    assert old == []


def _compiles(f: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether SQLAlchemy calls it, with whatever it has."""
    return any(ast.unparse(one).startswith("compiles(") for one in f.decorator_list)


def test_nothing_is_passed_on_as_stars():
    """`**anything` hides what is decided."""
    passed = [
        f"{m.path}:{f.lineno} {f.name}(**{f.args.kwarg.arg})"
        for m in ours()
        for f in m.functions()
        if f.args.kwarg
        and not m.path.startswith(NAMES_ARE_DATA)
        and not _compiles(f)
        and f.name != "execute_command"  # redis-py's, which we surround
    ]
    assert passed == []
