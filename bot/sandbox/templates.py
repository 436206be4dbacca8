"""Template messages: the account's templates, the value rules of their fields, and the card she sees.

The length rules are those of the "订阅通知/模板消息参数值内容限制" table of the public documentation, read 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import codes

_MOMENT = r"(\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?)?\s*(\d{1,2}[:：]\d{2}([:：]\d{2})?)?"
_RULES = {
    "thing": r".{1,20}",
    "number": r"-?\d{1,32}(\.\d+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^\w\s]{1,5}",
    "character_string": r"[\x21-\x7e]{1,32}",
    "time": rf"(?=.){_MOMENT}(\s*[~-]\s*{_MOMENT})?",
    "date": rf"(?=.){_MOMENT}(\s*[~-]\s*{_MOMENT})?",
    "amount": r"\D?\d{1,10}(\.\d+)?(元)?",
    "phone_number": r"[\d+\-() ]{1,17}",
    "car_number": r".{1,8}",
    "name": r"[A-Za-z .]{1,20}|.{1,10}",
    "phrase": r"[一-鿿]{1,5}",
    "const": r".{1,20}",
}
_COMPILED = {kind: re.compile(rule, re.DOTALL) for kind, rule in _RULES.items()}
_KEY = re.compile(r"([a-z_]+?)_?\d+")
_PLACE = re.compile(r"\{\{(\w+)\.DATA\}\}")


def rule_of(key: str) -> re.Pattern[str] | None:
    """The value rule of a field key like `thing1`, or None for keys of the old kind (`first`, `keyword1`)."""
    match = _KEY.fullmatch(key)
    return _COMPILED.get(match[1]) if match else None


# What the templates known from the start are shown with: the fields of a usual notice.
# The time is a deadline where there is one, else that of sending: config/templates.yaml has the same lines.
CONTENT = "通知名称：{{thing1.DATA}}\n发布单位：{{thing2.DATA}}\n截止/发出：{{time3.DATA}}\n备注：{{thing4.DATA}}"


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `content` has a line per field, `标签：{{key.DATA}}`.

    `exact`: data must have every key of the content; otherwise any keys are taken, each under its own rule.
    """

    template_id: str
    title: str = "工作通知"
    content: str = CONTENT
    exact: bool = False

    def check(self, data: Any) -> None:
        """Refused 47003 naming the first field whose value breaks a rule."""
        if not isinstance(data, dict) or not data:
            raise codes.Refused(47003, "argument invalid! data is empty.")
        for key in _PLACE.findall(self.content) if self.exact else list(data):
            item = data.get(key)
            value = item.get("value") if isinstance(item, dict) else None
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise codes.Refused(47003, f"argument invalid! data.{key}.value is empty.")
            rule = rule_of(key)
            if rule is not None and not rule.fullmatch(str(value)):
                raise codes.Refused(47003, f"argument invalid! data.{key}.value invalid.")

    def card(self, data: Any) -> dict[str, Any]:
        """The card as she sees it: title, rows of label and value. Takes refused data too, for the ledger."""
        given = data if isinstance(data, dict) else {}
        labels = {}
        for line in self.content.splitlines():
            match = _PLACE.search(line)
            if match:
                labels[match[1]] = line[: match.start()].strip(" ：:")
        keys = [key for key in labels if key in given]
        keys += [key for key in given if key not in labels and not self.exact]
        rows = [
            {"key": key, "label": labels.get(key, ""), "value": _value(given[key])} for key in keys
        ]
        return {"title": self.title, "rows": rows}


def _value(item: Any) -> str:
    return str(item.get("value", "")) if isinstance(item, dict) else ""


@dataclass(slots=True)
class Templates:
    """The templates of the account by id."""

    known: dict[str, Template] = field(default_factory=dict)

    def get(self, template_id: Any) -> Template:
        """The template; Refused 40037 when the account has none of that id."""
        found = self.known.get(template_id) if isinstance(template_id, str) else None
        if found is None:
            raise codes.Refused(40037)
        return found
