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
    assert "起草" in own.body["error"]
    await _hold(api, "T", "admin")
    assert (await api.post(f"/broadcasts/{said.body['n']}/approve")).status == 200


FAULTS: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({}, 422, "title：没有写。"),
    ({"title": "一", "body": ""}, 422, "body：不能空着。"),
    ({"title": "一" * 129, "body": "二"}, 422, "title：最多 128 个字。"),
    ({"title": 1, "body": "二"}, 422, "title：请写成文字，加引号。"),
    ({"title": "一", "body": "二", "surprise": 1}, 422, "surprise：没有这一项，请去掉。"),
    ({"title": "一", "body": "二", "groups": "yes"}, 422, "groups：请写 true 或 false。"),
    ({"title": "一", "body": "二", "units": "T"}, 422, 'units：请写成列表，如 ["…"]。'),
    ({"title": "一", "body": "二", "to": ["chair"]}, 422, 'to.0：请写成 JSON 对象，如 {"…": "…"}。'),
    ({"title": "一", "body": "二", "to": [{"role": "boss"}]}, 422, "to.0.role：只能是其中之一：chair, deputy, member, staff, admin。"),
    ({"title": "一", "body": "二", "kind": "闲聊"}, 422, "kind：只能是其中之一：通知, 精神, 部署, 动态, 进展, 困难, 通报, 学习, 活动。"),
    ({"title": "一", "body": "二", "deadline": "明天"}, 422, "deadline：请写带时区的时间，如 2026-12-01T18:00:00+08:00。"),
    ({"title": "一", "body": "二", "deadline": "2026-12-01T18:00:00"}, 422, "deadline：请写带时区的时间，如 2026-12-01T18:00:00+08:00。"),
    ({"title": "一", "body": "二", "deadline": "2020-12-01T18:00:00+08:00"}, 400, "截止时间早于发送时间，请改截止时间。"),
)  # fmt: skip


async def test_what_is_wrong_is_said_in_one_language(api: Api):
    await _hold(api, "T", "chair")
    for body, status, wanted in FAULTS:
        said = await api.post("/broadcasts", body)
        assert (said.status, said.body["error"]) == (status, wanted), body
    assert (await api.post("/broadcasts")).body["error"] == "body：没有写。"
    for path, wanted in (
        ("/units/T/cells?limit=a", "limit：请写整数。"),
        ("/units/T/cells?limit=0", "limit：不能小于 1。"),
        ("/units/T/cells?limit=5001", "limit：不能大于 5000。"),
        ("/units/T/progress?period=soon", "period：写法不对，请看接口说明（/api/v1/openapi.json）。"),
        ("/units/T/progress?period=2026-W99", "period：没有 2026-W99 这一周或这一天。"),
        ("/units/T/difficulties?state=none", "state：只能是其中之一：open, answered, unsolved, solved, closed。"),
        ("/units/T/weekly.doc", "ending：只能是其中之一：docx, xlsx, png。"),
        ("/broadcasts/one", "n：请写整数。"),
        ("/broadcasts/1", "没有找到，或者它不在这个令牌的管辖范围内。"),
    ):  # fmt: skip
        assert (await api.get(path)).body["error"] == wanted, path
    await _hold(api, "T", "member")
    said = await api.post("/broadcasts", {"title": "一", "body": "二"})
    assert said.body["error"] == "这个令牌的职务不能在这里办这件事。"


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
