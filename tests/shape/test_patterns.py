"""Regular expressions in f-strings: the bounds of a repetition need double braces."""

from __future__ import annotations

import ast

from tests.shape import source


def test_no_bound_of_a_pattern_is_taken_for_a_value() -> None:
    """rf"[^0-9]{0,5}" is the text "[^0-9](0, 5)": a pattern that matches nothing, and nobody is told."""
    bare = [
        f"{module.path}:{node.lineno}: {{{ast.unparse(node.value)}}} in an f-string"
        for module in source.modules(*source.PARTS)
        for node in module.nodes
        if isinstance(node, ast.FormattedValue) and node.format_spec is None
        if isinstance(node.value, ast.Tuple)
        or (isinstance(node.value, ast.Constant) and isinstance(node.value.value, int))
    ]
    assert not bare, "\n".join(bare)
