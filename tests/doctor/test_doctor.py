"""`yihu doctor` against the sandbox: what it finds, what it advises, and how it ends."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import runtime
from bot.actions import doctor, receive
from bot.core import inbound
from bot.core.finding import Finding, Verdict
from bot.runtime import Runtime
from bot.sandbox.options import DEFAULTS
from config.settings import Settings
from tests import programs
from tests.doctor.conftest import settings
from tests.sandbox.platform import Platform

TEMPLATES = "template/get_all_private_template"
NOT_LISTED = "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist"


async def found(rt: Runtime, area: str) -> Finding:
    """The worst finding about an area."""
    order = list(Verdict)
    some = [one for one in await doctor.examine(rt) if one.area == area]
    assert some, area
    return max(some, key=lambda one: order.index(one.verdict))


async def test_where_all_is_well_nothing_is_broken(rt: Runtime) -> None:
    findings = await doctor.examine(rt)
    assert {one.area for one in findings if one.verdict is Verdict.BROKEN} == set()
    areas = {one.area for one in findings if one.verdict is Verdict.FINE}
    assert areas >= {
        "database", "redis", "spool", "secret key", "encryption", "public url", "token", "clock",
        "addresses", "callback", "templates", "qr codes", "quota", "menu", "certification",
    }  # fmt: skip


class Case(NamedTuple):
    """A fault of the platform, and what is said of it."""

    endpoint: str
    fault: dict[str, object]
    area: str
    verdict: str
    says: str
    mend: str


CASES = (
    Case("stable_token", {"code": 40164, "errmsg": NOT_LISTED}, "token", "broken", "40164", "add 203.0.113.9"),
    Case("stable_token", {"code": 40125}, "token", "broken", "40125", "YIHU_WECHAT_APP_SECRET"),
    Case("stable_token", {"drop": True}, "token", "broken", "no answer", "YIHU_WECHAT_API_BASE"),
    Case(TEMPLATES, {"code": 48001}, "templates", "warning", "待转发", "服务号"),
    Case("qrcode/create", {"code": 48001}, "qr codes", "warning", "may not", "绑定"),
    Case("getcallbackip", {"drop": True}, "addresses", "warning", "could not be asked", "again"),
    Case("callback/check", {"code": 40201}, "callback", "broken", "40201", "/wechat"),
    Case("menu/get", {"garbage": "html"}, "menu", "warning", "could not be asked", "again"),
    Case("quota/get", {"code": 48004}, "quota", "warning", "48004", ""),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.endpoint}-{case.says}")
async def test_what_the_platform_refuses_is_said_with_what_to_do(
    rt: Runtime, platform: Platform, case: Case
) -> None:
    platform.control("faults", endpoint=case.endpoint, **case.fault)
    one = await found(rt, case.area)
    assert one.verdict == case.verdict, one
    assert case.says in one.says
    assert case.mend in one.mend


async def test_the_template_must_be_there_and_have_the_keys_we_fill(
    rt: Runtime, platform: Platform
) -> None:
    other = {
        "template_id": DEFAULTS["template_id"],
        "title": "通知",
        "content": "头：{{first.DATA}}",
    }
    platform.control("templates", templates=[other])
    one = await found(rt, "templates")
    assert one.verdict is Verdict.BROKEN
    assert "first" in one.says
    assert "templates.yaml" in one.mend
    rt.settings = rt.settings.model_copy(update={"wechat_template_id": "gone"})
    one = await found(rt, "templates")
    assert "no template gone" in one.says
    assert DEFAULTS["template_id"] in one.mend


async def test_used_up_quotas_are_broken_and_nearly_used_ones_a_warning(
    rt: Runtime, platform: Platform
) -> None:
    platform.control("quota", endpoint="template/send", used=95_000)
    assert (await found(rt, "quota")).verdict is Verdict.WARNING
    platform.control("quota", endpoint="template/send", used=100_000)
    one = await found(rt, "quota")
    assert (one.verdict, one.says) == (
        Verdict.BROKEN,
        "notices: 0 of 100000 calls left today",
    )


async def test_a_menu_of_somebody_else_is_kept_and_named(rt: Runtime, platform: Platform) -> None:
    theirs = {"button": [{"type": "view", "name": "官网", "url": "https://example.org/"}]}
    platform.api("menu/create", theirs)
    one = await found(rt, "menu")
    assert one.verdict is Verdict.WARNING
    assert "官网" in one.says
    assert "我要报" in one.mend
    assert platform.api("menu/get")["menu"]["button"][0]["name"] == "官网"


async def test_what_the_platform_said_of_the_certification_is_remembered(rt: Runtime) -> None:
    for event, verdict in (("verify_expired", "broken"), ("annual_renew", "warning")):
        said = inbound.Certification(event)
        when = datetime(2026, 11, 1, 9, tzinfo=UTC)
        push = inbound.Inbound("wechat", "o", "gh", when, b"k", said)
        await receive._Notes(rt).keep(push)
        one = await found(rt, "certification")
        assert one.verdict == verdict
        assert "2026-11-01" in one.says


async def test_a_clock_that_is_wrong_is_seen_by_the_platforms_date(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await rt.channels.mp.clock()
    assert there is not None

    async def late() -> object:
        return there.replace(year=there.year - 1)

    monkeypatch.setattr(rt.channels.mp, "clock", late)
    one = await found(rt, "clock")
    assert one.verdict is Verdict.BROKEN
    assert "NTP" in one.mend


async def test_own_things_that_are_missing_are_found(rt: Runtime, tmp_path: Path) -> None:
    rt.settings = rt.settings.model_copy(
        update={"wechat_aes_key": "", "public_url": "http://x", "secret_key": "short"}
    )
    for area in ("encryption", "public url", "secret key"):
        assert (await found(rt, area)).verdict is Verdict.WARNING
    (tmp_path / "secret.key").write_text("a long text of a test")
    (tmp_path / "secret.key").chmod(0o644)
    rt.settings = rt.settings.model_copy(update={"secret_key": "a long text of a test"})
    assert (await found(rt, "secret key")).verdict is Verdict.BROKEN


def test_the_command_ends_with_2_and_one_last_line_until_nothing_is_broken(
    platform: Platform, tmp_path: Path, redis_url: str
) -> None:
    made = settings(platform.url, tmp_path, redis_url=redis_url)
    environment = {"PATH": "/usr/bin:/bin"} | {
        f"YIHU_{name.upper()}": str(getattr(made, name)) for name in made.model_fields_set
    }

    def yihu(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        done = programs.run(programs.yihu, *arguments, environment=environment | more, cwd=tmp_path)
        assert DEFAULTS["app_secret"] not in done.stdout + done.stderr
        return done

    sick = yihu("doctor", YIHU_REDIS_URL="redis://127.0.0.1:1")
    assert sick.returncode == 2
    assert "run `yihu db upgrade`" in sick.stdout
    assert sick.stderr.strip() == "broken: database, redis; do what stands after each arrow"
    assert yihu("db", "upgrade").returncode == 0
    well = yihu("doctor")
    assert (well.returncode, well.stderr) == (0, ""), well.stdout
    assert well.stdout.splitlines()[-1] == "nothing is broken"


WECOM = {
    "wecom_corp_id": DEFAULTS["corp_id"],
    "wecom_agent_id": DEFAULTS["agent_id"],
    "wecom_secret": DEFAULTS["corp_secret"],
}
HEARS = {"wecom_token": DEFAULTS["token"], "wecom_aes_key": DEFAULTS["aes_key"]}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (WECOM | HEARS, (Verdict.FINE, "members can register by speaking to the app")),
        (WECOM, (Verdict.WARNING, "YIHU_WECOM_TOKEN and YIHU_WECOM_AES_KEY not set")),
        (WECOM | HEARS | {"wecom_secret": ""}, (Verdict.BROKEN, "YIHU_WECOM_SECRET not set")),
        (WECOM | HEARS | {"wecom_secret": "wrong"}, (Verdict.BROKEN, "no access token")),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_an_app_of_wecom_it_says_whether_it_can_be_called_and_spoken_to(
    rt: Runtime, redis_url: str, more: dict[str, object], expected: tuple[Verdict, str]
) -> None:
    verdict, says = expected
    changes = more | {"wecom_api_base": rt.settings.wechat_api_base}
    made = Settings.model_validate(rt.settings.model_dump() | changes)
    async with runtime.opened(made, redis_url) as opened:
        assert (await found(opened, "wecom")).verdict is verdict
        told = [one.says for one in await doctor.examine(opened) if one.area == "wecom"]
        assert any(says in one for one in told), told


async def test_without_wecom_nothing_is_said_of_it(rt: Runtime) -> None:
    assert "wecom" not in {one.area for one in await doctor.examine(rt)}
