"""What a control call was given: JSON body, query and path, read with their types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


class BadRequest(ValueError):
    """A control call that cannot be understood; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Given:
    """Named values of one control call; the body wins over the query."""

    values: dict[str, Any]

    @classmethod
    def of(cls, body: bytes, query: dict[str, str], path: dict[str, Any]) -> Given:
        """Read a call; BadRequest when the body is not a JSON object."""
        data: Any = {}
        if body:
            try:
                data = json.loads(body)
            except ValueError as error:
                raise BadRequest("the body must be JSON") from error
        if isinstance(data, list):
            data = {"items": data}
        if not isinstance(data, dict):
            raise BadRequest("the body must be a JSON object")
        return cls({**query, **data, **path})

    def text(self, name: str, fallback: str | None = None) -> str:
        """A text; numbers are taken as text. BadRequest when missing and no `fallback`."""
        value = self.values.get(name, fallback)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise BadRequest(f"{name} is missing or not a text")
        return str(value)

    def number(self, name: str, fallback: int | None = None) -> int:
        """A whole number. BadRequest when missing and no `fallback`, or not a number."""
        value = self.values.get(name, fallback)
        try:
            return int(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise BadRequest(f"{name} is missing or not a whole number") from error

    def flag(self, name: str, *, fallback: bool) -> bool:
        """A switch: true or false (or 1, 0 in a query)."""
        value = self.values.get(name, fallback)
        if value in (True, False, "1", "0", "true", "false"):
            return value in (True, "1", "true")
        raise BadRequest(f"{name} must be true or false")

    def has(self, name: str) -> bool:
        """Whether the call names this value at all."""
        return name in self.values

    def items(self, name: str) -> list[dict[str, Any]]:
        """A list of objects under `name`, a bare list as the body, or the single object that the body is."""
        value = self.values.get(name, self.values.get("items", [self.values]))
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise BadRequest(f"{name} must be a list of objects")
        return value
