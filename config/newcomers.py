"""Reads the rules for new members who register themselves from `newcomers.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Newcomers(BaseModel):
    """The rules of `newcomers.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: frozenset[str]
    title: str = Field(min_length=1, max_length=64)
    days: int = Field(ge=1, le=30)
    settle_days: int = Field(ge=0)
    refusals: int = Field(ge=1)


@cache
def load() -> Newcomers:
    """The rules, read once; ValueError says what is wrong with the file."""
    text = (Path(__file__).parent / "newcomers.yaml").read_text("utf-8")
    return Newcomers.model_validate(yaml.safe_load(text))
