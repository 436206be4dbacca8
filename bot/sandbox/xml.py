"""Push bodies as WeChat writes them (XML or JSON) and replies as it reads them."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

# Fields of a push or a reply: nested dicts, and lists for repeated elements.
Fields = dict[str, Any]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BadBody(ValueError):
    """A body that is neither well-formed XML of WeChat's shape nor a JSON object."""


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_element(key, item) for key, item in value.items())
    if isinstance(value, int | float):
        return str(value)
    text = _ILLEGAL.sub("", str(value)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{text}]]>"


def _element(name: str, value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return "".join(f"<{name}>{_value(item)}</{name}>" for item in items)


def render(fields: Fields, form: str) -> str:
    """Fields as a push body; `form` is `xml` or `json`."""
    if form == "json":
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return "<xml>" + "".join(_element(name, value) for name, value in fields.items()) + "</xml>"


def _read(node: ET.Element) -> Any:
    if not len(node):
        return node.text or ""
    found: Fields = {}
    for child in node:
        value = _read(child)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def parse(text: str) -> Fields:
    """A reply body as fields; XML or JSON is told apart by its first character. Raises BadBody."""
    text = text.strip()
    if text.startswith("{"):
        try:
            data = json.loads(text)
        except ValueError as error:
            raise BadBody("not JSON") from error
        return dict(data)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadBody("document type declarations are not allowed")
    try:
        root = ET.fromstring(text)  # noqa: S314 - the bot under test is trusted, and DTDs are refused above
    except ET.ParseError as error:
        raise BadBody(f"not XML: {error}") from error
    fields = _read(root)
    if root.tag != "xml" or not isinstance(fields, dict):
        raise BadBody("the root element must be <xml> with children")
    return fields
