"""Who may do what where through the API: the tables of chat, and answers that tell nothing of what is outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Role
from tests.chat import offices
from tests.chat import room as rooms
from tests.ledger.web import Api, Said

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CODES = {
    "own": "T", "below": "V", "area": "R", "in the area": "R1", "moved here": "MI",
    "above": "A", "sibling": "S", "below a sibling": "S1", "moved away": "MO", "ended": "E", "nowhere": "X", "nowhere, a village": "X1",
}  # fmt: skip
VILLAGE_CODES = {"own": "V", "above": "T", "sibling": "W", "far": "S1", "ended": "E", "nowhere": "X"}  # fmt: skip


@pytest.fixture
async def room(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[rooms.Room]:
    """The offices after the second import."""
    async with offices.opened(database_url, redis_url, tmp_path) as made:
        yield made


class _Land:
    """What `Api` wants of a land."""

    def __init__(self, room: rooms.Room, units: dict[str, Any]) -> None:
        self.rt, self.units, self.sources = room.rt, units, room.keys


@pytest.fixture
async def api(room: rooms.Room) -> Api:
    return Api(_Land(room, await offices.units_now(room.rt)))  # type: ignore[arg-type]


async def _hold(api: Api, unit: str, role: str) -> None:
    await api.hold(unit, Role(role))


def _flat(said: Said) -> tuple[int, str, str]:
    return said.status, str(said.body), said.headers.get("content-type", "")


async def test_a_token_reads_its_scope_and_nothing_tells_outside_from_nowhere(
    room: rooms.Room, api: Api
):
    for unit, codes, hers in (("T", CODES, offices.HERS), ("V", VILLAGE_CODES, ("own",))):
        for role in offices.ROLES:
            await _hold(api, unit, role)
            nothing, asked = set(), set()
            for place, code in codes.items():
                for what in ("", "/progress", "/cells") if role in ("member", "admin") else ("",):
                    before = await offices.statements(room)
                    said = await api.get(f"/units/{code}{what}")
                    if place in hers:
                        assert said.status == 200, (unit, role, place, what, said)
                    else:
                        nothing.add(_flat(said))
                        asked.add(await offices.statements(room) - before)
            assert len(nothing) == 1, nothing
            assert {status for status, *_ in nothing} == {404}
            assert len(asked) == 1, asked


async def test_a_token_sends_where_its_role_may(api: Api):
    new = {"title": "一", "body": "二"}
    for role in offices.ROLES:
        await _hold(api, "T", role)
        for place, code in CODES.items():
            said = await api.post("/broadcasts", {**new, "units": [code]})
            if role not in offices.LEADERS:
                assert said.status == 403, (role, place, said)
            elif place in offices.HERS:
                assert said.status in (201, 400), (role, place, said)  # 400: nobody there to get it
                assert said.status == 201 or "没有对象" in said.body["error"]
            else:
                assert _flat(said) == _flat(await api.get("/units/X")), (role, place, said)
        await _hold(api, "V", role)
        said = await api.post("/broadcasts", new)
        assert said.status == (201 if role == "chair" else 403), (role, said)


async def test_a_token_decides_and_controls_as_its_role_may_in_chat(room: rooms.Room, api: Api):
    author = "T-chair"
    await offices.draft(room, author)
    unit_of = {"root": "0", "w": "W"}
    seers = {f"{unit}-{role}" for unit in "AT" for role in offices.ROLES} | {"root"}
    # A token is nobody in particular: a chair's token is another person than the chair who wrote it.
    decides = offices.DECIDES[author] | {author}
    controls = {"T-admin", "A-admin", "root"}
    for who in offices.EVERYBODY:
        role = "admin" if who == "root" else who.partition("-")[2] or "chair"
        await _hold(api, unit_of.get(who, who.partition("-")[0]), role)
        assert (await api.get("/broadcasts/1")).status == (200 if who in seers else 404)
        for deed, may in (("approve", decides), ("pause", controls), ("resume", controls), ("stop", controls)):  # fmt: skip
            said = await api.post(f"/broadcasts/1/{deed}")
            if who not in seers:
                unknown = await api.post(f"/broadcasts/77/{deed}")
                assert _flat(said) == _flat(unknown), (who, deed, said)
                assert said.status == 404
            elif who not in may:
                assert said.status == 403, (who, deed, said)
            elif deed == "approve":
                break  # who may is shown below: it can be done once


async def test_the_token_that_sent_it_never_approves_it_and_says_why(api: Api):
    await _hold(api, "T", "chair")
    said = await api.post("/broadcasts", {"title": "一", "body": "二"})
    assert (said.status, said.body["state"]) == (201, "waiting")
    own = await api.post(f"/broadcasts/{said.body['n']}/approve")
    assert own.status == 403
    assert "wrote" in own.body["error"]
    await _hold(api, "T", "admin")
    assert (await api.post(f"/broadcasts/{said.body['n']}/approve")).status == 200


async def test_a_body_that_is_missing_is_named(api: Api):
    await _hold(api, "T", "chair")
    said = await api.post("/broadcasts")
    assert (said.status, said.body["error"]) == (422, "body: Field required")
    said = await api.post("/broadcasts", {"title": "一"})
    assert (said.status, said.body["error"]) == (422, "body: Field required")


OF_A_UNIT = ("/items", "/items?item=1", "/difficulties", "/weekly", "/weekly.xlsx", "/weekly.docx", "/weekly.png")  # fmt: skip


async def test_what_hangs_on_a_unit_is_read_by_whoever_may_read_the_unit(api: Api):
    for unit, codes, hers in (("T", CODES, offices.HERS), ("V", VILLAGE_CODES, ("own",))):
        for role in ("chair", "member", "admin"):
            await _hold(api, unit, role)
            nothing = set()
            for place, code in codes.items():
                for what in OF_A_UNIT:
                    if place not in hers:
                        nothing.add(_flat(await api.get(f"/units/{code}{what}")))
                    elif "." not in what:
                        said = await api.get(f"/units/{code}{what}")
                        assert said.status == 200, (unit, role, place, what, said)
            assert nothing == {_flat(await api.get("/nowhere"))}, nothing


async def test_what_hangs_on_a_notice_is_there_for_its_senders_scope_alone(
    room: rooms.Room, api: Api
):
    await offices.draft(room, "T-chair")
    await room.say("T-admin", "同意 1")
    for unit in ("0", "A", "T", "V", "S", "W"):
        sees = unit in ("0", "A", "T")
        for role in ("chair", "member", "admin"):
            await _hold(api, unit, role)
            for what in ("", "/receipts", "/chain", "/chain.png"):
                said = await api.get(f"/broadcasts/1{what}")
                unknown = await api.get(f"/broadcasts/77{what}")
                if not sees or "chain" in what:  # it went to no groups, so that it has no chain
                    assert _flat(said) == _flat(unknown) == _flat(await api.get("/nowhere"))
                else:
                    assert said.status == 200, (unit, role, what, said)
            back = await api.post("/broadcasts/1/recall")
            if not sees:
                assert _flat(back) == _flat(await api.post("/broadcasts/77/recall"))
            elif role != "admin":
                assert back.status == 403, (unit, role, back)
    await _hold(api, "T", "chair")
    for place, code in CODES.items():
        said = await api.get(f"/broadcasts/1/receipts?unit={code}")
        if place in ("own", "below"):
            assert said.status == 200, (place, said)
        elif place not in offices.HERS:
            assert _flat(said) == _flat(await api.get("/nowhere")), (place, said)


async def test_a_preview_is_for_whoever_may_send_it(api: Api):
    new = {"title": "一", "body": "二"}
    for role in offices.ROLES:
        await _hold(api, "T", role)
        for place, code in CODES.items():
            said = await api.post("/broadcasts/preview", {**new, "units": [code]})
            if role not in offices.LEADERS:
                assert said.status == 403, (role, place, said)
            elif place not in offices.HERS:
                assert _flat(said) == _flat(await api.get("/nowhere")), (role, place, said)
            else:
                assert said.status in (200, 400), (role, place, said)  # 400: nobody there


async def test_without_a_good_token_every_address_answers_the_same(api: Api):
    api.token = ""
    for unit in ("T", "X"):
        paths = [f"/units/{unit}{what}" for what in ("", "/progress", "/cells", *OF_A_UNIT)]
        for path in [*paths, "/broadcasts/1", "/broadcasts/1/receipts", "/broadcasts/1/chain"]:
            said = await api.get(path)
            assert (said.status, said.headers["www-authenticate"]) == (401, "Bearer"), path
    for path in ("/broadcasts", "/broadcasts/preview", "/broadcasts/1/approve"):
        assert (await api.post(path, {"title": "一", "body": "二"})).status == 401, path
