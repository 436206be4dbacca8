"""The WeCom side of the platform (qyapi.weixin.qq.com)."""

from __future__ import annotations

from bot.sandbox.wecom import app, robot

ENDPOINTS = [*robot.ENDPOINTS, *app.ENDPOINTS]
