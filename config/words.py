"""Reads the sentences for people from `wording.zh.yaml`."""

from __future__ import annotations

from pathlib import Path

import yaml


def load() -> dict[str, str]:
    """All sentences, groups joined to names by a dot (`report.noted`)."""
    raw = yaml.safe_load((Path(__file__).parent / "wording.zh.yaml").read_text("utf-8"))
    sentences: dict[str, str] = {}
    for group, members in raw.items():
        for name, sentence in members.items():
            sentences[f"{group}.{name}"] = sentence
    return sentences
