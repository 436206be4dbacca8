"""Reads how an office writes its tables from `headers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

Spellings = Annotated[tuple[str, ...], Field(min_length=1)]


class Headers(BaseModel):
    """The spellings of `headers.yaml`; of each the first is the one we write."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Spellings
    unit: Spellings
    places: Mapping[str, Spellings]
    endings: Mapping[str, Spellings]
    indicators: Mapping[str, Spellings]
    ignored: tuple[str, ...]
    totals: Spellings
    subtotals: Spellings
    done: Spellings
    not_done: Spellings
    missing: tuple[str, ...]
    not_expected: Spellings


@cache
def load() -> Headers:
    """The spellings, read once; ValueError says what is wrong with the file."""
    text = (Path(__file__).parent / "headers.yaml").read_text("utf-8")
    # Everything as text: YAML would read `yes` and `no` as something else.
    return Headers.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506  # builds nothing but text
