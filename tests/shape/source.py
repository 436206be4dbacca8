"""The project's own source, parsed once, for the tests of its shape; only while they run, for it is large."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("bot", "config", "handlers", "schedules")


@dataclass(frozen=True)
class Module:
    """One file: where it is, what it is called, what it says."""

    path: str  # from the top of the project, with slashes
    name: str  # as it is imported
    lines: int
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree."""
        return tuple(ast.walk(self.tree))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, inner ones too."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """The functions of the module itself that others may call."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
                yield node

    def imports(self) -> Iterator[str]:
        """Everything imported anywhere in the file, as full dotted names."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(*parts: str) -> tuple[Module, ...]:
    """The modules under the given folders (from the top), in order."""
    files = (file for part in parts for file in (ROOT / part).rglob("*.py"))
    return tuple(_read(file) for file in sorted(files))


@cache
def _read(file: Path) -> Module:
    text = file.read_text("utf-8")
    path = file.relative_to(ROOT).as_posix()
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Module(path, name, len(text.splitlines()), ast.parse(text, path))


def forget() -> None:
    """Give the memory back: whatever looks for rubbish later would look through all of it."""
    _read.cache_clear()


def first_parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The names of a function's positional parameters."""
    return [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
