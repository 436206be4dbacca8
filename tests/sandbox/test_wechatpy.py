"""wechatpy's own client talks to the sandbox: a second opinion on paths, bodies and answers."""

from __future__ import annotations

import io
from typing import Any

import pytest
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from tests.sandbox.platform import APP_ID, HER, SECRET, TEMPLATE

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def client(platform):
    class Client(WeChatClient):  # type: ignore[misc]
        API_BASE_URL = f"{platform.url}/cgi-bin/"

        def fetch_access_token(self) -> Any:  # its address is hard-coded
            return self._fetch_access_token(
                url=f"{platform.url}/cgi-bin/token",
                params={"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET},
            )

    found = Client(APP_ID, SECRET)
    yield found
    found._http.close()


def test_template_and_customer_service_messages(platform, client):
    platform.control("target", url="http://127.0.0.1:9")
    platform.control("latency", push_timeout_ms=100, push_retries=0)
    platform.control("say", openid=HER, text="在吗")
    sent = client.message.send_template(
        HER, TEMPLATE, {"thing1": {"value": "通知"}}, url="http://127.0.0.1/"
    )
    assert sent["msgid"] > 2**53
    assert client.message.send_text(HER, "好")["errcode"] == 0
    with pytest.raises(WeChatClientException) as refused:
        client.message.send_template("oNobody", TEMPLATE, {"thing1": {"value": "通知"}})
    assert refused.value.errcode == 40003


def test_menu(client):
    menu = {"button": [{"type": "click", "name": "报", "key": "k"}]}
    assert client.menu.create(menu)["errcode"] == 0
    assert client.menu.get()["menu"]["button"][0]["key"] == "k"
    assert client.menu.get_menu_info()["is_menu_open"] == 1
    assert client.menu.delete()["errcode"] == 0


def test_qr_codes_and_media(platform, client):
    made = client.qrcode.create(
        {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "s"}}}
    )
    assert made["url"].startswith(platform.url)
    uploaded = client.media.upload("image", ("a.png", io.BytesIO(PNG), "image/png"))
    assert client.media.download(uploaded["media_id"]).content == PNG


def test_users_templates_and_addresses(platform, client):
    platform.meet(HER)
    assert client.user.get(HER)["subscribe"] == 1
    assert client.user.get_followers()["data"]["openid"] == [HER]
    listed = client.template.get_all_private_template()["template_list"]
    assert [one["template_id"] for one in listed] == [TEMPLATE]
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]


def test_it_fetches_a_new_token_when_the_old_one_is_revoked(platform, client):
    assert client.misc.get_wechat_ips()
    platform.control("tokens", how="revoke")
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]
