"""Spaces in place of what says nothing of a figure: every place of the sentence stays where it was."""

from __future__ import annotations

import re


def span(text: str, start: int, end: int) -> str:
    """The text with `text[start:end]` blanked out, as long as before."""
    return text[:start] + " " * (end - start) + text[end:]


def match(found: re.Match[str]) -> str:
    """Spaces for all that was found: what `re.Pattern.sub` puts in its place."""
    return " " * len(found[0])
