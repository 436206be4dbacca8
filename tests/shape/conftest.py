"""What was parsed is forgotten when the last of these tests has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.shape import source


@pytest.fixture(scope="package", autouse=True)
def _parsed() -> Iterator[None]:
    yield
    source.forget()
