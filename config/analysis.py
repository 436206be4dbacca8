"""Reads what the office may change about figures from `analysis.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

_LEVELS = ("national", "province", "city", "county", "township", "village")


class Analysis(BaseModel):
    """The rules of `analysis.yaml`; fractions are of the units expected, days are local."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ahead: float = Field(ge=0, le=1)
    behind: float = Field(ge=0, le=1)
    stalled_weeks: int = Field(ge=1)
    outlier_score: float = Field(gt=0)
    outlier_gap: float = Field(ge=0, le=1)
    outlier_least: int = Field(ge=3)
    weekly_link_days: int = Field(ge=1)
    names: int = Field(ge=1)
    lock_after_days: int = Field(ge=0)
    answer_workdays: int = Field(ge=1)
    most: Mapping[str, int]
    tell_down_to: Literal["national", "province", "city", "county", "township", "village"]
    soon_days: int = Field(ge=1)

    @model_validator(mode="after")
    def _every_level(self) -> Analysis:
        missing = [level for level in _LEVELS if self.most.get(level, 0) < 1]
        if missing:
            raise ValueError(f"most: give a number above 0 for {', '.join(missing)}")
        return self


@cache
def load() -> Analysis:
    """The rules, read once; ValueError says what is wrong with the file."""
    text = (Path(__file__).parent / "analysis.yaml").read_text("utf-8")
    return Analysis.model_validate(yaml.safe_load(text))
