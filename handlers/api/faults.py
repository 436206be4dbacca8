"""What is wrong with a request, in one sentence of the office's language instead of the library's."""

from __future__ import annotations

from typing import Any, Final

from fastapi.exceptions import RequestValidationError

from bot.core.wording import Words

# The library's names of faults -> ours, under `api.` of the wording.
_CALLED: Final = {
    "bool_parsing": "bool",
    "bool_type": "bool",
    "date_from_datetime_parsing": "moment",
    "datetime_from_date_parsing": "moment",
    "datetime_object_invalid": "moment",
    "datetime_parsing": "moment",
    "datetime_type": "moment",
    "dict_type": "object",
    "enum": "one_of",
    "extra_forbidden": "unknown",
    "greater_than_equal": "small",
    "int_from_float": "int",
    "int_parsing": "int",
    "int_parsing_size": "int",
    "int_type": "int",
    "json_invalid": "json",
    "less_than_equal": "large",
    "list_type": "list",
    "literal_error": "one_of",
    "missing": "missing",
    "model_attributes_type": "object",
    "model_type": "object",
    "string_pattern_mismatch": "pattern",
    "string_too_long": "long",
    "string_too_short": "empty",
    "string_type": "string",
    "timezone_aware": "moment",
    "too_long": "many",
}


def sentence(words: Words, error: RequestValidationError) -> str:
    """The first fault: where it is, and what to write there."""
    one = error.errors()[0]
    part, *inside = (str(part) for part in one["loc"] or ("request",))
    if one["type"] == "json_invalid":  # then `inside` is the place of a character
        inside = []
    where = ".".join(inside) or part
    wrong = words.say(f"api.{_CALLED.get(one['type'], 'wrong')}", **_limits(one.get("ctx") or {}))
    return words.say("api.fault", where=where, wrong=wrong)


def _limits(given: dict[str, Any]) -> dict[str, object]:
    """What the sentences may name; `expected` comes as `'a', 'b' or 'c'`."""
    listed = str(given.get("expected", "")).replace(" or ", ", ").replace("'", "")
    most = given.get("max_length", given.get("le"))
    return {"most": most, "least": given.get("ge"), "listed": listed}
