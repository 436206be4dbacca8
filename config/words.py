"""Reads the sentences for people from `wording.zh.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

# Eight times as fast; only a PyYAML built without libyaml lacks it.
_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load() -> Mapping[str, str]:
    """All sentences, groups joined to names by a dot (`report.noted`)."""
    raw = yaml.load((Path(__file__).parent / "wording.zh.yaml").read_text("utf-8"), Loader=_SAFE)  # noqa: S506  # it is the safe one
    sentences: dict[str, str] = {}
    for group, members in raw.items():
        for name, sentence in members.items():
            sentences[f"{group}.{name}"] = sentence
    return sentences
