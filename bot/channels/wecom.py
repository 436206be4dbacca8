"""The server API of one WeCom app, and its token, which is the app's own: corp id and app secret.

`gettoken` gives everybody the same token during its 7200 s:
developer.work.weixin.qq.com/document/path/91039, a copy read in November 2026.
"""

from __future__ import annotations

from redis.asyncio import Redis

from bot import errors
from bot.channels.api import Api
from bot.channels.base import Platform
from bot.channels.http import Answer, Http
from bot.channels.tokens import Tokens
from bot.core.seal import Sealer

_SETTINGS = "YIHU_WECOM_CORP_ID, YIHU_WECOM_AGENT_ID and YIHU_WECOM_SECRET"


class AppTokens(Tokens):
    """The token of one app; shared by all processes as `Tokens` are."""

    platform = Platform.WECOM

    def __init__(
        self, http: Http, redis: Redis, seal: Sealer, *, base: str, corp_id: str, agent_id: str,
        secret: str,
    ) -> None:  # fmt: skip
        self._agent_id = agent_id
        super().__init__(http, redis, seal, base=base, app_id=corp_id, secret=secret)

    def _whose(self) -> str:
        return f"{self._app_id}:{self._agent_id}"

    async def _fetch(self) -> Answer:
        if not self._app_id or not self._agent_id or not self._secret:
            raise errors.Misconfigured(f"set {_SETTINGS}")
        query = {"corpid": self._app_id, "corpsecret": self._secret}
        return await self._http.get(self._base + "/cgi-bin/gettoken", query)


class Wecom(Api):
    """The API of one app, with `AppTokens` of it."""
