"""What the spool says it has kept is whole."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.spool import Record, Spool


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Files may have `size` bytes: what a full disk does, without filling one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_record_that_does_not_fit_is_not_kept_by_half(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with room_for(100), pytest.raises(OSError, match="large"):
        spool.append(Record(b"\1" * 32, b"x" * 1000))
    assert list(tmp_path.iterdir()) == []
    spool.append(Record(b"\1" * 32, b"x" * 1000))
    spool.append(Record(b"\1" * 32, b"x" * 1000))
    assert list(spool.records(older_than=time.time() + 1)) == [Record(b"\1" * 32, b"x" * 1000)]
