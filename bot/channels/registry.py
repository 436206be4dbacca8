"""Which accounts and channels there are: the one list to add to.

Relay is no channel: what a group owner is to forward goes to her by `template` or `custom`.
"""

from __future__ import annotations

from collections.abc import Mapping

from redis.asyncio import Redis

from bot.channels.base import Account, Channel, Listener, Platform
from bot.channels.custom import Custom
from bot.channels.http import DEADLINE_S, Http
from bot.channels.mp import Mp
from bot.channels.robot import Robot
from bot.channels.template import Template
from bot.channels.tokens import Tokens
from bot.channels.wire import Wire
from bot.core.seal import Sealer
from config.settings import Settings

WECHAT, WECOM = "wechat", "wecom"  # our names of the accounts, also the webhook's path


class Channels:
    """What one process speaks to the platforms with; opens nothing until the first call.

    `sending` has every channel by its name, `listeners` every account whose callback is set up,
    `mp` is the WeChat account's own API for `account.*`.
    """

    def __init__(self, settings: Settings, redis: Redis, seal: Sealer) -> None:
        """Raises Misconfigured when a callback's key cannot be right."""
        base = settings.wechat_api_base
        self._http = Http(connections=settings.window, deadline_s=DEADLINE_S)
        tokens = Tokens(
            self._http,
            redis,
            seal,
            base=base,
            app_id=settings.wechat_app_id,
            secret=settings.wechat_app_secret,
        )
        self.mp = Mp(self._http, tokens, base=base)
        self.sending: Mapping[str, Channel] = {
            Template.name: Template(self.mp),
            Custom.name: Custom(self.mp),
            Robot.name: Robot(self._http, base=settings.wecom_api_base),
        }
        self.listeners: Mapping[str, Listener] = {
            account.name: Wire(account) for account in _accounts(settings) if account.token
        }

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()


def _accounts(settings: Settings) -> tuple[Account, ...]:
    """The accounts of the settings; one without a token has no callback."""
    return (
        Account(
            WECHAT,
            Platform.MP,
            app_id=settings.wechat_app_id,
            token=settings.wechat_token,
            aes_key=settings.wechat_aes_key or None,
            original_id=settings.wechat_original_id or None,
        ),
        Account(
            WECOM,
            Platform.WECOM,
            app_id=settings.wecom_corp_id,
            token=settings.wecom_token,
            aes_key=settings.wecom_aes_key or None,
            original_id=None,
        ),
    )
