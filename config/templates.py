"""Reads which words go into which keys of a template message (`templates.yaml`)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

WORDS = frozenset({"title", "sender", "deadline", "todo"})


@functools.cache
def load() -> dict[str, dict[str, str]]:
    """Key to word, by template id; ValueError names the key that asks for a word we do not have."""
    raw: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        (Path(__file__).parent / "templates.yaml").read_text("utf-8")
    )
    for template, fields in raw.items():
        for key, word in fields.items():
            if word not in WORDS:
                raise ValueError(
                    f"templates.yaml: {template}.{key}: {word!r} is none of {', '.join(sorted(WORDS))}"
                )
    return {template: dict(fields) for template, fields in raw.items()}


def fields_of(template_id: str) -> dict[str, str]:
    """The keys of one template and the words for them."""
    known = load()
    return known.get(template_id, known["default"])
