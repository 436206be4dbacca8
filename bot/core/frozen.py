"""Values that are made for every push: nobody may change them, and to make them costs little."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A dataclass with slots; that it is never changed is for mypy to see, as everything here is checked by it.

    With `frozen=True` each field is set through `object.__setattr__`, seven times slower: of a tap, which makes
    ninety, 6 %. Elsewhere that does not count, and `@dataclass(frozen=True, slots=True)` is what to write.
    """
    return dataclass(slots=True, unsafe_hash="__hash__" not in vars(cls))(cls)
