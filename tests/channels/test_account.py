"""The account's own calls: what is asked, what is made of the answer, what a refusal raises."""

from __future__ import annotations

import pytest

from bot import errors
from bot.channels import account, template
from tests.channels.platform import SECRET, drops, says

OK = {"errcode": 0, "errmsg": "ok"}


async def test_the_menu_is_put_up_read_and_taken_down(platform, mp):
    buttons = [{"type": "click", "name": "我要报", "key": "report"}]
    platform.answer = says(OK)
    await account.create_menu(mp, buttons)
    assert platform.calls[-1].path == "/cgi-bin/menu/create"
    assert platform.calls[-1].body == {"button": buttons}
    platform.answer = says({"menu": {"button": buttons}})
    assert await account.menu(mp) == buttons
    platform.answer = says({"errcode": 46003, "errmsg": "menu no exist"})
    assert await account.menu(mp) == []
    platform.answer = says(OK)
    await account.delete_menu(mp)
    assert platform.calls[-1].path == "/cgi-bin/menu/delete"


async def test_a_qr_code_is_made_for_a_time_or_for_ever(platform, mp):
    platform.answer = says(
        {"ticket": "t1", "expire_seconds": 60, "url": "http://weixin.qq.com/q/1"}
    )
    made = await account.create_qr(mp, "K7M2QX", seconds=account.LONGEST_QR_S)
    assert made == account.QrCode("t1", "http://weixin.qq.com/q/1")
    assert platform.calls[-1].body == {
        "action_name": "QR_STR_SCENE",
        "expire_seconds": 2_592_000,
        "action_info": {"scene": {"scene_str": "K7M2QX"}},
    }
    await account.create_qr(mp, "K7M2QX", seconds=None)
    assert platform.calls[-1].body["action_name"] == "QR_LIMIT_STR_SCENE"
    assert "expire_seconds" not in platform.calls[-1].body


async def test_a_picture_is_uploaded_as_a_form(platform, mp):
    platform.answer = says({"type": "image", "media_id": "m1", "created_at": 1})
    assert (
        await account.upload_image(mp, name="进度.png", kind="image/png", file=b"\x89PNG") == "m1"
    )
    asked = platform.calls[-1]
    assert asked.path == "/cgi-bin/media/upload"
    assert asked.query == {"type": "image", "access_token": f"{SECRET}-1"}
    assert b'name="media"' in asked.body
    assert b"\x89PNG" in asked.body
    assert b"image/png" in asked.body


async def test_the_quota_of_a_path_is_what_the_platform_says(platform, mp):
    platform.answer = says(
        {**OK, "quota": {"daily_limit": 100000, "used": 3, "remain": 99997}, "rate_limit": {}}
    )
    assert await account.quota(mp, template.PATH) == account.Quota(100000, 3, 99997)
    assert platform.calls[-1].body == {"cgi_path": "/cgi-bin/message/template/send"}


async def test_addresses_callback_templates_and_followers_are_read(platform, mp):
    platform.answer = says({"ip_list": ["1.2.3.4", "2.0.0.0/8"]})
    assert await account.callback_ips(mp) == ("1.2.3.4", "2.0.0.0/8")
    platform.answer = says({"dns": [{"ip": "1.1.1.1"}], "ping": []})
    assert (await account.check_callback(mp, action="all"))["ping"] == []
    platform.answer = says(
        {"template_list": [{"template_id": "T1", "title": "通知", "content": "{{first.DATA}}"}]}
    )
    assert await account.templates(mp) == [account.OwnTemplate("T1", "通知", "{{first.DATA}}")]
    platform.answer = says(
        {
            "subscribe": 1,
            "openid": "o1",
            "subscribe_scene": "ADD_SCENE_QR_CODE",
            "qr_scene_str": "K7",
        }
    )
    found = await account.follower(mp, "o1")
    assert found == account.Follower("o1", follows=True, came_by="ADD_SCENE_QR_CODE", scene="K7")
    assert "o1" not in repr(found)
    platform.answer = says({"subscribe": 0, "openid": "o1"})
    assert not (await account.follower(mp, "o1")).follows


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says({"errcode": 40003, "errmsg": "invalid openid"}), errors.NotFound),
        (says({"errcode": 48001, "errmsg": "api unauthorized"}), errors.Misconfigured),
        (says({"errcode": 45009, "errmsg": "quota"}), errors.TryLater),
        (says({"errcode": 47001, "errmsg": "data format error"}), errors.TextRefused),
        (says({"errcode": -1, "errmsg": "busy"}), errors.Unclear),
        (says("<html>"), errors.Unclear),
        (drops, errors.Unclear),
        (says({"errcode": 0, "errmsg": "ok"}), errors.Unclear),  # good, and without what was asked
    ],
)
async def test_a_refusal_raises_the_error_of_its_class(platform, mp, answer, error):
    platform.answer = answer
    with pytest.raises(error):
        await account.quota(mp, template.PATH)
