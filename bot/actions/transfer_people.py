"""Imports people: persons, their posts and, where the file knows the openid, their registration."""

from __future__ import annotations

from pathlib import Path

from bot.actions import sheets
from bot.channels import registry
from bot.core import peoplefile, sheet
from bot.core.changes import Changes, Progress
from bot.runtime import Runtime
from bot.store import members, person_rows, unit_rows
from bot.store.database import Connection


class Plan:
    """The file as it was read, and the row ids of what it names."""

    def __init__(self, file: str) -> None:
        self.faults = sheet.Faults(file)
        self.rows: list[peoplefile.Row] = []
        self.changes = Changes()
        self.units: dict[str, int] = {}
        self.persons: dict[str, int] = {}

    async def apply(
        self, rt: Runtime, c: Connection, *, prune: bool, progress: Progress
    ) -> Changes:
        """Write what differs, inside the caller's transaction."""
        self.units = await unit_rows.ids(c, (row.unit for row in self.rows))
        peoplefile.check(self.rows, self.units, self.faults)
        self.faults.close()
        progress("writing persons", 0, len(self.rows))
        touched = await _persons(rt, c, self)
        progress("writing posts", len(self.rows) // 2, len(self.rows))
        await _posts(c, self, touched)
        if prune:
            await _prune(rt, c, self)
        await _bindings(rt, c, self)
        await _members(rt, c, self)
        progress("writing posts", len(self.rows), len(self.rows))
        return self.changes


def read(path: Path) -> Plan:
    """Read the file; faults of its rows are noted, not yet raised."""
    plan = Plan(path.name)
    for line, cells in sheets.rows(path, peoplefile.COLUMNS, plan.faults):
        row = peoplefile.read(line, cells, plan.faults)
        if row is not None:
            plan.rows.append(row)
    return plan


async def _persons(rt: Runtime, c: Connection, plan: Plan) -> set[str]:
    """Insert and change persons; the keys of those that changed."""
    first = {row.key: row for row in reversed(plan.rows)}
    known = await person_rows.persons(c, first)
    new, changed, touched = [], [], set()
    for key, row in first.items():
        stored = known.get(key)
        if stored is None:
            new.append({"key": key, "name": row.name, "phone_sealed": _sealed(rt, row.phone)})
            continue
        kept = _opened(rt, stored.phone_sealed)
        phone = kept if "phone" in plan.faults.absent else row.phone
        if stored.ended or (stored.name, kept) != (row.name, phone):
            values = {"name": row.name, "phone_sealed": _sealed(rt, phone)}
            changed.append({**values, "row_id": stored.id})
            touched.add(key)
    await person_rows.add_persons(c, new)
    await person_rows.change_persons(c, changed)
    plan.persons = {key: stored.id for key, stored in known.items()}
    added = await person_rows.persons(c, (str(person["key"]) for person in new))
    plan.persons |= {key: stored.id for key, stored in added.items()}
    return touched


def _sealed(rt: Runtime, phone: str) -> bytes | None:
    return rt.seal.seal(phone) if phone else None


def _opened(rt: Runtime, sealed: bytes | None) -> str:
    return rt.seal.open(sealed) if sealed else ""


async def _posts(c: Connection, plan: Plan, touched: set[str]) -> None:
    """Insert and change posts; a row counts as changed when its person or its post did."""
    known = await person_rows.posts(c, plan.persons.values())
    new, changed = [], []
    for row in plan.rows:
        person, unit = plan.persons[row.key], plan.units[row.unit]
        stored = known.get((person, unit, row.role))
        values = {"title": row.title, "kind": row.kind, "term": row.term}
        what = f"{row.key} {row.role} {row.unit}"
        if stored is None:
            new.append({"person_id": person, "unit_id": unit, "role": row.role, **values})
            plan.changes.add("new", what)
            continue
        # Columns that the file does not have leave what is there.
        if "title" in plan.faults.absent:
            values["title"] = stored.title
        values["kind"] = row.kind or stored.kind
        values["term"] = row.term or stored.term
        if stored.ended or tuple(values.values()) != (stored.title, stored.kind, stored.term):
            changed.append({**values, "row_id": stored.id})
            plan.changes.add("new" if stored.ended else "changed", what)
        else:
            plan.changes.add("changed" if row.key in touched else "same", what)
    await person_rows.add_posts(c, new)
    await person_rows.change_posts(c, changed)


async def _prune(rt: Runtime, c: Connection, plan: Plan) -> None:
    """End the posts in the file's units that the file does not have."""
    kept = {(plan.persons[row.key], plan.units[row.unit], row.role) for row in plan.rows}
    known = await person_rows.posts_in(c, plan.units.values())
    lacking = [(key, post) for key, post in known.items() if key not in kept and not post.ended]
    codes = {id_: code for code, id_ in plan.units.items()}
    for (_, unit, role), _ in lacking:
        plan.changes.add("ended", f"a {role} of {codes[unit]}")
    await person_rows.end_posts(c, [post.id for _, post in lacking], rt.now_ms())


async def _bindings(rt: Runtime, c: Connection, plan: Plan) -> None:
    """Register whom the file gives an openid; it wins over an earlier registration of either side."""
    wanted = {plan.persons[row.key]: row.openid for row in plan.rows if row.openid}
    # Under every key, so that a follower met before a change of keys is found again.
    digests = {openid: rt.seal.digests("openid", openid) for openid in wanted.values()}
    known = await _known(c, digests)
    missing = [openid for openid in digests if openid not in known]
    await person_rows.add_followers(
        c,
        [
            {
                "account": registry.WECHAT,
                "openid_digest": digests[openid][0],
                "openid_sealed": rt.seal.seal(openid),
                "followed_at_ms": rt.now_ms(),
            }
            for openid in missing
        ],
    )
    known |= await _known(c, {openid: digests[openid] for openid in missing})
    pairs = {person: known[openid] for person, openid in wanted.items()}
    now = await person_rows.bindings(c, pairs, pairs.values())
    right = {person for person, follower in now.items() if pairs.get(person) == follower}
    await person_rows.unbind(c, [person for person in now if person not in right])
    new = [(person, follower) for person, follower in pairs.items() if person not in right]
    await person_rows.bind(c, new, rt.now_ms())


async def _members(rt: Runtime, c: Connection, plan: Plan) -> None:
    """Note who is who in the WeCom corp, where the file says so."""
    wanted = {plan.persons[row.key]: row.userid for row in plan.rows if row.userid}
    known = await members.kept(c, sorted(wanted))
    new = [
        # The same hash as of whoever writes to the app, so that she is found by what she says there.
        members.New(person, rt.seal.digest("openid", userid), rt.seal.seal(userid))
        for person, userid in wanted.items()
        if known.get(person) != rt.seal.digest("openid", userid)
    ]
    await members.put(c, new, rt.now_ms())


async def _known(c: Connection, digests: dict[str, list[bytes]]) -> dict[str, int]:
    ids = await person_rows.followers(c, (one for some in digests.values() for one in some))
    return {
        openid: next(ids[one] for one in some if one in ids)
        for openid, some in digests.items()
        if any(one in ids for one in some)
    }
