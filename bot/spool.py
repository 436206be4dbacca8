"""Keeps what could not be written to the database: one fsynced file for each push, named by its key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """A kept push: its key and its sealed bytes."""

    key: bytes
    sealed: bytes


class Spool:
    """A directory of records. Appending the same key twice keeps one."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def append(self, record: Record) -> None:
        """Keep the record durably before returning; OSError if that is not possible."""
        part = self._directory / f".{record.key.hex()}.{secrets.token_hex(4)}"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:  # unlike os.write it writes all or raises
                file.write(record.sealed)
                file.flush()
                os.fsync(descriptor)
            part.rename(self._path(record.key))
        except OSError:
            part.unlink(missing_ok=True)
            raise
        self._sync()

    def records(self, *, older_than: float) -> Iterator[Record]:
        """The kept records written before `older_than` (seconds since the epoch), oldest first."""
        waiting = [
            (found.stat().st_mtime, Path(found.path))
            for found in os.scandir(self._directory)
            if not found.name.startswith(".")
        ]
        for written, path in sorted(waiting):
            if written < older_than:
                yield Record(bytes.fromhex(path.name), path.read_bytes())

    def remove(self, key: bytes) -> None:
        """Forget the record; whoever else has forgotten it already does no harm."""
        self._path(key).unlink(missing_ok=True)

    def writable(self) -> bool:
        """Whether a record could be kept now."""
        probe = self._directory / f".probe.{secrets.token_hex(4)}"
        try:
            probe.write_bytes(b"1")
            probe.unlink()
        except OSError:
            return False
        return True

    def count(self) -> int:
        """How many records wait."""
        return sum(not found.name.startswith(".") for found in os.scandir(self._directory))

    def _path(self, key: bytes) -> Path:
        return self._directory / key.hex()

    def _sync(self) -> None:
        descriptor = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
