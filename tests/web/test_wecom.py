"""`/wecom` against the sandbox, whose signature and cipher are its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conformance import front as fronts
from tests.conformance.front import WECOM
from tests.sandbox import platform as platforms


async def test_a_member_is_answered_and_the_address_is_proven(
    tmp_path: Path, redis_url: str, sqlite_template: Path, monkeypatch
):
    shutil.copyfile(sqlite_template, tmp_path / "yihu.db")
    url = f"sqlite:///{tmp_path / 'yihu.db'}"
    corp = {"corp_id": WECOM.app_id, "token": WECOM.token, "aes_key": WECOM.aes_key}
    with platforms.running() as sandbox:
        async with fronts.running(tmp_path, url, redis_url, monkeypatch, secure=True) as front:

            async def control(path: str, **given: object) -> dict[str, object]:
                body = {"target": f"{front.url}/wecom", **corp, **given}
                async with front.http.post(f"{sandbox.url}/control/{path}", json=body) as told:
                    found: dict[str, object] = await told.json()
                    return found

            assert (await control("wecom/verify"))["ok"] is True
            assert (await control("wecom/verify", corp_id="wwother"))["status"] == 403
            told = await control("wecom/say", userid="zhangsan", text="帮助")
            assert (told["status"], told["problem"], bool(told["text"])) == (200, None, True)
            assert front.pushes[0].inbound.openid == "zhangsan"
            told = await control("wecom/say", userid="zhangsan", text="帮助", corp_id="wwother")
            assert (told["status"], told["raw"], len(front.pushes)) == (200, "success", 1)
