"""The official-account side of the platform (api.weixin.qq.com)."""

from __future__ import annotations

from bot.sandbox.mp import (
    custom,
    mass,
    menu,
    qrcode,
    subscribe,
    template,
    token,
    upkeep,
    upload,
    users,
    website,
)

ENDPOINTS = [
    *template.ENDPOINTS,
    *custom.ENDPOINTS,
    *subscribe.ENDPOINTS,
    *mass.ENDPOINTS,
    *token.ENDPOINTS,
    *menu.ENDPOINTS,
    *qrcode.ENDPOINTS,
    *upload.ENDPOINTS,
    *users.ENDPOINTS,
    *upkeep.ENDPOINTS,
    *website.ENDPOINTS,
]
