"""The server API of a WeChat official account."""

from __future__ import annotations

from bot.channels.api import Api


class Mp(Api):
    """The API of one official account, with `Tokens` of it."""
