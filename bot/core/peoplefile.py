"""The rules a table of people must keep: known roles, one name, telephone and openid for each person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from bot.core.model import Role
from bot.core.sheet import Column, Faults

COLUMNS: Final = (
    Column("person_id", 64),
    Column("name", 64),
    Column("phone", 24, absent=True),
    Column("unit_code", 32),
    Column("role", 16),
    Column("title", 64, absent=True),
    Column("openid", 64, absent=True),
    Column("wecom_userid", 64, absent=True),
    Column("post_kind", 32, absent=True),
    Column("term", 32, absent=True),
)
# What an export writes: accounts are never in it, and an import without them leaves them alone.
WRITTEN: Final = tuple(
    column.name for column in COLUMNS if column.name not in ("openid", "wecom_userid")
)
_ROLES: Final = tuple(role.value for role in Role)
_PHONE: Final = re.compile(r"\+?[0-9][0-9 -]{4,21}[0-9]")
_USERID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@-]{0,63}")
_OPENID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")  # WeChat's have 28 characters


@dataclass(frozen=True, slots=True)
class Row:
    """One post of one person."""

    line: int
    key: str
    name: str
    phone: str
    unit: str
    role: str
    title: str
    openid: str
    userid: str
    kind: str
    term: str


def read(line: int, cells: tuple[str, ...], faults: Faults) -> Row | None:
    """One row; None when a cell does not say what it may. Values of cells are not repeated in faults."""
    key, name, phone, unit, role, title, openid, userid, kind, term = cells
    before = faults.count
    if role.lower() not in _ROLES:
        faults.add(line, "role", f"{role!r} is no role; write one of {', '.join(_ROLES)}")
    if phone and not _PHONE.fullmatch(phone):
        faults.add(line, "phone", "is no telephone number; write digits only, or leave it empty")
    if openid and not _OPENID.fullmatch(openid):
        faults.add(line, "openid", "is no openid; leave it empty and send an invitation")
    if userid and not _USERID.fullmatch(userid):
        faults.add(line, "wecom_userid", "is no userid of WeCom; copy it from the address book")
    if faults.count > before:
        return None
    return Row(line, key, name, phone, unit, role.lower(), title, openid, userid, kind, term)


def check(rows: Iterable[Row], known_units: Collection[str], faults: Faults) -> None:
    """Note what the rows contradict: each other, or the units there are."""
    posts: dict[tuple[str, str, str], int] = {}
    persons: dict[str, Row] = {}
    openids: dict[str, str] = {}
    userids: dict[str, str] = {}
    for row in rows:
        if row.unit not in known_units:
            faults.add(row.line, "unit_code", f"there is no unit {row.unit!r}; import units first")
        earlier = posts.setdefault((row.key, row.unit, row.role), row.line)
        if earlier != row.line:
            faults.add(
                row.line,
                "person_id",
                f"{row.key!r} is {row.role} of {row.unit!r} in line {earlier} already",
            )
        _agree(row, persons.setdefault(row.key, row), faults)
        if row.openid and openids.setdefault(row.openid, row.key) != row.key:
            faults.add(
                row.line,
                "openid",
                f"belongs to person {openids[row.openid]!r} already; one account, one person",
            )
        if row.userid and userids.setdefault(row.userid.lower(), row.key) != row.key:
            whose = userids[row.userid.lower()]
            faults.add(row.line, "wecom_userid", f"belongs to person {whose!r} already; one each")


def _agree(row: Row, first: Row, faults: Faults) -> None:
    columns = {"name": "name", "phone": "phone", "openid": "openid", "wecom_userid": "userid"}
    for column, name in columns.items():
        if getattr(row, name) != getattr(first, name):
            faults.add(
                row.line, column, f"differs from line {first.line} of the same person {row.key!r}"
            )
