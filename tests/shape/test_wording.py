"""Sentences for people stand in config/wording.*, where an office may change them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.shape import source

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Here Chinese is said to people. core/ holds words to be matched, bot/cli and config hold the rest.
SAYING = (
    "handlers",
    "schedules",
    "bot/actions",
    "bot/channels",
    "bot/store",
    "bot/roles",
    "bot/shared",
)


def test_no_sentence_for_people_is_in_the_code():
    said = [
        f"{m.path}:{line} {text!r}"
        for m in source.modules(*SAYING)
        for line, text in _texts(m.tree)
        if CHINESE.search(text) and text != "一呼"
    ]
    assert said == []


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """String literals with their lines; not docstrings, nor the loose strings beside attributes."""
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in loose:
            yield node.lineno, node.value
