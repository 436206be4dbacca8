"""Which accounts and channels there are: the one list to add to.

Relay is no channel: what a group owner is to forward goes to her by `template` or `custom`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from redis.asyncio import Redis

from bot.channels.base import Account, Channel, Listener, Platform
from bot.channels.custom import Custom
from bot.channels.http import DEADLINE_S, Http
from bot.channels.mass import Mass
from bot.channels.mp import Mp
from bot.channels.robot import Robot
from bot.channels.subscribe import Subscribe
from bot.channels.template import Template
from bot.channels.tokens import Tokens
from bot.channels.wecom import AppTokens, Wecom
from bot.channels.wecom_app import WecomApp
from bot.channels.wire import Wire
from bot.core.seal import Sealer
from config.settings import Settings

# Connections for letters, pictures and questions to the platform, beside the window that broadcasts have for
# themselves: where every answer takes seconds these must not hold up what is urgent.
_BESIDE = 32
WECHAT, WECOM = "wechat", "wecom"  # our names of the accounts, also the webhook's path


class Channels:
    """What one process speaks to the platforms with; opens nothing until the first call.

    `sending` has every channel by its name: template, custom and robot always, the others when
    they are set up; whether the account may use one, the platform says (48001).
    `listeners` has every account whose callback is set up, `mp` is the WeChat account's own API
    for `account.*`, `wecom` that of the WeCom app.
    """

    def __init__(self, settings: Settings, redis: Redis, seal: Sealer) -> None:
        """Raises Misconfigured when a callback's key cannot be right."""
        base = settings.wechat_api_base
        self._http = Http(connections=settings.window + _BESIDE, deadline_s=DEADLINE_S)
        tokens = Tokens(
            self._http,
            redis,
            seal,
            base=base,
            app_id=settings.wechat_app_id,
            secret=settings.wechat_app_secret,
        )
        self.mp = Mp(self._http, tokens, base=base)
        self.wecom = _wecom(settings, self._http, redis, seal)
        self.sending: Mapping[str, Channel] = {each.name: each for each in self._made(settings)}
        self.listeners: Mapping[str, Listener] = {
            account.name: Wire(account) for account in _accounts(settings) if account.token
        }

    def _made(self, settings: Settings) -> Iterator[Channel]:
        yield Template(self.mp)
        yield Custom(self.mp)
        yield Robot(self._http, base=settings.wecom_api_base)
        if settings.wechat_app_id and settings.wechat_account != "subscription":
            yield Mass(self.mp)
        if settings.wechat_subscribe_template_id:
            yield Subscribe(self.mp)
        if settings.wecom_corp_id and settings.wecom_agent_id and settings.wecom_secret:
            agent_id, seats = int(settings.wecom_agent_id), settings.wecom_seats
            yield WecomApp(self.wecom, agent_id=agent_id, seats=seats)

    async def close(self) -> None:
        """Close every connection."""
        await self._http.close()


def _wecom(settings: Settings, http: Http, redis: Redis, seal: Sealer) -> Wecom:
    base = settings.wecom_api_base
    tokens = AppTokens(
        http,
        redis,
        seal,
        base=base,
        corp_id=settings.wecom_corp_id,
        agent_id=settings.wecom_agent_id,
        secret=settings.wecom_secret,
    )
    return Wecom(http, tokens, base=base)


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
