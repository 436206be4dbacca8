"""The body of a push, XML or JSON, as one tree of text: strict, because a stranger may write it."""

from __future__ import annotations

import json
import re
from typing import Final, NoReturn
from xml.parsers import expat

from bot import errors
from bot.channels.base import Format

MOST_BYTES = 64 * 1024  # real pushes have 0.3 to 3 KB
_DEEPEST = 8  # real pushes have 5 levels at most
# Fields as the platform writes most of them, in CDATA or as a number, which need not be parsed to be taken apart;
# last whatever else is there.
_FIELD: Final = re.compile(
    "<([A-Za-z]{1,32})>(?:<!\\[CDATA\\[([^]\x00-\x08\x0b-\x1f\ufffe\uffff]*)\\]\\]>|([0-9]*))</\\1>[ \t\r\n]*"
    "|((?s:.+))"
)
_BLANK: Final = " \t\r\n"

Node = str | dict[str, "Node"] | list["Node"]
Tree = dict[str, Node]


def parse(body: bytes) -> tuple[Tree, Format]:
    """The fields of a push and the form they came in; every leaf is text, numbers too.

    Malformed on anything that is not one flat-ish document of known form: too long, too deep,
    not UTF-8, a DTD, an entity, a text field written twice (below the first level XML may repeat),
    text between fields.
    """
    if len(body) > MOST_BYTES:
        raise errors.Malformed("the body is longer than 64 KB")
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")[:1]
    if start == b"<":
        return _flat(body) or _Xml().read(body), Format.XML
    if start == b"{":
        return _json(body), Format.JSON
    raise errors.Malformed("the body is neither XML nor JSON")


def _flat(body: bytes) -> Tree | None:
    """What `_Xml` would read, of a body that has nothing but usual fields; None for any other, good or bad."""
    try:
        text = body.decode().strip(_BLANK)
    except UnicodeDecodeError:
        return None
    if not (text.startswith("<xml>") and text.endswith("</xml>")):
        return None
    found = _FIELD.findall(text[5:-6].strip(_BLANK))
    tree: Tree = {name: words or number for name, words, number, _ in found}
    return tree if len(tree) == len(found) and found[-1:] and not found[-1][3] else None


class _Xml:
    """One pass of expat that builds the tree and stops at the first thing out of order."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Tree, list[str]]] = [("", {}, [])]

    def read(self, body: bytes) -> Tree:
        parser = expat.ParserCreate("utf-8")  # whatever the declaration says
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(body, True)  # noqa: FBT003 - expat's own signature
        except expat.ExpatError as error:
            raise errors.Malformed("the XML is not well-formed") from error
        root = self._open[0][1].get("xml")
        if not isinstance(root, dict):
            raise errors.Malformed("the XML has no fields")
        return root

    def _doctype(self, *_: object) -> NoReturn:
        raise errors.Malformed("the XML has a DTD")

    def _start(self, name: str, _attributes: object) -> None:
        if len(self._open) > _DEEPEST:
            raise errors.Malformed("the XML is too deep")
        self._open.append((name, {}, []))

    def _text(self, text: str) -> None:
        self._open[-1][2].append(text)

    def _end(self, _name: str) -> None:
        name, inside, texts = self._open.pop()
        text = "".join(texts)
        if inside and text.strip():
            raise errors.Malformed("the XML has text between fields")
        if len(self._open) == 2 and _twice(self._open[-1][1].get(name), inside):
            raise errors.Malformed("a field is written twice")
        _add(self._open[-1][1], name, inside or text)


def _twice(before: Node | None, inside: Tree) -> bool:
    """Whether a first-level field is repeated that may not be: lists of groups (`Actions`) may."""
    return before is not None and not (inside and isinstance(before, dict | list))


def _add(tree: Tree, name: str, value: Node) -> None:
    """Put a field into its parent; repeated ones (`item`, `List`) become a list."""
    before = tree.get(name)
    if before is None:
        tree[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        tree[name] = [before, value]


def _json(body: bytes) -> Tree:
    try:
        found = json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_pairs,
            parse_int=str,  # a 64-bit MsgId stays what it is
            parse_float=str,
            parse_constant=_constant,
        )
    except (ValueError, RecursionError) as error:
        raise errors.Malformed("the JSON is not well-formed") from error
    tree = _leaves(found, depth=1)
    if not isinstance(tree, dict):
        raise errors.Malformed("the JSON has no fields")
    return tree


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise errors.Malformed("a field is written twice")
    return fields


def _constant(_: str) -> NoReturn:
    raise errors.Malformed("the JSON has a number that is none")


def _leaves(node: object, *, depth: int) -> Node:
    """The same tree with text for every leaf, as XML would have it."""
    if depth > _DEEPEST:
        raise errors.Malformed("the JSON is too deep")
    if isinstance(node, dict):
        return {name: _leaves(value, depth=depth + 1) for name, value in node.items()}
    if isinstance(node, list):
        return [_leaves(value, depth=depth + 1) for value in node]
    if node is None:
        return ""
    return node if isinstance(node, str) else str(node).lower()
