"""Every sample of a push, signed now, in every mode and form, through the running front to its handler."""

from __future__ import annotations

import pytest

from bot.actions import receive
from bot.channels import fields
from bot.channels.base import Account, Format
from bot.core import inbound
from tests.channels import pushes
from tests.conformance import front as fronts
from tests.conformance.conftest import HERE, LEFT_OUT, TRIED, files

SPOKEN = receive._SPOKEN | receive._ACTED


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("mode", ["plain", "compatible", "secure"])
@pytest.mark.parametrize(
    ("account", "samples"),
    [(fronts.MP, "mp/inbound/*.xml"), (fronts.WECOM, "work/inbound/*.xml")],
    ids=["wechat", "wecom"],
)
async def test_every_sample_reaches_its_handler(
    *, account, samples, mode, form, tmp_path, sqlite_url, redis_url, monkeypatch
):
    if mode == "plain" and account is fronts.WECOM:
        return  # WeCom has no plain mode
    faults = []
    async with fronts.running(
        tmp_path, sqlite_url, redis_url, monkeypatch, secure=mode != "plain"
    ) as front:
        for name in files(samples):
            plain = fronts.own((HERE / name).read_bytes())
            query, body = fronts.dressed(account, mode, plain, form)
            status, answer = await front.push(account, query, body)
            wrong = _wrong(
                front,
                account=account,
                mode=mode,
                name=name,
                plain=plain,
                status=status,
                answer=answer,
            )
            if wrong:
                faults.append(f"{name}: {wrong}")
            elif name not in LEFT_OUT:
                TRIED[f"pushes to /{account.name}: {mode}, {form}"] += 1
            front.pushes.clear()
            front.said.clear()
    assert faults == []


def _wrong(
    front: fronts.Front,
    *,
    account: Account,
    mode: str,
    name: str,
    plain: bytes,
    status: int,
    answer: bytes,
) -> str:
    """What is not as it must be; empty when all is well."""
    if status != 200:
        return f"answered {status}"
    if name in LEFT_OUT:
        return "" if answer == b"success" and not front.pushes else "is not left out any more"
    if len(front.pushes) != 1:
        return "was not read"
    said, tree = front.pushes[0].inbound, fields.parse(plain)[0]
    if said.openid != str(tree["FromUserName"]).strip():
        return f"is from {said.openid}"
    if isinstance(said.what, inbound.Other) and {said.what.kind, said.what.name} & KNOWN:
        return "has no type of its own"
    if isinstance(said.what, SPOKEN) != (front.said == [said]):
        return f"reached the chat {len(front.said)} times"
    if answer == b"success":
        return ""
    outer = fields.parse(answer)[0]
    if mode != "plain":
        sealed = outer["Encrypt"]
        assert isinstance(sealed, str)
        outer = fields.parse(pushes.unseal(account, sealed).encode())[0]
    if outer.get("ToUserName") != said.openid or not outer.get("MsgType"):
        return f"was answered {outer}"
    return "broke the chat" if outer.get("Content") == front.rt.words.say("chat.broken") else ""


KNOWN = {
    "text", "image", "voice", "video", "shortvideo", "link",
    "subscribe", "unsubscribe", "scan", "location", "click", "view", "view_miniprogram",
    "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin",
    "location_select", "templatesendjobfinish", "masssendjobfinish", "subscribe_msg_popup_event",
    "subscribe_msg_change_event", "subscribe_msg_sent_event", "verify_expired", "annual_renew",
    "qualification_verify_success", "qualification_verify_fail", "naming_verify_success",
    "naming_verify_fail",
}  # fmt: skip
