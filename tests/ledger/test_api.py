"""The API sees what chat sees, and nothing beyond the token's scope."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.core.model import Role
from tests.ledger import land as lands
from tests.ledger.land import Land
from tests.ledger.web import Api

NOTICE = {"kind": "通知", "title": "会改联推进", "body": "请各村周五前报数。"}


@pytest.fixture
async def api(land: Land, monkeypatch) -> Api:
    """The API, on the tenth day of the campaign at 10:00."""
    now = land.at(9)
    monkeypatch.setattr(type(land.rt), "now", lambda _: now)
    return Api(land)


async def test_without_a_good_token_nothing_is_told(land: Land, api: Api):
    for token in ("", "made up"):
        api.token = token
        said = await api.get("/units/s")
        assert said.status == 401
        assert said.headers["www-authenticate"] == "Bearer"
        assert list(said.body) == ["error"]
    await api.hold("s", minutes=-1)
    assert (await api.get("/units/s")).status == 401


async def test_a_unit_is_shown_with_those_below_in_the_official_order(api: Api):
    await api.hold("c0")
    said = await api.get("/units/c0")
    assert said.status == 200
    assert (said.body["code"], said.body["level"], said.body["parent_code"]) == (
        "c0",
        "county",
        None,
    )
    assert [child["code"] for child in said.body["children"]] == ["c0t0", "c0t1", "c0v9"]
    assert (await api.get("/units/c0t0")).body["parent_code"] == "c0"


async def test_outside_the_scope_and_unknown_get_the_same_answer(api: Api):
    await api.hold("c0")
    nothing = await api.get("/nothing/here")
    for path in ("", "/progress", "/cells", "/progress?indicator=members"):
        for code in ("c1", "c1t0v0", "s", "nowhere"):
            said = await api.get(f"/units/{code}{path}")
            assert (said.status, said.body) == (404, nothing.body), (code, path)


async def test_progress_is_the_line_of_chat_and_its_figures(land: Land, api: Api):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c0t0v1", "reform", 1, land.at(8))
    await land.say("c0t0v1", "members", 12, land.at(8))
    await api.hold("s")
    said = await api.get("/units/c0/progress?campaign=hundred&indicator=reform")
    assert said.status == 200
    assert said.body["as_of"] == "2026-11-11T10:00:00+08:00"
    (one,) = said.body["items"]
    assert one["line"] == "c0 会改联 2/7（28.6%）"
    assert (one["done"], one["expected"], one["week"]["done"]) == (2, 7, 1)
    children = {child["unit"]["code"]: child["done"] for child in one["children"]}
    assert children == {"c0t0": 2, "c0t1": 0, "c0v9": 0}
    every = (await api.get("/units/c0/progress")).body["items"]
    assert [item["indicator"] for item in every] == [
        "region",
        "reform",
        "members",
        "visits",
        "steps",
    ]
    assert every[2]["line"] == "c0 新增执委 12（已报 1/7）"


async def test_a_past_week_is_shown_as_it_was(land: Land, api: Api):
    await land.say("c0t0v0", "reform", 1, land.at(6, 23, 59))
    await land.say("c0t0v1", "reform", 1, land.at(7, 0, 0))
    await api.hold("s")
    path = "/units/s/progress?indicator=reform&period="
    first, now = await api.get(path + "2026-W45"), await api.get(path + "2026-W46")
    assert (first.body["items"][0]["done"], now.body["items"][0]["done"]) == (1, 2)
    assert first.body["as_of"].startswith("2026-11-08T23:59:59")
    day = await api.get(path + "2026-11-08")
    assert day.body["items"][0]["done"] == 1


async def test_figures_of_a_campaign_that_is_over_say_since_when(land: Land, api: Api, monkeypatch):
    for day, over_since in ((100, None), (101, "2027-02-10")):
        now = land.at(day)
        monkeypatch.setattr(type(land.rt), "now", lambda _, now=now: now)
        await api.hold("s")
        assert (await api.get("/units/s/progress")).body["over_since"] == over_since
    last = await api.get("/units/s/progress?period=2027-02-10")
    assert last.body["over_since"] is None, "it ran until the end of that day"


async def test_a_period_that_is_none_is_refused_in_one_sentence(api: Api):
    await api.hold("s")
    for period, status in (
        ("2026-W99", 400),
        ("2026-13-01", 400),
        ("2027-W01", 400),
        ("soon", 422),
        ("", 422),
    ):
        said = await api.get(f"/units/s/progress?period={period}")
        assert (said.status, list(said.body)) == (status, ["error"]), period
        assert "period" in said.body["error"]


async def test_an_unknown_campaign_or_indicator_is_not_found(api: Api):
    await api.hold("s")
    for query in ("campaign=none", "indicator=none"):
        assert (await api.get(f"/units/s/progress?{query}")).status == 404


async def test_zero_missing_and_not_asked_are_three_things(land: Land, api: Api):
    await land.say("c0t0v0", "members", 0, land.at(2))
    await api.hold("s")
    said = (await api.get("/units/c0t0/cells?indicator=members&missing=true")).body
    assert [(one["unit"]["code"], one["state"]) for one in said["items"]] == [("c0t0v0", "zero")]
    assert [one["unit"]["code"] for one in said["missing"]] == ["c0t0v1", "c0t0v2"]
    plain = (await api.get("/units/c0t0/cells?indicator=members")).body
    assert plain["missing"] == [], "only when asked for"
    town = (await api.get("/units/c0t0/cells?indicator=region&missing=true")).body
    assert [one["unit"]["code"] for one in town["missing"]] == ["c0t0"], (
        "a township is not asked for members"
    )
    (one,) = (await api.get("/units/c0t0v1/progress?indicator=region")).body["items"]
    assert (one["expected"], one["reported"]) == (0, 0)


async def test_cells_are_paged_and_say_where_they_come_from(land: Land, api: Api):
    noted = await land.say("c0t0", "members", 8, land.at(2), of="c0t0v0")
    await land.say("c0t1v2", "members", 0, land.at(2))
    await land.say("c1t0v0", "members", 5, land.at(3))
    await api.hold("s")
    first = (await api.get("/units/s/cells?indicator=members&limit=2")).body
    assert [item["unit"]["code"] for item in first["items"]] == ["c0t0v0", "c0t1v2"]
    one = first["items"][0]
    assert (one["value"], one["entry_id"], one["on_behalf"]) == (8, noted.items[0].entry_id, True)
    assert one["as_of"] == "2026-11-04T10:00:00+08:00"
    assert len(one["source"]) == 64
    rest = (await api.get(f"/units/s/cells?indicator=members&after={first['next']}")).body
    assert [item["value"] for item in rest["items"]] == [5]
    assert rest["next"] is None
    assert (await api.get("/units/c1t0v0/cells")).body["items"][0]["unit"]["code"] == "c1t0v0"


async def test_a_broadcast_is_sent_once_for_each_key_and_its_sum_holds(land: Land, api: Api):
    await lands.register(land, "c0", "c0t0", "c0t0v0")
    await api.hold("c0")
    body = {**NOTICE, "to": [{"level": "village", "role": "chair"}]}
    said = await api.post("/broadcasts", body, idempotency_key="k1")
    assert said.status == 201, said.body
    again = await api.post("/broadcasts", body, idempotency_key="k1")
    assert (again.status, again.body["n"]) == (201, said.body["n"])
    other = await api.post("/broadcasts", {**body, "title": "另一件"}, idempotency_key="k1")
    assert other.status == 409
    n = said.body["n"]
    shown = (await api.get(f"/broadcasts/{n}")).body
    people = shown["people"]
    assert people["n"] == 7 == sum(people.values()) - people["n"]
    assert people["unregistered"] == 6
    assert shown["line"].startswith(f"{n}号通知：对象 7＝")
    rows = (await api.get(f"/broadcasts/{n}/receipts")).body
    assert (rows["people"], rows["signed"]) == (7, 0)
    below = (await api.get(f"/broadcasts/{n}/receipts?unit=c0t0")).body
    assert below["people"] == 3


async def test_the_token_that_sent_pauses_resumes_and_stops(api: Api):
    await api.hold("c0")
    n = (await api.post("/broadcasts", NOTICE)).body["n"]
    assert (await api.post(f"/broadcasts/{n}/pause")).body["state"] == "paused"
    assert (await api.post(f"/broadcasts/{n}/resume")).status == 200
    assert (await api.post(f"/broadcasts/{n}/stop")).body["state"] == "stopped"
    assert (await api.post(f"/broadcasts/{n}/resume")).status == 409
    assert (await api.post(f"/broadcasts/{n}/approve")).status == 403
    assert (await api.post(f"/broadcasts/{n}/explode")).status == 422


async def test_another_chair_sees_it_and_may_not_stop_it_an_admin_above_may(api: Api):
    await api.hold("c0")
    n = (await api.post("/broadcasts", NOTICE)).body["n"]
    await api.hold("s")
    assert (await api.get(f"/broadcasts/{n}")).status == 200
    assert (await api.post(f"/broadcasts/{n}/stop")).status == 403
    await api.hold("s", Role.ADMIN)
    assert (await api.post(f"/broadcasts/{n}/stop")).body["state"] == "stopped"
    await api.hold("c1")
    unseen, unknown = await api.get(f"/broadcasts/{n}"), await api.get("/broadcasts/99999")
    assert (unseen.status, unseen.body) == (404, unknown.body)


async def test_above_the_threshold_somebody_else_has_to_approve(land: Land, api: Api):
    land.rt.settings = land.rt.settings.model_copy(update={"approval_threshold": 3})
    await api.hold("c0")
    n = (await api.post("/broadcasts", NOTICE)).body["n"]
    assert (await api.get(f"/broadcasts/{n}")).body["state"] == "waiting"
    assert (await api.post(f"/broadcasts/{n}/approve")).status == 403
    await api.hold("s")
    approved = await api.post(f"/broadcasts/{n}/approve")
    assert approved.status == 200, approved.body
    assert approved.body["state"] in ("ready", "sending")


async def test_a_broadcast_that_cannot_be_is_refused(api: Api):
    await api.hold("c0")
    changes: list[tuple[dict[str, Any], int]] = [
        ({"title": ""}, 422),
        ({"kind": "闲聊"}, 422),
        ({"surprise": 1}, 422),
        ({"groups": "yes"}, 422),
        ({"deadline": "2026-12-01T18:00:00"}, 422),
        ({"deadline": "2026-11-01T18:00:00+08:00"}, 400),
        ({"units": ["c1"]}, 404),
        ({"units": ["nowhere"]}, 404),
        ({"to": [{"level": "planet"}]}, 422),
    ]
    for change, status in changes:
        said = await api.post("/broadcasts", {**NOTICE, **change})
        assert (said.status, list(said.body)) == (status, ["error"]), change


async def test_a_role_that_may_not_send_is_told_so(api: Api):
    await api.hold("c0", Role.MEMBER)
    assert (await api.post("/broadcasts", NOTICE)).status == 403


async def test_the_description_names_every_address_and_the_token(api: Api):
    described = (await api.get("/openapi.json")).body
    assert set(described["paths"]) == {
        "/api/v1/units/{code}",
        "/api/v1/units/{code}/progress",
        "/api/v1/broadcasts/{n}/chain.png",
        "/api/v1/broadcasts/{n}/chain",
        "/api/v1/broadcasts/preview",
        "/api/v1/units/{code}/cells",
        "/api/v1/units/{code}/items",
        "/api/v1/units/{code}/difficulties",
        "/api/v1/units/{code}/weekly",
        "/api/v1/units/{code}/weekly.{ending}",
        "/api/v1/broadcasts",
        "/api/v1/broadcasts/{n}",
        "/api/v1/broadcasts/{n}/receipts",
        "/api/v1/broadcasts/{n}/{deed}",
    }
    for path in described["paths"].values():
        for deed in path.values():
            assert deed["security"] == [{"HTTPBearer": []}]
            failure = deed["responses"]["422"]["content"]["application/json"]["schema"]
            assert failure["$ref"].endswith("/Failure")


async def test_a_token_ends_with_its_days(land: Land, api: Api, monkeypatch):
    await api.hold("s", minutes=60)
    assert (await api.get("/units/s")).status == 200
    later = land.at(9) + timedelta(minutes=61)
    monkeypatch.setattr(type(land.rt), "now", lambda _: later)
    assert (await api.get("/units/s")).status == 401


async def test_what_cannot_be_kept_is_refused_in_one_sentence(api: Api):
    await api.hold("c0")
    for changed in (
        {"title": "a\0b"},
        {"deadline": "9999-12-31T23:59:59Z"},
        {"not_before": "9999-12-31T23:59:59Z"},
    ):
        said = await api.post("/broadcasts", NOTICE | changed)
        # SQLite keeps a NUL as it is.
        assert said.status in ((201, 422) if "title" in changed else (400,)), said
        assert said.status == 201 or list(said.body) == ["error"]


async def test_a_database_that_is_away_is_said_in_one_sentence(api: Api, monkeypatch):
    await api.hold("c0")

    def away(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(api.land.rt.db, "read", away)
    said = await api.get("/units/c0")
    assert (said.status, list(said.body)) == (503, ["error"])
